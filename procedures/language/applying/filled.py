"""What people filled in, checked against the fields asked: clean values, or problems with the place of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from procedures.json_types import Facts, Json, JsonObject
from procedures.language.applying.fieldtypes import clean_value
from procedures.language.applying.selection import at_line, decides_variant, fits, variant_of
from procedures.language.applying.simplevalues import MAX_LINES, Refused, Wrong, is_empty
from procedures.language.conditions.names import PARTS_OF
from procedures.language.model.parts import FormField, Texts
from procedures.language.model.procedure import Procedure


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
    """Which form is checked: `variable` is its name in conditions (`form`, or a step), `facts` what else is known.

    Where something around these fields is wrong already, conditions are not `certain` and are left alone.
    """

    procedure: Procedure
    fields: tuple[FormField, ...]
    facts: Facts
    variable: str = "form"
    pointer: str = "/form"
    certain: bool = True


def check_fields(asking: Asking, values: Json) -> Checked:
    if not isinstance(values, dict):
        return Checked(problems=(_problem(asking.pointer, _NO_OBJECT),))
    clean: JsonObject = {}
    problems = [_problem(f"{asking.pointer}/{_escaped(name)}", _UNKNOWN) for name in values if not _has(asking, name)]
    for one in asking.fields:
        given = values.get(one.id)
        if one.type == "rows":
            continue
        if is_empty(given):
            clean |= {one.id: one.default} if one.default is not None else {}
            continue
        try:
            clean[one.id] = clean_value(_dated(one, asking.facts), given)
        except Refused as refused:
            problems.append(_problem(_pointer(asking, one, refused.wrong), refused.wrong))
    around = replace(asking, certain=asking.certain and not problems)
    for one in asking.fields:
        if one.type == "rows" and not is_empty(values.get(one.id)):
            listed = _check_lines(around, one, values[one.id], clean)
            clean |= listed.values
            problems.extend(listed.problems)
    if problems or not asking.certain:
        missing = _missing(asking, clean, values, certain=False)
        return Checked(clean, (*problems, *missing))
    return _asked_only(asking, clean, values)


def flat(variable: str, values: Mapping[str, Json]) -> dict[str, Json]:
    """Give values as facts: dotted names, the lines of a list as maps under its name."""
    facts: dict[str, Json] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            facts[f"{variable}.{name}"] = True
            facts |= flat(f"{variable}.{name}", value)
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            facts[f"{variable}.{name}"] = [flat_line(one) for one in value if isinstance(one, dict)]
        else:
            facts[f"{variable}.{name}"] = value
    return facts


def flat_line(line: Mapping[str, Json]) -> dict[str, Json]:
    return {name.removeprefix("line."): value for name, value in flat("line", line).items()}


def _check_lines(asking: Asking, rows: FormField, given: Json, around: JsonObject) -> Checked:
    """Check each line of a list by its columns, which may read the rest of the form; keys are told apart."""
    pointer = f"{asking.pointer}/{rows.id}"
    most = min(int(rows.max), MAX_LINES) if isinstance(rows.max, int) else MAX_LINES
    least = rows.min if isinstance(rows.min, int) else 1
    if not isinstance(given, list):
        return Checked(problems=(_problem(pointer, _NO_LIST),))
    if not least <= len(given) <= most:
        return Checked(problems=(_problem(pointer, _count(len(given), least, most)),))
    facts = {**asking.facts, **flat(asking.variable, around)}
    lines = [
        _check_line(replace(asking, facts=facts, pointer=f"{pointer}/{place}"), rows, line)
        for place, line in enumerate(given)
    ]
    problems = [problem for line in lines for problem in line.problems]
    problems += [_problem(f"{pointer}/{place}/{rows.key}", _NOT_UNIQUE) for place in _repeated(rows, lines)]
    return Checked({rows.id: [line.values for line in lines]}, tuple(problems))


def _check_line(asking: Asking, rows: FormField, given: Json) -> Checked:
    line = replace(asking, fields=rows.fields, variable="line", facts=at_line(asking.facts, rows.id, {}))
    if asking.procedure.variant_per != rows.id or not isinstance(given, dict):
        return check_fields(line, given)
    columns = {name: value for name, value in given.items() if name != "variant"}
    chosen = given.get("variant")
    first = check_fields(replace(line, certain=False), columns)
    variant, problem = check_variant(asking.procedure, chosen, {**line.facts, **flat("line", first.values)})
    known = {**line.facts, "line.variant": variant}
    checked = check_fields(replace(line, facts=known, certain=asking.certain and problem is None), columns)
    if problem is None:
        return Checked({**checked.values, "variant": variant}, checked.problems)
    place = replace(problem, pointer=f"{asking.pointer}/variant")
    return Checked(checked.values, (*checked.problems, place))


def check_variant(procedure: Procedure, chosen: Json, facts: Facts) -> tuple[str | None, FieldProblem | None]:
    """Find the variant of a case or a line: the applicant's choice, or what the form decides where it does."""
    if not procedure.variants:
        return None, None if is_empty(chosen) else _problem("/variant", _NOT_ASKED)
    if all(variant.when is not None for variant in procedure.variants):
        decided = variant_of(procedure, facts)
        if decided is None:
            return None, _problem("/variant", _NONE_FITS)
        wrong = not is_empty(chosen) and chosen != decided
        return decided, _problem("/variant", _OTHER_VARIANT) if wrong else None
    if is_empty(chosen):
        return None, _problem("/variant", _VARIANT_NEEDED)
    known = procedure.variant(chosen) if isinstance(chosen, str) else None
    return (known.id, None) if known else (None, _problem("/variant", _NO_VARIANT))


def _repeated(rows: FormField, lines: Iterable[Checked]) -> Iterable[int]:
    seen: set[Json] = set()
    for place, line in enumerate(lines):
        key = line.values.get(rows.key or "")
        if key in seen:
            yield place
        if isinstance(key, str | int):
            seen.add(key)


def _asked_only(asking: Asking, clean: JsonObject, values: Mapping[str, Json]) -> Checked:
    """Keep what was asked of this applicant; a value nobody asked for is not kept silently."""
    facts = {**asking.facts, **flat(asking.variable, clean)}
    if asking.variable == "form" and decides_variant(asking.procedure):
        facts["case.variant"] = variant_of(asking.procedure, facts)
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
    facts = {**asking.facts, **flat(asking.variable, clean)}
    for one in asking.fields:
        if one.id in clean or not one.required or not is_empty(values.get(one.id)):
            continue
        if (certain or one.selectors.when is None) and fits(asking.procedure, one.selectors, facts):
            yield _problem(f"{asking.pointer}/{one.id}", _REQUIRED)


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


def _count(given: int, least: int, most: int) -> Wrong:
    if given < least:
        vi = f"Phải có ít nhất {least} dòng. Ông/bà đang ghi {given} dòng."
        return Wrong("too-few", vi, f"At least {least} lines; you gave {given}.")
    vi = f"Không được quá {most} dòng. Ông/bà đang ghi {given} dòng."
    return Wrong("too-many", vi, f"At most {most} lines; you gave {given}.")


_NO_OBJECT = Wrong("wrong-type", "Biểu mẫu phải gồm các mục có tên.", "The form must be an object of named values.")
_NO_LIST = Wrong("wrong-type", "Mục này là một danh sách, mỗi dòng gồm các mục có tên.", "This is a list of lines.")
_NOT_UNIQUE = Wrong("not-unique", "Giá trị này đã có ở dòng trên.", "A line above has this value already.")
_UNKNOWN = Wrong("unknown-field", "Biểu mẫu không có mục này.", "The form has no such field; remove it.")
_NOT_ASKED = Wrong("not-asked", "Không cần ghi mục này trong trường hợp này.", "This is not asked in this case.")
_REQUIRED = Wrong("required", "Chưa ghi mục này.", "This is missing.")
_VARIANT_NEEDED = Wrong("variant-needed", "Hãy chọn trường hợp.", "Choose the case that applies.")
_NO_VARIANT = Wrong("not-an-option", "Hãy chọn một trong các trường hợp đã nêu.", "Choose one of the cases listed.")
_NONE_FITS = Wrong(
    "no-variant-fits",
    "Nội dung đã khai không thuộc trường hợp nào của thủ tục; hãy xem lại.",
    "What is declared is none of the cases of this procedure; look it over.",
)
_OTHER_VARIANT = Wrong(
    "not-an-option",
    "Nội dung đã khai thuộc trường hợp khác; bỏ lựa chọn này, hệ thống tự xác định.",
    "What is declared means another case; leave the choice out, it follows from the form.",
)
