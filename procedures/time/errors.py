"""What can go wrong in legal time, one tree.

LegalTimeError
├── CalendarNotCovered   a day outside the calendars given (I24)
├── BadDuration          a text that is no duration or moment of the language
├── BadCalendar          calendars or office hours that contradict themselves; carries every problem found
└── BadChanges           changes of a limit out of order: a defect of the caller, never of a person
"""

from collections.abc import Sequence
from datetime import date


class LegalTimeError(Exception):
    """Has a code for machines and a sentence for people that says what to do."""

    code = "legal-time"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class CalendarNotCovered(LegalTimeError):
    code = "calendar-not-covered"

    def __init__(self, day: date) -> None:
        super().__init__(
            f"The calendar does not cover {day.isoformat()}; load a calendar for {day.year} and recompute."
        )
        self.day = day


class BadDuration(LegalTimeError, ValueError):
    code = "bad-duration"


class BadCalendar(LegalTimeError, ValueError):
    code = "bad-calendar"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class BadChanges(LegalTimeError, ValueError):
    code = "bad-changes"
