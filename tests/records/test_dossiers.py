"""What was handed in, put together from the commands that brought it; what was refused brought nothing."""

import pytest

from procedures.json_types import JsonObject
from records.commands import NewCommand, close_refused, open_command
from records.contacts import contacts
from records.dossiers import HandedIn, arguments_of, dossier_of
from records.errors import NotFound
from records.pool import Db

CASE = "case-1"
SUBMITTED: JsonObject = {
    "channel": "online",
    "parties": [{"role": "submitter", "ref": "account:c01"}, {"role": "owner", "ref": "account:c02"}],
    "papers": [{"id": "request", "documents": ["file:1"]}, {"id": "visit", "paper": "visit_book", "originals": 1}],
}


async def test_a_dossier_names_its_parties_and_papers(db: Db) -> None:
    await command(db, "submit", SUBMITTED)

    dossier = await dossier_of(db, CASE)

    assert dossier.channel == "online"
    assert dossier.parties == {"submitter": "account:c01", "owner": "account:c02"}
    assert dossier.papers == (
        HandedIn(id="request", files=1),
        HandedIn(id="visit", paper="visit_book", originals=1),
    )


async def test_a_supplement_joins_what_was_there_and_the_last_verdict_holds(db: Db) -> None:
    await command(db, "submit", SUBMITTED)
    await command(db, "send_supplement", {"papers": [{"id": "request", "documents": ["file:2", "file:3"]}]})
    await command(db, "accept", {"verdicts": [{"id": "request", "verdict": "ok"}, {"id": "slip", "verdict": "waived"}]})

    papers = (await dossier_of(db, CASE)).papers

    assert papers[0] == HandedIn(id="request", files=3, verdict="ok")
    assert papers[-1] == HandedIn(id="slip", verdict="waived")


async def test_a_refused_command_brought_nothing(db: Db) -> None:
    await command(db, "submit", SUBMITTED)
    refused = await command(db, "send_supplement", {"papers": [{"id": "request", "documents": ["file:2"]}]})
    await close_refused(db, refused, refusal={"code": "no-supplement-open"})

    assert (await dossier_of(db, CASE)).papers[0].files == 1


async def test_a_case_without_a_submission_has_no_dossier(db: Db) -> None:
    with pytest.raises(NotFound):
        await dossier_of(db, CASE)


async def test_what_came_with_a_command_is_found_by_its_id(db: Db) -> None:
    id = await command(db, "stop", {"settlement": "refund"})

    assert await arguments_of(db, id) == {"settlement": "refund"}
    assert await arguments_of(db, "unknown") == {}


async def test_people_are_reached_by_what_their_account_says(staffed: Db) -> None:
    found = await contacts(staffed, ["c01", "o01", "nobody"])

    assert {contact.id: contact.email for contact in found.values()} == {
        "c01": "c01@motcua.example",
        "o01": "o01@motcua.example",
    }


async def command(db: Db, verb: str, arguments: JsonObject) -> str:
    document: JsonObject = {"verb": verb, "arguments": arguments}
    new = NewCommand(id=f"{verb}-1", case=CASE, actor="account:c01", verb=verb, document=document, key=None)
    return (await open_command(db, new)).id
