"""Moving the legal limit and answering for it: extension, verification switch, apology (I22, I23, I26)."""

from dataclasses import replace
from datetime import date
from typing import Literal

from pydantic import JsonValue

from procedures.time.backward import leaves_notice
from procedures.time.duration import Duration, Unit, parse_duration
from procedures.time.errors import BadDuration
from procedures.time.instants import end_of_day
from workflows.core import clocks, guards, notices, papers, proposals, speaking
from workflows.core.events import Apologise, Extend, Key, Reason, Ref, SwitchLimit
from workflows.core.phases import desk_unit
from workflows.core.reckoning import deadline_row
from workflows.core.refusals import Refused
from workflows.core.state import Outcome
from workflows.core.timekeeping import Adjustment, Clock, ClockState, Limit
from workflows.core.turn import Turn, text_of

HANDLER = "handler"
_EXPECTED = "Ngày dự kiến trả kết quả"


def extend(turn: Turn, command: Extend) -> Outcome:
    """Row a: once or as often as the procedure allows, with a ground, a second person and notice left (I22)."""
    rules = turn.pin.procedure.extension
    speaking.responsible(turn, command.actor)
    reason = guards.words(command.reason)
    guards.that(not rules.grounds or reason.code in rules.grounds, "ground-required")
    guards.that(turn.state.extensions < rules.max, "no-extension-left", n=turn.state.extensions)
    legal = _running(turn)
    _notice_is_left(turn, legal)
    adjustment = _extension(turn, command, legal)
    return proposals.with_second_person(turn, command, rules.approved_by, lambda: _extend(turn, reason, adjustment))


def switch_limit(turn: Turn, command: SwitchLimit) -> Outcome:
    """Row a: verification is needed, so another total counts from the original start, with notice (I26)."""
    rules = turn.pin.procedure.verification
    named = [one for one in rules.offered_to if one != HANDLER]
    if HANDLER in rules.offered_to and command.actor.function not in named:
        speaking.responsible(turn, command.actor)
    else:
        guards.function(command.actor, *named)
    limit = _if_verified(turn)
    guards.that(not turn.state.verified, "limit-already-switched")
    reason = guards.words(command.reason)
    _running(turn)
    return proposals.with_second_person(turn, command, rules.approved_by, lambda: _switch(turn, reason, limit))


def apologise(turn: Turn, command: Apologise) -> Outcome:
    """Row a: the promised date is no due date and is measured by nobody."""
    guards.function(command.actor, proposals.LEADER)
    guards.unit(command.actor, proposals.approving_unit(turn.pin, turn.state, proposals.LEADER))
    reason = guards.words(command.reason)
    promised = end_of_day(_day(command.promised))
    guards.that(promised > turn.now, "form-invalid", fields=["promised"])
    turn.state = replace(turn.state, promised=promised)
    turn.write("apologised", reason=reason, data={"promised": command.promised})
    _letter(turn, "_apology", reason, {"new_date": text_of(promised), "new_date_label": _EXPECTED})
    return Outcome.DONE


def apologise_at_intake(turn: Turn, command: Apologise) -> Outcome:
    """Row b: the check of what was sent in is overdue."""
    guards.function(command.actor, turn.pin.procedure.intake.by)
    guards.unit(command.actor, desk_unit(turn.state))
    guards.that(any(clock.late for clock in clocks.running(turn.state.clocks, "intake")), "not-overdue")
    turn.write("apologised", reason=command.reason)
    notices.tell(turn, "apology", notices.applicant(turn.state))
    return Outcome.DONE


def tell_letter(turn: Turn, id: Key, document: Ref) -> None:
    extended = id.startswith("_extended")
    notices.tell(turn, "extended" if extended else "apology", notices.applicant(turn.state), document=document)


def end_drafting(turn: Turn) -> None:
    """The time for an extension is over, or it was made."""
    for task in turn.tasks_of("extension"):
        turn.drop_task(task.key)
        turn.write("task_cancelled", node=task.key)


def _letter(turn: Turn, node: Literal["_extended", "_apology"], reason: Reason, values: dict[str, JsonValue]) -> None:
    """Have the letter written; its notice follows when there is a letter to send."""
    with_ = papers.rendering(
        turn, "apology_extension", unit=desk_unit(turn.state), reason=reason, values=values, leaves=True
    )
    turn.order(turn.visit(node), "Document.render", with_)


def _extend(turn: Turn, reason: Reason, adjustment: Adjustment) -> None:
    legal = clocks.change(turn, clocks.LEGAL, replace(adjustment, seq=turn.next_seq))
    turn.state = replace(turn.state, extensions=turn.state.extensions + 1)
    turn.write("extended", reason=reason, data={"add": adjustment.by, **clocks.dues(legal)})
    end_drafting(turn)
    dues: dict[str, JsonValue] = {"due": text_of(legal.adjustments[-1].old_due), "new_date": text_of(legal.due)}
    _letter(turn, "_extended", reason, {**dues, "extension": str(turn.state.extensions)})


def _switch(turn: Turn, reason: Reason, limit: Limit) -> None:
    turn.state = replace(turn.state, verified=True)
    change = Adjustment(kind="switched", seq=turn.next_seq, ground=reason.text, at=turn.now, limit=limit)
    legal = clocks.change(turn, clocks.LEGAL, change)
    turn.write("limit_switched", reason=reason, data={"within": limit.within, **clocks.dues(legal)})
    end_drafting(turn)
    own = turn.pin.procedure.verification.notice
    notices.tell(turn, "limit_switched", notices.applicant(turn.state), own=own)


def _if_verified(turn: Turn) -> Limit:
    legal = turn.clock(clocks.LEGAL)
    row = None if legal is None else legal.limit_in_force.counted
    within = None if row is None else deadline_row(turn.pin.procedure, row).if_verified
    if within is None:
        raise Refused("no-such-limit")
    return Limit(within=within, source=f"{row}.if_verified", counted=row)


def _running(turn: Turn) -> Clock:
    """The legal limit as it can still be moved: late it can be explained, not healed (I23)."""
    legal = turn.clock(clocks.LEGAL)
    assert legal is not None
    guards.that(not turn.state.late, "late", date=text_of(clocks.due_in_force(legal)))
    guards.that(legal.state is not ClockState.NO_LIMIT, "no-such-limit")
    guards.that(legal.state is not ClockState.SUSPENDED, "clock-suspended")
    guards.that(legal.state is ClockState.RUNNING, "clock-stopped")
    return legal


def _notice_is_left(turn: Turn, legal: Clock) -> None:
    """Judged at the approval again: the applicant must hear of it in time."""
    assert legal.due is not None
    notice = parse_duration(turn.pin.procedure.extension.notice_before)
    is_left = leaves_notice(turn.pin.working, turn.now, legal.due, notice)
    guards.that(is_left, "too-late-to-extend", notice=str(notice))


def _extension(turn: Turn, command: Extend, legal: Clock) -> Adjustment:
    """An extension that is not longer than the procedure allows, by default than the limit itself."""
    most = turn.pin.procedure.extension.at_most or legal.limit.within
    added, allowed = _span(command.add), parse_duration(most)
    ground = command.reason.text if command.reason is not None else None
    adjustment = Adjustment(kind="extended", seq=turn.next_seq, ground=ground, at=turn.now, by=command.add)
    if added.unit is allowed.unit:
        guards.that(added.amount <= allowed.amount, "extension-too-long", at_most=most)
        return adjustment
    longest = clocks.if_changed(turn, legal, replace(adjustment, by=most)).due
    wished = clocks.if_changed(turn, legal, adjustment).due
    assert longest is not None and wished is not None
    guards.that(wished <= longest, "extension-too-long", at_most=most)
    return adjustment


def _span(text: str) -> Duration:
    try:
        span = parse_duration(text)
    except BadDuration as bad:
        raise Refused("form-invalid", fields=["add"]) from bad
    guards.that(span.amount > 0 and span.unit is not Unit.YEARS, "form-invalid", fields=["add"])
    return span


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError as bad:
        raise Refused("form-invalid", fields=["promised"]) from bad
