"""Does a dossier fit a version of its procedure? Asked before a code is given, when the version may be another."""

from dataclasses import dataclass
from typing import Literal

from procedures.language.applying.selection import demanded
from procedures.language.applying.selection import fits as fits_in
from procedures.language.conditions.evaluation import ConditionError, reads
from procedures.language.model.procedure import Procedure
from workflows.core.events import Scalar
from workflows.core.facts import known_of, rows_of
from workflows.core.intake import GOOD
from workflows.core.pin import Pin
from workflows.core.state import State


@dataclass(frozen=True, slots=True)
class Misfit:
    """`what` is the id of the paper, fact, variant, channel, kind of submitter or expression that does not fit."""

    code: Literal["paper", "fact", "variant", "channel", "submitter", "expression"]
    what: str


def fits(pin: Pin, state: State) -> tuple[Misfit, ...]:
    """Name everything the version demands and the dossier lacks."""
    procedure = pin.procedure
    found: list[Misfit] = []
    if state.channel not in procedure.channels:
        found.append(Misfit("channel", str(state.channel)))
    if state.submitter not in [submitter.id for submitter in procedure.submitters]:
        found.append(Misfit("submitter", str(state.submitter)))
    known = [variant.id for variant in procedure.variants]
    found += [Misfit("variant", str(one)) for one in _variants(procedure, state) if known and one not in known]
    found += [Misfit("fact", name) for name in _missing(procedure, state)]
    return (*found, *_papers(procedure, state))


def _variants(procedure: Procedure, state: State) -> list[Scalar]:
    """Of the case, or of every line of the list that has its own."""
    if procedure.variant_per is None:
        return [state.variant]
    return [row.get("variant") for row in rows_of(state, procedure.variant_per)]


def defaults(procedure: Procedure) -> dict[str, Scalar]:
    """Give the values of fields nobody was asked for yet, so that a condition never meets an absent one."""
    read = reads(procedure)
    return {
        f"form.{field.id}": field.default
        for field in procedure.form
        if f"form.{field.id}" in read and isinstance(field.default, bool | int | str)
    }


def _missing(procedure: Procedure, state: State) -> list[str]:
    """Name what is read and was not given, of fields asked of this case whatever its form says."""
    given = {**defaults(procedure), **state.facts}
    read = reads(procedure)
    case = {"case.variant": state.variant, "case.channel": state.channel, "case.submitter": state.submitter}
    asked = [one for one in procedure.form if one.selectors.when is None and fits_in(procedure, one.selectors, case)]
    names = [f"form.{field.id}" for field in asked if field.required]
    return [name for name in names if name in read and name not in given]


def _papers(procedure: Procedure, state: State) -> list[Misfit]:
    now = state.accepted_at or state.now
    facts = known_of(state, now, extra=defaults(procedure)) if now is not None else {}
    try:
        asked = demanded(procedure, facts)
    except ConditionError as error:
        return [Misfit("expression", error.text)]
    verdicts = {paper.id: paper.verdict for paper in state.papers}
    return [Misfit("paper", one.id) for one in asked if one.required and verdicts.get(one.id) not in GOOD]
