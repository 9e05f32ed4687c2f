from datetime import date, timedelta

from records.organisation import Place, holders, receiving_units, route, units, units_for
from records.organisation_file import Organisation
from records.pool import Db
from records.seeding import load_organisation

TODAY = date(2026, 3, 2)


async def found(db: Db, function: str, place: Place, *, receiving: str = "ben-may", on: date = TODAY) -> list[str]:
    return await units_for(db, function=function, place=place, receiving=receiving, on=on)


async def test_what_a_base_unit_receives_the_province_decides(staffed: Db) -> None:
    assert ["song-lam"] == await found(staffed, "medical_review", Place())
    assert ["song-lam"] == await found(staffed, "leader", Place(name="competent"))


async def test_the_one_stop_that_received_is_nearest(staffed: Db) -> None:
    assert ["ben-may", "song-lam"] == await found(staffed, "one_stop", Place(name="receiving"))


async def test_a_declared_unit_is_found_by_agency_and_level(staffed: Db) -> None:
    assert ["song-lam"] == await found(staffed, "clerk", Place(name="province", agency="vss", level="province"))
    assert [] == await found(staffed, "clerk", Place(name="police", agency="police", level="commune"))


async def test_an_area_of_the_form_decides_for_the_unit_that_serves_it(staffed: Db) -> None:
    police = {"name": "police", "agency": "police", "level": "commune"}
    new_office = {"name": "new_office", "agency": "vss", "level": "province"}

    assert ["cong-an-ben-may"] == await found(staffed, "residence", Place(**police, areas=("01/00004", "01")))
    assert ["tan-giang"] == await found(staffed, "benefits", Place(**new_office, areas=("79",)))
    assert ["song-lam"] == await found(staffed, "benefits", Place(**new_office, areas=("01/00004", "01")))
    assert [] == await found(staffed, "residence", Place(**police, areas=("79/00001", "79")))


async def test_a_function_nobody_has_leads_nowhere(staffed: Db) -> None:
    assert await route(staffed, function="poetry", place=Place(), receiving="ben-may", on=TODAY) is None


async def test_a_function_counts_on_its_days_only(staffed: Db) -> None:
    await staffed.execute(
        "update unit_function set valid_to = %s where unit = 'song-lam' and function = 'leader'", (TODAY,)
    )

    assert ["song-lam"] == await found(staffed, "leader", Place())
    assert [] == await found(staffed, "leader", Place(), on=TODAY + timedelta(days=1))


async def test_without_a_competent_unit_the_receiving_one_decides(staffed: Db) -> None:
    await staffed.execute("delete from competence")

    assert ["ben-may", "song-lam"] == await found(staffed, "clerk", Place())


async def test_dossiers_are_handed_in_where_a_one_stop_is(staffed: Db) -> None:
    offered = await receiving_units(staffed, function="one_stop", on=TODAY)

    assert {"ben-may", "dong-sen", "song-lam", "xa-ben-may"} == {unit.id for unit in offered}


async def test_holders_are_sorted_by_name_and_heads_can_be_asked_for(staffed: Db) -> None:
    everybody = await holders(staffed, unit="song-lam", function="medical_review", on=TODAY)
    heads = await holders(staffed, unit="song-lam", function="medical_review", on=TODAY, of="heads")

    assert ["Trần Minh An", "Mai Quốc Khánh"] == [holder.name for holder in everybody]
    assert ["o02"] == [holder.id for holder in heads]


async def test_loading_twice_changes_nothing_and_keeps_passwords(staffed: Db, demo: Organisation) -> None:
    await staffed.execute("update account set password = 'kept' where id = 'o01'")
    count = "select (select count(*) from unit), (select count(*) from duty), (select count(*) from account)"
    before = await (await staffed.execute(count)).fetchone()

    await load_organisation(staffed, demo)

    assert before == await (await staffed.execute(count)).fetchone()
    assert ("kept",) == await (await staffed.execute("select password from account where id = 'o01'")).fetchone()


async def test_units_are_named_in_both_languages(staffed: Db) -> None:
    known = await units(staffed, ["ben-may", "nowhere"])

    assert {"vi": "BHXH cơ sở Bến Mây", "en": "Base unit of Bến Mây"} == known["ben-may"].name
    assert ["ben-may"] == list(known)
