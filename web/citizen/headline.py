"""The first thing on a progress page: one sentence, whose turn it is, and the one date that matters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from markupsafe import Markup

from api.public import due_if_answered
from web.citizen.sight import Sight
from web.dates import Badge, Dates, local_day
from web.why import Why
from workflows.core.table import Phase
from workflows.core.views import RoundView, StepView

Look = Literal["", "wait", "late", "ok"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A date by law, what it is the date of, how long until then, and why it is that one."""

    what: Markup
    due: Markup
    badge: Badge
    why: Why | None
    asked: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """`turn` asks the citizen to do something; `promise` is a limit by law, never an estimate."""

    title: Markup
    look: Look = ""
    lines: tuple[Markup, ...] = ()
    promise: Promise | None = None
    turn: bool = False


def headline(sight: Sight, dates: Dates) -> Headline:
    if sight.snapshot.late and sight.snapshot.finished_at is None and sight.snapshot.ended_at is None:
        return _late(sight, dates)
    return _BY_PHASE[sight.snapshot.phase](sight, dates)


def current_step(sight: Sight) -> StepView | None:
    """Answer where the case stands, as far as the citizen is told of it."""
    return next((step for step in reversed(sight.snapshot.steps) if step.title and step.state == "open"), None)


def _checking(sight: Sight, dates: Dates) -> Headline:
    clock = sight.running("intake")
    return Headline(
        title=dates.words("state.checking"),
        lines=(_where(sight, dates, sight.snapshot.receiving, sight.snapshot.submitted_at),),
        promise=_promise(sight, dates, clock.id, "state.answer_by") if clock is not None else None,
    )


def _handling(sight: Sight, dates: Dates) -> Headline:
    step = current_step(sight)
    key = "state.at_step" if step is not None else "state.handling"
    since = step.since if step is not None else sight.snapshot.accepted_at
    return Headline(
        title=dates.words(key, step=dates.words.of(step.title if step is not None else None)),
        lines=(_where(sight, dates, sight.snapshot.unit, since),),
        promise=_promise(sight, dates, "legal", "state.result_by"),
    )


def _late(sight: Sight, dates: Dates) -> Headline:
    words = dates.words
    due = sight.snapshot.due or sight.snapshot.original_due
    if due is None or dates.now <= due:
        return _BY_PHASE[sight.snapshot.phase](sight, dates)
    lines = [words("state.late_fault", due=dates.day(due), badge=_badge_markup(dates.badge(due, None)))]
    asked = sight.round is not None and sight.round.arrived_at is None
    lines.append(words("state.late_asked" if asked else "state.late_nothing_to_do"))
    lines.append(_where(sight, dates, sight.snapshot.unit, None))
    return Headline(title=words("state.late", by=dates.late_by(due)), look="late", lines=tuple(lines), turn=asked)


def _asked(sight: Sight, dates: Dates) -> Headline:
    words, request = dates.words, sight.round
    if request is None:
        return _handling(sight, dates)
    if request.arrived_at is not None:
        return Headline(
            title=words("state.supplement_checking"),
            lines=(words("state.supplement_arrived", at=dates.moment(request.arrived_at)),),
        )
    if request.sent_at is None:
        return Headline(title=words("state.supplement_coming"), lines=(words("state.nothing_to_do"),))
    stage = "intake" if request.stage == "intake" else "handling"
    expected = due_if_answered(sight.pin, sight.state, dates.now) if request.suspends else None
    if expected is not None:
        line = words("state.answered_today", due=dates.limit(expected))
    else:
        line = words("state.time_stands_still" if request.suspends else f"state.time_at_{stage}")
    promise = _promise(sight, dates, f"window:{request.no}", "state.send_by", urgent=True)
    return Headline(
        title=words(f"state.supplement_{stage}", items=_counted(request, dates)),
        look="wait",
        lines=(line,),
        promise=two_dates(sight, dates, promise, request, expected) if promise is not None else None,
        turn=True,
    )


def _resolved(sight: Sight, dates: Dates) -> Headline:
    words, snapshot = dates.words, sight.snapshot
    delivery = snapshot.status.delivery if snapshot.status is not None else "none"
    key = "state.on_its_way" if delivery == "in_transit" else "state.resolved"
    unit = sight.unit(snapshot.receiving, words)
    return Headline(
        title=words(key),
        look="ok",
        lines=(words(f"state.collect.{'sent' if delivery == 'in_transit' else 'fetch'}", unit=unit),),
        turn=delivery != "in_transit",
    )


def _delivered(sight: Sight, dates: Dates) -> Headline:
    words, at = dates.words, sight.snapshot.finished_at
    lines = [words("state.finished_at", at=dates.moment(at))] if at is not None else []
    if at is not None and sight.snapshot.late:
        lines.append(words("state.was_late"))
    return Headline(title=words("state.delivered"), look="ok", lines=tuple(lines))


def _ended(key: str) -> "Callable[[Sight, Dates], Headline]":
    def say(sight: Sight, dates: Dates) -> Headline:
        words, snapshot = dates.words, sight.snapshot
        lines = [words("state.ended_at", at=dates.moment(snapshot.ended_at))] if snapshot.ended_at else []
        reason = sight.text(snapshot.ending.text if snapshot.ending is not None else None)
        if reason:
            lines.append(words("state.because", reason=reason))
        elif snapshot.ending is not None and words.has(f"state.reason.{snapshot.ending.code}"):
            lines.append(words(f"state.reason.{snapshot.ending.code}"))
        lines.append(words(f"state.after.{key}"))
        return Headline(title=words(f"state.{key}"), look="wait" if key != "withdrawn" else "", lines=tuple(lines))

    return say


def _closed(sight: Sight, dates: Dates) -> Headline:
    ended = sight.state.last_stage.value if sight.state.last_stage is not None else ""
    if ended in ("refused", "withdrawn", "stopped"):
        return _ended(ended)(sight, dates)
    return _delivered(sight, dates)


def _where(sight: Sight, dates: Dates, unit: str | None, since: datetime | None) -> Markup:
    name = sight.unit(unit, dates.words) or dates.words("state.one_stop")
    if since is None:
        return dates.words("state.at", unit=name)
    key = "state.at_since" if local_day(since) == dates.today else "state.at_since_days"
    return dates.words(key, unit=name, since=dates.moment(since), lasted=dates.lasted(since))


def _promise(sight: Sight, dates: Dates, clock: str, what: str, *, urgent: bool = False) -> Promise | None:
    view = sight.clock(clock)
    if view is None or view.due is None:
        return None
    return Promise(
        what=dates.words(what),
        due=dates.limit(view.due),
        badge=dates.badge(view.due, sight.pin.working, urgent=urgent),
        why=sight.why(clock, dates),
        asked=dates.words("why.this_date"),
    )


def two_dates(sight: Sight, dates: Dates, promise: Promise, request: RoundView, expected: datetime | None) -> Promise:
    """Explain the applicant's date and, where time stands still meanwhile, what becomes of ours."""
    why, legal, window = promise.why, sight.clock("legal"), sight.clock(f"window:{request.no}")
    if why is None or window is None or window.due is None or request.sent_at is None:
        return promise
    words = dates.words
    first = local_day(request.sent_at) + timedelta(days=1)
    lines = [
        words(
            "why.window",
            sent=dates.near(request.sent_at),
            limit=dates.duration(window.within),
            first=dates.brief(first),
            last=dates.brief(window.due),
        )
    ]
    if expected is not None and legal is not None and legal.original_due is not None:
        rules = sight.pin.procedure.supplement
        limit = dates.duration(rules.new_limit or legal.within)
        lines.append(words(f"why.effect.{rules.effect}", limit=limit, old=dates.brief(legal.original_due)))
        lines.append(words("why.answered_today", today=dates.brief(dates.now), due=dates.near(expected)))
    asked = words("why.two_dates") if len(lines) > 1 else promise.asked
    return replace(promise, why=replace(why, plain=tuple(lines)), asked=asked)


def _badge_markup(badge: Badge) -> Markup:
    return Markup('<span class="due due-{}">{}</span>').format(badge.kind, badge.words)


def _counted(request: RoundView, dates: Dates) -> Markup:
    """Count papers; where a value is asked anew as well, things."""
    number = len(request.items)
    kind = "thing" if any(item.id.startswith("form.") for item in request.items) else "item"
    return dates.words(f"count.{kind}.{'one' if number == 1 else 'many'}", n=number)


_BY_PHASE: Mapping[Phase, Callable[[Sight, Dates], Headline]] = {
    Phase.NEW: _checking,
    Phase.SUBMITTED: _checking,
    Phase.ACCEPTING: _checking,
    Phase.GUIDED: _asked,
    Phase.ACCEPTED: _handling,
    Phase.PROCESSING: _handling,
    Phase.SUPPLEMENTING: _asked,
    Phase.AWAITING_FEE: _handling,
    Phase.CONSULTING: _handling,
    Phase.SIGNING: _handling,
    Phase.RESOLVED: _resolved,
    Phase.DELIVERED: _delivered,
    Phase.REFUSED: _ended("refused"),
    Phase.WITHDRAWN: _ended("withdrawn"),
    Phase.STOPPED: _ended("stopped"),
    Phase.CLOSED: _closed,
}
