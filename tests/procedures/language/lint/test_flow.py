"""Fees are asked in time, and what is told apart makes a difference."""

import pytest

from tests.procedures.language.house import House

FEES = 'fees:\n  slip: {label: {vi: Phí, en: Fee}, amount: "1000", collect: step}\nresults:\n'
PAY_FEE = "  - id: fee\n    pay: {fee: slip, within: 5 working days}\n    outcomes: {paid: NEXT, expired: refuse}\n"
ALIKE = "variants 'one' and 'two' are treated alike"
VARIANTS = """variants:
  one: {label: {vi: Một, en: One}}
  two: {label: {vi: Hai, en: Two}}
form:
"""


def test_a_fee_no_step_collects(house: House) -> None:
    house.change("results:\n", FEES)

    problems = house.problems()

    assert [
        "procedure.yaml:24:3: fee-not-collected fee 'slip' is never asked "
        "(add a step 'pay: {fee: slip, within: ...}', or collect it at intake)"
    ] == problems


def test_a_fee_asked_before_the_decision_is_in_order(house: House) -> None:
    house.change("results:\n", FEES).change("approve: decision, reject", "approve: fee, reject")

    house.change("  - id: decision\n", PAY_FEE.replace("NEXT", "decision") + "  - id: decision\n")

    assert [] == house.problems()


def test_a_fee_is_not_asked_once_the_result_is_signed(house: House) -> None:
    house.change("results:\n", FEES + "  decree: {as: paper, label: {vi: Quyết định, en: Decision}}\n")
    house.change("number_from: decisions}", "number_from: decisions, result: decree}")
    house.change("sign: pay,", "sign: fee,")

    house.change("  - id: pay\n", PAY_FEE.replace("NEXT", "pay").replace("refuse", "pay") + "  - id: pay\n")

    found = [problem for problem in house.problems() if "fee-" in problem]
    assert [
        "procedure.yaml:38:9: fee-after-result 'slip' is asked after the result is signed "
        "(collect: before_result?, or override 'steps.fee' with its ground)"
    ] == found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", [ALIKE]),
        ("when: form.self_bought}", "when: form.self_bought, variants: one}", []),
        (
            "when: form.self_bought}",
            "when: form.self_bought, variants: [one, two]}",
            ["variants 'one' and 'two' are treated alike"],
        ),
        ("when: form.self_bought}", "when: form.self_bought && case.variant == 'one'}", []),
    ],
)
def test_variants_make_a_difference(house: House, old: str, new: str, said: list[str]) -> None:
    house.change("form:\n", VARIANTS)
    if old:
        house.change(old, new)

    assert said == [problem.message for problem in house.check().problems if problem.code == "variant-unused"]
