"""Files made to break the reader: every one is answered, in little time, with problems that have their place."""

from time import process_time

import pytest

from procedures.language.check import CheckedProcedure, check_procedure
from procedures.language.loader import load_procedure
from procedures.language.reading.problems import Severity
from procedures.language.resolving.sources import HOME, Library
from tests.procedures.language.house import CODE, House

LIBRARY = Library(HOME)
GOOD = (HOME / CODE / "procedure.yaml").read_text()
SELF_BOUGHT = "when: form.self_bought"
SECONDS = 3.0


def _field(pattern: str) -> str:
    return GOOD.replace('pattern: "[A-Z]{2}[0-9]{13}"', f"pattern: '{pattern}'")


def _when(condition: str) -> str:
    return GOOD.replace(SELF_BOUGHT, f"when: '{condition}'")


ROWS = "  lines: {type: rows, key: n, label: {vi: D, en: L}, fields: {n: {type: integer, label: {vi: S, en: N}}}}\n"
HOSTILE = {
    "nothing": "",
    "only a byte order mark": "\ufeff",
    "a zero byte": "procedure: \0\n",
    "an alias of itself": "a: &a [*a]\n",
    "a billion laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "deep lists": "a: " + "[" * 5_000 + "]" * 5_000,
    "deep maps": "".join(" " * n + "a:\n" for n in range(300)),
    "deep flow maps": "a: " + "{a: " * 5_000 + "1" + "}" * 5_000,
    "a huge scalar": f"procedure: {'x' * 900_000}\n",
    "a huge key": f"{'k' * 900_000}: 1\n",
    "a huge key asked for": f"? {'k' * 900_000}\n: 1\n",
    "many unknown keys": "".join(f"unknown_{n}: {n}\n" for n in range(20_000)),
    "many unknown fields": GOOD.replace(
        "form:\n", "form:\n" + "".join(f"  f{n}: {{tipe: text}}\n" for n in range(5_000))
    ),
    "many documents": "a: 1\n---\n" * 1_000,
    "tabs": GOOD.replace("  ", "\t"),
    "carriage returns": GOOD.replace("\n", "\r"),
    "other line ends": GOOD.replace("\n", "\u2028"),
    "directions": GOOD.replace("Giám định", "Giám\u202e\u2066định"),
    "letters apart": GOOD.replace("Giám định", "Gia\u0301m đi\u0323nh"),
    "letters beyond the plane": GOOD.replace("Giám định", "𝔊𝔦á𝔪 \U000e0041"),
    "numbers without end": GOOD.replace("version: 1", "version: " + "9" * 5_000),
    "a pattern that explodes": _field("(a+)+$"),
    "a pattern of patterns": _field("((a{1,1000}){1,1000}){1,1000}"),
    "a pattern that looks back": _field(r"(a)\1(?=b)"),
    "a pattern of classes": _field("[" + "a-z" * 500 + "]{1000}"),
    "a condition of brackets": _when("(" * 900 + "true" + ")" * 900),
    "a condition of nots": _when("!" * 1_800 + "true"),
    "a condition of ors": _when(" || ".join(["form.self_bought"] * 100)),
    "a condition of cases": _when(" && ".join(["(form.self_bought || form.higher_rate)"] * 40)),
    "a condition of sums": _when("+".join(["1"] * 900) + " > 1"),
    "a condition of lists": _when("[" * 300 + "]" * 300 + " == []"),
    "a condition of loops": _when("[1].all(a, " * 60 + "true" + ")" * 60),
    "a condition of quotes": _when('"' * 1_001),
    "a condition of letters": _when("form.ễ\u0301 == 1"),
    "a condition that never ends": _when("form." * 300),
    "loops in loops": GOOD.replace("  account: {like", ROWS + "  account: {like").replace(
        SELF_BOUGHT, "when: '" + "form.lines.all(a, " * 6 + "true" + ")" * 6 + "'"
    ),
    "a duration without end": GOOD.replace("25 calendar days", "9" * 1_000 + " calendar days"),
    "a date out of time": GOOD.replace("2025-07-01", "2199-99-99"),
    "a profile of folders": GOOD.replace("profile: nd118", "profile: ../../../etc/passwd"),
    "templates of folders": GOOD.replace("template: decision", "template: ../../../../etc/passwd"),
    "placeholders": GOOD.replace("vi: Giám định", 'vi: "{form.' + "{" * 900 + '}"'),
    "a thousand steps": GOOD.replace(
        "  - id: decision\n",
        "".join(f"  - id: s{n}\n    notify: {{notice: x}}\n" for n in range(1_000)) + "  - id: decision\n",
    ),
    "a text that is no text": GOOD.replace("deadline: {", "fee_wait: {ground: {vi: true}}\ndeadline: {"),
    "a circle of includes": GOOD.replace("  - id: decision\n", "  - include: refuse\n" * 50 + "  - id: decision\n"),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_answered_in_time(house: House, text: str) -> None:
    house.file.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    started = process_time()

    checked = check_procedure(house.file, LIBRARY)

    assert process_time() - started < SECONDS
    _is_answered(checked)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"\x80\x81", bytes(range(256)) * 40, b"procedure: \xed\xa0\x80\n"]
)
def test_bytes_that_are_no_text_are_answered(house: House, content: bytes) -> None:
    house.file.write_bytes(content)

    assert {"yaml-syntax"} == {problem.code for problem in load_procedure(house.file, LIBRARY).problems}


def test_a_hostile_template_is_answered(house: House) -> None:
    (house.file.parent / "templates" / "decision.typ").write_bytes(b"\xff\xfe#let x = x" * 50_000)

    _is_answered(house.check())


def test_hostile_scenarios_are_answered(house: House) -> None:
    file = house.path(f"{CODE}/scenarios.yaml")
    for text in (
        "cases: [[[]]]",
        "scenarios: x\ncases:\n" + "  - do: [{at: 2026-13-45 99:99}]\n" * 500,
        "given: {form: {a: {b: [}}",
    ):
        file.write_text(text)

        _is_answered(house.check())


def test_a_fragment_that_leads_to_itself_is_answered(house: House) -> None:
    common = house.path("catalogue/bhxh/common.yaml")
    common.write_text(common.read_text().replace("  account: {type: bank_account,", "  account: {like: account,"))

    _is_answered(house.check())


def test_a_condition_loops_twice_at_most(house: House) -> None:
    """A list has up to 200 lines: three loops over it would be eight million turns."""
    house.write(HOSTILE["loops in loops"])

    assert ["more than 2 loops inside each other"] == [problem.message for problem in house.check().problems]


def _is_answered(checked: CheckedProcedure) -> None:
    """Either a procedure or an error; every problem has a place, a code and a sentence of bearable length."""
    errors = [problem for problem in checked.problems if problem.severity is Severity.ERROR]
    assert (checked.procedure is None) == bool(errors)
    for problem in checked.problems:
        assert problem.place.line >= 1 and problem.place.column >= 1
        assert problem.code and problem.message and len(str(problem)) < 3_000
