from pydantic import TypeAdapter

from procedures.time.calendar import Calendar, OfficeHours
from procedures.time.files import load_calendars
from tests.procedures.time.offices import USUAL


def test_calendars_and_hours_survive_json() -> None:
    calendars = TypeAdapter(tuple[Calendar, ...])
    hours = TypeAdapter(OfficeHours)
    loaded = load_calendars(["vn-2025", "vn-2026", "vn-2027"])

    assert loaded == calendars.validate_python(calendars.dump_python(loaded, mode="json"))
    assert loaded == calendars.validate_json(calendars.dump_json(loaded))
    assert USUAL == hours.validate_python(hours.dump_python(USUAL, mode="json"))
