"""One request for supplement from its writing to its end, and what it does to the clocks (I16-I21, I23)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pydantic import JsonValue

from workflows.core import clocks, custody, notices, papers, pauses, tokens
from workflows.core.events import Item, Ref
from workflows.core.phases import desk_unit, open_round
from workflows.core.refusals import Refused
from workflows.core.state import Round, Task
from workflows.core.timekeeping import Clock, ClockState, Interval, Limit, SupplementEffect
from workflows.core.turn import Turn, text_of


def current(turn: Turn) -> Round:
    """Give the request that is open; in the phases that ask for it there is one."""
    request = open_round(turn.state)
    if request is None:
        raise Refused("no-supplement-open")
    return request


def add(turn: Turn, request: Round) -> Round:
    turn.state = replace(turn.state, rounds=(*turn.state.rounds, request))
    return request


def write_asked(turn: Turn, request: Round) -> None:
    """Enter the request and have it written; the notice that carries it follows."""
    items: list[JsonValue] = [{"id": item.id, "kind": item.kind} for item in request.items]
    turn.write("supplement_asked", ground=request.ground, data={"round": request.no, "items": items})
    with_ = papers.rendering(
        turn, "supplement_request", unit=desk_unit(turn.state), items=request.items, ground=request.ground
    )
    turn.order(f"_supplement:{request.no}", "Document.render", with_)


def rendered(turn: Turn, no: int, document: Ref) -> None:
    """The request is written: send it."""
    request = _numbered(turn, no)
    if request.closed is not None:
        return
    turn.set_round(replace(request, document=document))
    values: Mapping[str, JsonValue] = {"answer_within": turn.pin.procedure.supplement.answer_within}
    to = notices.applicant(turn.state)
    notices.tell(turn, "supplement_request", to, id=f"_request:{no}", document=document, values=values)


def sent(turn: Turn, no: int) -> None:
    """The request has left the agency: only now does it suspend anything (rule 6)."""
    request = _numbered(turn, no)
    if request.closed is not None or request.arrived is not None:
        # Overtaken by its answer or its end: what never ran suspended nothing.
        turn.write("notified", node=f"_request:{no}")
        return
    effect = _effect_at_sending(turn, request)
    request = turn.set_round(replace(request, sent=turn.next_seq, sent_at=turn.now, effect=effect))
    if request.stage == "intake":
        for clock in clocks.running(turn.state.clocks, "intake"):
            clocks.stop(turn, clock.id)
    else:
        _suspend(turn, request)
    window = _start_window(turn, request)
    answer_by = text_of(window.due) if window is not None else None
    turn.write("supplement_sent", ground=request.ground, data={"round": no, "effect": effect, "answer_by": answer_by})


def open_check(turn: Turn, request: Round) -> None:
    """What arrived is to be checked: one task and one clock, however many deliveries come."""
    procedure = turn.pin.procedure
    key = turn.visit("_check")
    unit = desk_unit(turn.state)
    by = procedure.intake.by
    about, path = str(request.no), request.track
    turn.add_task(Task(key=key, kind="check", function=by, unit=unit, since=turn.now, about=about, track=path))
    turn.write("task_opened", node=key, data={"kind": "check", "function": by, "unit": unit})
    limit = Limit(within=procedure.supplement.check_within, source="supplement.check_within")
    clocks.start(turn, "check", f"check:{request.no}", limit, at=turn.now)


def open_expiry(turn: Turn, request: Round) -> None:
    """The window ran out and an officer decides; what arrives before that is still taken."""
    key = turn.visit("_expiry")
    turn.add_task(
        Task(
            key=key,
            kind="expiry",
            function=request.function,
            unit=request.unit,
            since=turn.now,
            about=str(request.no),
            track=request.track,
        )
    )
    turn.write("task_opened", node=key, data={"kind": "expiry", "function": request.function, "unit": request.unit})


def complete(turn: Turn, request: Round) -> Round:
    """From the arrival of the last delivery the limit counts again."""
    assert request.arrived_at is not None
    old_due = clocks.due_in_force(turn.clock(clocks.LEGAL))
    _resume(turn, request, closed=request.arrived_at, by_arrival=True)
    clocks.adjust(turn, clocks.LEGAL, kind="supplement", old_due=old_due, ground=request.ground)
    return _close(turn, replace(request, verdict="complete", old_due=old_due))


def give_up(turn: Turn, request: Round, *, void: bool) -> Round:
    """End a round without a complete answer: its interval counts as a pause, or not at all if asked in error.

    It ends where the last answer arrived, else where the window ended, not where the officer acted.
    """
    window = turn.clock(window_clock(request))
    window_end = window.due if window is not None and request.expired else None
    ended = turn.now if void else request.arrived_at or window_end or turn.now
    by_arrival = not void and request.arrived_at is not None
    old_due = clocks.due_in_force(turn.clock(clocks.LEGAL))
    _resume(turn, request, closed=ended, by_arrival=by_arrival, void=void, effect="pause")
    clocks.adjust(turn, clocks.LEGAL, kind="cancelled", old_due=old_due, ground=request.ground)
    return _close(turn, replace(request, verdict="cancelled", old_due=old_due))


def end_unanswered(turn: Turn, request: Round) -> Round:
    """End a round before acceptance."""
    return _close(turn, replace(request, verdict="cancelled"))


def drop_tasks(turn: Turn) -> None:
    for task in (*turn.tasks_of("check"), *turn.tasks_of("expiry")):
        turn.drop_task(task.key)


def rounds_left(turn: Turn, stage: str) -> int:
    rules = turn.pin.procedure.supplement
    if stage not in rules.stages:
        return 0
    used = [one for one in turn.state.rounds if one.stage == stage]
    return rules.rounds - len(used)


def asked_too_late(turn: Turn) -> bool:
    """Has the agency let its own time for asking pass? The first request sent in time ends that clock."""
    clock = turn.clock(clocks.ASK_BY)
    if clock is None or clock.due is None:
        return False
    # While a request is open the clock is silent, yet it runs until the request has left.
    return clocks.has_fired(clock, "due") or (clock.state is ClockState.RUNNING and turn.now > clock.due)


def window_clock(request: Round) -> str:
    return f"window:{request.no}"


def dues(request: Round) -> dict[str, JsonValue]:
    return {"round": request.no, "old_due": text_of(request.old_due), "new_due": text_of(request.new_due)}


def _close(turn: Turn, request: Round) -> Round:
    clocks.stop(turn, window_clock(request))
    clocks.stop(turn, f"check:{request.no}")
    drop_tasks(turn)
    legal = turn.clock(clocks.LEGAL)
    new_due = legal.due if legal is not None and request.stage == "handling" else None
    return turn.set_round(replace(request, closed=turn.next_seq, new_due=new_due))


def _effect_at_sending(turn: Turn, request: Round) -> SupplementEffect:
    """Late, or after the time for asking, a request suspends nothing; judged when it is sent (I23)."""
    if request.stage == "intake" or turn.state.late or asked_too_late(turn):
        return "none"
    return request.effect


def _suspend(turn: Turn, request: Round) -> None:
    rules = turn.pin.procedure.supplement
    if request.effect != "none":
        interval = Interval(
            opened=turn.now,
            effect=request.effect,
            new_limit=rules.new_limit if request.effect == "replace" else None,
            ground=request.ground,
            document=request.document,
        )
        pauses.give_way(turn)
        clocks.suspend(turn, clocks.LEGAL, interval)
    if request.track is not None:
        tokens.suspend_budget(turn, request.track)
    clocks.stop(turn, clocks.ASK_BY)
    custody.stop_transfer(turn, request.track)


def _resume(
    turn: Turn,
    request: Round,
    *,
    closed: datetime,
    by_arrival: bool,
    void: bool = False,
    effect: SupplementEffect | None = None,
) -> None:
    """What else is waited for goes on holding the limit."""
    legal = turn.clock(clocks.LEGAL)
    if legal is None or pauses.is_held_by_pause(legal):
        return
    if clocks.resume(turn, clocks.LEGAL, closed=closed, by_arrival=by_arrival, void=void, effect=effect) is not None:
        pauses.take_over(turn, request.sent_at if void and request.sent_at is not None else closed)


def _start_window(turn: Turn, request: Round) -> Clock | None:
    within = turn.pin.procedure.supplement.answer_within
    if within is None:
        return None
    limit = Limit(within=within, source="supplement.answer_within")
    return clocks.start(turn, "window", window_clock(request), limit, at=turn.now)


def _numbered(turn: Turn, no: int) -> Round:
    return next(one for one in turn.state.rounds if one.no == no)


def new_round(
    turn: Turn,
    *,
    stage: str,
    items: tuple[Item, ...],
    ground: Ref | None,
    function: str,
    unit: str,
    effect: SupplementEffect,
    track: str | None = None,
    step: str | None = None,
    late: bool = False,
) -> Round:
    return Round(
        no=len(turn.state.rounds) + 1,
        stage="intake" if stage == "intake" else "handling",
        items=items,
        ground=ground,
        function=function,
        unit=unit,
        asked=turn.next_seq,
        effect=effect,
        track=track,
        step=step,
        late=late,
    )
