"""The texts of the pages against the vocabularies they speak of: a new word fails here until people can read it."""

from collections.abc import Iterator
from typing import get_args

import pytest

from procedures.time.lines import Code
from tests.docs.incidents import incident_codes
from web.texts import languages, words_in
from workflows.core.state import TaskKind
from workflows.core.table import EVENTS, EventClass, Phase, class_of
from workflows.core.timekeeping import Adjustment

ALARMS = ("journal-gap", "journal-conflict", "journal-forked", "case-not-running")


@pytest.mark.parametrize("language", languages())
def test_every_word_of_a_case_has_a_text(language: str) -> None:
    words = words_in(language)

    assert [] == [key for key in _spoken() if not words.has(key)]


def test_every_language_has_the_same_texts() -> None:
    first, *others = [set(words_in(language).texts) for language in languages()]

    assert [set()] * len(others) == [first ^ other for other in others]


def _spoken() -> Iterator[str]:
    yield from (f"verb.{verb}" for verb in EVENTS if class_of(verb) is EventClass.COMMAND)
    yield from (f"task.{kind}" for kind in (*get_args(TaskKind), "handover", "approval", "incident"))
    yield from (f"mine.phase.{phase.value}" for phase in Phase)
    yield from (f"why.code.{code.value}" for code in Code)
    yield from (f"incident.{code}" for code in (*incident_codes(), *ALARMS))
    yield from (f"promise.{kind}" for kind in get_args(Adjustment.__annotations__["kind"]))
