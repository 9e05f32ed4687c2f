"""What is said beside the route: data amended, the service rated, cases linked, an entry corrected by another one."""

from collections.abc import Iterator
from dataclasses import replace

from pydantic import JsonValue

from workflows.core import dossier, facts, fees, fitting, guards, proposals, variants, windows
from workflows.core.events import Amend, CorrectEntry, Lines, Link, Rate
from workflows.core.phases import collection_unit, desk_unit
from workflows.core.refusals import Refused
from workflows.core.state import LinkTo, Outcome, State
from workflows.core.turn import Turn

_MARKS = range(1, 6)
# Instants, dues and finishes are never corrected, nor who acted and under which code (core.md section 7).
_FOR_EVER = frozenset(
    {
        "at",
        "seq",
        "kind",
        "actor",
        "cause",
        "code",
        "codes",
        "receipt",
        "status",
        "instant",
        "due",
        "old_due",
        "new_due",
    }
    | {"original_due", "accepted_at", "submitted_at", "decided_at", "finished_at", "ended_at", "until", "since"}
)


def rate(turn: Turn, command: Rate) -> Outcome:
    """Row a: once, by whoever it is about, never by an officer."""
    guards.party(turn.state, command.actor)
    guards.that(turn.pin.procedure.rating.offer, "rating-not-offered")
    guards.that(turn.state.rating is None, "already-rated")
    guards.that(command.score in _MARKS, "form-invalid", fields=["score"])
    turn.state = replace(turn.state, rating=command.score)
    turn.write("rated", data={"score": command.score, "comment": command.comment})
    return Outcome.DONE


def amend_dossier(turn: Turn, command: Amend) -> Outcome:
    """Row a: before acceptance everything may be put right; what is demanded follows."""
    guards.party_or_desk(turn, command.actor)
    if command.actor.function is not None:
        guards.reason(command.reason)
    _something(command)
    if command.form is not None:
        others = {name: value for name, value in turn.state.facts.items() if not name.startswith("form.")}
        values = {**others, **facts.kept(turn, command.facts)}
        lines = facts.kept_lines(turn, command.lines)
        turn.state = replace(turn.state, form=command.form, facts=dict(sorted(values.items())), lines=lines)
        turn.state = replace(turn.state, variant=variants.at_submission(turn, turn.state.variant))
        turn.state = replace(turn.state, papers=dossier.demanded_anew(turn))
    _wish(turn, command)
    turn.write("amended", reason=command.reason, data=_told(command) | windows.look(turn))
    fees.ask_at_intake(turn)
    return Outcome.DONE


def amend(turn: Turn, command: Amend) -> Outcome:
    """Row b: only what decides nothing, such as how to reach somebody or in which form the result is wanted."""
    if command.actor.function is None:
        guards.party(turn.state, command.actor)
    else:
        guards.function(command.actor, turn.pin.procedure.intake.by)
        here = desk_unit(turn.state)
        guards.that(command.actor.unit in (here, collection_unit(turn.state)), "wrong-unit", unit=here)
    guards.reason(command.reason)
    _something(command)
    for fact in _deciding(turn, command):
        raise Refused("not-amendable", fact=fact)
    if command.form is not None:
        turn.state = replace(turn.state, form=command.form)
    _wish(turn, command)
    turn.write("amended", reason=command.reason, data=_told(command))
    return Outcome.DONE


def link(turn: Turn, command: Link) -> Outcome:
    """Row a: another case, or the code of one."""
    if command.actor.function is None:
        guards.party(turn.state, command.actor)
    linked = LinkTo(to=command.to, kind=command.kind)
    guards.that(
        bool(command.to) and command.to not in (turn.state.case, turn.state.code), "form-invalid", fields=["to"]
    )
    guards.that(linked not in turn.state.links, "already-linked")
    turn.state = replace(turn.state, links=(*turn.state.links, linked))
    turn.write("linked", data={"to": command.to, "kind": command.kind})
    return Outcome.DONE


def correct_entry(turn: Turn, command: CorrectEntry) -> Outcome:
    """Row a: what was written stays; a new entry says what it should have said."""
    guards.that(command.actor.function is not None, "wrong-function", function=turn.pin.procedure.intake.by)
    guards.that(command.actor.unit in _units(turn.state), "wrong-unit", unit=desk_unit(turn.state))
    guards.that(0 < command.of <= turn.state.seq, "form-invalid", fields=["of"])
    guards.that(command.field not in _FOR_EVER, "cannot-correct-time")
    reason = guards.words(command.reason)

    def correct() -> None:
        turn.write("corrected", reason=reason, data={"of": command.of, "field": command.field})

    return proposals.with_second_person(turn, command, proposals.LEADER, correct)


def _something(command: Amend) -> None:
    guards.that(command.form is not None or bool(command.wishes), "form-invalid", fields=["form"])


def _wish(turn: Turn, command: Amend) -> None:
    wishes = {**turn.state.wishes, **command.wishes}
    turn.state = replace(turn.state, wishes=dict(sorted(wishes.items())))


def _told(command: Amend) -> dict[str, JsonValue]:
    return {"form": command.form, "wishes": dict(command.wishes)}


def _deciding(turn: Turn, command: Amend) -> Iterator[str]:
    """Name what would be another value of something that conditions, limits or inputs have read."""
    if command.form is None:
        return
    given = {**fitting.defaults(turn.pin.procedure), **facts.kept(turn, command.facts)}
    known = {name: value for name, value in turn.state.facts.items() if name.startswith("form.")}
    yield from (name for name in sorted({*given, *known}) if given.get(name) != known.get(name))
    lines = facts.kept_lines(turn, command.lines)
    yield from (f"form.{field}" for field in sorted({*lines, *turn.state.lines}) if _differ(lines, turn.state, field))


def _differ(lines: Lines, state: State, field: str) -> bool:
    return lines.get(field, ()) != state.lines.get(field, ())


def _units(state: State) -> set[str]:
    """Every unit that has had to do with the case."""
    moved = {unit for one in state.handovers for unit in (one.sender, one.receiver)}
    return {desk_unit(state), collection_unit(state), *moved, *state.routes.values()} | {
        one.unit for one in state.tasks
    }
