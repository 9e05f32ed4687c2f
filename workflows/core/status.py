"""The status of a case in three dimensions, and the national code with the moves the nation permits."""

from collections import deque
from collections.abc import Mapping
from types import MappingProxyType

from workflows.core.entries import BusinessStatus, Status
from workflows.core.table import Phase


class NoPermittedWay(Exception):
    """A defect: the life of a case made a move that the national codes know no way for."""

    def __init__(self, before: int, after: int) -> None:
        super().__init__(f"no permitted way from national code {before} to {after}")


_BUSINESS: Mapping[Phase, BusinessStatus] = MappingProxyType(
    {
        Phase.SUBMITTED: "registered",
        Phase.ACCEPTING: "registered",
        Phase.GUIDED: "supplementing",
        Phase.SUPPLEMENTING: "supplementing",
        Phase.ACCEPTED: "accepted",
        Phase.PROCESSING: "processing",
        Phase.AWAITING_FEE: "processing",
        Phase.CONSULTING: "processing",
        Phase.SIGNING: "processing",
        Phase.RESOLVED: "resolved",
        Phase.DELIVERED: "resolved",
        Phase.REFUSED: "refused",
        Phase.WITHDRAWN: "withdrawn",
        Phase.STOPPED: "stopped",
    }
)

_CODES: Mapping[BusinessStatus, int] = MappingProxyType(
    {
        "registered": 1,
        "accepted": 2,
        "refused": 3,
        "processing": 4,
        "supplementing": 5,
        "withdrawn": 7,
        "stopped": 8,
        "resolved": 9,
    }
)
_AWAITING_FEE = 6
_DELIVERED = 10

PERMITTED: Mapping[int, tuple[int, ...]] = MappingProxyType(
    {
        1: (2, 3, 5, 7),
        2: (4,),
        3: (),
        4: (5, 6, 7, 8, 9),
        5: (1, 2, 4, 7, 8),
        6: (4, 7, 8),
        7: (),
        8: (),
        9: (4, 10),
        10: (),
    }
)
# A move the list lacks is announced through these two only, in the entry that makes it.
THROUGH = (1, 4)
# The moves that need such a way; any other jump is a defect.
INDIRECT = frozenset({(2, 5), (2, 6), (2, 7), (2, 8), (5, 3), (5, 6), (6, 5), (6, 9), (9, 6)})
# An announcement of these is not understood without its reason; so is a 4 that follows a 9.
WITH_REASON = frozenset({3, 5, 7, 8})


def business_of(phase: Phase, last: BusinessStatus | None = None) -> BusinessStatus | None:
    """Give the business dimension of a phase; a closed case keeps its last."""
    return last if phase is Phase.CLOSED else _BUSINESS.get(phase)


def national_code(status: Status | None) -> int | None:
    """Give the code of a status; before the submission there is neither."""
    if status is None:
        return None
    if status.business == "processing" and status.holds:
        return _AWAITING_FEE
    if status.business == "resolved" and status.delivery in ("delivered", "replacing"):
        return _DELIVERED
    return _CODES[status.business]


def codes_to_announce(sent: int | None, code: int | None) -> tuple[int, ...]:
    """Give the codes that lead from the last one announced to the present one, the shortest permitted way."""
    # Once 10, for ever 10: a replaced result is news about the result, not about the case.
    if code is None or code == sent or sent == _DELIVERED:
        return ()
    if sent is None:
        return (code,) if code == 1 else (1, *codes_to_announce(1, code))
    if code in PERMITTED[sent]:
        return (code,)
    if (sent, code) not in INDIRECT:
        raise NoPermittedWay(sent, code)
    return _shortest_way(sent, code)


def _shortest_way(sent: int, code: int) -> tuple[int, ...]:
    ways: deque[tuple[int, ...]] = deque([()])
    while ways:
        way = ways.popleft()
        following = PERMITTED[way[-1] if way else sent]
        if code in following:
            return (*way, code)
        ways.extend((*way, step) for step in THROUGH if step in following and step not in way)
    raise NoPermittedWay(sent, code)
