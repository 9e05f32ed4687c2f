"""Files as values of a form: known by what is kept of them, never by what a caller says."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.arguments import Telling
from api.form_files import with_files
from procedures.json_types import Json
from procedures.language.applying.filled import Asking, check_fields
from procedures.language.loader import load_procedure
from procedures.language.model.parts import FormField
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from records.blobs import open_blobs
from records.files import StoredFile, add_file
from records.pool import Db, connect
from tests.api.office import PDF
from tests.procedures.language.house import CODE

SCAN = FormField(id="scan", type="file", label={"vi": "Bản quét"}, accept=("pdf",), max_size=1)
BILLS = FormField(
    id="bills",
    type="rows",
    key="no",
    label={"vi": "Hóa đơn"},
    fields=(FormField(id="no", type="text", label={"vi": "Số"}), SCAN),
)
FIELDS = (SCAN, BILLS)


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Db]:
    connection = await connect(database_url)
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
def reimbursement() -> Procedure:
    procedure = load_procedure(HOME / CODE / "procedure.yaml").procedure
    assert procedure is not None
    return procedure


@pytest.fixture
async def stored(db: Db, tmp_path: Path) -> StoredFile:
    return await add_file(db, open_blobs(tmp_path.as_uri()), owner="account:1", name="Giấy ra viện.pdf", content=PDF)


async def test_a_file_named_by_its_id_is_put_with_what_is_kept_of_it(db: Db, stored: StoredFile) -> None:
    telling = Telling(command="c")
    kept: Json = {"file": stored.ref, "name": stored.name, "size": len(PDF), "digest": stored.digest}

    values = await with_files(db, telling, FIELDS, {"scan": stored.id, "bills": [{"no": "1", "scan": stored.id}, {}]})

    assert {"scan": kept, "bills": [{"no": "1", "scan": kept}, {}]} == values
    assert [stored.id] == telling.files


async def test_a_form_that_was_read_back_may_be_sent_again(db: Db, stored: StoredFile) -> None:
    first = await with_files(db, Telling(command="c"), FIELDS, {"scan": stored.id})

    assert first == await with_files(db, Telling(command="d"), FIELDS, first)


@pytest.mark.parametrize(
    "said", ["b" * 8, 5, ["x"], {"name": "a.pdf", "size": 1, "digest": "0" * 64}, {"file": "file:nobody's"}]
)
async def test_what_nobody_handed_in_is_no_file(db: Db, reimbursement: Procedure, said: Json) -> None:
    telling = Telling(command="c")

    values = await with_files(db, telling, FIELDS, {"scan": said, "bills": [{"no": "1", "scan": said}]})

    checked = check_fields(Asking(reimbursement, FIELDS, {}), values)
    assert [("/form/scan", "wrong-type"), ("/form/bills/0/scan", "wrong-type")] == [
        (one.pointer, one.code) for one in checked.problems
    ]
    assert [] == telling.files


async def test_a_file_is_held_to_what_its_field_takes(db: Db, stored: StoredFile, reimbursement: Procedure) -> None:
    values = await with_files(db, Telling(command="c"), (SCAN,), {"scan": stored.id})

    def codes(**limits: object) -> list[str]:
        asked = SCAN.model_copy(update=limits)
        return [one.code for one in check_fields(Asking(reimbursement, (asked,), {}), values).problems]

    assert [[], ["wrong-ending"], ["too-large"]] == [codes(), codes(accept=("jpg",)), codes(max_size=0)]


async def test_an_empty_field_stays_empty(db: Db) -> None:
    assert {"scan": None} == await with_files(db, Telling(command="c"), FIELDS, {"scan": None})
