"""Another variant than the one the dossier came under: its papers, its limit from the original start, its steps."""

from dataclasses import replace

from procedures.json_types import Facts
from procedures.language.applying.selection import chooses_variant, fits
from procedures.language.model.steps import Step
from workflows.core import (
    clocks,
    deadline,
    dossier,
    facts,
    fees,
    fitting,
    guards,
    intake,
    notices,
    papers,
    paths,
    proposals,
    rerouting,
    results,
    speaking,
    variants,
    windows,
)
from workflows.core.events import ChangeVariant, Reason
from workflows.core.phases import desk_unit
from workflows.core.state import Outcome
from workflows.core.timekeeping import Adjustment
from workflows.core.turn import Turn


def at_intake(turn: Turn, command: ChangeVariant) -> Outcome:
    """Row a: other papers and fees may be demanded, nothing else hangs on it yet."""
    guards.function(command.actor, turn.pin.procedure.intake.by)
    guards.unit(command.actor, desk_unit(turn.state))
    old = turn.state.variant
    _choose(turn, command)
    turn.write("variant_changed", reason=command.reason, data={"old": old, "new": command.variant} | windows.look(turn))
    fees.ask_at_intake(turn)
    return Outcome.DONE


def in_handling(turn: Turn, command: ChangeVariant) -> Outcome:
    """Row b: with a second person, before anything is decided, and once late without moving the due (I23)."""
    if command.actor.function == turn.pin.procedure.intake.by:
        guards.unit(command.actor, desk_unit(turn.state))
    else:
        speaking.responsible(turn, command.actor)
    reason = guards.words(command.reason)
    guards.undecided(turn.state)
    guards.no_signature_in_flight(turn.state)
    before = turn.state
    _choose(turn, command)
    unchecked = [paper.id for paper in turn.state.papers if paper.demanded and paper.verdict not in intake.GOOD]
    guards.that(not unchecked, "unchecked-papers", papers=list(unchecked))
    chosen = turn.state
    turn.state = before
    rerouting.may_leave(turn)

    def change() -> None:
        turn.state = replace(turn.state, variant=chosen.variant, papers=chosen.papers)
        _change(turn, before.variant, reason)

    return proposals.with_second_person(turn, command, proposals.LEADER, change)


def _choose(turn: Turn, command: ChangeVariant) -> None:
    procedure = turn.pin.procedure
    known = {variant.id for variant in procedure.variants}
    guards.that(chooses_variant(procedure) and command.variant in known - {turn.state.variant}, variants.NONE_FITS)
    turn.state = replace(turn.state, variant=command.variant)
    missing = [one.what for one in fitting.fits(turn.pin, turn.state) if one.code == "fact"]
    guards.that(not missing, "form-invalid", fields=list(missing))
    turn.state = replace(turn.state, papers=dossier.with_verdicts(dossier.demanded_anew(turn), command.verdicts))


def _change(turn: Turn, old: str | None, reason: Reason) -> None:
    legal = turn.clock(clocks.LEGAL)
    assert legal is not None
    limit = deadline.limit(turn)
    dues = {}
    if not turn.state.late and limit != legal.limit_in_force:
        adjustment = Adjustment(kind="variant", seq=turn.next_seq, ground=reason.text, at=turn.now, limit=limit)
        dues = clocks.dues(clocks.change(turn, clocks.LEGAL, adjustment))
    turn.write("variant_changed", reason=reason, data={"old": old, "new": turn.state.variant, **dues})
    with_ = papers.rendering(turn, "receipt", unit=desk_unit(turn.state), values={"reissued": True})
    turn.order(turn.visit("_receipt"), "Document.render", with_)
    notices.tell(turn, "variant_changed", notices.applicant(turn.state))
    _reroute(turn, old)


def _reroute(turn: Turn, old: str | None) -> None:
    """Go back to the first step that only the new variant has, or on from one that it has not; else stay."""
    procedure, root = turn.pin.procedure, turn.track(paths.ROOT)
    if procedure.sequence_of(root.step) != paths.ROOT:
        return
    known = facts.known(turn)
    before = known | {"case.variant": old}

    def has(step: Step, of: Facts) -> bool:
        return fits(procedure, step.selectors, of)

    here = procedure.step(root.step)
    way = procedure.sequence(paths.ROOT)[: procedure.sequence(paths.ROOT).index(here) + 1]
    new = next((step for step in way if has(step, known) and not has(step, before)), None)
    for draft in [one for one in turn.state.results if one.state == "draft" and one.track == paths.ROOT]:
        if not has(procedure.step(draft.step), known):
            results.supersede(turn, draft)
    if new is not None:
        rerouting.go(turn, new)
    elif not has(here, known):
        rerouting.go(turn, here)
