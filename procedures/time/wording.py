"""Days, instants and lengths as people read them, in Vietnamese and English."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, TypeAlias

from procedures.time.instants import Instant, local

Language: TypeAlias = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")
Texts: TypeAlias = Mapping[Language, str]

_WEEKDAYS: Mapping[Language, tuple[str, ...]] = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_in_words(day: date, language: Language) -> str:
    """Say `thứ Hai 02/03/2026`, `Monday 2 March 2026`."""
    weekday = _WEEKDAYS[language][day.weekday()]
    if language == "vi":
        return f"{weekday} {day.day:02}/{day.month:02}/{day.year}"
    return f"{weekday} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def instant_in_words(instant: Instant, language: Language) -> str:
    """Say `09:00 thứ Hai 02/03/2026`, `09:00 on Monday 2 March 2026`."""
    moment = local(instant)
    on = " on " if language == "en" else " "
    return f"{clock_time(instant)}{on}{day_in_words(moment.date(), language)}"


def clock_time(instant: Instant) -> str:
    """Say the time of day, to the second where it has one; the end of a day is 24:00."""
    moment = local(instant)
    if (moment.hour, moment.minute, moment.second) == (23, 59, 59):
        return "24:00"
    minute = f"{moment.hour:02}:{moment.minute:02}"
    return f"{minute}:{moment.second:02}" if moment.second else minute


def length_in_words(length: timedelta, language: Language) -> str:
    """Say `2 giờ 30 phút`, `2 h 30 min`."""
    hours, rest = divmod(length, timedelta(hours=1))
    minutes, seconds = divmod(rest, timedelta(minutes=1))
    units = ("giờ", "phút", "giây") if language == "vi" else ("h", "min", "s")
    told = [f"{number} {unit}" for number, unit in zip((hours, minutes, seconds.seconds), units, strict=True) if number]
    return " ".join(told) or f"0 {units[0]}"
