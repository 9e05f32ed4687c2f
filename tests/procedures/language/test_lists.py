"""Lists of lines: filled in, told apart, read by conditions, and kept no further than something reads them."""

from collections.abc import Callable, Mapping

import pytest

from procedures.json_types import Json, JsonObject
from procedures.language.applying.filing import check_filing
from procedures.language.applying.filled import Checked
from procedures.language.applying.forms import check_form, facts_of, lines_of
from procedures.language.applying.selection import demanded
from procedures.language.model.procedure import Procedure
from tests.procedures.language.house import House

Example = Callable[[str], Procedure]
ACCOUNT: Json = {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Văn A"}
BY_EMPLOYER: Mapping[str, Json] = {
    "case.channel": "online",
    "case.submitter": "employer",
    "case.submitted_on": "2026-03-02",
    "today": "2026-03-02",
}
BY_WORKER = {**BY_EMPLOYER, "case.submitter": "worker"}


def worker(number: int, variant: str = "inpatient", **more: Json) -> JsonObject:
    return {
        "insurance_number": f"011000000{number}",
        "name": "Nguyễn Văn A",
        "days": 3,
        "back_on": "2026-02-24",
        "papers_on": "2026-02-26",
        "variant": variant,
        **more,
    }


def mother(number: int, variant: str = "birth", **more: Json) -> JsonObject:
    return {"insurance_number": f"011000000{number}", "name": "Phạm Thị D", "variant": variant, **more}


def check(procedure: Procedure, lines: list[Json], facts: Mapping[str, Json] = BY_EMPLOYER) -> Checked:
    rows = next(field.id for field in procedure.form if field.type == "rows")
    return check_form(procedure, {"account": ACCOUNT, rows: lines}, facts)


def codes(checked: Checked) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in checked.problems]


def test_good_lines_are_kept_in_their_order_with_variant_and_defaults(example: Example) -> None:
    checked = check(example("1.014166"), [mother(2, leave_ended="2026-02-10", papers_on="2026-02-25"), mother(1)])

    assert [("/form/mothers/1/leave_ended", "required"), ("/form/mothers/1/papers_on", "required")] == codes(checked)
    checked = check(example("1.014166"), [mother(2), mother(1, "child_died")], BY_WORKER)
    assert () == checked.problems
    lines = checked.values["mothers"]
    assert isinstance(lines, list) and [("0110000002", "birth"), ("0110000001", "child_died")] == [
        (line["insurance_number"], line["variant"]) for line in lines if isinstance(line, dict)
    ]
    assert isinstance(lines[0], dict) and "well" == lines[0]["mother_is"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([worker(1), worker(2, days=0)], [("/form/workers/1/days", "too-small")]),
        ([worker(1, days=181)], [("/form/workers/0/days", "too-large")]),
        ([worker(1), worker(2), worker(1)], [("/form/workers/2/insurance_number", "not-unique")]),
        ([worker(1, salary=5)], [("/form/workers/0/salary", "unknown-field")]),
        ([worker(1, name="")], [("/form/workers/0/name", "required")]),
        ([worker(1, "holiday")], [("/form/workers/0/variant", "not-an-option")]),
        ([worker(1, "")], [("/form/workers/0/variant", "variant-needed")]),
        ([], [("/form/workers", "required")]),
        (["x"], [("/form/workers/0", "wrong-type")]),
        (
            ["x", worker(1, days="3")],
            [("/form/workers/0", "wrong-type"), ("/form/workers/1/days", "not-a-whole-number")],
        ),
    ],
)
def test_what_is_wrong_in_a_line_is_told_at_its_place(
    example: Example, lines: list[Json], expected: list[tuple[str, str]]
) -> None:
    found = codes(check(example("1.014163"), lines))

    assert set(expected) <= set(found) and len({place for place, _ in found}) == len(found)


def test_a_list_is_a_list(example: Example) -> None:
    values: Json = {"account": ACCOUNT, "workers": {"days": 3}}

    assert [("/form/workers", "wrong-type")] == codes(check_form(example("1.014163"), values, BY_EMPLOYER))


def test_a_list_has_at_most_200_lines(example: Example) -> None:
    lines: list[Json] = [worker(1, insurance_number=f"{number:010}") for number in range(201)]

    assert () == check(example("1.014163"), lines[:200]).problems
    assert [("/form/workers", "too-many")] == codes(check(example("1.014163"), lines))


def test_a_column_for_some_is_not_asked_of_others(example: Example) -> None:
    checked = check(example("1.014166"), [mother(1, leave_ended="2026-02-10")], BY_WORKER)

    assert [("/form/mothers/0/leave_ended", "not-asked")] == codes(checked)


def test_a_check_over_the_list_is_told_in_its_own_words(example: Example) -> None:
    values: Json = {"account": ACCOUNT, "mothers": [mother(1), mother(2)]}

    problems = check_filing(example("1.014166"), values, BY_WORKER).problems

    assert [("/form", "check-failed", "Người lao động tự nộp chỉ khai cho mình")] == [
        (one.pointer, one.code, one.texts["vi"]) for one in problems
    ]


def test_papers_are_demanded_line_by_line(example: Example) -> None:
    values: Json = {"account": ACCOUNT, "mothers": [mother(1, "child_died"), mother(2, surrogacy=True)]}

    filed = check_filing(example("1.014166"), values, {**BY_EMPLOYER, "case.submitter": "worker"})

    asked = [demand.id for demand in demanded(example("1.014166"), filed.facts)]
    assert ["birth_proof/2", "child_death/1", "surrogacy_papers/2"] == asked


def test_a_case_keeps_of_a_line_only_what_something_reads(example: Example) -> None:
    values = check(example("1.014163"), [worker(1), worker(2, "abroad", days=7)]).values

    lines = lines_of(example("1.014163"), values)

    assert {"workers"} == set(lines)
    assert lines["workers"] == [
        {"back_on": "2026-02-24", "papers_on": "2026-02-26", "variant": "inpatient"},
        {"back_on": "2026-02-24", "papers_on": "2026-02-26", "variant": "abroad"},
    ]
    assert {} == facts_of(example("1.014163"), values)


def test_a_condition_reads_the_lines_of_a_list(house: House) -> None:
    rows = (
        "  drugs: {type: rows, key: name, label: {vi: Thuốc}, required: false, fields: {"
        "name: {type: text, label: {vi: Tên}}, price: {type: money, label: {vi: Giá}}, "
        "home: {type: address, required: false, label: {vi: Nơi mua}}}}\n"
    )
    house.change("  account: {like: account}\n", "  account: {like: account}\n" + rows)
    condition = "has(form.drugs) && form.drugs.exists(d, d.price > 5 && has(d.home) && d.home.province == '01')"
    house.change("when: form.self_bought}", f'when: "{condition}"}}')
    procedure = house.procedure()
    home: Json = {"province": "01", "commune": "00004", "line": "1"}

    def ids(*drugs: Json) -> list[str]:
        form: Json = {"card_number": "GD4797912345678", "account": ACCOUNT, "drugs": [*drugs]}
        filed = check_filing(procedure, form, {**BY_EMPLOYER, "case.submitter": "patient"})
        assert filed.problems == ()
        facts: dict[str, Json] = {**facts_of(procedure, filed.values)}
        facts |= {f"form.{list}": lines for list, lines in lines_of(procedure, filed.values).items()}
        return [demand.id for demand in demanded(procedure, facts) if demand.id == "shortage_slip"]

    cheap: Json = {"name": "a", "price": 5, "home": home}
    assert [] == ids() == ids(cheap) == ids({"name": "a", "price": 6})
    assert ["shortage_slip"] == ids(cheap, {"name": "b", "price": 6, "home": home})
