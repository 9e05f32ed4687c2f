"""Conditions that can never hold, or always do, told where it is certain and nowhere else."""

import pytest

from tests.procedures.language.house import House

FIELDS = """  kind: {type: choice, options: {a: {vi: A, en: A}, b: {vi: B, en: B}}, label: {vi: Loại, en: Kind}}
  count: {type: integer, min: 1, max: 9, label: {vi: Số, en: Count}}
  size: {type: number, min: 0, label: {vi: Cỡ, en: Size}}
  day: {type: date, min: 2020-01-01, label: {vi: Ngày, en: Day}}
  number: {type: insurance_number, label: {vi: Mã, en: Number}}
  size_2: {type: integer, min: 4, max: 20, label: {vi: Số, en: Count}}
  kind_2: {type: choice, options: {a: {vi: A, en: A}, c: {vi: C, en: C}}, label: {vi: Loại, en: Kind}}
  title: {type: text, max_length: 12, label: {vi: Tên, en: Title}}
"""


@pytest.mark.parametrize(
    ("condition", "why"),
    [
        ("false", "it is always the same"),
        ("1 + 1 == 3", "it is always the same"),
        ('form.kind == "a" && form.kind == "b"', 'form.kind cannot be == "a" and == "b": it is one of "a", "b"'),
        ('!(form.kind == "a" || form.kind in ["b"])', 'form.kind cannot be != "a" and not in ["b"]'),
        ("form.self_bought && !form.self_bought", "form.self_bought cannot be == true and == false"),
        ("form.count > 9", "form.count cannot be > 9: it is at least 1 and at most 9"),
        ("size(form.title) == 13", "size(form.title) cannot be == 13: it is at least 0 and at most 12"),
        ("form.count > form.count", "it is always the same"),
        ("form.count != form.count", "it is always the same"),
        (
            "form.count > form.size_2 && form.size_2 > form.count",
            "form.count cannot be > form.size_2 and < form.size_2",
        ),
        ("form.count == form.size_2 && form.size_2 != form.count", "cannot be == form.size_2 and != form.size_2"),
        (
            "form.size_2 <= form.count && form.count < 4",
            "form.count cannot be >= form.size_2: it is < 4, and form.size_2 is at least 4 and at most 20",
        ),
        (
            "form.self_bought == form.higher_rate && form.self_bought && !form.higher_rate",
            "form.higher_rate cannot be == form.self_bought: it is == false, and form.self_bought is == true",
        ),
        ("form.count + 2 > 11", "form.count cannot be > 9"),
        ("1 > form.count - 0", "form.count cannot be < 1"),
        ("!has(form.count)", "has(form.count) cannot be false: it is true"),
        ("size(form.title) > 12", "size(form.title) cannot be > 12: it is at least 0 and at most 12"),
        ("form.count > 4 && form.count < 5", "form.count cannot be > 4 and < 5"),
        ("form.count != 1 && form.count < 2", "form.count cannot be != 1 and < 2"),
        ("0 > form.count", "form.count cannot be < 0"),
        ("form.size < 0.0", "form.size cannot be < 0.0: it is at least 0"),
        ("form.size > 2.5 && form.size < 2.5", "form.size cannot be > 2.5 and < 2.5"),
        ('form.day < "2020-01-01"', 'form.day cannot be < "2020-01-01": it is at least "2020-01-01"'),
        ('form.number == "123"', 'form.number cannot be == "123"'),
        ('case.channel == "post"', 'case.channel cannot be == "post": it is one of "counter", "online"'),
        ('case.submitter == "employer"', 'case.submitter cannot be == "employer"'),
        (
            "years_between(form.day, case.submitted_on) < 6 && years_between(form.day, case.submitted_on) > 10",
            "cannot be",
        ),
        ('form.count > 9 ? true : form.kind == "a" && form.kind == "b"', "; "),
        ("(form.count > 5 || form.self_bought) && form.count < 3 && !form.self_bought", "; "),
    ],
)
def test_what_can_never_hold_is_told_with_its_reason(house: House, condition: str, why: str) -> None:
    _demand(house, condition)

    [problem] = house.check().problems

    assert ("document-unreachable", "'shortage_slip' is never demanded") == (problem.code, problem.message)
    assert why in problem.hint


@pytest.mark.parametrize(
    "condition",
    [
        'form.kind == "a" || form.kind == "b" && form.self_bought',
        "form.count > 8",
        "form.count > form.size_2",
        "form.count >= form.size_2 && form.count <= form.size_2",
        "form.self_bought == form.higher_rate",
        "form.kind == form.kind_2",
        "form.count + 1 > 9",
        "size(form.title) == 12",
        "form.count >= 9 && form.count <= 9",
        "form.size > 2.5 && form.size < 2.6",
        'form.day > "2020-01-01" && form.day != "2020-01-02"',
        'form.number == "0110000001"',
        'form.card_number == "GD4797912345678"',
        'form.account.bank == "VCB" && form.account.bank != "BIDV"',
        "form.count % 2 == 1 && form.count % 3 == 1",
        "years_between(form.day, case.submitted_on) < 6",
    ],
)
def test_what_may_hold_is_left_alone(house: House, condition: str) -> None:
    _demand(house, condition)

    assert [] == house.problems()


def test_what_always_holds_is_a_warning(house: House) -> None:
    _demand(house, "form.count > 0 || form.self_bought")

    problems = house.problems()

    assert [
        "procedure.yaml:27:118: condition-always-holds 'shortage_slip': this always holds (remove the condition)"
    ] == problems


@pytest.mark.parametrize(("condition", "codes"), [("form.count < 3", ["document-unreachable"]), ("form.count > 7", [])])
def test_what_decides_a_variant_counts_beside_its_selector(house: House, condition: str, codes: list[str]) -> None:
    variants = """variants:
  many: {when: form.count > 5, label: {vi: Nhiều, en: Many}}
  few: {when: form.count <= 5, label: {vi: Ít, en: Few}}
"""
    house.change("form:\n", f"{variants}form:\n")

    _demand(house, condition)
    house.change("original: 1, when: 'form.count", "original: 1, variants: many, when: 'form.count")

    assert codes == house.codes(), house.problems()


def test_the_selectors_beside_a_condition_count(house: House) -> None:
    house.change(
        "original: 1, when: form.self_bought", 'original: 1, channels: online, when: case.channel == "counter"'
    )

    assert ["document-unreachable"] == [code for code in house.codes() if code != "optional-never-used"]


def test_a_condition_with_too_many_cases_is_left_alone(house: House) -> None:
    _demand(house, " && ".join(f"(form.count == {n} || form.self_bought)" for n in range(1, 9)))

    assert [] == house.problems()


def test_a_row_that_those_above_leave_nothing_to(house: House) -> None:
    rows = "".join(
        f"  - {{within: 25 calendar days, counted_from: received, when: {when}}}\n"
        for when in ("form.self_bought || form.higher_rate", "form.higher_rate")
    )
    house.change(
        "deadline: {within: 25 calendar days, counted_from: received}\n",
        f"deadline:\n{rows}  - {{within: 25 calendar days, counted_from: received}}\n",
    )

    found = [problem for problem in house.problems() if "condition-never-holds" in problem]

    assert [
        "procedure.yaml:23:62: condition-never-holds this row of the deadline is never reached: those above it take "
        "every case (put it higher, or narrow those above)"
    ] == found


def test_a_step_that_is_always_skipped(house: House) -> None:
    house.change("  - id: decision\n", "  - id: decision\n    skip_when: review.payable > 0\n")

    [problem] = [one for one in house.problems() if "step-unreachable" in one]

    assert "step-unreachable step 'decision' is always skipped (remove the step, or the condition)" in problem


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("form.self_bought", "!form.self_bought", ""),
        ("form.count > 4", "form.count <= 4", ""),
        ("form.count > form.size_2", "form.count <= form.size_2", ""),
        (
            "form.count > form.size_2",
            "form.count < form.size_2",
            "no variant fits when form.count <= form.size_2 && form.count >= form.size_2",
        ),
        ("form.count > 4", "form.count < 4", "no variant fits when form.count == 4"),
        ("form.count > 4", "form.count < 6", "variants 'one' and 'two' both fit when form.count > 4 && form.count < 6"),
        (
            'form.kind == "a"',
            'form.kind == "a" && form.count > 1',
            "variants 'one' and 'two' both fit when form.kind == \"a\" && form.count > 1",
        ),
        ('form.card_number.startsWith("GD")', '!form.card_number.startsWith("GD")', ""),
    ],
)
def test_exactly_one_variant_fits(house: House, first: str, second: str, said: str) -> None:
    variants = f"""variants:
  one: {{when: '{first}', label: {{vi: Một, en: One}}}}
  two: {{when: '{second}', label: {{vi: Hai, en: Two}}}}
form:
{FIELDS}"""
    house.change("form:\n", variants).change("when: form.self_bought}", "when: form.self_bought, variants: one}")

    found = [problem.message for problem in house.check().problems if problem.code == "variants-not-exclusive"]

    assert ([said] if said else []) == found, house.problems()


def _demand(house: House, condition: str) -> None:
    house.change("  account: {like", f"{FIELDS}  account: {{like")
    house.change("when: form.higher_rate}", 'when: "form.self_bought && form.higher_rate"}')
    house.change("when: form.self_bought}", f"when: '{condition}'}}")
