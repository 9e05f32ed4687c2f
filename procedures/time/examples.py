"""Worked examples of legal time as files hold them: one JSON object a line, read strictly where a slip would matter."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    ValidationError,
    model_validator,
)

from procedures.time.course import Effect, Policy
from procedures.time.duration import Duration, Unit
from procedures.time.instants import EARLIEST, LATEST, ONE_DAY, Instant
from procedures.time.limit import Rules, RunState

_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d[T ])24(:00(?::00(?:\.0+)?)?(?:Z|[+-].+)?)", re.ASCII)


def parse_instant(text: object) -> Instant:
    """Read ISO 8601 with an offset; 24:00 is the midnight that ends the day."""
    if not isinstance(text, str):
        raise ValueError("write an instant as text, like 2026-03-02T09:00:00+07:00")
    midnight = _MIDNIGHT.fullmatch(text)
    instant = datetime.fromisoformat(f"{midnight[1]}00{midnight[2]}" if midnight else text)
    if instant.tzinfo is None:
        raise ValueError("has no offset; write an instant like 2026-03-02T09:00:00+07:00")
    if not EARLIEST.year < instant.year < LATEST.year:
        raise ValueError(f"lies outside the years {EARLIEST.year} to {LATEST.year}")
    return instant + ONE_DAY if midnight else instant


def _is_countable(amount: Decimal) -> Decimal:
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -30 or amount.adjusted() > 300:
        raise ValueError("is no amount that could be counted")
    return amount


At: TypeAlias = Annotated[datetime, BeforeValidator(parse_instant)]
Amount: TypeAlias = Annotated[Decimal, Field(ge=0), AfterValidator(_is_countable)]
Whole: TypeAlias = Annotated[int, Field(strict=True, ge=0)]
CalendarId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
Calendars: TypeAlias = Annotated[
    tuple[CalendarId, ...], BeforeValidator(lambda one: [one] if isinstance(one, str) else one)
]
TimeOfDay: TypeAlias = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Limit(_Part):
    unit: Unit
    amount: Amount | None = None

    @model_validator(mode="after")
    def _has_an_amount(self) -> Self:
        if self.amount is None and self.unit is not Unit.NONE:
            raise ValueError(f"an amount of {self.unit} is missing")
        self.duration()
        return self

    def duration(self) -> Duration:
        return Duration(Fraction(self.amount or 0), self.unit)


class ExampleRules(_Part):
    model_config = ConfigDict(frozen=True, extra="forbid")

    cutoff: TimeOfDay | None = None
    off_hours: Literal["as_is", "next_working_day"] = "as_is"
    start_next_day: StrictBool = False
    rollover: StrictBool = True
    supplement: Effect = "none"
    new_limit: Limit | None = None
    cutoff_on_resume: StrictBool = True
    extension_max: Whole = 1
    extension_notice_working_days: Whole = 1

    @model_validator(mode="after")
    def _names_the_new_limit(self) -> Self:
        if self.supplement == "replace" and self.new_limit is None:
            raise ValueError("a supplement that replaces the limit needs new_limit")
        return self


class _Event(_Part):
    at: At


class SupplementAsked(_Event):
    kind: Literal["supplement_asked"]


class SupplementReceived(_Event):
    kind: Literal["supplement_received"]


class Extension(_Event, Limit):
    kind: Literal["extension"]
    ground: str | None = None


class SwitchLimit(_Event, Limit):
    kind: Literal["switch_limit"]
    notice: StrictBool | None = None
    ground: str | None = None


class Recompute(_Event):
    kind: Literal["recompute"]
    calendar: Calendars
    ground: str | None = None


class Finished(_Event):
    kind: Literal["finished"]


class CorrectFinish(_Event):
    kind: Literal["correct_finish"]
    finished_at: At | None = None


Event: TypeAlias = Annotated[
    SupplementAsked | SupplementReceived | Extension | SwitchLimit | Recompute | Finished | CorrectFinish,
    Field(discriminator="kind"),
]


class Example(Limit):
    """A limit, what happens to it, and what must follow; a field that may be left out is judged only where given."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    id: str
    calendar: Calendars
    hours: Mapping[str, Sequence[str]]
    start: At
    rules: ExampleRules = ExampleRules()
    events: tuple[Event, ...] = ()
    why: str = ""
    precision: Literal["day", "instant"] | None = None
    expect_due: At | None = None
    expect_state: RunState | None = None
    expect_late: StrictBool | None = None
    expect_rejected: tuple[Whole, ...] | None = None
    expect_error: Literal["calendar_not_covered"] | None = None

    @model_validator(mode="after")
    def _expects_something(self) -> Self:
        for name in self.model_extra or {}:
            if name.startswith("expect"):
                raise ValueError(f"{name} is no expectation")
        if self.expect_error is None and "expect_due" not in self.model_fields_set:
            raise ValueError("expect_due or expect_error is missing")
        if self.expect_due is not None and self.precision is None:
            raise ValueError("precision of expect_due is missing")
        return self

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        before = self.start
        for number, event in enumerate(self.events):
            if event.at < before:
                raise ValueError(f"events.{number} is earlier than what comes before it")
            before = event.at
        return self

    def policy(self) -> Policy:
        rules = self.rules
        return Policy(
            duration=self.duration(),
            rules=Rules(
                cutoff_after=None if rules.cutoff is None else time.fromisoformat(rules.cutoff),
                off_hours=rules.off_hours,
                rollover=rules.rollover,
                start_next_day=rules.start_next_day,
                cutoff_on_resume=rules.cutoff_on_resume,
            ),
            supplement=rules.supplement,
            new_limit=None if rules.new_limit is None else rules.new_limit.duration(),
            extensions=rules.extension_max,
            notice=Duration(Fraction(rules.extension_notice_working_days), Unit.WORKING_DAYS),
        )


class BadExample(ValueError):
    """A line that is no worked example; says every problem of it."""


def parse_example(line: bytes) -> Example:
    try:
        return Example.model_validate_json(line)
    except ValidationError as error:
        raise BadExample("; ".join(map(_problem, error.errors(include_url=False)))) from error


def _problem(error: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{place}: {message}" if place else message
