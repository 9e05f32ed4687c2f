"""National codes: every move the life can make is permitted, or announced by a permitted way."""

from collections import deque
from collections.abc import Iterator

import pytest

from workflows.core import status, table
from workflows.core.entries import DeliveryState, Status
from workflows.core.status import NoPermittedWay
from workflows.core.table import Phase, Row


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, None),
        (Status(business="registered"), 1),
        (Status(business="registered", holds=True), 1),
        (Status(business="accepted", holds=True), 2),
        (Status(business="refused"), 3),
        (Status(business="processing"), 4),
        (Status(business="supplementing"), 5),
        (Status(business="processing", holds=True), 6),
        (Status(business="withdrawn"), 7),
        (Status(business="stopped"), 8),
        (Status(business="resolved", delivery="returned", holds=True), 9),
        (Status(business="resolved", delivery="delivered"), 10),
        (Status(business="resolved", delivery="replacing"), 10),
    ],
)
def test_a_status_has_one_national_code(given: Status | None, code: int | None) -> None:
    assert code == status.national_code(given)


@pytest.mark.parametrize(
    ("sent", "code", "codes"),
    [
        (None, 1, (1,)),
        (1, 2, (2,)),
        (4, 4, ()),
        (2, 5, (4, 5)),
        (2, 8, (4, 8)),
        (5, 3, (1, 3)),
        (5, 6, (4, 6)),
        (6, 9, (4, 9)),
        (9, 6, (4, 6)),
        (9, 4, (4,)),
        (10, 9, ()),
    ],
)
def test_the_shortest_permitted_way_is_announced(sent: int | None, code: int, codes: tuple[int, ...]) -> None:
    assert codes == status.codes_to_announce(sent, code)


@pytest.mark.parametrize(("sent", "code"), [(1, 9), (2, 3), (3, 4), (7, 1), (8, 4), (4, 1), (4, 10), (5, 9)])
def test_any_other_jump_is_a_defect(sent: int, code: int) -> None:
    with pytest.raises(NoPermittedWay):
        status.codes_to_announce(sent, code)


def test_a_closed_case_keeps_its_last_business_status() -> None:
    assert "stopped" == status.business_of(Phase.CLOSED, "stopped")
    assert status.business_of(Phase.NEW) is None


def test_every_reachable_change_of_phase_has_a_way_in_the_national_codes() -> None:
    start: tuple[Phase, bool, int | None] = (Phase.NEW, False, None)
    reached = {start}
    indirect: set[tuple[int, int]] = set()
    waiting = deque([start])
    while waiting:
        phase, transferred, sent = waiting.popleft()
        for following, moved in _successors(phase, is_transferred=transferred):
            code = _code(following, sent)
            ways = status.codes_to_announce(sent, code)
            if sent is not None and code is not None and len(ways) > 1:
                indirect.add((sent, code))
            node = (following, moved, ways[-1] if ways else sent)
            if node not in reached:
                reached.add(node)
                waiting.append(node)

    assert set(Phase) == {phase for phase, _, _ in reached}
    assert {None, *range(1, 11)} == {sent for _, _, sent in reached}
    assert status.INDIRECT == indirect


def _code(phase: Phase, sent: int | None) -> int | None:
    if phase is Phase.CLOSED:
        return sent
    business = status.business_of(phase)
    delivery: DeliveryState = "delivered" if phase is Phase.DELIVERED else "none"
    holds = phase is Phase.AWAITING_FEE
    return status.national_code(business and Status(business=business, holds=holds, delivery=delivery))


def _successors(phase: Phase, *, is_transferred: bool) -> Iterator[tuple[Phase, bool]]:
    for event in table.EVENTS:
        row = table.lookup(event, phase)
        if not isinstance(row, Row):
            continue
        for word in row.then.replace(",", " ").split():
            for following in _phases_meant(word, row):
                yield from _with_transfer(phase, following, is_transferred=is_transferred)


def _phases_meant(word: str, row: Row) -> tuple[Phase, ...]:
    if word == "handling":
        # A round opens by a request only, and while one is open nothing decides or ends (complete_task, sign).
        rounds = row.event in ("ask_supplement", "reject_supplement")
        return (Phase.SUPPLEMENTING,) if rounds else tuple(p for p in table.HANDLING if p is not Phase.SUPPLEMENTING)
    return (Phase(word),) if word in set(Phase) else ()


def _with_transfer(phase: Phase, following: Phase, *, is_transferred: bool) -> Iterator[tuple[Phase, bool]]:
    """Of the phases of handling, `accepted` is the one before the first confirmed hand-over, and never comes again."""
    if following not in table.HANDLING:
        # A file that nobody resolving has, and a round that is open, bring no result.
        early = following is Phase.RESOLVED and (not is_transferred or phase is Phase.SUPPLEMENTING)
        if not early:
            yield following, is_transferred
        return
    confirmed = following is not Phase.ACCEPTED and following is not Phase.SUPPLEMENTING
    if not (is_transferred and following is Phase.ACCEPTED):
        yield following, is_transferred or confirmed
