"""The rows of the table that people ask for: each built row and what does it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from pydantic import JsonValue

from workflows.core import (
    afterthoughts,
    changing,
    correcting,
    delivery,
    endings,
    flow,
    handing_out,
    handover,
    intake,
    limits,
    notices,
    opinions,
    payments,
    proposals,
    recomputing,
    resetting,
    resolving,
    returning,
    stops,
    supplement,
    tasks,
    withdrawing,
)
from workflows.core import events as verbs
from workflows.core.desk import open_desk
from workflows.core.events import AnyCommand, Approval, Approve, Deny
from workflows.core.phases import phase
from workflows.core.refusals import NOT_BUILT, NUMBERED, Refused
from workflows.core.state import Outcome, Proposal, TrackState
from workflows.core.table import Default, Phase, Refusal, Row, lookup
from workflows.core.turn import Turn, text_of

C = TypeVar("C", bound=verbs.Command)
Handler = Callable[[Turn, verbs.Command], Outcome]


def obey(turn: Turn, command: AnyCommand) -> Outcome:
    """Do what the row says, or refuse; the row is that of the phase at this instant."""
    where = phase(turn.state)
    found = lookup(command.verb, where)
    if not isinstance(found, Row):
        raise _refused(turn, found, where)
    handler = ROWS.get(found.id)
    if handler is None:
        raise Refused(NOT_BUILT)
    return handler(turn, command)


def _refused(turn: Turn, found: Refusal | Default, where: Phase) -> Refused:
    number = found.number
    assert number is not None, where
    state = turn.state
    instant = state.ended_at or state.finished_at or state.decided_at
    return Refused(NUMBERED[number], code=state.code, date=text_of(instant), phase=where.value)


def _approve(turn: Turn, command: Approve) -> Outcome:
    """The second person; the proposed command passes its own row at this instant."""
    proposal = proposals.take_out(turn, command.proposal)
    proposals.check_second(proposal.command.actor, command.actor, proposal.function, proposal.unit)
    turn.approving = proposal
    turn.write(
        "approved",
        node=proposal.id,
        data={"proposal": proposal.id, "verb": proposal.command.verb, "proposer": proposal.command.actor.ref},
    )
    # What follows is the proposer's command; the entry before it names the second person.
    turn.actor = proposal.command.actor
    return obey(turn, replace(proposal.command, approval=Approval(actor=command.actor)))


def _deny(turn: Turn, command: Deny) -> Outcome:
    """Whoever proposed takes it back with the same verb; what it held goes on."""
    proposal = proposals.take_out(turn, command.proposal)
    own = any(person in proposal.command.actor.persons for person in command.actor.persons)
    if not own:
        proposals.check_second(proposal.command.actor, command.actor, proposal.function, proposal.unit)
    kind = "taken_back" if own else "denied"
    data: dict[str, JsonValue] = {"proposal": proposal.id, "kind": kind, "verb": proposal.command.verb}
    turn.write("denied", node=proposal.id, reason=command.reason, data=data)
    _release(turn, proposal)
    proposer = proposal.command.actor
    if not own and proposer.ref != verbs.SYSTEM_REF:
        notices.tell(turn, "denied", [{"officer": proposer.ref}], values={"verb": proposal.command.verb})
    return Outcome.DONE


def _release(turn: Turn, proposal: Proposal) -> None:
    """Denied, the step is entered again; what stood at the desk stands there again."""
    if not proposal.held or proposal.track is None:
        return
    if turn.track(proposal.track).state is not TrackState.HELD:
        return
    if proposal.from_desk:
        open_desk(turn, proposal.track)
        return
    flow.enter_again(turn, proposal.track)


def _row(kind: type[C], handler: Callable[[Turn, C], Outcome]) -> Handler:
    def handle(turn: Turn, command: verbs.Command) -> Outcome:
        assert isinstance(command, kind)
        return handler(turn, command)

    return handle


ROWS: Mapping[str, Handler] = {
    "submit a": _row(verbs.Submit, intake.submit),
    "send_supplement a": _row(verbs.SendSupplement, supplement.send),
    "send_supplement b": _row(verbs.SendSupplement, supplement.send),
    "withdraw a": _row(verbs.Withdraw, withdrawing.at_intake),
    "withdraw b": _row(verbs.Withdraw, withdrawing.in_handling),
    "withdraw c": _row(verbs.Withdraw, withdrawing.while_deciding),
    "accept a": _row(verbs.Accept, intake.accept),
    "refuse a": _row(verbs.Refuse, intake.refuse),
    "refuse b": _row(verbs.Refuse, intake.refuse),
    "ask_supplement a": _row(verbs.AskSupplement, supplement.ask_at_intake),
    "ask_supplement b": _row(verbs.AskSupplement, supplement.ask_in_handling),
    "complete_supplement a": _row(verbs.CompleteSupplement, supplement.complete),
    "reject_supplement a": _row(verbs.RejectSupplement, supplement.reject),
    "cancel_supplement a": _row(verbs.CancelSupplement, supplement.cancel_at_intake),
    "cancel_supplement b": _row(verbs.CancelSupplement, supplement.cancel_in_handling),
    "hand_over a": _row(verbs.HandOver, handover.hand_over_dossier),
    "hand_over b": _row(verbs.HandOver, handover.hand_over_file),
    "hand_over c": _row(verbs.HandOver, handover.hand_over_result),
    "confirm_handover a": _row(verbs.ConfirmHandover, handover.confirm),
    "confirm_handover b": _row(verbs.ConfirmHandover, handover.confirm),
    "confirm_handover c": _row(verbs.ConfirmHandover, handover.confirm),
    "reject_handover a": _row(verbs.RejectHandover, handover.reject),
    "reject_handover b": _row(verbs.RejectHandover, handover.reject),
    "reject_handover c": _row(verbs.RejectHandover, handover.reject),
    "complete_task a": _row(verbs.CompleteTask, tasks.complete),
    "complete_task b": _row(verbs.CompleteTask, tasks.complete_side_task),
    "send_back a": _row(verbs.SendBack, returning.send_back),
    "forward a": _row(verbs.Forward, tasks.forward),
    "stop a": _row(verbs.Stop, stops.stop),
    "extend a": _row(verbs.Extend, limits.extend),
    "switch_limit a": _row(verbs.SwitchLimit, limits.switch_limit),
    "apologise a": _row(verbs.Apologise, limits.apologise),
    "apologise b": _row(verbs.Apologise, limits.apologise_at_intake),
    "ask_fee a": _row(verbs.AskFee, payments.ask_fee),
    "ask_fee b": _row(verbs.AskFee, payments.ask_fee),
    "waive_fee a": _row(verbs.WaiveFee, payments.waive_fee),
    "record_payment a": _row(verbs.RecordPayment, payments.record_payment),
    "replace_opinion a": _row(verbs.ReplaceOpinion, opinions.replace_opinion),
    "replace_opinion b": _row(verbs.ReplaceOpinion, opinions.replace_opinion),
    "join_on_ground a": _row(verbs.JoinOnGround, opinions.join_on_ground),
    "rate a": _row(verbs.Rate, afterthoughts.rate),
    "amend a": _row(verbs.Amend, afterthoughts.amend_dossier),
    "amend b": _row(verbs.Amend, afterthoughts.amend),
    "link a": _row(verbs.Link, afterthoughts.link),
    "correct_entry a": _row(verbs.CorrectEntry, afterthoughts.correct_entry),
    "change_variant a": _row(verbs.ChangeVariant, changing.at_intake),
    "change_variant b": _row(verbs.ChangeVariant, changing.in_handling),
    "reset_route a": _row(verbs.ResetRoute, resetting.reset_route),
    "reopen a": _row(verbs.Reopen, resetting.reopen),
    "correct_result a": _row(verbs.CorrectResult, correcting.correct_result),
    "deliver b": _row(verbs.Deliver, delivery.deliver),
    "recompute a": _row(verbs.Recompute, recomputing.recompute),
    "recall a": _row(verbs.Recall, handover.recall),
    "recall b": _row(verbs.Recall, handover.recall),
    "recall c": _row(verbs.Recall, handover.recall),
    "approve a": _row(Approve, _approve),
    "deny a": _row(Deny, _deny),
    "resolve_incident a": _row(verbs.ResolveIncident, resolving.resolve),
    "deliver a": _row(verbs.Deliver, delivery.deliver),
    "deliver c": _row(verbs.Deliver, handing_out.deliver),
    "archive a": _row(verbs.Archive, endings.archive),
    "archive b": _row(verbs.Archive, endings.archive_uncollected),
}
