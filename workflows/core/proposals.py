"""Two pairs of eyes: a command marked 4e comes with another person's approval, or waits for it as a proposal."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from workflows.core import desk, guards, tokens
from workflows.core.events import Actor, AnyCommand
from workflows.core.paths import ROOT
from workflows.core.phases import desk_unit, file_unit
from workflows.core.pin import Pin
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Proposal, State
from workflows.core.turn import Turn

LEADER = "leader"


def with_second_person(
    turn: Turn,
    command: AnyCommand,
    function: str,
    act: Callable[[], None],
    *,
    path: str | None = None,
    hold: bool = False,
) -> Outcome:
    """Do what a second person has approved; without approval, propose it."""
    if command.approval is None:
        propose(turn, command, function, path=path, hold=hold)
        return Outcome.PROPOSED
    if turn.approving is None:
        approver = command.approval.actor
        check_second(command.actor, approver, function, approving_unit(turn.pin, turn.state, function, path))
        turn.write("approved", actor=approver, data={"verb": command.verb, "proposer": command.actor.ref})
    act()
    return Outcome.DONE


def propose(turn: Turn, command: AnyCommand, function: str, *, path: str | None = None, hold: bool = False) -> Proposal:
    """One proposal per verb at a time. A held track waits for the answer and uses up no budget."""
    waiting = [one.id for one in turn.state.proposals if one.command.verb == command.verb]
    if waiting:
        raise Refused("not-settled", waits=list(waiting))
    proposal = Proposal(
        id=f"_proposal:{turn.next_seq}",
        command=replace(command, have=0),
        function=function,
        unit=approving_unit(turn.pin, turn.state, function, path),
        proposed=turn.next_seq,
        since=turn.now,
        track=path,
        held=hold,
        from_desk=path is not None and desk.task_of(turn, path) is not None,
    )
    turn.state = replace(turn.state, proposals=(*turn.state.proposals, proposal))
    turn.write(
        "proposed",
        node=proposal.id,
        data={"proposal": proposal.id, "verb": command.verb, "function": function, "unit": proposal.unit},
    )
    if hold and path is not None:
        _hold(turn, path)
    return proposal


def hold_for(turn: Turn, proposal: Proposal, path: str) -> None:
    """Let a token wait for a proposal that was made without holding it."""
    held = tuple(replace(one, held=True) if one.id == proposal.id else one for one in turn.state.proposals)
    turn.state = replace(turn.state, proposals=held)
    _hold(turn, path)


def _hold(turn: Turn, path: str) -> None:
    tokens.suspend_budget(turn, path)
    tokens.hold(turn, path)
    desk.leave(turn, path)


def check_second(proposer: Actor, approver: Actor, function: str, unit: str) -> None:
    """Officers are compared, not their functions: acting on behalf counts as both persons."""
    guards.function(approver, function)
    guards.unit(approver, unit)
    same = any(person in proposer.persons for person in approver.persons)
    guards.that(not same, "same-person", actor=proposer.ref, step=None)


def approving_unit(pin: Pin, state: State, function: str, path: str | None = None) -> str:
    """The unit that holds the file, where it has the function in this case, else the one that has; the desk its own."""
    if function == pin.procedure.intake.by:
        return desk_unit(state)
    here = file_unit(state, path or ROOT)
    units = [unit for route, unit in state.routes.items() if route.startswith(f"{function}@")]
    return here if here in units or not units else state.routes.get(f"{function}@competent", units[0])


def take_out(turn: Turn, id: str) -> Proposal:
    proposal = next((one for one in turn.state.proposals if one.id == id), None)
    if proposal is None:
        raise Refused("no-such-proposal")
    left = tuple(one for one in turn.state.proposals if one.id != id)
    turn.state = replace(turn.state, proposals=left)
    return proposal


def void(turn: Turn, pending: Iterable[Proposal]) -> None:
    """The case, or the branch it was about, ended otherwise: what was proposed comes to nothing."""
    for proposal in pending:
        take_out(turn, proposal.id)
        turn.write("denied", node=proposal.id, data={"proposal": proposal.id, "kind": "void"})
