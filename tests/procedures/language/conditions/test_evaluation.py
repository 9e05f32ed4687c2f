"""Evaluation of checked conditions: over facts, typed, and loud when something is wrong."""

import pytest

from procedures.json_types import Json
from procedures.language.conditions.evaluation import ConditionError, evaluate, holds, reads
from procedures.language.conditions.functions import days_between, months_between, years_between
from procedures.language.model.parts import Expression
from procedures.language.model.procedure import Procedure
from tests.procedures.language.house import House


def test_a_condition_is_true_or_false_of_the_facts(reimbursement: Procedure) -> None:
    slip = reimbursement.document("shortage_slip")
    assert slip is not None and slip.selectors.when is not None

    answers = [holds(reimbursement, slip.selectors.when, {"form.self_bought": value}) for value in (True, False)]

    assert [True, False] == answers
    assert holds(reimbursement, None, {})


def test_a_case_keeps_only_the_facts_that_are_read(reimbursement: Procedure) -> None:
    assert {"form.self_bought", "form.higher_rate"} == reads(reimbursement)


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("form.card_number.matches('^GD')", {"form.card_number": "GD4797912345678"}, True),
        ("size(form.card_number) == 6", {"form.card_number": "Nguyễn"}, True),
        ("form.self_bought || form.higher_rate", {"form.self_bought": False, "form.higher_rate": True}, True),
        ("case.channel in ['online', 'post']", {"case.channel": "counter"}, False),
        ("form.account.bank == 'VCB'", {"form.account.bank": "VCB"}, True),
        ("has(form.account) && form.account.bank == 'VCB'", {}, False),
        ("days_between(case.submitted_on, '2026-03-12') > 9", {"case.submitted_on": "2026-03-02"}, True),
        ("form.self_bought ? case.channel == 'post' : true", {"form.self_bought": False}, True),
        ("[1, 2].exists(x, x > 1) && ['a'].all(x, x == form.card_number)", {"form.card_number": "a"}, True),
    ],
)
def test_the_operators_of_the_language(house: House, text: str, facts: dict[str, Json], expected: bool) -> None:
    procedure = _with_condition(house, text)

    assert expected is holds(procedure, _condition(procedure), facts)


def test_an_error_is_never_false(house: House) -> None:
    procedure = _with_condition(house, "days_between(form.card_number, '2026-03-12') > 9")

    with pytest.raises(ConditionError, match="form.card_number"):
        holds(procedure, _condition(procedure), {"form.card_number": "no date"})


def test_a_fact_of_another_type_is_an_error(reimbursement: Procedure) -> None:
    slip = reimbursement.document("shortage_slip")
    assert slip is not None

    with pytest.raises(ConditionError, match="self_bought"):
        holds(reimbursement, slip.selectors.when, {"form.self_bought": "yes"})


def test_a_condition_survives_json(reimbursement: Procedure) -> None:
    again = Procedure.model_validate_json(reimbursement.model_dump_json()).model_copy(update={"digest": "another"})
    slip = again.document("shortage_slip")
    assert slip is not None and slip.selectors.when is not None

    assert True is evaluate(again, slip.selectors.when, {"form.self_bought": True})


@pytest.mark.parametrize(
    ("first", "second", "counts"),
    [
        ("2026-01-31", "2026-02-28", (28, 0, 0)),
        ("2026-01-31", "2026-03-31", (59, 2, 0)),
        ("2020-02-29", "2026-02-28", (2191, 71, 5)),
        ("2026-03-02", "2026-03-02", (0, 0, 0)),
        ("2026-03-31", "2026-01-31", (-59, -2, 0)),
    ],
)
def test_completed_units_between_dates(first: str, second: str, counts: tuple[int, int, int]) -> None:
    assert counts == (days_between(first, second), months_between(first, second), years_between(first, second))


def _with_condition(house: House, text: str) -> Procedure:
    return house.change("when: form.self_bought", f'when: "{text}"').procedure()


def _condition(procedure: Procedure) -> Expression:
    slip = procedure.document("shortage_slip")
    assert slip is not None and slip.selectors.when is not None
    return slip.selectors.when
