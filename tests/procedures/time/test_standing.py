from datetime import timedelta

import pytest

from procedures.time.duration import parse_duration
from procedures.time.limit import Pause, Rules
from procedures.time.standing import Standing, forecast, standing
from tests.procedures.time.offices import at, real

DUE = at("2026-03-09 23:59:59.999999")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-06 16:00", Standing(False, 3, 1, 8.5 * HOUR)),
        ("2026-03-09 16:00", Standing(False, 0, 0, HOUR)),
        ("2026-03-09 23:59:59.999999", Standing(False, 0, 0, timedelta())),
        ("2026-03-10 00:00", Standing(True, -1, -1, timedelta())),
        ("2026-03-16 08:30", Standing(True, -7, -5, -31 * HOUR)),
    ],
)
def test_what_is_left_and_what_is_late(now: str, expected: Standing) -> None:
    assert expected == standing(real(), DUE, at(now))


def test_a_page_is_shown_where_the_calendars_end() -> None:
    assert Standing(True, -1028, None, None) == standing(real(), DUE, at("2028-12-31 09:00"))


def test_a_forecast_reckons_as_if_the_dossier_were_complete_now() -> None:
    pause = Pause(at("2026-10-06 10:00"), None, "replace", parse_duration("20 calendar days"))
    limit = parse_duration("25 calendar days")

    expected = forecast(real(), limit, Rules(), at("2026-10-01 09:00"), [pause], now=at("2026-10-16 09:00"))

    assert "2026-11-05" == str(expected.last_day)
