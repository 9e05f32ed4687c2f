import pytest

from procedures.time.calendar import Session
from procedures.time.errors import BadCalendar
from procedures.time.hours import office_hours


def test_a_range_and_single_days_are_read() -> None:
    hours = office_hours({"mon-thu": ["07:30-11:30", "13:30-17:00"], "sat": ["08:00-24:00"]})

    assert (Session(450, 690), Session(810, 1020)) == hours.week[0] == hours.week[3]
    assert () == hours.week[4] == hours.week[6]
    assert (Session(480, 1440),) == hours.week[5]


@pytest.mark.parametrize(
    ("week", "hint"),
    [
        ({}, "no weekday has any"),
        ({"mon": []}, "give at least one session"),
        ({"monday": ["08:00-12:00"]}, "is no weekday"),
        ({"mon-": ["08:00-12:00"]}, "is no weekday"),
        ({"fri-mon": ["08:00-12:00"]}, "a range goes forward"),
        ({"mon-wed": ["08:00-12:00"], "wed": ["08:00-12:00"]}, "wed are given twice"),
        ({"mon": ["12:00-08:00"]}, "ends before it begins"),
        ({"mon": ["08:00-12:00", "11:00-13:00"]}, "overlap"),
        ({"mon": ["8:00-12:00"]}, "is no time of day"),
        ({"mon": ["08:00-24:01"]}, "is no time of day"),
        ({"mon": ["08:60-12:00"]}, "is no time of day"),
        ({"mon": ["08:00"]}, "is no time of day"),
    ],
)
def test_wrong_hours_say_what_is_wrong(week: dict[str, list[str]], hint: str) -> None:
    with pytest.raises(BadCalendar) as error:
        office_hours(week)

    assert hint in str(error.value)
