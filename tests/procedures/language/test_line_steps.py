"""Steps done for every line of a list: what they read of the line, what is summed up of them, what they may contain."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from procedures.language.loader import Loaded, load_procedure
from procedures.language.model.steps import EachStep
from tests.procedures.language.house import House, build_examples

SICKNESS = "catalogue/bhxh/1.014163/v1/procedure.yaml"
ASSESS = "        - id: assess\n"
TOTALS = "totals: {amount: assess.payable}"
OUTCOMES = "outcomes: {approve: end, reject: end_refused}"
AFTER = "    outcomes: {granted: draft, partly: draft, refused: refuse}\n"


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build_examples(tmp_path)


def _load(house: House) -> Loaded:
    return load_procedure(house.path(SICKNESS))


def _told(house: House, old: str, new: str) -> list[str]:
    house.change(old, new, name=SICKNESS)
    return [f"{one.code} {one.message}" + (f" ({one.hint})" if one.hint else "") for one in _load(house).problems]


READ: Mapping[str, list[str]] = {
    "line.days > 30": [],
    "line.variant == 'inpatient'": [],
    "line.variant == 'in'": [
        "unknown-option 'in' is no option of 'line.variant' (known: abroad, inpatient, outpatient)"
    ],
    "line.day > 30": ["bad-expression undefined field 'day' in a line of 'workers' (did you mean 'days'?)"],
    "case.variant == 'inpatient'": ["bad-expression undefined field 'variant' in case (known: %s)"],
    "assess.payable > 5": [
        "maybe-absent 'assess.payable' may be absent here: not every way here sets it in 'assess' "
        "(write has(assess.payable) && ...)"
    ],
    "review.amount > 5": [
        "maybe-absent 'review.amount' may be absent here: not every way here sets it in 'review' "
        "(write has(review.amount) && ...)"
    ],
}
CASE = "accepted_on, channel, late, received_on, submitted_on, submitter, verified"


@pytest.mark.parametrize("condition", READ)
def test_a_step_of_a_line_reads_its_own_line(house: House, condition: str) -> None:
    look = f'        - id: look\n          decide: [{{when: "{condition}", then: assess}}, {{otherwise: assess}}]\n'

    told = _told(house, ASSESS, f"{look}{ASSESS}")

    assert [one.replace("%s", CASE) for one in READ[condition]] == told


AFTERWARDS: Mapping[str, list[str]] = {
    "review.amount > 1000000 && review.granted + review.refused == review.count": [],
    "review.outcome == 'partly'": [],
    "size(form.workers) > 5 && form.workers.exists(one, one.days > 30)": [],
    "assess.payable > 5": [
        "bad-expression 'assess' is not known here (each line of 'review' has its own: read a total)"
    ],
    "line.days > 5": ["bad-expression 'line' is not known here (did you mean 'intake'?)"],
}


@pytest.mark.parametrize("condition", AFTERWARDS)
def test_after_the_lines_only_sums_and_counts_are_left(house: House, condition: str) -> None:
    route = f'  - id: route\n    decide: [{{when: "{condition}", then: draft}}, {{otherwise: draft}}]\n'

    told = _told(house, AFTER, AFTER.replace("draft", "route") + route)

    assert AFTERWARDS[condition] == told


def test_totals_are_whole_numbers_that_every_granted_line_has(house: House) -> None:
    told = _told(house, TOTALS, "totals: {amount: assess.payable, cases: line.days, bad: line.name}")
    other = _told(house, OUTCOMES, OUTCOMES.replace("reject: end_refused", "reject: end"))

    assert ["wrong-type total 'bad' of 'review' is no whole number (sum money or counts)"] == told
    assert (
        "maybe-absent 'assess.payable' may be absent here: not every way here sets it in 'assess' "
        "(write has(assess.payable) && ...)"
    ) in other


@pytest.mark.parametrize(
    ("of", "told"),
    [
        ("form.account", "per-not-rows 'form.account' is no list of the form (lists: form.workers)"),
        ("form.workrs", "per-not-rows 'form.workrs' is no list of the form (lists: form.workers)"),
        ("workers", "per-not-rows 'workers' names no list of the form (write form.<a field of type rows>)"),
    ],
)
def test_lines_are_those_of_a_list(house: House, of: str, told: str) -> None:
    assert told in _told(house, "      of: form.workers\n", f"      of: {of}\n")


@pytest.mark.parametrize("kind", ["each", "parallel"])
def test_a_line_takes_one_way(house: House, kind: str) -> None:
    inner = {
        "each": "each: {of: form.workers, steps: [{id: x, notify: {notice: verification_notice}}]}",
        "parallel": "parallel: {join: all, branches: {a: {label: {vi: A}, steps: [{id: x, notify: {notice: "
        "verification_notice}}]}, b: {label: {vi: B}, steps: [{id: y, notify: {notice: verification_notice}}]}}}",
    }[kind]

    told = _told(house, ASSESS, f"        - id: inner\n          {inner}\n{ASSESS}")

    hint = "a line takes one way; a sub-procedure for each line may branch"
    assert f"nested-in-each '{kind}' stands inside the lines of 'review' ({hint})" in told


def test_a_step_only_for_some_variants_is_one_of_a_line(house: House) -> None:
    inside = _told(house, ASSESS, f"{ASSESS}          variants: [inpatient, outpatient, abroad]\n")
    outside = _told(house, "  - id: review\n", "  - id: review\n    variants: inpatient\n")

    assert [] == inside
    assert (
        "variant-of-line variants are chosen for each line of 'workers' "
        "(only beside 'per: form.workers' and inside its 'each')"
    ) in outside


def test_a_line_of_one_variant_passes_the_steps_of_others(house: House) -> None:
    form = "form: {payable: {type: money, min: 1, outcomes: approve, label: {vi: Số tiền, en: Amount}}}"
    house.change(ASSESS, f"{ASSESS}          variants: inpatient\n", name=SICKNESS)

    told = _told(house, form, form)

    assert any(one.startswith("maybe-absent 'assess.payable' may be absent here") for one in told)


def test_each_line_ends_on_its_own(house: House) -> None:
    procedure = _load(house).procedure
    assert procedure is not None
    review = procedure.step("review")

    assert isinstance(review, EachStep)
    assert [("granted", "draft"), ("partly", "draft"), ("refused", "refuse")] == [
        (outcome.name, outcome.target) for outcome in review.outcomes
    ]
    assert ["end", "end_refused"] == [outcome.target for outcome in procedure.step("assess").outcomes]


@pytest.mark.parametrize(("reason", "told"), [("none", True), ("required", False)])
def test_a_refused_line_has_its_reason(house: House, reason: str, told: bool) -> None:
    outcomes = OUTCOMES.replace("reject: end_refused", f"reject: {{then: end_refused, reason: {reason}}}")

    found = _told(house, OUTCOMES, outcomes)

    expected = ["line-refused-without-reason a refused line needs a reason (remove 'reason: none')"]
    assert (expected if told else []) == found
