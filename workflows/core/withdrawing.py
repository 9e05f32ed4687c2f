"""The applicant takes the request back: at once, confirmed by the desk, or when the truth about a decision is known."""

from dataclasses import replace

from workflows.core import endings, guards, notices, proposals
from workflows.core.events import Actor, Reason, Ref, Withdraw
from workflows.core.state import Outcome, Stage, Withdrawal
from workflows.core.turn import Turn, text_of

OWN_WORDS = "own_words"


def at_intake(turn: Turn, command: Withdraw) -> Outcome:
    """Row a."""
    guards.party(turn.state, command.actor)
    _withdraw(turn, command.actor, command.reason)
    endings.tell_ending(turn, None)
    return Outcome.DONE


def in_handling(turn: Turn, command: Withdraw) -> Outcome:
    """Row b: until a result is decided."""
    guards.party(turn.state, command.actor)
    guards.undecided(turn.state)
    guards.no_signature_in_flight(turn.state)
    if turn.pin.procedure.withdrawal.effect == "immediate":
        _end(turn, command.actor, command.reason)
        return Outcome.DONE
    by = turn.pin.procedure.intake.by
    return proposals.with_second_person(turn, command, by, lambda: _end(turn, command.actor, command.reason))


def while_deciding(turn: Turn, command: Withdraw) -> Outcome:
    """Row c: what a deciding step ordered is out, so its answer decides."""
    guards.party(turn.state, command.actor)
    guards.undecided(turn.state)
    in_flight = guards.signature_in_flight(turn.state)
    if turn.pin.procedure.withdrawal.until == "signature":
        guards.that(not in_flight, "signature-in-flight")
    if not in_flight:
        return in_handling(turn, command)
    guards.that(turn.state.withdrawal is None, "signature-in-flight")
    withdrawal = Withdrawal(
        command=command.id, actor=command.actor, reason=command.reason, since=turn.now, seq=turn.next_seq
    )
    turn.state = replace(turn.state, withdrawal=withdrawal)
    turn.write("withdrawal_deferred", reason=_own(command.reason))
    return Outcome.DEFERRED


def deny_deferred(turn: Turn) -> None:
    """It was decided before the withdrawal: the applicant is told."""
    if turn.state.withdrawal is not None:
        turn.state = replace(turn.state, withdrawal=None)
        turn.write("withdrawal_denied")
        notices.tell(turn, "withdrawal_denied", notices.applicant(turn.state))


def carry_out_deferred(turn: Turn) -> bool:
    """It was not decided after all: withdrawn, effective from the arrival of the withdrawal."""
    deferred = turn.state.withdrawal
    if deferred is None:
        return False
    _end(turn, deferred.actor, deferred.reason, since=text_of(deferred.since))
    return True


def _end(turn: Turn, actor: Actor, reason: Ref | None, *, since: str | None = None) -> None:
    _withdraw(turn, actor, reason, since=since)
    endings.end_with_paper(turn, "stop_notice", reason=_own(reason))


def _withdraw(turn: Turn, actor: Actor, reason: Ref | None, *, since: str | None = None) -> None:
    data = {"since": since} if since is not None else None
    endings.end(turn, Stage.WITHDRAWN, "withdrawn", actor=actor, reason=_own(reason), data=dict(data) if data else None)


def _own(text: Ref | None) -> Reason:
    """The code announced for a withdrawal goes with the applicant's own words."""
    return Reason(code=OWN_WORDS, text=text)
