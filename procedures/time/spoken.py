"""Durations and moments in words, in Vietnamese and English: what pages, papers and commands say to people."""

from collections.abc import Mapping

from procedures.time.duration import Duration, Unit, figures, parse_duration, parse_moment

_UNITS: Mapping[Unit, str] = {
    Unit.WORKING_HOURS: "giờ làm việc",
    Unit.WORKING_DAYS: "ngày làm việc",
    Unit.CALENDAR_DAYS: "ngày",
    Unit.CALENDAR_DAYS_EXCL_HOLIDAYS: "ngày, không tính ngày nghỉ lễ",
    Unit.HOURS: "giờ",
    Unit.MONTHS: "tháng",
    Unit.YEARS: "năm",
}


def spoken(duration: str, language: str) -> str:
    """Say a duration of the procedure language: `25 calendar days` → 25 ngày."""
    return duration_in_words(parse_duration(duration), language)


def duration_in_words(duration: Duration, language: str) -> str:
    if language != "vi":
        return str(duration)
    if duration.is_unlimited:
        return "không quy định"
    if duration.is_within_the_day:
        return "trong ngày"
    return f"{figures(duration.amount).replace('.', ',')} {_UNITS[duration.unit]}"


def spoken_moment(moment: str, language: str) -> str:
    """Say a moment: `1 working day before` → trước hạn 1 ngày làm việc."""
    parsed = parse_moment(moment)
    if parsed.distance is None:
        return "đúng hạn" if language == "vi" else "when due"
    if language != "vi":
        return str(parsed)
    side = "trước hạn" if parsed.side == "before" else "sau hạn"
    return f"{side} {duration_in_words(parsed.distance, language)}"
