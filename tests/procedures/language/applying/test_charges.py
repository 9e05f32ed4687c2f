"""What a case owes: from tables and arithmetic, for the case or line by line, with what is waived."""

from collections.abc import Callable

import pytest

from procedures.json_types import Json
from procedures.language.applying.charges import Charge, charge_of, is_refunded
from procedures.language.conditions.evaluation import ConditionError
from procedures.language.model.procedure import Procedure
from tests.procedures.language.house import House

Example = Callable[[str], Procedure]
DRUGS = (
    "  drugs: {type: rows, key: name, label: {vi: Thuốc}, fields: {name: {type: text, label: {vi: Tên}}, "
    "price: {type: money, label: {vi: Giá}}, poor: {type: boolean, default: false, label: {vi: Hộ nghèo}}}}\n"
)
FEE = (
    "fees:\n  copies: {label: {vi: Lệ phí}, per: form.drugs, amount: line.price / 10, collect: intake, "
    "waive_when: line.poor, refund_when: line.price > 100}\n"
)


@pytest.mark.parametrize(
    ("capacity", "owed"), [(0.5, 10600000), (10.0, 18000000), (30.0, 18000000), (30.01, 28800000), (12, 18000000)]
)
def test_an_amount_comes_from_a_table(example: Example, capacity: float, owed: int) -> None:
    procedure = example("1.013401")

    assert Charge(owed=owed) == charge_of(procedure, procedure.fees[0], {"form.capacity": capacity})


def test_a_fee_for_each_line_is_summed_and_waived_line_by_line(house: House) -> None:
    procedure = _with_fee(house)
    lines: Json = [{"price": 1000, "poor": False}, {"price": 500, "poor": True}, {"price": 30, "poor": False}]

    assert Charge(owed=103, waived=50) == charge_of(procedure, procedure.fees[0], {"form.drugs": lines})
    assert Charge() == charge_of(procedure, procedure.fees[0], {"form.drugs": []})


def test_a_fee_goes_back_where_a_line_says_so(house: House) -> None:
    procedure = _with_fee(house)

    assert [False, True] == [
        is_refunded(procedure, procedure.fees[0], {"form.drugs": [{"price": price}]}) for price in (100, 101)
    ]


def test_a_fee_that_says_nothing_of_it_leaves_it_open(example: Example) -> None:
    procedure = example("1.013401")

    assert is_refunded(procedure, procedure.fees[0], {"form.capacity": 5.0}) is None


def test_a_fee_for_others_is_not_owed(house: House) -> None:
    house.change("deadline: {within", FEE.replace("per:", "channels: online, per:") + "deadline: {within")
    procedure = house.change("  account: {like: account}\n", "  account: {like: account}\n" + DRUGS).procedure()
    lines: Json = [{"price": 1000, "poor": False}]

    assert [Charge(owed=100), Charge()] == [
        charge_of(procedure, procedure.fees[0], {"form.drugs": lines, "case.channel": channel})
        for channel in ("online", "counter")
    ]


def test_an_amount_below_nothing_is_an_error(house: House) -> None:
    house.change("deadline: {within", FEE.replace("line.price / 10", "line.price - 10") + "deadline: {within")
    procedure = house.change("  account: {like: account}\n", "  account: {like: account}\n" + DRUGS).procedure()

    with pytest.raises(ConditionError):
        charge_of(procedure, procedure.fees[0], {"form.drugs": [{"price": 5, "poor": False}]})


def _with_fee(house: House) -> Procedure:
    house.change("deadline: {within", FEE + "deadline: {within")
    return house.change("  account: {like: account}\n", "  account: {like: account}\n" + DRUGS).procedure()
