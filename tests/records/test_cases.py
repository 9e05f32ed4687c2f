from pathlib import Path

import pytest

from records.blobs import Blobs, open_blobs
from records.cases import case_by_code, case_page, journal_page, names_of, stored_case
from records.commands import NewCommand, open_command
from records.documents import issue_document, store_document
from records.files import add_file
from records.forms import store_form
from records.journal import Run, record
from records.pool import Db, Pool
from records.projections import Closing
from tests.records.support import LAN, MAI, NOON, case_number, keep, snapshot_of, statements_of
from tests.records.test_journal import Writer, dump, entry

CASE = case_number(1)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs((tmp_path / "files").as_uri())


async def test_the_page_brings_all_it_needs_in_one_statement(staffed: Db, blobs: Blobs) -> None:
    given = await add_file(staffed, blobs, owner=LAN.ref, name="a.pdf", content=PDF)
    form = await store_form(staffed, case=CASE, values={"card_number": "GD1"}, author=LAN.ref)
    command = NewCommand(
        id="k", case=CASE, actor=LAN.ref, verb="submit", document={}, texts={"reason": "Vì sao"}, files=(given.id,)
    )
    await open_command(staffed, command)
    closing = Closing(id="k", outcome="done", first_seq=1, last_seq=2, answer=None)
    await keep(staffed, snapshot_of(CASE, code="H99.07-260302-0001"), closing=closing)

    with statements_of(staffed) as statements:
        page = await case_page(staffed, CASE, issued_only=True)

    assert page is not None and 1 == len(statements)
    assert ({form: {"card_number": "GD1"}}, {"command:k/reason": "Vì sao"}) == (page.forms, page.texts)
    assert [given.ref] == list(page.files) and ["ben-may"] == list(page.units)
    assert [("owner", LAN.name), ("submitter", LAN.name)] == [(one["role"], one["name"]) for one in page.parties]
    assert CASE == await case_by_code(staffed, "H99.07-260302-0001")


async def test_drafts_are_on_the_officers_page_only(staffed: Db, blobs: Blobs) -> None:
    await keep(staffed, snapshot_of(CASE))
    draft = await store_document(staffed, blobs, case=CASE, effect="e", kind="decision", content=PDF, name="a.pdf")

    officers, parties = [await case_page(staffed, CASE, issued_only=only) for only in (False, True)]
    await issue_document(staffed, case=CASE, document=draft.ref, at=NOON)
    issued = await case_page(staffed, CASE, issued_only=True)

    assert officers is not None and parties is not None and issued is not None
    assert ([draft.ref], [], [draft.ref]) == (list(officers.documents), list(parties.documents), list(issued.documents))


async def test_a_case_that_is_none_has_no_page(staffed: Db) -> None:
    assert (None, None, None) == (
        await case_page(staffed, CASE, issued_only=False),
        await stored_case(staffed, CASE),
        await case_by_code(staffed, "H99"),
    )


async def test_the_journal_is_read_newest_first_with_names(staffed: Db, pool: Pool) -> None:
    await keep(staffed, snapshot_of(case_number(2)))
    entries = [entry(seq) for seq in range(1, 6)]
    await record(pool, case=CASE, run=Run(id="run-1"), entries=entries, dump=dump(5), now=NOON)

    first = await journal_page(staffed, CASE, limit=3)
    rest = await journal_page(staffed, CASE, before=first[-1].seq, limit=3)

    assert [5, 4, 3, 2, 1] == [line.seq for line in first + rest]
    assert {LAN.name} == {line.actor for line in first}
    assert {LAN.ref: LAN.name, MAI.ref: MAI.name} == await names_of(staffed, [LAN.ref, MAI.ref, "system"])


async def test_the_stored_state_is_the_one_recorded_last(staffed: Db, pool: Pool) -> None:
    await keep(staffed, snapshot_of(case_number(2)))
    await Writer(pool).send(1, 3)

    stored = await stored_case(staffed, CASE)

    assert stored is not None
    assert (3, dump(3)) == (stored.last_seq, stored.dump)
