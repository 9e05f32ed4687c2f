"""The explanation of a date: a line for each day, stretch or event, in codes that pages and commands put into words."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from procedures.time.calendar import Day, DayKind
from procedures.time.instants import Instant


class Code(StrEnum):
    # What a day is; whether it counts depends on the unit.
    WORKING_DAY = "working_day"
    MAKE_UP_DAY = "make_up_day"
    HALF_DAY = "half_day"
    WEEKEND = "weekend"
    REST_DAY = "rest_day"
    PUBLIC_HOLIDAY = "public_holiday"
    COMPENSATORY = "compensatory"
    SWAPPED_OFF = "swapped_off"
    # What happened.
    FIRST_DAY = "first_day"
    WITHIN_DAY = "within_day"
    FROM_INSTANT = "from_instant"
    CUTOFF = "cutoff"
    OFF_HOURS = "off_hours"
    START_NEXT_DAY = "start_next_day"
    PART_OF_DAY = "part_of_day"
    ROUND_THE_CLOCK = "round_the_clock"
    CORRESPONDING_DAY = "corresponding_day"
    SUSPENDED = "suspended"
    RESTARTED = "restarted"
    REPLACED = "replaced"
    ASKED_TOO_LATE = "asked_too_late"
    EXTENDED = "extended"
    SWITCHED = "switched"
    ROLLED_OVER = "rolled_over"
    DUE = "due"
    NO_LIMIT = "no_limit"


@dataclass(frozen=True, slots=True)
class Line:
    """What was seen on a day and by which rule (I1-I27).

    `number` counts the days of the limit so far and `used` its hours; `begins` and `ends` bound a stretch of hours or a
    suspension, or name an instant and the one it was moved to; `name` to `calendar` say who declared the day.
    """

    code: Code
    rule: str
    day: date
    counted: bool = False
    number: int | None = None
    begins: Instant | None = None
    ends: Instant | None = None
    used: timedelta | None = None
    name: str = ""
    basis: str = ""
    certainty: str = ""
    calendar: str = ""


CODES = {kind: Code(kind.value) for kind in DayKind}


def day_line(
    day: Day, rule: str, *, code: Code | None = None, counted: bool = False, number: int | None = None
) -> Line:
    return Line(
        code or CODES[day.kind],
        rule,
        day.day,
        counted,
        number,
        name=day.name,
        basis=day.basis,
        certainty=day.certainty,
        calendar=day.calendar,
    )
