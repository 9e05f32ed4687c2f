import hashlib

import pytest
from pydantic import JsonValue

from procedures.json_types import canonical_json
from tests.workflows.core.life import AN, paying, resolved
from workflows.core.documents import (
    BadCommand,
    command_digest,
    dump_command,
    dump_effect,
    load_actor,
    load_command,
    load_effect,
    parse_command,
)
from workflows.core.entries import canonical, dump_entry, load_entry
from workflows.core.events import CompleteTask, NotBuilt, Reason

ARGUMENTS: dict[str, JsonValue] = {
    "task": "review:1",
    "outcome": "reject",
    "reason": {"code": "x", "text": "text:1"},
}
ACTOR: dict[str, JsonValue] = {"ref": AN.ref, "function": "medical_review", "unit": "unit:province"}
DOCUMENT: dict[str, JsonValue] = {
    "id": "c1",
    "verb": "complete_task",
    "actor": ACTOR,
    "arguments": ARGUMENTS,
}


def test_a_command_document_is_read_and_written_back() -> None:
    command = parse_command(DOCUMENT)

    assert (
        CompleteTask(id="c1", actor=AN, task="review:1", outcome="reject", reason=Reason(code="x", text="text:1"))
        == command
    )
    assert command == parse_command(dump_command(command))


def test_every_problem_of_a_command_has_its_place() -> None:
    bad: dict[str, JsonValue] = {**DOCUMENT, "actor": {}, "arguments": {"task": 7, "outcome": "x", "surprise": 1}}

    with pytest.raises(BadCommand) as raised:
        parse_command(bad)

    pointers = sorted(problem.pointer for problem in raised.value.problems)
    assert ["/actor/ref", "/arguments/surprise", "/arguments/task"] == pointers


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"verb": "fly"}, "/verb"),
        ({"arguments": []}, "/arguments"),
        ({"arguments": {"id": "other"}}, "/arguments/id"),
    ],
)
def test_what_is_no_command_says_where(changes: dict[str, JsonValue], pointer: str) -> None:
    with pytest.raises(BadCommand) as raised:
        parse_command({**DOCUMENT, **changes})

    assert pointer == raised.value.problems[0].pointer


def test_histories_are_read_leniently() -> None:
    newer: dict[str, JsonValue] = {**DOCUMENT, "arguments": {**ARGUMENTS, "later_field": 1}}

    assert parse_command(DOCUMENT) == load_command(newer)


def test_verbs_that_are_not_built_are_commands_all_the_same() -> None:
    command = parse_command({**DOCUMENT, "verb": "migrate", "arguments": {}})

    assert NotBuilt(id="c1", actor=AN, verb="migrate") == command


def test_arguments_at_their_defaults_do_not_count_in_the_digest() -> None:
    """An argument that a later release adds must not turn a command sent again into another command."""
    command = parse_command({**DOCUMENT, "verb": "withdraw", "arguments": {"reason": None}})
    content: JsonValue = ["a", "withdraw", {}, ACTOR]

    assert hashlib.sha256(canonical_json(content)).hexdigest() == command_digest("a", command)


def test_the_digest_is_over_case_verb_arguments_and_actor() -> None:
    command = parse_command(DOCUMENT)

    assert command_digest("a", command) == command_digest("a", parse_command({**DOCUMENT, "id": "c2", "have": 9}))
    assert command_digest("a", command) != command_digest("b", command)
    other: dict[str, JsonValue] = {**DOCUMENT, "actor": {"ref": "officer:other"}}
    assert command_digest("a", command) != command_digest("a", parse_command(other))


def test_effects_and_entries_are_written_and_read_back() -> None:
    life = paying()

    assert life.ordered == [load_effect(dump_effect(effect)) for effect in life.ordered]
    assert life.journal == [load_entry(dump_entry(entry)) for entry in life.journal]


def test_an_entry_has_one_canonical_form() -> None:
    entry = resolved().journal[-1]

    assert canonical(entry) == canonical(load_entry(dump_entry(entry)))
    assert b" " not in canonical(entry).replace(b"out of", b"")
    assert AN == load_actor(ACTOR)
