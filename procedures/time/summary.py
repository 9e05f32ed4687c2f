"""Why a date is what it is, in a few sentences, in Vietnamese and English: for who does not want every day of it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from procedures.time.duration import Duration, Unit
from procedures.time.instants import ONE_DAY, Instant, day_of
from procedures.time.lines import Code, Line
from procedures.time.sentences import in_words
from procedures.time.spoken import duration_in_words
from procedures.time.wording import Language, Texts, day_in_words, instant_in_words

_BEGINNINGS = (Code.FIRST_DAY, Code.WITHIN_DAY, Code.FROM_INSTANT)
_DAYS_OFF = (Code.REST_DAY, Code.PUBLIC_HOLIDAY, Code.COMPENSATORY, Code.SWAPPED_OFF)
_TOLD = (
    *(Code.CUTOFF, Code.OFF_HOURS, Code.START_NEXT_DAY, Code.PART_OF_DAY, Code.RESTARTED, Code.REPLACED),
    *(Code.ASKED_TOO_LATE, Code.EXTENDED, Code.SWITCHED, Code.NO_LIMIT),
)

_LIMIT: Texts = {"vi": "Thời hạn là {limit}, tính từ {at}.", "en": "The limit is {limit}, counted from {at}."}
_FIRST_LIMIT: Texts = {"vi": "Thời hạn ban đầu tính từ {at}.", "en": "The first limit was counted from {at}."}
_FIRST_DAY: Texts = {"vi": "Ngày đầu không tính.", "en": "The first day is not counted."}
_WITHIN_DAY: Texts = {
    "vi": "Phải xong trong ngày, tính từ {at}.",
    "en": "To be done within the day, counted from {at}.",
}
_EVERY_DAY: Texts = {"vi": "Ngày nghỉ vẫn tính.", "en": "Days off are counted."}
_WEEKEND: Texts = {"vi": "1 ngày nghỉ hằng tuần", "en": "1 weekend day"}
_WEEKENDS: Texts = {"vi": "{n} ngày nghỉ hằng tuần", "en": "{n} weekend days"}
_NOT_COUNTED: Texts = {"vi": "Không tính {days}.", "en": "Not counted: {days}."}
_MADE_UP: Texts = {"vi": "Có tính ngày làm bù {days}.", "en": "Counted as make-up days: {days}."}
_SUSPENDED: Texts = {
    "vi": "Tạm dừng, không tính, từ {first} đến hết {last}.",
    "en": "Suspended, not counted, from {first} to the end of {last}.",
}
_NUMBERED: Texts = {"vi": "Ngày thứ {n}", "en": "Day {n}"}
_OF_EXTENSION: Texts = {"vi": "Ngày gia hạn thứ {n}", "en": "Day {n} of the extension"}
_CORRESPONDING: Texts = {"vi": "Ngày tương ứng", "en": "The corresponding day"}
_LAST_DAY: Texts = {
    "vi": "{which} là {day}: hết hạn lúc 24:00 ngày đó.",
    "en": "{which} is {day}: the limit ends at 24:00 that day.",
}
_ROLLED_OVER: Texts = {
    "vi": "{which} là {day}, không phải ngày làm việc, nên hạn chuyển đến 24:00 {due}.",
    "en": "{which} is {day}, which is not worked, so the limit ends at 24:00 on {due}.",
}
_DUE: Texts = {"vi": "Hết hạn lúc {due}.", "en": "The limit ends at {due}."}


def summary(limit: Duration, due: Instant | None, lines: Sequence[Line], language: Language) -> str:
    """Say in a few sentences what an explanation of this limit tells; `limit` is the one that is counted at the end."""
    return " ".join(_sentences(limit, due, lines, language))


def _sentences(limit: Duration, due: Instant | None, lines: Sequence[Line], language: Language) -> Iterator[str]:
    begins = max((place for place, line in enumerate(lines) if line.code in _BEGINNINGS), default=len(lines))
    for line in lines[:begins]:
        if line.code in _BEGINNINGS and line.begins is not None:
            yield _FIRST_LIMIT[language].format(at=instant_in_words(line.begins, language))
        else:
            yield f"{in_words(line, language)}."
    yield from _beginning(limit, lines[begins : begins + 1], language)
    counting = lines[begins + 1 :]
    yield from (f"{in_words(line, language)}." for line in counting if line.code in _TOLD)
    yield from _not_counted(counting, language)
    yield from _suspended(counting, language)
    yield from _end(due, counting, language)


def _beginning(limit: Duration, lines: Sequence[Line], language: Language) -> Iterator[str]:
    for line in lines:
        assert line.begins is not None
        text = _WITHIN_DAY if line.code is Code.WITHIN_DAY else _LIMIT
        at = instant_in_words(line.begins, language)
        yield text[language].format(limit=duration_in_words(limit, language), at=at)
        if line.code is Code.FIRST_DAY:
            yield _FIRST_DAY[language]
        if limit.unit is Unit.CALENDAR_DAYS:
            yield _EVERY_DAY[language]


def _not_counted(lines: Sequence[Line], language: Language) -> Iterator[str]:
    """Name every day off, but only count the weekends; days over which the last one rolls are not of the count."""
    skipped = [line for line in lines if not line.counted and line.rule != "I5"]
    weekends = sum(line.code is Code.WEEKEND for line in skipped)
    days = [(_WEEKEND if weekends == 1 else _WEEKENDS)[language].format(n=weekends)] if weekends else []
    days += [_named(line, language) for line in skipped if line.code in _DAYS_OFF]
    if days:
        yield _NOT_COUNTED[language].format(days=", ".join(days))
    made_up = [day_in_words(day, language) for day, _ in groupby(line.day for line in lines if _is_made_up(line))]
    if made_up:
        yield _MADE_UP[language].format(days=", ".join(made_up))


def _named(line: Line, language: Language) -> str:
    return f"{day_in_words(line.day, language)}" + (f" ({line.name})" if line.name else "")


def _is_made_up(line: Line) -> bool:
    return line.counted and line.code is Code.MAKE_UP_DAY


def _suspended(lines: Sequence[Line], language: Language) -> Iterator[str]:
    """Say each suspension once, from its first day to its last."""
    days = sorted({line.day for line in lines if line.code is Code.SUSPENDED and line.rule == "I16"})
    for place, first in enumerate(days):
        if place and days[place - 1] + ONE_DAY == first:
            continue
        length = next(n for n in range(1, len(days) - place + 1) if first + n * ONE_DAY not in days)
        last = first + (length - 1) * ONE_DAY
        yield _SUSPENDED[language].format(first=day_in_words(first, language), last=day_in_words(last, language))
    yield from (f"{in_words(line, language)}." for line in lines if line.code is Code.SUSPENDED and line.rule != "I16")


def _end(due: Instant | None, lines: Sequence[Line], language: Language) -> Iterator[str]:
    if due is None:
        return
    last = next((line for line in reversed(lines) if line.number or line.code is Code.CORRESPONDING_DAY), None)
    if last is None:
        yield _DUE[language].format(due=instant_in_words(due, language))
        return
    is_extended = any(line.code is Code.EXTENDED for line in lines)
    which = _OF_EXTENSION if is_extended else _NUMBERED if last.number else _CORRESPONDING
    yield (_LAST_DAY if last.day == day_of(due) else _ROLLED_OVER)[language].format(
        which=which[language].format(n=last.number),
        day=day_in_words(last.day, language),
        due=day_in_words(day_of(due), language),
    )
