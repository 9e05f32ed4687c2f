from datetime import date

import pytest

from procedures.time.lines import Code
from tests.workflows.core.life import LAN, MAI, accepted, asked, at, resolved
from workflows.core import machine
from workflows.core.events import CompleteSupplement, GivenPaper, SendSupplement
from workflows.core.explain import Explanation, NoSuchClock


def explained(clock: str = "legal") -> Explanation:
    life = accepted()
    return machine.explain(life.pin, life.state, clock)


def test_a_due_date_is_explained_day_by_day_with_its_rule_and_place() -> None:
    explanation = explained()

    assert ("25 calendar days", "deadline[0]") == (explanation.within, explanation.source)
    assert explanation.place is not None and "procedure.yaml" in explanation.place
    assert date(2026, 3, 27) == explanation.last_day
    counted = [line for line in explanation.lines if line.counted]
    assert (25, date(2026, 3, 27)) == (len(counted), counted[-1].day)
    assert Code.DUE == explanation.lines[-1].code


def test_a_due_date_is_summed_up_in_both_languages() -> None:
    summary = explained().summary

    assert summary["vi"].endswith("Ngày thứ 25 là thứ Sáu 27/03/2026: hết hạn lúc 24:00 ngày đó.")
    assert summary["en"].endswith("Day 25 is Friday 27 March 2026: the limit ends at 24:00 that day.")


def test_the_counting_rules_in_force_are_named() -> None:
    rule = explained().rule

    assert ("15:00", "same_day", True) == (rule.cutoff_after, rule.cutoff_moves, rule.rollover)
    assert "supplement.ask_within" == explained("ask_by").source


def test_a_span_that_binds_nobody_claims_no_counting_rule() -> None:
    life = resolved()

    rule = machine.explain(life.pin, life.state, "collect").rule

    assert (None, False) == (rule.cutoff_after, rule.rollover)


def test_a_supplement_is_part_of_the_explanation() -> None:
    life = asked()
    life.do("2026-03-20T14:00", SendSupplement, LAN, papers=(GivenPaper(id="invoices"),))
    life.do("2026-03-23T09:00", CompleteSupplement, MAI)

    explanation = machine.explain(life.pin, life.state, "legal")

    assert Code.REPLACED in [line.code for line in explanation.lines]
    assert at("2026-03-06T09:00") == explanation.intervals[0].opened
    assert (explanation.original_due, explanation.due) == (
        explanation.adjustments[0].old_due,
        explanation.adjustments[0].new_due,
    )


def test_a_clock_the_case_never_had_is_no_clock() -> None:
    with pytest.raises(NoSuchClock):
        explained("fee:1")
