"""Every line of an explanation reads as a sentence, in Vietnamese and English."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given

from procedures.time.duration import Duration, parse_duration
from procedures.time.instants import Instant
from procedures.time.limit import Change, Extended, Pause, Rules, Switched
from procedures.time.lines import Code, Line
from procedures.time.sentences import in_words
from procedures.time.telling import explain
from procedures.time.wording import LANGUAGES, Language
from procedures.time.working import WorkingTime
from tests.procedures.time.offices import at, offices, real, starts, waits_of
from tests.procedures.time.test_properties import limits, rules

PLAIN = Rules()
CUTOFF = Rules(cutoff_after=time(15))


def told(limit: str, start: str, *changes: Change, rules: Rules = PLAIN, language: Language) -> list[str]:
    lines = explain(real(), parse_duration(limit), rules, at(start), changes)
    return [in_words(line, language) for line in lines]


def test_days_are_told_with_what_they_are_and_who_says_so() -> None:
    said = told("4 working days", "2026-08-27 16:00", rules=CUTOFF, language="vi")

    assert [
        "Lúc 16:00 thứ Năm 27/08/2026: nhận sau giờ chốt, tính như nhận lúc 07:30 thứ Sáu 28/08/2026",
        "Lúc 07:30 thứ Sáu 28/08/2026: thời hạn bắt đầu, ngày này không tính",
        "Thứ Bảy 29/08/2026: ngày nghỉ hằng tuần, không tính",
        "Chủ nhật 30/08/2026: ngày nghỉ hằng tuần, không tính",
        "Thứ Hai 31/08/2026: ngày nghỉ hoán đổi (Hoán đổi sang thứ Bảy 22/8/2026; căn cứ: Thông báo 9441/TB-BNV "
        "ngày 16/10/2025: nghỉ tết 14-22/02/2026, Quốc khánh 29/8-02/9/2026, hoán đổi 31/8 sang 22/8), không tính",
    ] == said[:5]
    assert "Thứ Năm 03/09/2026: ngày làm việc, tính là ngày thứ 1" == said[7]
    assert "Lúc 24:00 thứ Ba 08/09/2026: hết hạn" == said[-1]


def test_the_same_in_english() -> None:
    said = told("5 calendar days", "2026-06-01 09:00", language="en")

    assert [
        "At 09:00 on Monday 1 June 2026: the limit begins, this day is not counted",
        "Tuesday 2 June 2026: working day, counted, day 1",
    ] == said[:2]
    assert [
        "Saturday 6 June 2026: weekend, counted all the same, day 5",
        "Sunday 7 June 2026: weekend, not counted",
        "Monday 8 June 2026: the first working day after days off, on which the limit ends",
        "At 24:00 on Monday 8 June 2026: the limit ends",
    ] == said[-4:]


def test_a_suspension_is_told_day_by_day_or_from_instant_to_instant() -> None:
    days_off = Pause(at("2026-03-04 10:00"), at("2026-03-06 09:00"))
    hours_off = Pause(at("2026-03-02 10:00"), at("2026-03-03 14:00"))

    days = told("3 working days", "2026-03-02 09:00", days_off, language="vi")
    hours = told("4 working hours", "2026-03-02 08:30", hours_off, language="vi")

    assert [
        "Thứ Tư 04/03/2026: tạm dừng từ 10:00, không tính",
        "Thứ Năm 05/03/2026: tạm dừng, không tính",
        "Thứ Sáu 06/03/2026: tạm dừng đến 09:00, không tính",
    ] == days[2:5]
    assert [
        "Thứ Hai 02/03/2026: từ 08:30 đến 10:00, cộng dồn 1 giờ 30 phút",
        "Từ 10:00 thứ Hai 02/03/2026 đến 14:00 thứ Ba 03/03/2026: tạm dừng, không tính",
    ] == hours[1:3]


def test_a_day_that_is_not_certain_says_so() -> None:
    said = told("1 working day", "2027-02-03 09:00", language="vi")

    assert said[1].startswith("Thứ Năm 04/02/2027: ngày nghỉ lễ, tết (Tết Đinh Mùi, 28 tháng Chạp; căn cứ: ")
    assert said[1].endswith("; còn phải kiểm chứng), không tính")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_every_code_has_a_sentence(code: Code, language: Language) -> None:
    instant = at("2026-03-02 09:00")
    used = timedelta(hours=1) if code is Code.ROUND_THE_CLOCK else None

    said = in_words(Line(code, "I1", date(2026, 3, 2), True, 1, instant, instant, used), language)

    assert said[0].isupper()
    assert "{" not in said


@given(offices, limits, rules, starts(), waits_of(20), waits_of(20))
def test_whatever_happened_every_line_is_told_in_both_languages(
    office: WorkingTime, limit: Duration, rules: Rules, start: Instant, asked: timedelta, answered: timedelta
) -> None:
    changes: list[Change] = [
        Pause(start + asked, start + asked + answered, "restart"),
        Switched(start + asked + answered, limit),
        Extended(start + asked + answered, parse_duration("1 month")),
    ]

    lines = explain(office, limit, rules, start, changes)

    for language in LANGUAGES:
        assert all(len(in_words(line, language)) > 10 for line in lines)
