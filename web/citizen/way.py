"""The way of a case as its citizen reads it: what is done, what is going on, what comes; units, never officers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from markupsafe import Markup

from procedures.language.model.procedure import ROOT
from procedures.language.model.steps import SignStep, Step, TaskStep
from procedures.time.duration import parse_duration
from procedures.time.errors import CalendarNotCovered
from procedures.time.limit import Rules, reckon
from web.citizen.sight import Sight
from web.dates import Dates, local_day
from web.texts import Words
from workflows.core.table import Phase
from workflows.core.views import RoundView, StepView

_ENDED = {Phase.REFUSED: "refused", Phase.WITHDRAWN: "withdrawn", Phase.STOPPED: "stopped"}
_INTAKE = (Phase.SUBMITTED, Phase.GUIDED, Phase.ACCEPTING)
_WITH_RESULT = (Phase.RESOLVED, Phase.DELIVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One place on the way; `at` orders what is behind."""

    state: Literal["done", "now", "next"]
    status: Markup
    title: Markup
    lines: tuple[Markup, ...] = ()
    note: Markup | None = None
    look: Literal["", "wait", "late"] = ""
    at: datetime | None = None


def way(sight: Sight, dates: Dates) -> list[Door]:
    behind = [*_entrance(sight, dates), *_visited(sight, dates), *_rounds(sight, dates)]
    known = sorted((door for door in behind if door.at is not None), key=lambda door: door.at or dates.now)
    doors = [*known, *_ending(sight, dates)]
    if not _is_over(sight):
        doors += [*_ahead(sight, dates), _goal(sight, dates)]
    return _one_now(doors)


def _entrance(sight: Sight, dates: Dates) -> Iterator[Door]:
    words, snapshot = dates.words, sight.snapshot
    if snapshot.submitted_at is not None:
        title = words(f"way.submitted.{snapshot.channel or 'online'}")
        yield _done(words, title, (dates.moment(snapshot.submitted_at),), at=snapshot.submitted_at)
    unit = sight.unit(snapshot.receiving, words)
    if snapshot.accepted_at is not None and snapshot.phase is not Phase.ACCEPTING:
        legal = sight.clock("legal")
        note = words("way.limit_from_here", limit=dates.duration(legal.within)) if legal is not None else None
        line = Markup(" · ").join([dates.moment(snapshot.accepted_at), *([Markup("{}").format(unit)] if unit else [])])
        yield replace(_done(words, words("way.accepted"), (line,), at=snapshot.accepted_at), note=note)
    elif snapshot.phase in _INTAKE and sight.round is None:
        clock = sight.running("intake")
        lines = [Markup("{}").format(unit)]
        lines += [words("way.must_end", due=dates.limit(clock.due))] if clock is not None and clock.due else []
        yield Door(
            state="now", status=words("way.doing"), title=words("way.checking"), lines=tuple(lines), at=dates.now
        )


def _visited(sight: Sight, dates: Dates) -> Iterator[Door]:
    for step in sight.snapshot.steps:
        if step.title is not None:
            yield _visit(sight, dates, step)


def _visit(sight: Sight, dates: Dates, step: StepView) -> Door:
    """Dates of a visit are those of its budget; without one, only where it stands now is known."""
    words = dates.words
    clock = sight.clock(f"step:{step.step}:{step.visit}")
    since = step.since or (clock.started_at if clock is not None else sight.snapshot.accepted_at)
    place = _place(sight, dates, step)
    title = Markup("{}").format(words.of(step.title))
    if step.state != "open":
        key = "way.done" if step.state == "done" else "way.held_round" if sight.round is not None else "way.held"
        nth = words("way.nth", status=words(key), n=step.visit) if step.visit > 1 else words(key)
        ended = clock.stopped_at if clock is not None else None
        lines = [_span(dates, since, ended), *([place] if place else [])]
        return Door(state="done", status=nth, title=title, lines=(Markup(" · ").join(lines),), at=since)
    lines = [place] if place else []
    if since is not None:
        budget = clock.due if clock is not None else None
        said = words("way.since", at=dates.moment(since))
        key = "way.should_have_ended" if budget is not None and dates.now > budget else "way.must_end"
        lines.append(said + " " + words(key, due=dates.near(budget)) if budget is not None else said)
    is_late = sight.snapshot.late
    return Door(
        state="now",
        status=words("way.doing_late" if is_late else "way.doing"),
        title=title,
        lines=tuple(lines),
        note=_travelling(sight, dates),
        look="late" if is_late else "",
        at=since or dates.now,
    )


def _travelling(sight: Sight, dates: Dates) -> Markup | None:
    offer = next((one for one in sight.snapshot.handovers if one.what == "file"), None)
    if offer is None:
        return None
    return dates.words("way.travelling", unit=sight.unit(offer.receiver, dates.words))


def _rounds(sight: Sight, dates: Dates) -> Iterator[Door]:
    for request in sight.snapshot.rounds:
        if request.sent_at is not None:
            yield _round(sight, dates, request, is_open=request == sight.round)


def _round(sight: Sight, dates: Dates, request: RoundView, *, is_open: bool) -> Door:
    words = dates.words
    assert request.sent_at is not None
    title = words("way.supplement")
    if request.arrived_at is not None and is_open:
        line = words("way.supplement_arrived", at=dates.moment(request.arrived_at))
        title = words("way.supplement_checking")
        return Door(state="now", status=words("way.doing"), title=title, lines=(line,), at=request.sent_at)
    if is_open:
        by = words("way.supplement_by", day=dates.near(request.answer_by)) if request.answer_by else Markup("")
        line = words("way.since", at=dates.moment(request.sent_at)) + " " + by
        return Door(
            state="now", status=words("way.waiting"), title=title, lines=(line,), look="wait", at=request.sent_at
        )
    end = request.arrived_at or request.answer_by
    key = f"way.supplement_{request.verdict or 'complete'}"
    return _done(words, words(key), (_span(dates, request.sent_at, end),), at=request.sent_at)


def _ending(sight: Sight, dates: Dates) -> Iterator[Door]:
    words, snapshot = dates.words, sight.snapshot
    ended = _ENDED.get(snapshot.phase) or (
        sight.state.last_stage.value if snapshot.phase is Phase.CLOSED and sight.state.last_stage else None
    )
    if ended in _ENDED.values() and snapshot.ended_at is not None:
        yield _done(words, words(f"way.{ended}"), (dates.moment(snapshot.ended_at),), at=snapshot.ended_at)
    elif ended == "delivered" or snapshot.phase is Phase.DELIVERED:
        at = snapshot.finished_at or snapshot.ended_at
        yield _done(words, words("way.delivered"), (dates.moment(at),) if at else (), at=at)
    elif snapshot.phase is Phase.RESOLVED:
        is_sent = snapshot.status is not None and snapshot.status.delivery == "in_transit"
        unit = sight.unit(snapshot.receiving, words)
        yield Door(
            state="now",
            status=words("way.doing" if is_sent else "way.waiting"),
            title=words("way.sending" if is_sent else "way.ready"),
            lines=(Markup("{}").format(unit),) if unit and not is_sent else (),
            look="" if is_sent else "wait",
        )


def _is_over(sight: Sight) -> bool:
    return sight.snapshot.phase in (*_ENDED, *_WITH_RESULT, Phase.CLOSED)


def _ahead(sight: Sight, dates: Dates) -> Iterator[Door]:
    """What comes by the shortest way; estimates say so, and none is made beyond the limit by law."""
    expected = _present_budget(sight)
    legal = sight.snapshot.due
    if sight.snapshot.phase is Phase.GUIDED:
        yield Door(state="next", status=dates.words("way.next"), title=dates.words("way.checking"))
    held = next((one.step for one in sight.snapshot.steps if one.state == "held"), None)
    for step in _steps_ahead(sight):
        title = step.public.text or getattr(step, "title", None)
        expected = _later(sight, expected, getattr(step, "within", None))
        if step.public.show == "hidden" or not title:
            continue
        parts = [_function_at(sight, dates, step)] if isinstance(step, TaskStep | SignStep) else []
        if expected is not None and legal is not None and dates.now < expected <= legal:
            parts.append(dates.words("way.expected", day=dates.near(expected)))
        named = Markup("{}").format(dates.words.of(title))
        yield Door(
            state="next",
            status=dates.words("way.next"),
            title=dates.words("way.again", step=named) if step.id == held else named,
            lines=(Markup(" · ").join(part for part in parts if part),),
        )


def _goal(sight: Sight, dates: Dates) -> Door:
    words, due = dates.words, sight.snapshot.due
    kind = "refusal" if _is_off_the_way(sight) else "grant"
    said = [
        Markup("{}").format(words.of(result.label)) for result in sight.pin.procedure.results if result.kind == kind
    ]
    by = [words("way.at_latest", day=dates.near(due))] if due is not None and not sight.snapshot.late else []
    rules = sight.pin.procedure.supplement
    if sight.snapshot.suspended and rules.effect == "replace" and rules.new_limit is not None:
        by = [words("way.after_supplement", limit=dates.duration(rules.new_limit))]
    return Door(
        state="next", status=words("way.next"), title=words("way.goal"), lines=(Markup(" · ").join([*said, *by]),)
    )


def _is_off_the_way(sight: Sight) -> bool:
    """A no has led into a sequence of its own: what is promised is an answer, not the grant."""
    steps = sight.snapshot.steps
    return bool(steps) and sight.pin.procedure.sequence_of(steps[-1].step) != ROOT


def _steps_ahead(sight: Sight) -> Iterator[Step]:
    procedure = sight.pin.procedure
    if not sight.snapshot.steps:
        yield from procedure.steps
        return
    last = sight.snapshot.steps[-1]
    if last.state == "held":
        # After the supplement, or from the desk, the step is entered again.
        yield procedure.step(last.step)
    following = procedure.following(last.step)
    while following is not None:
        yield following
        following = procedure.following(following.id)


def _present_budget(sight: Sight) -> datetime | None:
    running = [one for one in sight.snapshot.clocks if one.kind == "step" and one.stopped_at is None]
    return running[-1].due if running else None


def _later(sight: Sight, start: datetime | None, within: str | None) -> datetime | None:
    if start is None or within is None:
        return start
    try:
        return reckon(sight.pin.working, parse_duration(within), Rules(), start).due
    except CalendarNotCovered:
        return None


def _place(sight: Sight, dates: Dates, step: StepView) -> Markup | None:
    declared = sight.pin.procedure.step(step.step)
    return _function_at(sight, dates, declared) if isinstance(declared, TaskStep | SignStep) else None


def _function_at(sight: Sight, dates: Dates, step: TaskStep | SignStep) -> Markup:
    function = sight.function(step.by, dates.words)
    unit = sight.unit(sight.place_of(step), dates.words)
    return Markup("{}, {}").format(function, unit) if unit else Markup("{}").format(function)


def _span(dates: Dates, begins: datetime | None, ends: datetime | None) -> Markup:
    if begins is None:
        return Markup("")
    if ends is None or local_day(begins) == local_day(ends):
        return dates.day(begins)
    return dates.words("way.span", begins=dates.brief(begins), ends=dates.figures(ends))


def _done(words: Words, title: Markup, lines: tuple[Markup, ...], *, at: datetime | None) -> Door:
    return Door(state="done", status=words("way.done"), title=title, lines=lines, at=at)


def _one_now(doors: list[Door]) -> list[Door]:
    """One place is where the case is: of several the last."""
    now = [place for place, door in enumerate(doors) if door.state == "now"]
    return [replace(door, state="done") if place in now[:-1] else door for place, door in enumerate(doors)]
