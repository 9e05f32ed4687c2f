from pathlib import Path

import pytest

from procedures.time.errors import BadCalendar
from procedures.time.files import FOLDER, load_calendar, load_calendars

GOOD = """\
calendar: "test"
title: "Test"
zone: "Asia/Ho_Chi_Minh"
status: "fictional"
covers: {from: "2026-01-01", to: "2026-12-31"}
basis:
  - {id: "law", text: "invented"}
days_off:
  - {date: "2026-01-01", kind: "public_holiday", name: "New Year", basis: "law", certainty: "none"}
  - {date: "2026-01-02", kind: "swapped_off", name: "Swapped", basis: "law", certainty: "none"}
make_up_days:
  - {date: "2026-01-10", instead_of: "2026-01-02", basis: "law", certainty: "none"}
half_days:
  - {date: "2026-01-10", hours: ["07:30-11:30"], name: "Half", basis: "law", certainty: "none"}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "test.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_good_calendar_is_read(tmp_path: Path) -> None:
    calendar = load_calendar(written(tmp_path, GOOD))

    assert ("test", 2, 1, 1) == (
        calendar.id,
        len(calendar.days_off),
        len(calendar.make_up_days),
        len(calendar.half_days),
    )


def test_no_published_calendar_is_invented_and_every_day_names_its_certainty() -> None:
    calendars = [load_calendar(path) for path in sorted(FOLDER.glob("*.yaml"))]

    assert ["vn-2025", "vn-2026", "vn-2027"] == [calendar.id for calendar in calendars]
    assert ["final", "final", "provisional"] == [calendar.status for calendar in calendars]
    assert {"high", "medium"} == {off.certainty for calendar in calendars for off in calendar.days_off}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('title: "Test"', 'titel: "Test"', "test.yaml:2: unknown key 'titel'"),
        ('title: "Test"', 'title: "Test"\ntitle: "Again"', "test.yaml:3: duplicate key 'title'"),
        ('title: "Test"\n', "", "test.yaml:1: key 'title' is missing"),
        ('kind: "public_holiday"', 'kind: "holiday"', "test.yaml:9: 'holiday' is none of public_holiday"),
        ('date: "2026-01-01"', 'date: "01/01/2026"', "test.yaml:9: '01/01/2026' is no date"),
        ('date: "2026-01-01"', 'date: "2027-01-01"', "test.yaml:9: 2027-01-01 is outside the days"),
        ('date: "2026-01-02"', 'date: "2026-01-01"', "test.yaml:10: 2026-01-01 is listed twice"),
        ('{date: "2026-01-10", hours', '{date: "2026-01-02", hours', "test.yaml:14: 2026-01-02 is listed twice"),
        ('instead_of: "2026-01-02"', 'instead_of: "2026-01-05"', "test.yaml:12: 2026-01-05 is no swapped_off day"),
        ('name: "New Year", basis: "law"', 'name: "New Year", basis: "lore"', "test.yaml:9: basis 'lore'"),
        ('hours: ["07:30-11:30"]', 'hours: ["11:30-07:30"]', "test.yaml:14: '11:30-07:30' ends before it begins"),
        ('zone: "Asia/Ho_Chi_Minh"', 'zone: "UTC"', "test.yaml:3: zone is Asia/Ho_Chi_Minh"),
        ('to: "2026-12-31"', 'to: "2025-12-31"', "test.yaml:5: covers ends before it begins"),
        ('to: "2026-12-31"', 'to: "3026-12-31"', "test.yaml:5: covers days outside 1900-01-01 to 2999-12-31"),
        ('calendar: "test"', 'calendar: "other"', "test.yaml:1: calendar 'other' is in a file named 'test'"),
        ("days_off:\n", "days_off: 3\nx:\n", "test.yaml:8: a list is expected"),
        ('name: "New Year"', "name: ", "test.yaml:9: a text is expected"),
        (GOOD, "- 1", "test.yaml:1: a map with calendar"),
        (GOOD, "", "test.yaml: is empty"),
        (GOOD, "a: [", "test.yaml: is no YAML"),
        (GOOD, "[" * 10_000, "test.yaml: is no YAML"),
    ],
)
def test_a_wrong_calendar_names_file_and_line(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert old in GOOD

    with pytest.raises(BadCalendar) as error:
        load_calendar(written(tmp_path, GOOD.replace(old, new, 1)))

    assert any(one.startswith(problem) for one in error.value.problems), error.value.problems


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace('kind: "swapped_off"', 'kind: "off"').replace('title: "Test"', 'titel: "Test"')

    with pytest.raises(BadCalendar) as error:
        load_calendar(written(tmp_path, text))

    assert len(error.value.problems) >= 3


def test_an_unknown_calendar_is_answered_with_those_there_are() -> None:
    with pytest.raises(BadCalendar, match="vn-2025, vn-2026, vn-2027"):
        load_calendars(["vn-2031"])
