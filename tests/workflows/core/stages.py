"""Places on the way of a case of 1.014140, each reached by ordinary work: where lives under test may begin."""

from collections.abc import Callable, Mapping

from procedures.json_types import JsonObject
from tests.workflows.core import moves
from tests.workflows.core.watched import Watched
from workflows.core.events import Woke
from workflows.core.phases import outstanding

_REASON: JsonObject = {"code": "other", "text": "command:x/reason"}


class WayEnds(Exception):
    """Nobody can do here what leads further."""


def reach(case: Watched, stage: str, *, channel: str = "online") -> None:
    """Go the way to a stage, as far as it leads where the parameters are others than those declared."""
    _tell(case, moves.submission("submit", channel=channel))
    for name in _way_to(stage):
        try:
            _STAGES[name](case)
        except WayEnds:
            return


def answer_all(case: Watched, *, but: str = "Connector.call") -> None:
    """Let everything end well that the world outside has been asked for, and what follows from it."""
    for _ in range(20):
        waiting = list(moves.good_answers(case.pin, case.state, but=but))
        if not waiting:
            return
        case.tell(waiting[0])


def do(
    case: Watched,
    verb: str,
    function: str | None,
    *,
    by: str = "officer:an",
    but: str | None = "Connector.call",
    **arguments: object,
) -> None:
    """Do the one thing that somebody with this function can do with this verb now; `but` None: nothing is answered."""
    fitting = [one for one in (*moves.moves(case.pin, case.state), *moves.endings(case.state)) if one.verb == verb]
    fitting = [one for one in fitting if one.function == function and arguments.items() <= one.arguments.items()]
    if not fitting:
        raise WayEnds(verb)
    actor = moves.APPLICANT if function is None else by
    _tell(case, moves.command(f"{verb}-{len(case.said)}", fitting[0], actor))
    if but is not None:
        answer_all(case, but=but)


def _tell(case: Watched, event: object) -> None:
    refused = case.tell(event)  # type: ignore[arg-type]  # moves give commands
    assert refused is None, refused


def _settle_fees(case: Watched) -> None:
    """What is owed keeps nobody waiting here; where nothing is, nothing happens."""
    while outstanding(case.state):
        do(case, "record_payment", "finance")


def _accepting(case: Watched) -> None:
    _settle_fees(case)
    move = next(one for one in moves.moves(case.pin, case.state) if one.verb == "accept")
    _tell(case, moves.command("accept", move, "officer:mai"))


def _approve(case: Watched) -> None:
    do(case, "complete_task", "medical_review", outcome="approve")
    _settle_fees(case)


def _deliver(case: Watched) -> None:
    _settle_fees(case)
    do(case, "deliver", "one_stop")


def _expire(case: Watched) -> None:
    window = next((clock for clock in case.state.clocks if clock.kind == "window" and clock.due), None)
    if window is None:
        raise WayEnds("window")
    case.now = max(case.now, window.marks[-1].at)
    _tell(case, Woke())
    answer_all(case)


_STANDS_ON: Mapping[str, str | None] = {
    "submitted": None,
    "guided": "submitted",
    "refused": "submitted",
    "accepting": "submitted",
    "accepted": "accepting",
    "processing": "accepted",
    "withdrawn": "processing",
    "at the desk": "processing",
    "stop proposed": "processing",
    "supplementing": "processing",
    "answered": "supplementing",
    "stopped": "supplementing",
    "fee asked": "processing",
    "to be signed": "processing",
    "refusal to be signed": "processing",
    "refusal signed": "refusal to be signed",
    "signing": "to be signed",
    "resolved": "signing",
    "delivered": "resolved",
    "closed": "delivered",
}
NAMES = tuple(_STANDS_ON)

_STAGES: Mapping[str, Callable[[Watched], None]] = {
    "submitted": answer_all,
    "guided": lambda case: do(case, "ask_supplement", "one_stop"),
    "refused": lambda case: do(case, "refuse", "one_stop"),
    "accepting": _accepting,
    "accepted": answer_all,
    "processing": lambda case: do(case, "confirm_handover", "medical_review"),
    "withdrawn": lambda case: do(case, "withdraw", None),
    "at the desk": lambda case: do(case, "send_back", "medical_review", to="desk"),
    "stop proposed": lambda case: do(case, "stop", "medical_review"),
    "supplementing": lambda case: do(case, "ask_supplement", "medical_review"),
    "answered": lambda case: do(case, "send_supplement", None),
    "stopped": _expire,
    "fee asked": lambda case: do(case, "ask_fee", "finance"),
    "to be signed": _approve,
    "refusal to be signed": lambda case: do(case, "complete_task", "medical_review", outcome="reject"),
    "refusal signed": lambda case: do(case, "complete_task", "leader", by="officer:binh", but=None, outcome="sign"),
    "signing": lambda case: do(case, "complete_task", "leader", by="officer:binh", outcome="sign"),
    "resolved": lambda case: answer_all(case, but=""),
    "delivered": _deliver,
    "closed": lambda case: do(case, "archive", "clerk"),
}


def _way_to(stage: str) -> list[str]:
    before = _STANDS_ON[stage]
    return [*(_way_to(before) if before else []), stage]
