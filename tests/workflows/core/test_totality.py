"""Each event meets a case in each phase: it is applied or refused with a known code, and the case stays whole."""

import os
import subprocess
import sys
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from procedures.json_types import JsonObject
from tests.workflows.core import moves, stages
from tests.workflows.core.life import at, pin
from tests.workflows.core.moves import Move
from tests.workflows.core.watched import Watched
from workflows.core import commands, machine, table
from workflows.core.events import (
    EffectCancelled,
    EffectDone,
    EffectFailed,
    Event,
    Message,
    Recorded,
    Resumed,
    Woke,
)
from workflows.core.refusals import NUMBERED, REFUSALS
from workflows.core.table import EventClass, Phase, Row

# Nothing of 1.014140 asks for another agency's opinion.
UNREACHED = {Phase.CONSULTING}


def test_the_stages_reach_every_phase_this_procedure_has() -> None:
    reached = {machine.phase(_at(stage).state) for stage in stages.NAMES}

    assert set(Phase) - UNREACHED - {Phase.NEW} == reached


@pytest.mark.parametrize("stage", ["new", *stages.NAMES])
def test_every_event_is_applied_or_refused_with_a_known_code(stage: str) -> None:
    for event in table.EVENTS:
        case = _at(stage)
        for told in _said(case, event):
            code = case.fork().tell(told)
            assert code is None or code in REFUSALS


@pytest.mark.parametrize("stage", ["new", *stages.NAMES])
def test_what_the_table_refuses_is_refused_with_its_number(stage: str) -> None:
    case = _at(stage)
    phase = machine.phase(case.state)
    for event in moves.COMMANDS:
        found = table.lookup(event, phase)
        if isinstance(found, Row):
            continue
        assert found.number is not None
        code = case.tell(moves.command(f"try-{event}", Move(event, "one_stop", "receiving", _ANYTHING), "officer:an"))

        assert NUMBERED[found.number] == code, f"{event} in {phase}"


@pytest.mark.parametrize("stage", stages.NAMES)
def test_what_is_not_built_says_so_with_one_code(stage: str) -> None:
    case = _at(stage)
    for event in moves.COMMANDS:
        found = table.lookup(event, machine.phase(case.state))
        if isinstance(found, Row) and not found.built:
            code = case.tell(
                moves.command(f"try-{event}", Move(event, "one_stop", "receiving", _ANYTHING), "officer:an")
            )
            assert "not-built-yet" == code, found.id


def test_each_built_row_of_a_command_is_carried_out_and_no_other() -> None:
    built = {row.id for row in table.ROWS.values() if row.built and table.class_of(row.event) is EventClass.COMMAND}

    assert built == set(commands.ROWS)


def test_a_life_is_the_same_byte_for_byte_under_another_hash_seed() -> None:
    hashes = {_hash_under(seed) for seed in ("1", "4242")}

    assert {_whole_life().hash} == hashes


_ANYTHING: JsonObject = {
    "task": "review:1",
    "outcome": "approve",
    "items": [{"id": "invoices", "kind": "missing"}],
    "handover": "_handover:9",
    "proposal": "_proposal:9",
    "incident": "_incident:9",
    "how": "retry",
    "add": "1 working day",
    "score": 5,
    "variant": "none",
    "replaces": "payment",
    "of": 1,
    "field": "data",
    "to": "province",
    "receiving": "receiving",
    "channel": "online",
    "submitter": "patient",
    "parties": [],
    "form": "form:f",
    "opinion": "ask/first/one:1",
    "step": "ask",
}


def _at(stage: str) -> Watched:
    return _reached(stage).fork()


@cache
def _reached(stage: str) -> Watched:
    case = Watched(pin(), at("2026-03-02T09:00"))
    if stage != "new":
        stages.reach(case, stage)
    return case


def _said(case: Watched, event: str) -> list[Event]:
    """Say an event in ways that fit the case as it stands, and in one that does not."""
    match table.class_of(event):
        case EventClass.COMMAND:
            return _commands(case, event)
        case EventClass.MESSAGE:
            return [Message(id="message-1", source="elsewhere", name=event, key="pay:1")]
        case EventClass.CLOCK:
            return _due(case, event.removeprefix("clock_"))
        case EventClass.DRIVER:
            return [Recorded(upto=case.state.seq), Resumed(run="run-2")]
        case EventClass.COMPLETION:
            return _ends(case, event)


def _commands(case: Watched, verb: str) -> list[Event]:
    begun = machine.phase(case.state) is not Phase.NEW
    fitting = [*moves.moves(case.pin, case.state), *moves.endings(case.state)] if begun else []
    known = [one for one in fitting if one.verb == verb]
    return [
        moves.command(f"{verb}-{place}", one, moves.APPLICANT if one.function is None else "officer:binh")
        for place, one in enumerate([*known, Move(verb, "leader", "competent", _ANYTHING)])
    ]


def _due(case: Watched, clock: str) -> list[Event]:
    """Go to where a clock of this kind has all its marks behind it; where none runs, a year on."""
    marks = [mark.at for one in case.state.clocks if one.kind == clock for mark in one.marks]
    case.now = max(case.now, max(marks, default=case.now + timedelta(days=250)))
    return [Woke()]


def _ends(case: Watched, event: str) -> list[Event]:
    """End what is in flight in this way, and things that nobody ever ordered."""
    ids = [flight.effect.id for flight in case.state.effects]
    nobody = ["nothing:1", "_notice:99"]
    match event:
        case "effect_done":
            return [*moves.good_answers(case.pin, case.state), *(EffectDone(id=id) for id in nobody)]
        case "effect_failed":
            return [EffectFailed(id=id, code="unreachable") for id in (*ids, *nobody)]
        case _:
            return [EffectCancelled(id=id) for id in (*ids, *nobody)]


def _whole_life() -> Watched:
    case = _at("delivered")
    case.now += timedelta(days=60)
    case.tell(Woke())
    return case


def _hash_under(seed: str) -> str:
    code = "from tests.workflows.core.test_totality import _whole_life; print(_whole_life().hash)"
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
