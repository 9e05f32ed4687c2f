"""A whole explanation in a few sentences."""

from datetime import time

import pytest

from procedures.time.duration import parse_duration
from procedures.time.limit import Change, Extended, Pause, Rules, reckon
from procedures.time.summary import summary
from procedures.time.telling import explain
from procedures.time.wording import Language
from tests.procedures.time.offices import at, real

PLAIN = Rules()


def said(limit: str, start: str, *changes: Change, rules: Rules = PLAIN, language: Language = "vi") -> str:
    asked = (real(), parse_duration(limit), rules, at(start), changes)
    reckoning = reckon(*asked)
    return summary(reckoning.duration, reckoning.due, explain(*asked), language)


def test_days_off_are_named_and_weekends_are_counted() -> None:
    assert said("5 working days", "2026-08-20 09:00") == (
        "Thời hạn là 5 ngày làm việc, tính từ 09:00 thứ Năm 20/08/2026. Ngày đầu không tính. "
        "Không tính 1 ngày nghỉ hằng tuần. Có tính ngày làm bù thứ Bảy 22/08/2026. "
        "Ngày thứ 5 là thứ Tư 26/08/2026: hết hạn lúc 24:00 ngày đó."
    )
    assert said("3 working days", "2026-08-27 16:00", rules=Rules(time(15)), language="en") == (
        "At 16:00 on Thursday 27 August 2026: received after the cut-off, counts as of 07:30 on Friday 28 August 2026. "
        "The limit is 3 working days, counted from 07:30 on Friday 28 August 2026. The first day is not counted. "
        "Not counted: 4 weekend days, Monday 31 August 2026 (Hoán đổi sang thứ Bảy 22/8/2026), "
        "Tuesday 1 September 2026 (Quốc khánh, ngày liền kề), Wednesday 2 September 2026 (Quốc khánh). "
        "Day 3 is Monday 7 September 2026: the limit ends at 24:00 that day."
    )


def test_a_last_day_that_is_not_worked_says_where_it_moved() -> None:
    assert said("25 calendar days", "2026-04-01 09:00") == (
        "Thời hạn là 25 ngày, tính từ 09:00 thứ Tư 01/04/2026. Ngày đầu không tính. Ngày nghỉ vẫn tính. "
        "Ngày thứ 25 là Chủ nhật 26/04/2026, không phải ngày làm việc, nên hạn chuyển đến 24:00 thứ Ba 28/04/2026."
    )
    assert said("1 month", "2026-01-30 09:00").endswith(
        "Ngày tương ứng là thứ Bảy 28/02/2026, không phải ngày làm việc, nên hạn chuyển đến 24:00 thứ Hai 02/03/2026."
    )


def test_a_suspension_is_said_once() -> None:
    first = Pause(at("2026-03-03 10:00"), at("2026-03-05 10:00"))
    second = Pause(at("2026-03-09 10:00"), at("2026-03-09 11:00"))

    assert (
        "Tạm dừng, không tính, từ thứ Ba 03/03/2026 đến hết thứ Năm 05/03/2026. "
        "Tạm dừng, không tính, từ thứ Hai 09/03/2026 đến hết thứ Hai 09/03/2026. "
    ) in said("5 working days", "2026-03-02 09:00", first, second)


def test_a_supplement_and_an_extension_are_said() -> None:
    replaced = Pause(at("2026-10-06 10:00"), at("2026-10-16 09:00"), "replace", parse_duration("5 calendar days"))
    extended = Extended(at("2026-10-19 09:00"), parse_duration("2 working days"))

    assert said("25 calendar days", "2026-10-01 09:00", replaced, extended) == (
        "Thời hạn ban đầu tính từ 09:00 thứ Năm 01/10/2026. "
        "Từ 10:00 thứ Ba 06/10/2026 đến 09:00 thứ Sáu 16/10/2026: tạm dừng, không tính. "
        "Lúc 09:00 thứ Sáu 16/10/2026: nhận đủ hồ sơ bổ sung, áp dụng thời hạn mới. "
        "Thời hạn là 5 ngày, tính từ 09:00 thứ Sáu 16/10/2026. Ngày đầu không tính. Ngày nghỉ vẫn tính. "
        "Lúc 09:00 thứ Hai 19/10/2026: gia hạn, tính tiếp từ hạn đang áp dụng, 24:00 thứ Tư 21/10/2026. "
        "Ngày gia hạn thứ 2 là thứ Sáu 23/10/2026: hết hạn lúc 24:00 ngày đó."
    )


@pytest.mark.parametrize(
    ("limit", "language", "words"),
    [
        ("within the day", "vi", "Phải xong trong ngày, tính từ 09:00 thứ Hai 02/03/2026. Hết hạn lúc 24:00 thứ Hai"),
        ("4 working hours", "vi", "Thời hạn là 4 giờ làm việc, tính từ 09:00 thứ Hai 02/03/2026. Hết hạn lúc 15:00"),
        ("1.5 working days", "vi", "Thời hạn là 1,5 ngày làm việc, tính từ"),
        ("24 hours", "en", "The limit is 24 hours, counted from 09:00 on Monday 2 March 2026. The limit ends at 09:00"),
        ("no limit", "en", "At 09:00 on Monday 2 March 2026: there is no limit."),
    ],
)
def test_a_limit_is_said_in_its_unit(limit: str, language: Language, words: str) -> None:
    assert said(limit, "2026-03-02 09:00", language=language).startswith(words)


def test_a_suspended_limit_has_no_date() -> None:
    assert said("5 working days", "2026-03-02 09:00", Pause(at("2026-03-04 10:00"))).endswith(
        "Lúc 10:00 thứ Tư 04/03/2026: bắt đầu tạm dừng, nên chưa có hạn."
    )
