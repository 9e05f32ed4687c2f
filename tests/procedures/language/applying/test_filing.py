"""What is filed, as a whole: form, variant and checks; and the variant where the form decides it."""

from collections.abc import Callable, Mapping

import pytest

from procedures.json_types import Json
from procedures.language.applying.filing import Filed, check_filing
from procedures.language.loader import load_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from tests.procedures.language.house import House

Example = Callable[[str], Procedure]
ACCOUNT: Json = {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Văn A"}
FORM: Mapping[str, Json] = {"card_number": "GD4797912345678", "account": ACCOUNT}
WHO: Mapping[str, Json] = {
    "case.channel": "counter",
    "case.submitter": "patient",
    "case.submitted_on": "2026-03-02",
    "today": "2026-03-02",
}
DECIDED = """variants:
  bought: {when: form.self_bought, label: {vi: Tự mua, en: Bought}}
  treated: {when: "!form.self_bought && !form.higher_rate", label: {vi: Khám chữa, en: Treated}}
deadline:
  - {variants: bought, within: 25 calendar days}
  - {variants: treated, within: 20 calendar days}
"""
DEADLINE = "deadline: {within: 25 calendar days, counted_from: received}\n"


def codes(filed: Filed) -> list[tuple[str, str]]:
    return [(one.pointer, one.code) for one in filed.problems]


@pytest.mark.parametrize(
    ("chosen", "variant", "problems"),
    [
        ("merge", "merge", []),
        (None, None, [("/variant", "variant-needed")]),
        ("", None, [("/variant", "variant-needed")]),
        ("book", None, [("/variant", "not-an-option")]),
    ],
)
def test_the_applicant_chooses_the_variant(
    example: Example, chosen: Json, variant: str | None, problems: list[tuple[str, str]]
) -> None:
    filed = check_filing(example("1.002759"), {}, {**WHO, "case.submitter": "worker", "case.variant": chosen})

    assert (variant, problems) == (filed.variant, codes(filed))


def test_a_field_of_another_variant_is_not_asked(example: Example) -> None:
    facts = {**WHO, "case.submitter": "worker", "case.variant": "merge"}

    assert [("/form/party_member", "not-asked")] == codes(
        check_filing(example("1.002759"), {"party_member": True}, facts)
    )


@pytest.mark.parametrize(
    ("form", "variant", "problems"),
    [
        ({"self_bought": True}, "bought", []),
        ({}, "treated", []),
        ({"higher_rate": True}, None, [("/variant", "no-variant-fits")]),
        ({"card_number": "x"}, None, [("/form/card_number", "pattern-mismatch")]),
    ],
)
def test_the_form_decides_the_variant(
    house: House, form: Mapping[str, Json], variant: str | None, problems: list[tuple[str, str]]
) -> None:
    procedure = house.change(DEADLINE, DECIDED).procedure()

    filed = check_filing(procedure, {**FORM, **form}, WHO)

    assert (variant, problems) == (filed.variant, codes(filed))


def test_a_choice_beside_a_form_that_decides_must_agree(house: House) -> None:
    procedure = house.change(DEADLINE, DECIDED).procedure()

    def problems(chosen: str) -> list[tuple[str, str]]:
        return codes(check_filing(procedure, {**FORM}, {**WHO, "case.variant": chosen}))

    assert [[], [("/variant", "not-an-option")]] == [problems("treated"), problems("bought")]


def test_a_procedure_without_variants_takes_none(reimbursement: Procedure) -> None:
    filed = check_filing(reimbursement, {**FORM}, {**WHO, "case.variant": "merge"})

    assert [("/variant", "not-asked")] == codes(filed)


def test_what_is_asked_in_the_variant_the_case_turns_out_to_be_must_be_said() -> None:
    loaded = load_procedure(HOME / "catalogue" / "bhxh" / "1.014160" / "v1" / "procedure.yaml")
    assert loaded.procedure is not None

    filed = check_filing(loaded.procedure, {}, {**WHO, "case.submitter": "worker"})

    assert "self_filing" == filed.variant
    assert ["/form/applicant", "/form/liable_on"] == [one.pointer for one in filed.problems]


def test_a_check_warns_or_sends_back(house: House) -> None:
    checks = (
        "checks:\n"
        '  - {that: "!form.self_bought", effect: warn, message: {vi: Xem lại, en: Look again}}\n'
        "  - {that: form.higher_rate, channels: online, message: {vi: Sai, en: Wrong}}\n"
    )
    procedure = house.change("documents:\n", checks + "documents:\n").procedure()

    def told(channel: str) -> tuple[list[str], list[str]]:
        filed = check_filing(procedure, {**FORM, "self_bought": True}, {**WHO, "case.channel": channel})
        return [one.texts["vi"] for one in filed.problems], [one.texts["vi"] for one in filed.warnings]

    assert ([], ["Xem lại"]) == told("counter")
    assert (["Sai"], ["Xem lại"]) == told("online")


def test_nothing_of_an_earlier_form_is_left(reimbursement: Procedure) -> None:
    filed = check_filing(reimbursement, {**FORM}, {**WHO, "form.self_bought": True, "form.gone": "x"})

    assert filed.facts["form.self_bought"] is False and "form.gone" not in filed.facts
