"""Slips a person makes at the keyboard are told once, where they are, in words that say what to type instead."""

import pytest

from tests.procedures.language.house import House

NAME = "procedure.yaml"
WHEN = "when: form.self_bought}"
WITHIN = "within: 3 working days, not_same_as"
SLIPS = {
    "a single equals sign": (WHEN, 'when: form.card_number = "A"}', "'=' compares nothing (write ==)"),
    "typographic quotes": (WHEN, "when: form.card_number == “A”}", "'“' is a typographic quote (write \"...\")"),
    "and": (WHEN, "when: form.self_bought and form.higher_rate}", "'and' joins nothing here (write &&)"),
    "or, in Vietnamese": (
        WHEN,
        "when: form.self_bought hoặc form.higher_rate}",
        "'hoặc' joins nothing here (write ||)",
    ),
    "yes, in Vietnamese": (
        WHEN,
        "when: form.self_bought == có}",
        "'có' stands without quotes (a text needs \"quotes\"; yes and no are true and false)",
    ),
    "a number in quotes": (
        WHEN,
        "when: case.submitted_on > 5}",
        "'>' does not take string, int together (numbers, true and false stand without quotes, texts with them)",
    ),
    "a day that is not": ("from: 2025-07-01", "from: 2025-06-31", "'2025-06-31' is no date (06/2025 has 30 days)"),
    "yes for a default": (
        'type: boolean, default: false, label: {vi: "Tự mua',
        'type: boolean, default: no, label: {vi: "Tự mua',
        "the default of 'self_bought' is no boolean (write true or false)",
    ),
    "a blank that does not break": (
        WITHIN,
        "within: 3\u00a0working days, not_same_as",
        "(it holds the blank U+00A0, which only looks like one: type it anew)",
    ),
    "no blank behind a colon": (
        WITHIN,
        "within:3 working days, not_same_as",
        "'within:3 working days' is no key (a blank belongs behind the colon)",
    ),
    "a full-width colon": (
        WITHIN,
        "within： 3 working days, not_same_as",
        "'within： 3 working days' is no key ('：' is no colon: type : and a blank)",
    ),
    "a full-width colon behind a chapter": (
        "deadline: {",
        "deadline： {",
        "is no key ('：' is no colon: type : and a blank)",
    ),
    "a dash for a hyphen": ("  - id: sign\n", "  – id: sign\n", "('–' is no hyphen: type - and a blank)"),
    "a condition that begins with !": (
        WHEN,
        "when: !form.self_bought && form.higher_rate}",
        "a text that begins with ! needs double quotes",
    ),
    "a map for a value": (WITHIN, "within: {3 working days}, not_same_as", "here stands a map, not a single value"),
    "no - before an id": (
        "  - id: sign\n",
        "    id: sign\n",
        "'id' stands twice (first in line 30; a new item of the list begins with '- id:')",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_told_once(house: House, old: str, new: str, told: str) -> None:
    house.change(old, new)

    problems = house.problems()

    assert 1 == len(problems), problems
    assert told in problems[0]


def test_a_wrong_time_of_filing_is_told_once(house: House) -> None:
    house.change(
        "submitted: 2026-03-02 09:00", "submitted: 2026-06-31 09:00", name="catalogue/bhxh/1.014140/v1/scenarios.yaml"
    )

    problems = house.problems()

    assert 1 == len(problems), problems
    assert "'2026-06-31 09:00' is no date with a time (06/2026 has 30 days)" in problems[0]
