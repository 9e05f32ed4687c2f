"""What a text tells apart beside the route: limits, variants, conditions that hold for one case and not for another."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from procedures.json_types import Facts, JsonObject
from procedures.language.applying.filled import flat
from procedures.language.applying.selection import places
from procedures.language.conditions.evaluation import ConditionError, holds
from procedures.language.model.parts import Expression
from procedures.language.model.procedure import Procedure
from workflows.core import facts
from workflows.core.entries import Entry
from workflows.core.state import State

# Where it stands in the file, and `taken`, `verified`, `holds` or `does not hold`.
Circumstance: TypeAlias = tuple[str, str]
TAKEN, VERIFIED = "taken", "verified"
HOLDS, FAILS = "holds", "does not hold"


class Condition(NamedTuple):
    """`per` is the list for whose lines it is asked."""

    where: str
    when: Expression
    per: str | None


def circumstances_of(procedure: Procedure) -> Iterator[Circumstance]:
    """List each row of the deadline, each variant, and both sides of each condition."""
    for number, row in enumerate(procedure.deadline):
        yield f"deadline[{number}]", TAKEN
        if row.if_verified is not None:
            yield f"deadline[{number}]", VERIFIED
    yield from ((f"variants.{variant.id}", TAKEN) for variant in procedure.variants)
    for condition in conditions_of(procedure):
        yield from ((condition.where, _side(holding)) for holding in (True, False))


def met(procedure: Procedure, journal: Sequence[Entry], state: State, form: JsonObject) -> Iterator[Circumstance]:
    """Say which of them a case met, by what is known of it in the end; of its form it keeps only a part itself."""
    if state.now is None:
        return
    limits = [str(entry.data["source"]) for entry in journal if entry.kind == "limit_set"]
    yield from ((source, TAKEN) for source in limits)
    if any(entry.kind == "limit_switched" for entry in journal):
        yield from ((source, VERIFIED) for source in limits)
    lines = (line for rows in state.lines.values() for line in rows)
    variants = {state.variant, *(line.get("variant") for line in lines)}
    yield from ((f"variants.{variant}", TAKEN) for variant in sorted(map(str, variants - {None})))
    known = {**flat("form", form), **facts.known_of(state, state.now)}
    for condition in conditions_of(procedure):
        yield from ((condition.where, _side(holding)) for holding in _sides(procedure, condition, known))


def conditions_of(procedure: Procedure) -> Iterator[Condition]:
    """Conditions of one column of a list are asked of it where it is filled in, and are not counted."""
    yield from _of("form", ((one.id, one.selectors.when, None) for one in procedure.form))
    yield from _of("documents", ((one.id, one.selectors.when, one.per) for one in procedure.documents))
    yield from _of("windows", ((one.id, one.selectors.when, one.per) for one in procedure.windows))
    yield from _of("fees", ((one.id, one.selectors.when, one.per) for one in procedure.fees))
    yield from _of("results", ((one.id, one.selectors.when, None) for one in procedure.results))


def _of(chapter: str, parts: Iterable[tuple[str, Expression | None, str | None]]) -> Iterator[Condition]:
    yield from (Condition(f"{chapter}.{id}", when, per) for id, when, per in parts if when is not None)


def _sides(procedure: Procedure, condition: Condition, known: Facts) -> Iterator[bool]:
    for _, at in places(known, condition.per):
        try:
            yield holds(procedure, condition.when, at)
        except ConditionError:
            continue


def _side(holding: bool) -> str:
    return HOLDS if holding else FAILS
