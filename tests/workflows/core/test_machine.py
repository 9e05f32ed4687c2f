from dataclasses import replace

import pytest

from tests.workflows.core.life import (
    ALL_GOOD,
    AN,
    BINH,
    DUNG,
    LAN,
    MAI,
    Life,
    accepted,
    asked,
    at,
    paying,
    pin,
    pin_of,
    procedure,
    resolved,
    reviewed,
    submit,
)
from workflows.core import machine
from workflows.core.effects import Perform
from workflows.core.events import (
    Accept,
    CompleteTask,
    EffectDone,
    Message,
    NotBuilt,
    Recorded,
    ResolveIncident,
    Resumed,
    Withdraw,
    Woke,
)
from workflows.core.refusals import Refused
from workflows.core.settling import KEPT
from workflows.core.state import Outcome, TrackState
from workflows.core.table import Phase

DONE = CompleteTask(id="once", actor=AN, task="review:1", outcome="approve", form="form:f2")
WHEN = "2026-03-12T15:00"


def test_a_case_begins_with_nothing_and_waits_for_nothing() -> None:
    state = machine.begin("case-1", 1)

    assert (Phase.NEW, None, None) == (machine.phase(state), machine.status(state), machine.next_wake(pin(), state))
    assert () == machine.waits(pin(), state)
    with pytest.raises(Refused, match="not-started"):
        machine.check(pin(), state, Withdraw(id="w", actor=LAN), at(WHEN))


def test_the_same_command_again_is_answered_as_before_and_changes_nothing() -> None:
    life = accepted()
    first = life.tell(DONE, at(WHEN))
    assert first is not None
    state = life.state

    again = life.tell(DONE, at("2026-03-14T09:00"))

    assert again is not None
    assert (first.outcome, first.data) == (again.outcome, again.data)
    assert state == life.state


def test_the_same_id_with_another_content_is_refused() -> None:
    life = accepted()
    life.tell(DONE, at(WHEN))

    with pytest.raises(Refused, match="command-id-reused"):
        machine.check(life.pin, life.state, replace(DONE, outcome="reject"), life.now)
    machine.check(life.pin, life.state, replace(DONE, have=3), life.now)


def test_the_last_commands_and_all_unsettled_are_remembered() -> None:
    life = Life(by_hand=("Intake.register",))
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    for number in range(KEPT + 5):
        life.fail("_accept:1", "attempts-used-up")
        incident = life.state.incidents[0].id
        life.tell(ResolveIncident(id=f"retry-{number}", actor=DUNG, incident=incident, how="retry"))

    known = [one.id for one in life.state.commands]

    assert "command-2" in known and "command-1" not in known
    assert KEPT + 1 == len(known)
    assert not machine.quiescent(life.state)


def test_a_refusal_takes_back_what_time_did_before_it() -> None:
    """The timer's own wake-up will do it (core.md section 1)."""
    life = accepted()
    before = life.state

    assert "unknown-outcome" == life.refused("2026-03-28T09:00", CompleteTask, AN, task="review:1", outcome="maybe")

    assert before == life.state and not life.state.late


def test_the_clock_of_a_worker_never_turns_a_case_back() -> None:
    life = accepted()
    life.tell(DONE, at(WHEN))
    step = machine.apply(life.pin, life.state, Woke(), at("2026-03-01T00:00"))

    assert at(WHEN) == step.state.now


def test_a_case_knows_its_pin() -> None:
    life = accepted()
    other = pin_of(procedure().model_copy(update={"version": 7, "digest": "v7"}))

    with pytest.raises(machine.WrongPin):
        machine.apply(other, life.state, Woke(), life.now)


def test_an_answer_brings_every_entry_the_caller_lacks() -> None:
    life = accepted()
    answer = life.tell(replace(DONE, have=4), at(WHEN))

    assert answer is not None
    assert 4 == life.state.recorded
    assert [*range(5, answer.seq + 1)] == [entry.seq for entry in answer.entries]


def test_what_is_recorded_is_kept_no_longer_and_the_future_is_not_believed() -> None:
    life = accepted()
    seq = life.state.seq

    life.tell(Recorded(upto=5))
    assert [*range(6, seq + 1)] == [entry.seq for entry in life.state.unrecorded]
    life.tell(Recorded(upto=3))
    life.tell(Recorded(upto=seq + 1))

    assert 5 == life.state.recorded
    assert seq == life.state.seq


def test_resumed_starts_anew_what_is_in_flight_under_the_same_ids_and_keys() -> None:
    life = Life(by_hand=("Connector.call", "Document.number"))
    reviewed(life)
    life.do("2026-03-13T10:00", CompleteTask, BINH, task="sign:1", outcome="sign")
    life.fail("pay:1", "attempts-used-up")
    seq = life.state.seq

    step = machine.apply(life.pin, life.state, Resumed(run="run-2"), life.now)

    assert ["_number/decision:1"] == [effect.id for effect in step.effects if isinstance(effect, Perform)]
    assert life.orders("Document.number")[0] == step.effects[0]
    assert seq == step.state.seq


def test_a_case_is_quiet_when_nothing_would_be_lost() -> None:
    life = paying()
    assert not machine.quiescent(life.state)

    life.fail("pay:1", "attempts-used-up")
    assert machine.quiescent(life.state)
    assert machine.quiescent(accepted().state)


def test_every_verb_not_built_yet_says_so_where_its_row_would_allow_it() -> None:
    life = accepted()

    with pytest.raises(Refused, match="not-built-yet"):
        machine.check(life.pin, life.state, NotBuilt(id="x", actor=AN, verb="migrate"), life.now)
    only_submitted = Life()
    submit(only_submitted)
    with pytest.raises(Refused, match="not-pinned"):
        machine.check(life.pin, only_submitted.state, NotBuilt(id="x", actor=AN, verb="migrate"), life.now)


def test_a_message_before_the_submission_is_kept_without_a_journal() -> None:
    life = Life()

    life.tell(Message(id="m", source="portal", name="alias_given"))

    assert (0, 1) == (life.state.seq, len(life.state.held))


def test_a_completion_nobody_waits_for_is_absorbed_in_every_phase() -> None:
    for life in (Life(), accepted(), asked(), resolved()):
        step = machine.apply(life.pin, life.state, EffectDone(id="nothing:1"), life.now)

        assert () == step.entries and () == step.effects
        assert replace(step.state, now=life.state.now) == life.state


def test_dumped_and_loaded_a_state_is_the_same_in_every_stage() -> None:
    lives = (Life(), accepted(), asked(), paying(), resolved())

    for life in lives:
        assert life.state == machine.load(machine.dump(life.state))
        assert machine.dump(life.state) == machine.dump(machine.load(machine.dump(life.state)))


def test_outcomes_name_how_a_command_ended() -> None:
    life = Life(by_hand=("Intake.register",))
    assert Outcome.DONE == submit(life).outcome

    pending = life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)

    assert (Outcome.PENDING, False) == (pending.outcome, pending.settled)
    assert [] == [track for track in life.state.tracks if track.state is TrackState.READY]


def test_a_value_no_condition_can_read_is_refused_with_the_condition() -> None:
    life = Life()

    with pytest.raises(Refused) as raised:
        submit(life, facts={"form.self_bought": "perhaps"})

    assert ("form-invalid", ["form.self_bought"]) == (raised.value.code, raised.value.data["fields"])
