"""What people filled in: clean values, or every problem with its pointer, in Vietnamese and English."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.json_types import Json
from procedures.language.applying.fieldtypes import check_value, clean_value
from procedures.language.applying.filled import Checked
from procedures.language.applying.forms import check_form, check_step_form, facts_of, offered, reference
from procedures.language.model.parts import FieldType, FormField, Option
from procedures.language.model.procedure import Procedure
from tests.procedures.language.house import House

HOME: Mapping[str, Json] = {"province": "01", "commune": "00004"}
ACCOUNT: Json = {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Văn A"}
GOOD: Mapping[str, Json] = {"card_number": "GD4797912345678", "account": ACCOUNT}
WHO: Mapping[str, Json] = {"case.channel": "online", "case.submitter": "patient", "today": "2026-03-02"}


def test_a_good_form_is_kept_with_its_defaults(reimbursement: Procedure) -> None:
    checked = check_form(reimbursement, {**GOOD, "card_number": " GD4797912345678 "}, WHO)

    assert () == checked.problems
    assert checked.values == {**GOOD, "self_bought": False, "higher_rate": False}


def test_every_problem_is_told_at_once_with_its_pointer(reimbursement: Procedure) -> None:
    values: Json = {"card_number": "12345", "self_bought": "yes", "account": {"bank": "VCB", "x": 1}, "a/b": 1}

    problems = check_form(reimbursement, values, WHO).problems

    assert {
        "/form/card_number": "pattern-mismatch",
        "/form/self_bought": "not-yes-or-no",
        "/form/account/x": "unknown-field",
        "/form/a~1b": "unknown-field",
    } == {problem.pointer: problem.code for problem in problems}


def test_what_is_missing_is_told_beside_what_is_wrong(reimbursement: Procedure) -> None:
    problems = check_form(reimbursement, {"card_number": "", "account": {"bank": "VCB", "number": "1"}}, WHO).problems

    assert {("/form/account/number", "bad-account"), ("/form/card_number", "required")} == {
        (problem.pointer, problem.code) for problem in problems
    }


def test_problems_speak_to_the_citizen(reimbursement: Procedure) -> None:
    problem = check_form(reimbursement, {**GOOD, "card_number": "12345"}, WHO).problems[0]

    assert "Giá trị này không đúng mẫu. Ông/bà đang ghi 12345." == problem.texts["vi"]
    assert "This does not have the expected form. You wrote 12345." == problem.texts["en"]


@pytest.mark.parametrize("values", [None, [], "x", 5])
def test_a_form_is_an_object(reimbursement: Procedure, values: Json) -> None:
    assert ["wrong-type"] == [problem.code for problem in check_form(reimbursement, values, WHO).problems]


def test_an_officers_values_are_those_of_the_outcome(reimbursement: Procedure) -> None:
    def check(outcome: str, values: Json) -> Checked:
        return check_step_form(reimbursement, "review", outcome, values, WHO)

    assert {"payable": 4200000} == check("approve", {"payable": 4200000}).values
    assert ["required"] == [problem.code for problem in check("approve", {}).problems]
    assert ["/values/payable"] == [problem.pointer for problem in check("approve", {"payable": 0}).problems]
    assert ({}, ()) == (check("reject", {}).values, check("reject", {}).problems)
    assert ["unknown-field"] == [problem.code for problem in check("reject", {"payable": 1}).problems]


def test_facts_are_what_conditions_read_and_nothing_personal_besides(reimbursement: Procedure) -> None:
    values = check_form(reimbursement, {**GOOD, "self_bought": True}, WHO).values

    assert {"form.self_bought": True, "form.higher_rate": False} == facts_of(reimbursement, values)
    assert {} == facts_of(reimbursement, {"payable": 4200000}, variable="review")
    assert "form:ab12#account" == reference("form:ab12", "form.account")


def test_a_form_offers_what_is_known_of_who_files(house: House) -> None:
    fields = (
        "  owner: {type: text, prefill: applicant.name, label: {vi: Người đề nghị}}\n"
        "  born_on: {type: date, required: false, prefill: applicant.born_on, label: {vi: Ngày sinh}}\n"
        "  phone: {type: phone, required: false, prefill: applicant.phone, label: {vi: Điện thoại}}\n"
    )
    procedure = house.change("  account: {like", fields + "  account: {like").procedure()

    known: Mapping[str, Json] = {"applicant.name": "Nguyễn Văn A", "applicant.phone": "none"}

    assert {"owner": "Nguyễn Văn A"} == offered(procedure, known)
    assert {} == offered(procedure, {})


def test_a_field_for_some_is_refused_from_others(house: House) -> None:
    house.change("higher_rate: {type: boolean, default: false", "higher_rate: {when: form.self_bought, type: boolean")
    house.change("copy: 2, when: form.higher_rate", "copy: 2")
    procedure = house.procedure()

    given_unasked = check_form(procedure, {**GOOD, "higher_rate": True}, WHO)
    left_out = check_form(procedure, {**GOOD, "self_bought": True}, WHO)

    assert [("/form/higher_rate", "not-asked")] == [(one.pointer, one.code) for one in given_unasked.problems]
    assert [("/form/higher_rate", "required")] == [(one.pointer, one.code) for one in left_out.problems]


def test_today_is_the_day_of_the_event(house: House) -> None:
    house.change("  account: {like", "  left_on: {type: date, max: today, label: {vi: Ngày ra viện}}\n  account: {like")
    procedure = house.procedure()

    def codes(day: str) -> list[str]:
        return [one.code for one in check_form(procedure, {**GOOD, "left_on": day}, WHO).problems]

    assert [[], ["out-of-range"]] == [codes("2026-03-02"), codes("2026-03-03")]


@pytest.mark.parametrize(
    ("type", "value", "kept"),
    [
        ("text", "Nguyễn", "Nguyễn"),
        ("text", "e\N{COMBINING ACUTE ACCENT}", "é"),
        ("long_text", "một\r\nhai", "một\nhai"),
        ("integer", 5, 5),
        ("money", 0, 0),
        ("number", 12, 12.0),
        ("date", "2024-02-29", "2024-02-29"),
        ("month", "2026-03", "2026-03"),
        ("boolean", False, False),
        ("choice", "a", "a"),
        ("choices", ["b", "a"], ["a", "b"]),
        ("province", "01", "01"),
        ("commune", "00004", "00004"),
        ("identity_number", "012 345 678 901", "012345678901"),
        ("insurance_number", "0110000001", "0110000001"),
        ("health_card_number", "gd4797912345678", "GD4797912345678"),
        ("tax_number", "0101234567", "0101234567"),
        ("phone", "0912 345 678", "0912345678"),
        ("email", "lan@example.vn", "lan@example.vn"),
        (
            "address",
            {"province": "01", "commune": "00004", "line": "1 X"},
            {"province": "01", "commune": "00004", "line": "1 X"},
        ),
        ("person", {"name": "Lan", "phone": ""}, {"name": "Lan"}),
        ("bank_account", ACCOUNT, ACCOUNT),
        ("organisation", {"name": "Cty", "tax_number": "0101234567"}, {"name": "Cty", "tax_number": "0101234567"}),
    ],
)
def test_a_good_value_is_kept_in_its_one_form(type: FieldType, value: Json, kept: Json) -> None:
    assert kept == clean_value(_field(type), value)


@pytest.mark.parametrize(
    ("type", "value", "code"),
    [
        ("text", 5, "wrong-type"),
        ("text", "a\nb", "bad-text"),
        ("text", "x" * 201, "too-long"),
        ("long_text", "x" * 4001, "too-long"),
        ("integer", True, "not-a-whole-number"),
        ("integer", 1.0, "not-a-whole-number"),
        ("integer", 2**60, "not-a-whole-number"),
        ("money", -1, "not-an-amount"),
        ("money", "5", "not-an-amount"),
        ("number", float("nan"), "not-a-number"),
        ("number", float("inf"), "not-a-number"),
        ("date", "2026-02-30", "not-a-date"),
        ("date", "20260302", "not-a-date"),
        ("month", "2026-13", "not-a-month"),
        ("boolean", 0, "not-yes-or-no"),
        ("choice", "z", "not-an-option"),
        ("choices", ["z"], "not-an-option"),
        ("choices", "a", "not-an-option"),
        ("province", "1", "wrong-digits"),
        ("identity_number", "12345678901", "wrong-digits"),
        ("health_card_number", "G123", "wrong-digits"),
        ("phone", "12", "bad-phone"),
        ("email", "lan@", "bad-email"),
        ("address", {"province": "01"}, "required"),
        ("person", {"name": "Lan", "born_on": "1990-02-30"}, "not-a-date"),
        ("bank_account", "VCB", "wrong-type"),
        ("bank_account", {**(ACCOUNT if isinstance(ACCOUNT, dict) else {}), "number": "1;2"}, "bad-account"),
    ],
)
def test_a_bad_value_is_refused_by_code(type: FieldType, value: Json, code: str) -> None:
    wrong = check_value(_field(type), value)

    assert wrong is not None and code == wrong.code
    assert wrong.vi and wrong.en


def test_a_pattern_is_for_the_whole_value_and_quick_on_any() -> None:
    field = FormField(id="x", type="text", label={"vi": "X"}, pattern="(a+)+b", max_length=4000)

    assert [None, "pattern-mismatch", "pattern-mismatch"] == [
        wrong.code if wrong else None for wrong in (check_value(field, text) for text in ("aab", "aabc", "a" * 3999))
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
TYPES: tuple[FieldType, ...] = (
    *("text", "long_text", "integer", "number", "money", "date", "month", "boolean", "choice", "choices"),
    *("address", "province", "commune", "person", "organisation", "bank_account", "phone", "email"),
    *("identity_number", "insurance_number", "health_card_number", "tax_number"),
)


@given(st.sampled_from(TYPES), JSON)
def test_what_is_kept_is_kept_again_unchanged(type: FieldType, value: Json) -> None:
    field = _field(type)
    if check_value(field, value) is not None:
        return

    kept = clean_value(field, value)

    assert kept == clean_value(field, kept)


@given(st.dictionaries(st.sampled_from(["card_number", "self_bought", "account", "other"]), JSON))
def test_any_form_is_taken_or_refused_with_pointers(reimbursement: Procedure, values: dict[str, Json]) -> None:
    checked = check_form(reimbursement, values, WHO)

    assert checked.problems or set(checked.values) == {"card_number", "self_bought", "higher_rate", "account"}
    assert all(problem.pointer.startswith("/form") for problem in checked.problems)


def _field(type: FieldType) -> FormField:
    options = (Option(id="a", label={"vi": "A"}), Option(id="b", label={"vi": "B"}))
    return FormField(id="x", type=type, label={"vi": "X"}, options=options if type.startswith("choice") else ())
