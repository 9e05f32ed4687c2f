"""The offices a procedure would run in, as far as lint asks: who may do which function where, with which books."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Post:
    """One function of one unit on the day asked about, with the ids of the officers who hold the duty."""

    unit: str
    agency: str
    level: str
    function: str
    officers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Organisation:
    """`books` are those of numbers a unit may take from: its own and those of the units above it."""

    day: date
    posts: tuple[Post, ...]
    books: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def doing(self, function: str, *, agency: str | None = None, level: str | None = None) -> tuple[Post, ...]:
        return tuple(
            post
            for post in self.posts
            if post.function == function and agency in (None, post.agency) and level in (None, post.level)
        )


Offices: TypeAlias = Callable[[date], Organisation]
"""Answers with the organisation as it is on a day."""
