"""What people filled in, checked against the fields of a form: clean values, or problems with the place of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from procedures.json_types import Facts, Json, JsonObject
from procedures.language.conditions import reads
from procedures.language.fieldtypes import clean_value
from procedures.language.model import Procedure
from procedures.language.names import PARTS_OF
from procedures.language.parts import FormField, Texts
from procedures.language.selection import fits
from procedures.language.simplevalues import Refused, Wrong, is_empty


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """`pointer` is a JSON pointer into what was sent; the texts are for the person who filled it in."""

    pointer: str
    code: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Checked:
    """Clean values of the fields that were asked, defaults filled in; of use only where there is no problem."""

    values: JsonObject = field(default_factory=dict)
    problems: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """Which form is checked: `variable` is its name in conditions (`form`, or a step), `facts` what else is known."""

    procedure: Procedure
    fields: tuple[FormField, ...]
    facts: Facts
    variable: str = "form"
    pointer: str = "/form"


def check_form(procedure: Procedure, values: Json, facts: Facts, *, pointer: str = "/form") -> Checked:
    """Check what the applicant declared; `facts` hold `case.channel`, `case.submitter` and `today`."""
    return check_fields(Asking(procedure, procedure.form, facts, pointer=pointer), values)


def check_step_form(
    procedure: Procedure, step: str, outcome: str, values: Json, facts: Facts, *, pointer: str = "/values"
) -> Checked:
    """Check what an officer entered with an outcome; fields of other outcomes are not asked."""
    fields = procedure.step(step).fields(outcome)
    return check_fields(Asking(procedure, fields, facts, variable=step, pointer=pointer), values)


def check_fields(asking: Asking, values: Json) -> Checked:
    if not isinstance(values, dict):
        return Checked(problems=(_problem(asking.pointer, _NO_OBJECT),))
    clean: JsonObject = {}
    problems = [_problem(f"{asking.pointer}/{_escaped(name)}", _UNKNOWN) for name in values if not _has(asking, name)]
    for one in asking.fields:
        given = values.get(one.id)
        if is_empty(given):
            clean |= {one.id: one.default} if one.default is not None else {}
            continue
        try:
            clean[one.id] = clean_value(_dated(one, asking.facts), given)
        except Refused as refused:
            problems.append(_problem(_pointer(asking, one, refused.wrong), refused.wrong))
    if problems:
        return Checked(problems=(*problems, *_missing(asking, clean, values, certain=False)))
    return _asked_only(asking, clean, values)


def facts_of(procedure: Procedure, values: Mapping[str, Json], *, variable: str = "form") -> dict[str, Json]:
    """Take from clean values only what some condition, selector or plain input reads, as flat dotted names."""
    known = reads(procedure)
    facts = _flat(variable, values)
    return {name: value for name, value in facts.items() if name in known}


def reference(form: str, name: str) -> str:
    """Name a personal value where it is kept: `form:<digest>#account` for `form.account`."""
    return f"{form}#{name.partition('.')[2]}"


def _asked_only(asking: Asking, clean: JsonObject, values: Mapping[str, Json]) -> Checked:
    """Keep what was asked of this applicant; a value nobody asked for is not kept silently."""
    facts = {**asking.facts, **_flat(asking.variable, clean)}
    kept: JsonObject = {}
    problems: list[FieldProblem] = []
    for one in asking.fields:
        asked = fits(asking.procedure, one.selectors, facts)
        if asked and one.id in clean:
            kept[one.id] = clean[one.id]
        elif not asked and not is_empty(values.get(one.id)):
            problems.append(_problem(f"{asking.pointer}/{one.id}", _NOT_ASKED))
    problems.extend(_missing(asking, clean, values, certain=True))
    return Checked(kept, tuple(problems))


def _missing(asking: Asking, clean: JsonObject, values: Mapping[str, Json], *, certain: bool) -> Iterable[FieldProblem]:
    """Find required fields left empty; where other values are wrong, only those asked of everybody."""
    facts = {**asking.facts, **_flat(asking.variable, clean)}
    for one in asking.fields:
        if one.id in clean or not one.required or not is_empty(values.get(one.id)):
            continue
        if (certain or one.selectors.when is None) and fits(asking.procedure, one.selectors, facts):
            yield _problem(f"{asking.pointer}/{one.id}", _REQUIRED)


def _flat(variable: str, values: Mapping[str, Json]) -> dict[str, Json]:
    flat: dict[str, Json] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            flat[f"{variable}.{name}"] = True
            flat |= _flat(f"{variable}.{name}", value)
        else:
            flat[f"{variable}.{name}"] = value
    return flat


def _has(asking: Asking, name: str) -> bool:
    return any(one.id == name for one in asking.fields)


def _dated(one: FormField, facts: Facts) -> FormField:
    """Put the day of the event where a bound says `today`."""
    bounds = {key: facts.get("today") for key in ("min", "max") if getattr(one, key) == "today"}
    return one.model_copy(update=bounds) if bounds else one


def _pointer(asking: Asking, one: FormField, wrong: Wrong) -> str:
    part = f"/{_escaped(wrong.part)}" if wrong.part and one.type in PARTS_OF else ""
    return f"{asking.pointer}/{one.id}{part}"


def _escaped(name: str) -> str:
    return name[:80].replace("~", "~0").replace("/", "~1")


def _problem(pointer: str, wrong: Wrong) -> FieldProblem:
    return FieldProblem(pointer, wrong.code, {"vi": wrong.vi, "en": wrong.en})


_NO_OBJECT = Wrong("wrong-type", "Biểu mẫu phải gồm các mục có tên.", "The form must be an object of named values.")
_UNKNOWN = Wrong("unknown-field", "Biểu mẫu không có mục này.", "The form has no such field; remove it.")
_NOT_ASKED = Wrong("not-asked", "Không cần ghi mục này trong trường hợp này.", "This is not asked in this case.")
_REQUIRED = Wrong("required", "Chưa ghi mục này.", "This is missing.")
