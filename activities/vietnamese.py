"""How papers and messages say amounts, dates and instants in Vietnamese."""

from datetime import date, datetime, timedelta, timezone

HANOI = timezone(timedelta(hours=7))

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 10**9
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def amount_in_words(amount: int) -> str:
    """Say an amount of money as official papers write it under the figure: 4200000 → Bốn triệu hai trăm nghìn đồng."""
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def amount_in_figures(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")


def number_in_words(number: int) -> str:
    if number < 0:
        raise ValueError(f"{number} is negative; an amount on a paper never is")
    if number == 0:
        return _DIGITS[0]
    return " ".join(_words(number, leading=True))


def _words(number: int, *, leading: bool) -> list[str]:
    if number >= _BILLION:
        billions, rest = divmod(number, _BILLION)
        return [*_words(billions, leading=leading), "tỷ", *_words(rest, leading=False)]
    words: list[str] = []
    for place in (2, 1, 0):
        group = number // 1000**place % 1000
        if group == 0:
            continue
        words += _group(group, leading=leading and not words)
        words += [_GROUPS[place]] if place else []
    return words


def _group(group: int, *, leading: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    # Only the leading group goes without its hundreds: 1.005 is "một nghìn không trăm linh năm".
    words = [] if leading and hundreds == 0 else [_DIGITS[hundreds], "trăm"]
    return words + _below_hundred(rest, after_hundreds=bool(words))


def _below_hundred(rest: int, *, after_hundreds: bool) -> list[str]:
    tens, units = divmod(rest, 10)
    if tens == 0:
        if units == 0:
            return []
        return ["linh", _DIGITS[units]] if after_hundreds else [_DIGITS[units]]
    spoken = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    return spoken + ([_unit_after_tens(tens, units)] if units else [])


def _unit_after_tens(tens: int, units: int) -> str:
    if units == 5:
        return "lăm"
    if tens > 1 and units == 1:
        return "mốt"
    if tens > 1 and units == 4:
        return "tư"
    return _DIGITS[units]


def date_in_words(day: date) -> str:
    """Days below ten and the months one and two carry a leading zero (30/2020/NĐ-CP, Annex I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def weekday_and_date(day: date) -> str:
    """The weekday is joined by a no-break space, so that a line never ends in "Thứ"."""
    weekday = _WEEKDAYS[day.weekday()].replace(" ", "\N{NO-BREAK SPACE}")
    return f"{weekday} {day:%d/%m/%Y}"


def hour(instant: datetime) -> str:
    return f"{instant.astimezone(HANOI):%H giờ %M}"


def day_of(instant: datetime) -> date:
    return instant.astimezone(HANOI).date()
