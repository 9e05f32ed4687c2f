"""Nothing is absent by surprise: a value that may be absent is read behind a guard, or not at all."""

import pytest

from tests.procedures.language.house import House

OPTIONAL = "remote: {type: boolean, required: false, label: {vi: Vùng xa, en: Remote}}"
ONLINE = "remote: {type: boolean, channels: online, label: {vi: Vùng xa, en: Remote}}"
WHEN = "remote: {type: boolean, when: form.self_bought, label: {vi: Vùng xa, en: Remote}}"


@pytest.mark.parametrize(
    ("field", "document", "expected"),
    [
        (OPTIONAL, "when: form.remote", ["maybe-absent"]),
        (OPTIONAL, "when: has(form.remote) && form.remote", []),
        (OPTIONAL, "when: form.remote && has(form.remote)", ["maybe-absent"]),
        (OPTIONAL, 'when: "has(form.remote) ? form.remote : false"', []),
        (OPTIONAL, 'when: "!has(form.remote) || form.remote"', []),
        (OPTIONAL, 'when: "has(form.remote) || form.remote"', ["maybe-absent"]),
        (OPTIONAL, 'when: "form.self_bought && has(form.remote) && (form.higher_rate || form.remote)"', []),
        (ONLINE, "when: form.remote", ["maybe-absent"]),
        (ONLINE, "channels: online, when: form.remote", []),
        (ONLINE, "channels: [online, counter], when: form.remote", ["maybe-absent"]),
        (WHEN, "when: form.remote", ["maybe-absent"]),
        ("remote: {type: boolean, default: false, label: {vi: Vùng xa, en: Remote}}", "when: form.remote", []),
        ("owner: {type: person, label: {vi: Người, en: Person}}", "when: form.owner.phone == 'x'", ["maybe-absent"]),
        ("owner: {type: person, label: {vi: Người, en: Person}}", "when: form.owner.name == 'x'", []),
        ("owner: {type: person, label: {vi: Người, en: Person}}", "when: has(form.owner.phone)", []),
    ],
)
def test_a_form_value_is_read_where_it_is_sure(house: House, field: str, document: str, expected: list[str]) -> None:
    house.change("  account: {like: account}\n", f"  account: {{like: account}}\n  {field}\n")

    house.change("when: form.self_bought}", f"{document}}}")

    assert expected == house.errors(), house.problems()


@pytest.mark.parametrize(
    ("skip", "expected"),
    [
        ("review.payable > 5", []),
        ("pay.reference == 'x'", ["maybe-absent"]),
        ("sign.outcome == 'sign'", ["maybe-absent"]),
        ("review.outcome == 'approve'", []),
        ("review.outcome == 'agree'", ["unknown-option"]),
        ("documents.invoices.given", []),
        ("today > case.accepted_on", []),
    ],
)
def test_a_step_reads_what_every_way_to_it_has_set(house: House, skip: str, expected: list[str]) -> None:
    house.change("  - id: decision\n", f'  - id: decision\n    skip_when: "{skip}"\n')

    assert expected == house.errors(), house.problems()


def test_a_value_of_a_step_that_may_be_skipped_may_be_absent(house: House) -> None:
    house.change("  - id: review\n", "  - id: review\n    skip_when: form.self_bought\n")

    problems = house.problems()

    assert [
        "procedure.yaml:37:64: maybe-absent 'review.payable' may be absent here: "
        "not every way here sets it in 'review' (write has(review.payable) && ...)"
    ] == problems


def test_a_value_asked_with_another_outcome_may_be_absent(house: House) -> None:
    house.change("reject: refuse, return: desk", "reject: decision, return: desk")

    assert ["maybe-absent"] == house.codes()
