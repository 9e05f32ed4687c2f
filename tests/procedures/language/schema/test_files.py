"""The JSON Schemas: every file of the house fits, and what the check of shapes refuses does not."""

import string
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures.json_types import Json
from procedures.language.grammar.kinds import ATOMS
from procedures.language.grammar.tables import OBJECTS, ROOTS
from procedures.language.reading.nodes import read
from procedures.language.reading.plain import plain
from procedures.language.reading.problems import Problems
from procedures.language.resolving.sources import HOME, read_source
from procedures.language.schema.files import schema_of, schema_of_any_file
from procedures.language.schema.values import VALUES, value_name
from procedures.time.duration import Duration, Unit, parse_duration, parse_moment
from procedures.time.errors import BadDuration
from tests.procedures.language.house import House
from tests.procedures.language.telling.texts import EVERYTHING
from tests.procedures.language.test_codes import BROKEN, HERE
from tests.procedures.language.test_mutations import GOOD, JUNK, KEYS, WORDS

FOREIGN = {"calendars", "organisations", "language"}
HOUSE = sorted(path for path in HOME.rglob("*.yaml") if not FOREIGN & set(path.relative_to(HOME).parts))
FILES = [*HOUSE, Path(__file__).parents[1] / "telling" / "everything.yaml"]
# What JSON Schema cannot say: how a file is written, letters not composed, patterns, words reserved for conditions.
UNSAID = {"yaml-syntax", "duplicate-key", "bad-pattern"}


ANY_FILE = jsonschema_rs.validator_for(schema_of_any_file(), validate_formats=True)
OF_ROOT = {root: jsonschema_rs.validator_for(schema_of(root), validate_formats=True) for root in ROOTS}
PROCEDURE = OF_ROOT["procedure"]
VALUE = {atom: jsonschema_rs.validator_for(dict(VALUES[atom])) for atom in ("span", "limit", "moment")}
UNITS = (
    "working hour,working hours,working day,working days,calendar day,calendar days,hour,hours,month,months,year".split(
        ","
    )
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_file_of_the_house_fits(path: Path) -> None:
    document, root = _document(path.read_text()), read_source(path, None).root

    assert [] == [error.message for error in OF_ROOT[root].iter_errors(document)]
    assert ANY_FILE.is_valid(document)


@pytest.mark.parametrize(("code", "old", "new"), BROKEN)
def test_a_broken_file_is_refused_like_the_check_of_shapes_refuses_it(
    house: House, code: str, old: str, new: str
) -> None:
    house.change(old, new.replace(HERE, ""))

    _agree(house)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- {otherwise: lines}", "- {otherwise: lines, then: tell}"),
        ("- {when: review.visit_site, then: tell}", "- {when: review.visit_site}"),
        ("wait: {last: 5 calendar days}", "wait: {last: 5 calendar days, message: answer}"),
        ("wait: {last: 5 calendar days}", "wait: {clock: runs}"),
        ("wait: {last: 5 calendar days}", "wait: {last: 5 calendar days, sender: agency}"),
        ("message: site_report, sender: agency, ", "message: site_report, "),
        (", ground: {vi: Điều 15, en: Article 15}}", "}"),
        ("      lead: benefits\n", ""),
        ("join: on_ground", "join: all"),
        ("join: on_ground\n      lead: benefits", "join: quorum"),
        ("after: form.born_on, ", ""),
        ("after: form.born_on, ", "after: form.born_on, before: form.born_on, "),
        ("type: choice, options: {new: {vi: Cấp mới, en: New}, again: {vi: Cấp lại, en: Again}}", "type: choice"),
        ("    key: number\n", ""),
        ('ground: "Số liệu chỉ để thử, không phải của danh mục"', "ground: ngắn"),
    ],
)
def test_what_keys_demand_of_each_other_is_refused_by_schema_and_loader(house: House, old: str, new: str) -> None:
    house.write(EVERYTHING).change(old, new)

    assert not PROCEDURE.is_valid(_document(house.file.read_text()))
    assert house.load().procedure is None


def test_the_file_with_every_mistake_is_refused_at_each_place() -> None:
    broken = read((Path(__file__).parents[1] / "broken" / "procedure.yaml").read_bytes(), "broken", Problems())

    refused = {error.instance_path[0] for error in PROCEDURE.iter_errors(plain(broken)) if error.instance_path}

    assert {"form", "documents", "deadline", "supplement", "steps", "in_force", "procedure"} <= refused


@pytest.mark.parametrize("span", KEYS, ids=lambda span: f"{span[0]}-{GOOD[span[0] : span[1]]}")
def test_a_misspelt_key_is_refused_where_it_is_a_key_of_the_language(house: House, span: tuple[int, int]) -> None:
    house.write(GOOD[: span[1]] + "x" + GOOD[span[1] :])

    _agree(house)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(st.sampled_from(WORDS), st.sampled_from(JUNK) | st.text(string.printable, max_size=8))
def test_a_file_with_any_word_replaced_is_refused_like_the_check_of_shapes_refuses_it(
    house: House, span: tuple[int, int], junk: str
) -> None:
    house.write(GOOD[: span[0]] + junk + GOOD[span[1] :])

    _agree(house)


@given(st.from_regex(r"\A(?:[0-9]{1,3}(?:\.[0-9]{1,2})? [a-z ]{0,2}|)\Z"), st.sampled_from([*UNITS, "", "day"]))
def test_a_duration_is_in_order_for_the_schema_when_it_is_for_the_law(amount: str, unit: str) -> None:
    text = f"{amount.strip()} {unit}".strip()
    duration = _duration(text)

    assert _fits("span", text) == (duration is not None and duration.unit is not Unit.NONE)
    assert _fits("limit", text) == (duration is not None and duration.unit is not Unit.YEARS)
    assert _fits("moment", f"{text} before") == _is_moment(f"{text} before")


def test_every_kind_of_value_has_a_schema_and_none_is_called_like_an_object() -> None:
    assert set(VALUES) == ATOMS
    assert set() == {value_name(atom) for atom in ATOMS} & set(OBJECTS)


def test_one_schema_for_all_files_goes_by_the_root_as_the_loader_does() -> None:
    assert not ANY_FILE.is_valid({"title": {"vi": "Không có khóa gốc"}})
    assert not ANY_FILE.is_valid({"registry": "books", "profile": "nd118"})


def _agree(house: House) -> None:
    """What the check of shapes refuses is refused; what is refused is an error of the loader too."""
    document = _document(house.file.read_text())
    shape = {problem.code for problem in read_source(house.file, "procedure").problems}
    if document is None or shape & UNSAID:
        return

    refused = not PROCEDURE.is_valid(document)

    assert refused or not shape, shape
    assert not refused or house.load().procedure is None, [error.message for error in PROCEDURE.iter_errors(document)]


def _document(text: str) -> Json:
    """Read a text as the loader does; None where it is no YAML of the language."""
    problems = Problems()
    entries = read(text.encode(), "text", problems)
    return None if entries is None or problems.has_errors else plain(entries)


def _fits(atom: str, value: str) -> bool:
    return VALUE[atom].is_valid(value)


def _duration(text: str) -> Duration | None:
    try:
        return parse_duration(text)
    except BadDuration:
        return None


def _is_moment(text: str) -> bool:
    try:
        parse_moment(text)
    except BadDuration:
        return False
    return True
