"""Days, instants and due dates in words: how many are left, how late it is, and how a limit is said."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from markupsafe import Markup

from procedures.time.standing import standing
from procedures.time.working import WorkingTime
from web.texts import Words

HANOI = timezone(timedelta(hours=7))
SOON = 2
"""Working days: what is due within so many is soon."""

BadgeKind = Literal["late", "today", "soon", "ok", "held"]
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE_HOUR, _ONE_DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Badge:
    """Word, shape and colour of a due date: the kind gives shape and colour, never alone."""

    kind: BadgeKind
    words: Markup


def local_day(moment: datetime | date) -> date:
    return moment.astimezone(HANOI).date() if isinstance(moment, datetime) else moment


def is_day_limit(due: datetime) -> bool:
    """A limit in days ends with its last day and is shown as that day."""
    local = due.astimezone(HANOI)
    return (local.hour, local.minute, local.second) == (23, 59, 59)


@dataclass(frozen=True, slots=True)
class Dates:
    """Says dates in one language, seen from one instant."""

    words: Words
    now: datetime

    @property
    def today(self) -> date:
        return local_day(self.now)

    def weekday(self, moment: datetime | date) -> Markup:
        return self.words(f"date.{_WEEKDAYS[local_day(moment).weekday()]}")

    def day(self, moment: datetime | date) -> Markup:
        """Say a date whole: Thứ Sáu 27/11/2026."""
        return Markup("{} {:%d/%m/%Y}").format(self.weekday(moment), local_day(moment))

    def near(self, moment: datetime | date) -> Markup:
        """Say a date of this year without it: Thứ Sáu 27/11."""
        day = local_day(moment)
        return Markup("{} {:%d/%m}").format(self.weekday(day), day) if day.year == self.today.year else self.day(day)

    def figures(self, moment: datetime | date) -> str:
        return f"{local_day(moment):%d/%m/%Y}"

    def brief(self, moment: datetime | date) -> str:
        return f"{local_day(moment):%d/%m}"

    def time(self, moment: datetime) -> str:
        return f"{moment.astimezone(HANOI):%H:%M}"

    def moment(self, moment: datetime) -> Markup:
        """Say an instant: Thứ Bảy 31/10/2026, 20:14."""
        return Markup("{}, {}").format(self.day(moment), self.time(moment))

    def stamp(self, moment: datetime) -> str:
        """Say an instant in the least room: 02/11 14:05, with the year where it is another one."""
        day = local_day(moment)
        return f"{self.brief(day) if day.year == self.today.year else self.figures(day)} {self.time(moment)}"

    def limit(self, due: datetime) -> Markup:
        """Say a due date: as a day, or to the minute where it ends within one."""
        return self.day(due) if is_day_limit(due) else Markup("{} {}").format(self.time(due), self.day(due))

    def days(self, number: int) -> Markup:
        return self._counted("day", number)

    def lasted(self, since: datetime) -> Markup:
        """Say how long something has been going on, in days."""
        return self.days((self.today - local_day(since)).days)

    def late_by(self, due: datetime) -> Markup:
        """Say how late it is: whole days for a limit in days, else to the minute within the first day."""
        elapsed = self.now - due
        if is_day_limit(due) or elapsed >= _ONE_DAY:
            return self.days(max(1, (self.today - local_day(due)).days))
        minutes = self._counted("minute", elapsed // timedelta(minutes=1) % 60)
        if elapsed < _ONE_HOUR:
            return minutes
        return Markup("{} {}").format(self._counted("hour", elapsed // _ONE_HOUR), minutes)

    def badge(
        self,
        due: datetime,
        working: WorkingTime | None,
        *,
        says: Literal["left", "date"] = "left",
        urgent: bool = False,
    ) -> Badge:
        """Badge a due date. `says`: what is left, or the date itself; `urgent`: it is soon however far it is."""
        if self.now > due:
            return Badge("late", self.words("due.late", by=self.late_by(due)))
        left = (local_day(due) - self.today).days
        if left == 0:
            key = "due.today" if is_day_limit(due) else "due.today_at"
            return Badge("today", self.words(key, at=self.time(due)))
        kind: BadgeKind = "soon" if urgent or self._is_soon(due, working) else "ok"
        if left == 1:
            at = self.brief(due) if is_day_limit(due) else self.time(due)
            return Badge(kind, self.words("due.tomorrow", at=at))
        if says == "date":
            return Badge(kind, self.near(due))
        return Badge(kind, self.words("due.left", left=self.days(left)))

    def held(self, until: datetime | None) -> Badge:
        """Badge what waits for the applicant."""
        if until is None:
            return Badge("held", self.words("due.held"))
        return Badge("held", self.words("due.held_until", day=self.brief(until)))

    def duration(self, text: str) -> Markup:
        """Say a duration of the procedure language: `25 calendar days` → 25 ngày."""
        if text in ("within the day", "no limit"):
            return self.words(f"duration.{text.replace(' ', '_')}")
        amount, _, unit = text.partition(" ")
        unit = unit.replace("days", "day").replace("hours", "hour").replace("holidays", "holiday")
        unit = unit.replace("months", "month").replace("years", "year").replace(" ", "_")
        return self.words(f"duration.{unit}.{'one' if amount == '1' else 'many'}", n=self._decimal(amount))

    def _counted(self, unit: str, number: int) -> Markup:
        return self.words(f"count.{unit}.{'one' if number == 1 else 'many'}", n=number)

    def _is_soon(self, due: datetime, working: WorkingTime | None) -> bool:
        left = None if working is None else standing(working, due, self.now).working_days
        return (local_day(due) - self.today).days <= SOON if left is None else left <= SOON

    def _decimal(self, amount: str) -> str:
        return amount.replace(".", ",") if self.words.language == "vi" else amount
