"""What a step names must be there: outcomes its fields are asked with, other steps, and what an operation takes."""

from procedures.language.conditions.names import CEL_TYPE, GIVEN, TEXT
from procedures.language.flow.ways import ASKING, StepWays, Ways
from procedures.language.making.draft import Draft
from procedures.language.making.forms import make_fields
from procedures.language.model.parts import FormField, Input
from procedures.language.model.steps import CALLER
from procedures.language.reading.problems import did_you_mean
from procedures.language.reading.words import children, entries_of, scalars_of, text_of
from procedures.language.resolving.naming import operation_of


def check_outcomes(draft: Draft, step: StepWays) -> None:
    """A field asked with some outcomes names outcomes of its step."""
    names = [way.name for way in step.ways]
    for _, node in children(entries_of(step.node, "form")):
        for written in scalars_of(node, "outcomes"):
            if written.text not in names:
                message = f"'{step.id}' has no outcome '{written.text}'"
                draft.problems.add(written.place, "unknown-outcome", message, did_you_mean(written.text, names))


def check_named_steps(draft: Draft, ways: Ways, step: StepWays) -> None:
    """`not_same_as` names what another person does, `documents` drafts that are there to be signed."""
    _check_persons(draft, ways, step)
    around = ways.lines_around(step.sequence)
    drafts = {id: one for id, one in ways.steps.items() if one.kind == "document"}
    for written in scalars_of(step.body, "documents"):
        named = drafts.get(written.text)
        if named is None:
            hint = did_you_mean(written.text, drafts)
            draft.problems.add(written.place, "unknown-step", f"no document step '{written.text}'", hint)
        elif (lines := ways.lines_around(named.sequence)) not in (None, around):
            message = f"'{written.text}' is drafted for each line of '{lines}'"
            draft.problems.add(written.place, "unknown-step", message, "sign it there, or draft one for all lines")


def _check_persons(draft: Draft, ways: Ways, step: StepWays) -> None:
    callers = {CALLER} if ways.is_profiles(step.sequence) else set()
    persons = {id for id, one in ways.steps.items() if one.kind in ASKING}
    for written in scalars_of(step.body, "not_same_as"):
        if written.text not in persons | callers:
            known = written.text in ways.steps
            message = f"'{written.text}' is done by nobody" if known else f"no step '{written.text}'"
            hint = "name a task or sign step" if known else did_you_mean(written.text, ways.steps)
            draft.problems.add(written.place, "unknown-step", message, hint)


def check_inputs(draft: Draft, step: StepWays, inputs: tuple[Input, ...]) -> None:
    """An operation gets what it takes, no more, and each of its type."""
    connector, operation = text_of(step.body, "connector") or "", text_of(step.body, "operation") or ""
    found = operation_of(draft.resolved, connector, operation)
    if found is None:
        return
    written = entries_of(step.body, "with")
    takes = {one.id: one for one in make_fields(entries_of(found, "takes"), draft)}
    for name, place in written.keys.items():
        if name not in takes:
            message = f"{connector}.{operation} takes no '{name}'"
            draft.problems.add(place, "unknown-name", message, did_you_mean(name, takes))
    # A name that is not taken probably stands for one that is.
    strange = [name for name in written.keys if name not in takes]
    for name, field in takes.items() if not strange else ():
        if field.required and name not in written.keys:
            message = f"{connector}.{operation} takes '{name}'"
            draft.problems.add(step.node.keys["call"], "missing-key", message, "add it under 'with'")
    for one in inputs:
        if one.name in takes and one.expression.type != _type_of(takes[one.name]):
            message = f"'{one.name}' of {connector}.{operation} is a {takes[one.name].type}"
            hint = f"'{one.expression.text}' is {one.expression.type}"
            draft.problems.add(written.values[one.name].place, "wrong-type", message, hint)


def _type_of(field: FormField) -> str:
    type = CEL_TYPE.get(field.type, TEXT)
    return GIVEN.get(type, type)
