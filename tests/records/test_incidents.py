from datetime import timedelta

from records.incidents import open_incidents, raise_alarm, resolve_alarm
from records.pool import Db
from tests.records.support import AN, DUNG, NOON, case_number


async def test_an_alarm_is_one_incident_until_somebody_resolved_it(db: Db) -> None:
    for _ in range(2):
        await raise_alarm(db, case=case_number(1), code="journal-gap", detail={"have": 3}, now=NOON)
    (incident,) = await open_incidents(db, DUNG)

    assert ("journal-gap", "records", {"have": 3}) == (incident.code, incident.source, incident.detail)
    assert await resolve_alarm(db, incident.id, now=NOON)
    assert [] == await open_incidents(db, DUNG)

    await raise_alarm(db, case=case_number(1), code="journal-gap", detail={"have": 9}, now=NOON + timedelta(days=1))
    assert [{"have": 9}] == [one.detail for one in await open_incidents(db, DUNG)]


async def test_incidents_are_shown_to_their_owners_in_pages(db: Db) -> None:
    for number in range(5):
        at = NOON + timedelta(minutes=number)
        await raise_alarm(db, case=case_number(number), code="journal-gap", detail={}, now=at)

    first = await open_incidents(db, DUNG, limit=3)
    rest = await open_incidents(db, DUNG, after=(first[-1].opened_at, first[-1].id), limit=3)

    assert [case_number(number) for number in range(5)] == [one.case for one in first + rest]
    assert [] == await open_incidents(db, AN)
