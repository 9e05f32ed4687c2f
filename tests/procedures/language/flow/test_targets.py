"""Where a step may lead: within its own sequence; what lies elsewhere is told why it is out of reach."""

import pytest

from tests.procedures.language.flows import Step, document, parallel, put, sign, task
from tests.procedures.language.house import House

PAPER = document("paper", "payment")
OTHER = [task("other", {"approve": "end"})]


def _told(house: House, *steps: Step) -> list[str]:
    return [
        f"{problem.message} ({problem.hint})"
        for problem in put(house, *steps).load().problems
        if problem.code == "unknown-step"
    ]


def test_a_branch_ends_by_an_end_of_its_own(house: House) -> None:
    branch = [task("check", {"approve": "end", "reject": "end_refused", "confirm": "refuse", "incomplete": "desk"})]

    assert [] == _told(house, parallel("both", {"a": branch, "b": OTHER}), PAPER)


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("paper", "no way leads out of a branch: end it with 'end' or 'end_refused', and go on from 'both'"),
        ("other", "it stands inside 'both', which is entered as a whole"),
        ("stop", "a case is stopped at the root only: end here with 'end_refused', and stop from 'both'"),
        ("caller", "only 'return' may"),
        ("sign_refusal", "it stands in another sequence"),
        ("chek", "did you mean 'check'?"),
    ],
)
def test_no_way_leads_out_of_a_branch(house: House, target: str, hint: str) -> None:
    branch = [task("check", {"approve": target})]

    told = _told(house, parallel("both", {"a": branch, "b": OTHER}), PAPER)

    assert f"outcome 'approve' of 'check' goes to '{target}' ({hint})" == told[0]


def test_only_a_sequence_of_the_profile_knows_who_called_it(house: House) -> None:
    told = _told(house, task("first", {"approve": "paper", "return": "caller"}), PAPER)

    assert ["outcome 'return' of 'first' goes to 'caller' (only the profile's sequences know a caller)"] == told


def test_no_way_leads_into_a_branch(house: House) -> None:
    first = task("first", {"approve": "other"})

    told = _told(house, first, parallel("both", {"a": [task("check", {"approve": "end"})], "b": OTHER}), PAPER)

    assert [
        "outcome 'approve' of 'first' goes to 'other' (it stands inside 'both', which is entered as a whole)"
    ] == told


def test_an_own_step_refuse_is_out_of_reach_for_a_branch(house: House) -> None:
    branch = [task("check", {"approve": "end", "reject": "refuse"})]
    refuse = {"id": "refuse", "document": {"template": "refusal", "number_from": "outgoing", "result": "refusal"}}

    told = _told(house, parallel("both", {"a": branch, "b": OTHER}), PAPER, refuse, sign("sign_it", ["refuse"]))

    hint = "no way leads out of a branch: end it with 'end' or 'end_refused', and go on from 'both'"
    assert [f"outcome 'reject' of 'check' goes to 'refuse' ({hint})"] == told


def test_rows_and_failures_lead_within_the_sequence_too(house: House) -> None:
    look = {"id": "look", "decide": [{"when": "form.self_bought", "then": "nowhere"}, {"otherwise": "paper"}]}
    with_ = {"number": "form.card_number"}
    call = {"connector": "population", "operation": "identity", "with": with_, "on_failure": "elsewhere"}

    told = _told(house, look, {"id": "ask", "call": call}, PAPER)

    assert ["row 1 of 'look' goes to 'nowhere'", "'on_failure' of 'ask' goes to 'elsewhere'"] == [
        one.partition(" (")[0] for one in told
    ]
