from tests.workflows.core.test_branches import CARD, RESIDENCE, asked
from tests.workflows.core.test_lines import WHEN, approve, assess, filed
from workflows.core import machine
from workflows.core.words import branch_words


def test_of_branches_people_see_how_far_each_is_and_until_when() -> None:
    life = asked().complete("2026-03-03T09:00", "check_card", "reject")
    life.wait_until("2026-03-18T08:00")
    seen = machine.snapshot(life.pin, life.state, life.now)

    states = [(branch.path, branch.state, branch.late) for branch in seen.branches]
    assert [(RESIDENCE, "open", True), (CARD, "refused", False)] == states
    assert "Cấp thẻ BHYT: không được chấp thuận" == branch_words(seen.branches[1].label, "refused", "vi")
    assert RESIDENCE in [step.track for step in seen.steps]


def test_of_a_list_people_see_counts_and_not_every_line() -> None:
    life = assess(filed(10, 3, 7), WHEN, **approve(1, 2))
    seen = machine.snapshot(life.pin, life.state, life.now)

    lists = [(one.path, one.of, one.count, one.granted, one.refused) for one in seen.lines]
    assert [("review", "workers", 3, 2, 0)] == lists
    assert ["review"] == [step.step for step in seen.steps]
