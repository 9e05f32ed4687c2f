"""Values at the door: checked against the procedure's fields, kept by digest, and only what conditions read goes on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.problems import FieldError, invalid
from procedures.json_types import Json, JsonObject
from procedures.language.applying.filing import check_filing
from procedures.language.applying.filled import Checked, FieldProblem
from procedures.language.applying.forms import check_intake_form, check_step_form, facts_of, lines_of
from procedures.language.model.parts import FormField
from procedures.language.model.procedure import Procedure
from records.commands import NewForm
from records.forms import PREFIX, form_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedForm:
    """`told` are the arguments the case gets instead of the values."""

    form: NewForm
    told: JsonObject


def checked_form(procedure: Procedure, values: Mapping[str, Json], facts: Mapping[str, Json]) -> CheckedForm:
    """Check what the applicant declared. Raises the problem with every field at fault."""
    filed = check_filing(procedure, dict(values), dict(facts))
    if filed.problems:
        raise invalid(field_errors(filed.problems), code="form-invalid")
    return kept_form(procedure, filed.values)


def checked_values(procedure: Procedure, task: str, outcome: str, values: Mapping[str, Json]) -> CheckedForm | None:
    """Check what an officer entered with an outcome of a step; None where the step asks for nothing.

    A task or an outcome nobody knows is the case's to refuse.
    """
    step = task.rpartition(":")[0].rpartition("/")[2]
    if not procedure.has_step(step) or procedure.step(step).outcome(outcome) is None:
        return None
    if not procedure.step(step).fields(outcome) and not values:
        return None
    return kept_form(procedure, _clean(check_step_form(procedure, step, outcome, dict(values), {})), step=step)


def step_fields(procedure: Procedure, task: str) -> tuple[FormField, ...]:
    """Answer all that a step may ask, whatever the outcome; nothing for what is no step."""
    step = task.rpartition(":")[0].rpartition("/")[2]
    return procedure.step(step).form if procedure.has_step(step) else ()


def checked_intake(procedure: Procedure, values: Mapping[str, Json], facts: Mapping[str, Json]) -> CheckedForm | None:
    """Check what the desk records at acceptance; None where the procedure asks for nothing."""
    if not procedure.intake.form and not values:
        return None
    return kept_form(procedure, _clean(check_intake_form(procedure, dict(values), dict(facts))), step="intake")


def field_errors(problems: Iterable[FieldProblem], language: str = "vi") -> list[FieldError]:
    return [
        FieldError(pointer=f"#{one.pointer}", code=one.code, detail=one.texts.get(language, one.texts["vi"]))
        for one in problems
    ]


def kept_form(procedure: Procedure, values: JsonObject, *, step: str | None = None) -> CheckedForm:
    """Answer clean values as they are kept and told; facts of a step are told by the bare names of its fields.

    The lists of the applicant's form are told line by line, with the columns that conditions read.
    """
    reference = form_ref(values)
    facts = facts_of(procedure, values, variable=step or "form")
    told = {name.removeprefix(f"{step}."): value for name, value in facts.items()}
    form = NewForm(digest=reference.removeprefix(PREFIX), values=values)
    lines = {} if step else lines_of(procedure, values)
    lists: JsonObject = {"lines": lines} if lines else {}
    return CheckedForm(form=form, told={"form": reference, "facts": told, **lists})


def _clean(checked: Checked) -> JsonObject:
    if checked.problems:
        raise invalid(field_errors(checked.problems), code="form-invalid")
    return checked.values
