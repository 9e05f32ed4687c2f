"""A life event: several procedures filed together, from one form and one set of papers (language.md §2.11)."""

from typing import Literal

from procedures.language.model.parts import (
    Check,
    Document,
    Expression,
    FormField,
    Input,
    Notice,
    Paper,
    Part,
    Period,
    Submitter,
    Texts,
)


class Member(Part):
    """A procedure of the bundle; `inputs` are its form, `documents` its papers: theirs -> ours.

    Every member is a case of its own, linked to the others; it waits until those of `after` are resolved.
    """

    id: str
    procedure: str
    when: Expression | None = None
    after: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()
    documents: dict[str, str] = {}


class Bundle(Part):
    """One version; `digest` is the hash of the resolved text. No clock hangs on a bundle."""

    digest: str = ""
    bundle: str
    version: int
    title: Texts
    basis: tuple[str, ...] = ()
    in_force: Period
    profile: str
    languages: tuple[str, ...] = ("vi",)
    submitters: tuple[Submitter, ...]
    form: tuple[FormField, ...] = ()
    checks: tuple[Check, ...] = ()
    documents: tuple[Document, ...] = ()
    papers: tuple[Paper, ...] = ()
    notices: tuple[Notice, ...] = ()
    members: tuple[Member, ...]
    deliver: Literal["together", "each"] = "each"
    scenarios: str = "scenarios.yaml"
