"""Why a date is what it is, in words: three lines for citizens; for officers also the rule, every day and event."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from markupsafe import Markup

from procedures.language.model.procedure import Procedure
from procedures.time.duration import Unit, parse_duration
from procedures.time.lines import Code, Line
from web.dates import Dates
from workflows.core.explain import Explanation

_ORIGINS = (Code.FIRST_DAY, Code.FROM_INSTANT, Code.WITHIN_DAY)
_DAYS = frozenset(
    {
        *(Code.WORKING_DAY, Code.MAKE_UP_DAY, Code.HALF_DAY, Code.WEEKEND, Code.REST_DAY, Code.PUBLIC_HOLIDAY),
        *(Code.COMPENSATORY, Code.SWAPPED_OFF, Code.CORRESPONDING_DAY, Code.ROLLED_OVER),
    }
)
_ENDINGS = (Code.DUE, Code.NO_LIMIT)


@dataclass(frozen=True, slots=True)
class Square:
    """A day of the count; `title` says what the day is."""

    number: str
    day: str
    kind: Literal["zero", "counted", "skipped", "end"]
    is_today: bool
    title: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    plain: tuple[Markup, ...]
    rule: Markup
    squares: tuple[Square, ...]
    stretches: tuple[Markup, ...]
    events: tuple[Markup, ...]
    ground: Markup
    source: str


def why(explanation: Explanation, procedure: Procedure, dates: Dates) -> Why:
    telling = _Telling(explanation, dates)
    return Why(
        plain=tuple(telling.plain()),
        rule=telling.rule(),
        squares=tuple(telling.squares()),
        stretches=tuple(telling.stretches()),
        events=tuple(telling.events()),
        ground=dates.words(
            "why.ground",
            basis=unbroken(_basis(explanation, procedure)),
            calendars=", ".join(calendar.rpartition("-")[2] for calendar in explanation.calendars),
        ),
        source=" · ".join([explanation.place or explanation.source, *explanation.calendars]),
    )


def unbroken(codes: Iterable[str]) -> Markup:
    """List codes of laws, none broken over two lines."""
    return Markup(", ").join(Markup('<span class="code">{}</span>').format(code) for code in codes)


def _basis(explanation: Explanation, procedure: Procedure) -> tuple[str, ...]:
    """What the profile sets stands on the profile's ground."""
    is_of_profile = (explanation.place or "").startswith("profiles/")
    return procedure.profile_basis if is_of_profile and procedure.profile_basis else procedure.basis


class _Telling:
    """One explanation and how it is told; `counting` are the lines from where the present count begins."""

    def __init__(self, explanation: Explanation, dates: Dates) -> None:
        self._explanation = explanation
        self._dates = dates
        self._words = dates.words
        starts = [place for place, line in enumerate(explanation.lines) if line.code in _ORIGINS]
        self._counting: Sequence[Line] = explanation.lines[starts[-1] :] if starts else ()
        self._before: Sequence[Line] = explanation.lines[: starts[-1]] if starts else explanation.lines
        self._limit = parse_duration(self._limit_text())

    def plain(self) -> Iterator[Markup]:
        if self._explanation.not_covered is not None:
            yield self._words("why.not_covered", day=self._dates.day(self._explanation.not_covered))
            return
        yield self._of_limit()
        yield from self._of_gaps()
        yield from self._of_start()
        yield self._of_end()

    def rule(self) -> Markup:
        rule, is_calendar = self._explanation.rule, self._unit_key() == "calendar_days"
        parts = [
            self._words(f"why.counts{'_calendar' if is_calendar else ''}", limit=self._said_limit()),
            self._words("why.from", at=self._dates.stamp(self._explanation.started_at)),
        ]
        if not self._limit.is_in_hours and not self._limit.is_unlimited and not self._limit.is_within_the_day:
            parts.append(self._words("why.first_not_counted"))
            parts += [self._words("why.rolls_over")] if rule.rollover and self._unit_key() != "working_days" else []
        if rule.cutoff_after is not None and self._is_cut_off(rule.cutoff_moves):
            parts.append(self._words(f"why.cutoff.{rule.cutoff_moves}", at=rule.cutoff_after))
        return Markup(" · ").join(parts) + "."

    def _is_cut_off(self, moves: str) -> bool:
        return moves == "start" or (moves == "same_day" and self._limit.is_within_the_day)

    def squares(self) -> Iterator[Square]:
        if self._limit.is_in_hours:
            return
        due = self._explanation.due
        last = self._explanation.last_day if due is not None else None
        for line in self._counting:
            if line.code is Code.FIRST_DAY:
                yield self._square(line, "zero")
            elif line.code in _DAYS or (line.code is Code.SUSPENDED and line.begins is None):
                is_end = line.day == last and not any(
                    other.day == line.day and other is not line and other.code is Code.ROLLED_OVER
                    for other in self._counting
                )
                yield self._square(line, "end" if is_end else "counted" if line.counted else "skipped")

    def stretches(self) -> Iterator[Markup]:
        for line in self._counting:
            if line.begins is None or line.used is None or line.code not in _DAYS or line.ends is None:
                continue
            yield self._words(
                "why.stretch",
                day=self._dates.near(line.day),
                begins=self._dates.time(line.begins),
                ends=self._dates.time(line.ends),
                used=_hours(line.used),
            )

    def events(self) -> Iterator[Markup]:
        """Tell what is neither a day nor the end: what moved the start, suspended, restarted, extended."""
        for line in (*self._before, *self._counting):
            if line.code in _DAYS or line.code in _ORIGINS or line.code in _ENDINGS:
                continue
            if line.code is Code.SUSPENDED and line.begins is None:
                continue
            yield self._event(line)

    def _limit_text(self) -> str:
        """After a replacement the limit is the new one."""
        replaced = [one.new_limit for one in self._explanation.intervals if one.effect == "replace" and not one.void]
        closed = any(line.code is Code.REPLACED for line in self._before)
        return replaced[-1] if closed and replaced and replaced[-1] else self._explanation.within

    def _said_limit(self) -> Markup:
        return self._dates.duration(str(self._limit))

    def _unit_key(self) -> str:
        if self._limit.is_within_the_day:
            return "within_the_day"
        if self._limit.unit is Unit.WORKING_DAYS and self._limit.is_in_hours:
            return Unit.WORKING_HOURS.value
        return self._limit.unit.value

    def _of_limit(self) -> Markup:
        return self._words(f"why.limit.{self._unit_key()}", limit=self._said_limit())

    def _of_gaps(self) -> Iterator[Markup]:
        for line in self._before:
            if line.code in (Code.REPLACED, Code.RESTARTED):
                yield self._words(
                    f"why.plain.{line.code.value}", day=self._dates.near(line.day), limit=self._said_limit()
                )
        paused = [line.day for line in self._counting if line.code is Code.SUSPENDED and line.begins is None]
        if paused:
            yield self._words(
                "why.plain.paused", begins=self._dates.brief(paused[0]), ends=self._dates.brief(paused[-1])
            )
        if any(line.code is Code.EXTENDED for line in self._counting):
            yield self._words("why.plain.extended")

    def _of_start(self) -> Iterator[Markup]:
        origin = self._counting[0] if self._counting else None
        counted = [line for line in self._counting if line.counted]
        if origin is None or not counted or origin.begins is None:
            return
        if origin.code is Code.FIRST_DAY:
            yield self._words(
                "why.plain.first_day", start=self._dates.near(origin.day), first=self._dates.brief(counted[0].day)
            )
        elif counted[0].begins is not None and counted[0].begins > origin.begins:
            yield self._words(
                "why.plain.off_hours", at=self._dates.stamp(origin.begins), first=self._dates.stamp(counted[0].begins)
            )
        else:
            yield self._words("why.plain.from_instant", at=self._dates.stamp(origin.begins))

    def _of_end(self) -> Markup:
        due = self._explanation.due
        if due is None:
            key = "no_limit" if self._limit.is_unlimited else "suspended"
            return self._words(f"why.plain.{key}")
        numbered = [line for line in self._counting if line.number is not None]
        if self._limit.is_in_hours or not numbered:
            return self._words("why.plain.used_up", limit=self._said_limit(), due=self._dates.limit(due))
        last = numbered[-1]
        rolled = last.day != self._explanation.last_day
        key = "rolled_over" if rolled else "last_day"
        return self._words(
            f"why.plain.{key}", n=last.number, last=self._dates.near(last.day), due=self._dates.near(due)
        )

    def _square(self, line: Line, kind: Literal["zero", "counted", "skipped", "end"]) -> Square:
        return Square(
            number=str(line.number) if line.number is not None else "–",
            day=self._dates.brief(line.day),
            kind=kind,
            is_today=line.day == self._dates.today,
            title=Markup("{}: {}").format(
                self._dates.day(line.day), line.name or self._words(f"why.code.{line.code.value}")
            ),
        )

    def _event(self, line: Line) -> Markup:
        said = self._words(f"why.code.{line.code.value}")
        at = self._dates.stamp(line.begins) if line.begins is not None else self._dates.brief(line.day)
        until = f" → {self._dates.stamp(line.ends)}" if line.ends is not None else ""
        return Markup("{}{}: {} ({})").format(at, until, said, line.rule)


def _hours(used: timedelta) -> str:
    minutes = used // timedelta(minutes=1)
    return f"{minutes // 60}:{minutes % 60:02d}"
