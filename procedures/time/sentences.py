"""Each line of an explanation as a sentence, in Vietnamese and English."""

from collections.abc import Mapping

from procedures.time.lines import Code, Line
from procedures.time.wording import Language, Texts, clock_time, day_in_words, instant_in_words, length_in_words

_KINDS: Mapping[Code, Texts] = {
    Code.WORKING_DAY: {"vi": "ngày làm việc", "en": "working day"},
    Code.MAKE_UP_DAY: {"vi": "ngày làm bù", "en": "make-up working day"},
    Code.HALF_DAY: {"vi": "ngày chỉ làm việc một buổi", "en": "day worked for half of it"},
    Code.WEEKEND: {"vi": "ngày nghỉ hằng tuần", "en": "weekend"},
    Code.REST_DAY: {"vi": "ngày cơ quan không làm việc", "en": "day on which the office does not work"},
    Code.PUBLIC_HOLIDAY: {"vi": "ngày nghỉ lễ, tết", "en": "public holiday"},
    Code.COMPENSATORY: {"vi": "ngày nghỉ bù", "en": "day off in lieu of a holiday"},
    Code.SWAPPED_OFF: {"vi": "ngày nghỉ hoán đổi", "en": "day off in exchange for another"},
    Code.CORRESPONDING_DAY: {
        "vi": "ngày tương ứng, hoặc ngày cuối tháng",
        "en": "the corresponding day, or the month's last",
    },
    Code.ROLLED_OVER: {
        "vi": "ngày làm việc đầu tiên sau ngày nghỉ, thời hạn kết thúc vào ngày này",
        "en": "the first working day after days off, on which the limit ends",
    },
}
_WORKED = (Code.WORKING_DAY, Code.MAKE_UP_DAY, Code.HALF_DAY)
_COUNTED: Texts = {"vi": "tính là ngày thứ {n}", "en": "counted, day {n}"}
_COUNTED_ALL_THE_SAME: Texts = {"vi": "vẫn tính, là ngày thứ {n}", "en": "counted all the same, day {n}"}
_NOT_COUNTED: Texts = {"vi": "không tính", "en": "not counted"}
_STRETCH: Texts = {
    "vi": "{day}: từ {begins} đến {ends}, cộng dồn {used}",
    "en": "{day}: {begins} to {ends}, {used} in all",
}
_EVENTS: Mapping[Code, Texts] = {
    Code.FIRST_DAY: {
        "vi": "Lúc {begins}: thời hạn bắt đầu, ngày này không tính",
        "en": "At {begins}: the limit begins, this day is not counted",
    },
    Code.WITHIN_DAY: {
        "vi": "Lúc {begins}: thời hạn bắt đầu, phải xong trong ngày",
        "en": "At {begins}: the limit begins, to be done within the day",
    },
    Code.FROM_INSTANT: {"vi": "Lúc {begins}: thời hạn bắt đầu", "en": "At {begins}: the limit begins"},
    Code.NO_LIMIT: {"vi": "Lúc {begins}: không có thời hạn", "en": "At {begins}: there is no limit"},
    Code.CUTOFF: {
        "vi": "Lúc {begins}: nhận sau giờ chốt, tính như nhận lúc {ends}",
        "en": "At {begins}: received after the cut-off, counts as of {ends}",
    },
    Code.OFF_HOURS: {
        "vi": "Lúc {begins}: nhận ngoài giờ làm việc, tính như nhận lúc {ends}",
        "en": "At {begins}: received outside office hours, counts as of {ends}",
    },
    Code.START_NEXT_DAY: {
        "vi": "Lúc {begins}: thời hạn tính từ ngày làm việc tiếp theo, {ends}",
        "en": "At {begins}: the limit counts from the next working day, {ends}",
    },
    Code.PART_OF_DAY: {
        "vi": "Phần lẻ của ngày tính theo giờ làm việc, 1 ngày là 8 giờ: cả thời hạn là {used}",
        "en": "A part of a working day is counted in hours, 8 to the day: {used} in all",
    },
    Code.RESTARTED: {
        "vi": "Lúc {begins}: nhận đủ hồ sơ bổ sung, thời hạn tính lại từ đầu",
        "en": "At {begins}: the completed dossier arrived, the limit is counted anew",
    },
    Code.REPLACED: {
        "vi": "Lúc {begins}: nhận đủ hồ sơ bổ sung, áp dụng thời hạn mới",
        "en": "At {begins}: the completed dossier arrived, a new limit applies",
    },
    Code.ASKED_TOO_LATE: {
        "vi": "Lúc {begins}: yêu cầu bổ sung khi đã quá hạn, thời hạn không tạm dừng",
        "en": "At {begins}: a supplement was asked for after the due date, which suspends nothing",
    },
    Code.EXTENDED: {
        "vi": "Lúc {begins}: gia hạn, tính tiếp từ hạn đang áp dụng, {ends}",
        "en": "At {begins}: extended, counted on from the due date in force, {ends}",
    },
    Code.SWITCHED: {
        "vi": "Lúc {begins}: chuyển sang thời hạn khi phải xác minh, tính từ lúc bắt đầu",
        "en": "At {begins}: switched to the limit with verification, counted from the beginning",
    },
    Code.DUE: {"vi": "Lúc {begins}: hết hạn", "en": "At {begins}: the limit ends"},
}
_SUSPENDED: Texts = {"vi": "{day}: tạm dừng, không tính", "en": "{day}: suspended, not counted"}
_SUSPENDED_FROM: Texts = {
    "vi": "{day}: tạm dừng từ {begins}, không tính",
    "en": "{day}: suspended from {begins}, not counted",
}
_SUSPENDED_TO: Texts = {
    "vi": "{day}: tạm dừng đến {ends}, không tính",
    "en": "{day}: suspended until {ends}, not counted",
}
_SUSPENDED_SPAN: Texts = {
    "vi": "từ {begins} đến {ends}: tạm dừng, không tính",
    "en": "from {begins} to {ends}: suspended, not counted",
}
_STILL_SUSPENDED: Texts = {
    "vi": "Lúc {begins}: bắt đầu tạm dừng, nên chưa có hạn",
    "en": "At {begins}: suspended from here on, so there is no due date",
}
_BASIS: Texts = {"vi": "căn cứ: {basis}", "en": "basis: {basis}"}
_UNCERTAIN: Texts = {"vi": "còn phải kiểm chứng", "en": "still to be confirmed"}


def in_words(line: Line, language: Language) -> str:
    """Say what a line tells: the day, what it is and who says so, whether it counts; or what happened when."""
    if line.code is Code.SUSPENDED:
        said = _suspended(line, language)
    elif line.code in _KINDS:
        said = _day(line, language) if line.used is None else _stretch(line, language)
    elif line.code is Code.ROUND_THE_CLOCK:
        said = _stretch(line, language)
    else:
        said = _event(line, language)
    return said[0].upper() + said[1:]


def _day(line: Line, language: Language) -> str:
    said = f"{day_in_words(line.day, language)}: {_KINDS[line.code][language]}"
    source = [line.name, _BASIS[language].format(basis=line.basis) if line.basis else ""]
    source.append(_UNCERTAIN[language] if line.certainty in ("medium", "low") else "")
    if any(source):
        said += f" ({'; '.join(filter(None, source))})"
    if line.code in (Code.CORRESPONDING_DAY, Code.ROLLED_OVER):
        return said
    if not line.counted:
        return f"{said}, {_NOT_COUNTED[language]}"
    counted = _COUNTED if line.code in _WORKED else _COUNTED_ALL_THE_SAME
    return f"{said}, {counted[language].format(n=line.number)}"


def _stretch(line: Line, language: Language) -> str:
    assert line.begins is not None and line.ends is not None and line.used is not None
    day = day_in_words(line.day, language)
    if line.code in (Code.MAKE_UP_DAY, Code.HALF_DAY):
        day += f" ({_KINDS[line.code][language]})"
    ends = instant_in_words(line.ends, language) if line.code is Code.ROUND_THE_CLOCK else clock_time(line.ends)
    used = length_in_words(line.used, language)
    return _STRETCH[language].format(day=day, begins=clock_time(line.begins), ends=ends, used=used)


def _suspended(line: Line, language: Language) -> str:
    if line.rule == "I21":
        return _said(_STILL_SUSPENDED, line, language)
    if line.begins is not None and line.ends is not None:
        return _said(_SUSPENDED_SPAN, line, language)
    day = day_in_words(line.day, language)
    if line.begins is not None:
        return _SUSPENDED_FROM[language].format(day=day, begins=clock_time(line.begins))
    if line.ends is not None:
        return _SUSPENDED_TO[language].format(day=day, ends=clock_time(line.ends))
    return _SUSPENDED[language].format(day=day)


def _event(line: Line, language: Language) -> str:
    return _said(_EVENTS[line.code], line, language)


def _said(text: Texts, line: Line, language: Language) -> str:
    return text[language].format(
        begins="" if line.begins is None else instant_in_words(line.begins, language),
        ends="" if line.ends is None else instant_in_words(line.ends, language),
        used="" if line.used is None else length_in_words(line.used, language),
    )
