"""The forms of a procedure at the door: the applicant's, the desk's at acceptance, and those of its steps."""

from collections.abc import Mapping

from procedures.json_types import Facts, Json, JsonObject
from procedures.language.applying.fieldtypes import check_value
from procedures.language.applying.filled import Asking, Checked, check_fields, flat, flat_line
from procedures.language.conditions.evaluation import columns_read, evaluate, reads
from procedures.language.model.procedure import Procedure


def check_form(procedure: Procedure, values: Json, facts: Facts, *, pointer: str = "/form") -> Checked:
    """Check what the applicant declared; `facts` hold `case.channel`, `case.submitter`, `case.variant` and `today`."""
    return check_fields(Asking(procedure, procedure.form, facts, pointer=pointer), values)


def check_intake_form(procedure: Procedure, values: Json, facts: Facts, *, pointer: str = "/form") -> Checked:
    """Check what the desk records at acceptance; `facts` are those of the case."""
    return check_fields(Asking(procedure, procedure.intake.form, facts, variable="intake", pointer=pointer), values)


def check_step_form(
    procedure: Procedure, step: str, outcome: str, values: Json, facts: Facts, *, pointer: str = "/values"
) -> Checked:
    """Check what an officer entered with an outcome; fields of other outcomes are not asked."""
    fields = procedure.step(step).fields(outcome)
    return check_fields(Asking(procedure, fields, facts, variable=step, pointer=pointer), values)


def offered(procedure: Procedure, facts: Facts) -> JsonObject:
    """Give what the form offers of the signed-in person, for them to confirm; `facts` hold `applicant.<name>`.

    What is not known of them, or would not be taken, is not offered.
    """
    values: JsonObject = {}
    for field in procedure.form:
        if field.prefill is not None and all(name in facts for name in field.prefill.reads):
            value = evaluate(procedure, field.prefill, facts)
            if check_value(field, value) is None:
                values[field.id] = value
    return values


def facts_of(procedure: Procedure, values: Mapping[str, Json], *, variable: str = "form") -> dict[str, Json]:
    """Take from clean values only what some condition, selector or plain input reads, as flat dotted names."""
    known, lists = reads(procedure), {f"form.{one.id}" for one in procedure.form if one.type == "rows"}
    facts = flat(variable, values)
    return {name: value for name, value in facts.items() if name in known and name not in lists}


def lines_of(procedure: Procedure, values: Mapping[str, Json]) -> JsonObject:
    """Take the lists out of clean values of the form: each line in its place, with the columns that something reads.

    A line of which nothing is read still counts, and stands there empty.
    """
    lists: JsonObject = {}
    for one in procedure.form:
        given = values.get(one.id)
        if one.type == "rows" and isinstance(given, list):
            lists[one.id] = [_read(line, columns_read(procedure, one.id)) for line in given if isinstance(line, dict)]
    return lists


def reference(form: str, name: str) -> str:
    """Name a personal value where it is kept: `form:<digest>#account` for `form.account`."""
    return f"{form}#{name.partition('.')[2]}"


def _read(line: Mapping[str, Json], columns: frozenset[str]) -> Json:
    return {name: value for name, value in flat_line(line).items() if name in columns}
