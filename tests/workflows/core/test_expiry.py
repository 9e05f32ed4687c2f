from tests.workflows.core.life import (
    AN,
    BINH,
    GROUND,
    LAN,
    MAI,
    PAPERS,
    REASON,
    Life,
    accepted,
    answered,
    asked,
    at,
    intervals,
    with_supplement,
)
from workflows.core.events import (
    Approve,
    CancelSupplement,
    CompleteSupplement,
    CompleteTask,
    Reason,
    SendSupplement,
    Stop,
)
from workflows.core.state import Outcome

EXPIRED = Reason(code="window_expired")
NO_ROUNDS = Reason(code="no_rounds_left")


def test_a_window_that_runs_out_stops_the_case_where_the_procedure_says_so() -> None:
    """Scenario supplement-never-comes: status 8 at midnight, without a second person."""
    life = asked()
    seq = life.state.seq

    life.wait_until("2026-03-27T00:00")

    assert "stopped" == life.phase()
    assert [1, 2, 4, 5, 8] == life.codes()
    kinds = [kind for kind in life.kinds(seq) if kind not in ("notified", "reminded")]
    assert ["window_expired", "stopped", "drafted"] == kinds
    assert 2 == life.kinds(seq).count("reminded")
    assert [] == life.open_tasks()


def expired(**rules: object) -> Life:
    life = asked(accepted(Life(with_supplement(on_expiry="ask_officer", effect="restart", new_limit=None, **rules))))
    life.wait_until("2026-03-27T00:00")
    return life


def test_an_officer_decides_after_the_window_and_an_answer_is_still_taken() -> None:
    """Core.md section 9, 5 b."""
    life = expired()
    assert ["_expiry:1"] == life.open_tasks()
    assert "supplementing" == life.phase()

    life.do("2026-03-28T09:00", SendSupplement, LAN, papers=PAPERS)
    assert ["_check:1"] == life.open_tasks()
    life.do("2026-03-30T09:00", CompleteSupplement, MAI)
    assert at("2026-03-28T09:00") == intervals(life)[0].closed


def test_after_the_window_the_case_may_go_on_with_what_is_there() -> None:
    """The interval counts as a pause and ends where the window ended, not where the officer acted."""
    life = expired()

    assert "reason-required" == life.refused("2026-03-30T09:00", CancelSupplement, AN, reason=REASON)
    life.do("2026-03-30T09:00", CancelSupplement, AN, reason=EXPIRED)

    assert (at("2026-03-26T23:59:59.999999"), "pause") == (intervals(life)[0].closed, intervals(life)[0].effect)
    assert at("2026-04-17T23:59:59.999999") == life.due()
    assert ["review:2"] == life.open_tasks()


def test_after_the_window_an_officer_may_propose_to_stop() -> None:
    life = expired()

    answer = life.do("2026-03-30T09:00", Stop, AN, reason=EXPIRED, ground=GROUND, settlement="nothing_due")
    assert Outcome.PROPOSED == answer.outcome
    proposal = str(answer.data["proposal"])
    life.do("2026-03-30T10:00", Approve, BINH, proposal=proposal)

    assert "stopped" == life.phase()
    assert [1, 2, 4, 5, 8] == life.codes()


def test_no_rounds_left_is_a_reason_once_an_incomplete_answer_came() -> None:
    life = answered()

    assert "reason-required" == life.refused("2026-03-23T09:00", CancelSupplement, AN, reason=EXPIRED)
    life.do("2026-03-23T09:00", CancelSupplement, AN, reason=NO_ROUNDS)

    assert (at("2026-03-20T14:00"), "pause") == (intervals(life)[0].closed, intervals(life)[0].effect)


def test_a_window_that_runs_out_may_lead_to_a_reasoned_refusal() -> None:
    life = asked(accepted(Life(with_supplement(on_expiry="refuse"))))

    life.wait_until("2026-03-27T00:00")

    assert ["sign_refusal:1"] == life.open_tasks()
    assert "signing" == life.phase()
    life.do("2026-03-27T09:00", CompleteTask, BINH, task="sign_refusal:1", outcome="sign")
    assert "delivered" == life.phase()


def test_a_window_that_runs_out_may_let_the_asking_step_go_on() -> None:
    life = asked(accepted(Life(with_supplement(on_expiry="continue"))))

    life.wait_until("2026-03-27T00:00")

    assert ["review:2"] == life.open_tasks()
    assert "processing" == life.phase()
