"""The paper that answers a list says of every line how it ended: the amount granted, or why it was refused."""

from pathlib import Path

import pytest

from activities.addresses import Addresses
from activities.documents import Documents
from cli.catalogue import templates_of
from procedures.json_types import Json, JsonObject
from procedures.language.check import check_procedure
from procedures.language.resolving.sources import HOME
from procedures.time.files import load_calendars
from records.blobs import open_blobs
from records.commands import NewCommand, NewForm, form_digest, open_command
from records.documents import document_of
from records.numbers import register
from records.pool import Pool
from records.procedures import publish
from tests.activities.cases import AT, HOURS, SubmittedCase
from tests.activities.papers import text_of

CASE = "0b6f2f0e-6a54-4d0e-8c9c-7a7f6d1a0005"
ACCOUNT: JsonObject = {"bank": "VCB", "number": "0123456789", "holder": "Công ty A"}
FILED: JsonObject = {
    "account": ACCOUNT,
    "workers": [
        {"insurance_number": "0110000001", "name": "Trần Văn Bình", "days": 3, "variant": "inpatient"},
        {"insurance_number": "0110000002", "name": "Lê Thị Cúc", "days": 5, "variant": "inpatient"},
    ],
}
GRANTED: JsonObject = {"payable": 900_000}
NOTHING: JsonObject = {}

pytestmark = pytest.mark.usefixtures("organisation")


@pytest.fixture
async def case(pool: Pool) -> SubmittedCase:
    """An employer's list of two workers, filed and accepted."""
    version = check_procedure(HOME / "catalogue/bhxh/1.014163/v1/procedure.yaml")
    assert version.procedure is not None
    forms = [NewForm(digest=form_digest(values), values=values) for values in (FILED, GRANTED, NOTHING)]
    refs = [f"form:{form.digest}" for form in forms]
    arguments: JsonObject = {
        "receiving": "ben-may",
        "channel": "online",
        "submitter": "employer",
        "parties": [{"role": "submitter", "ref": "account:c01"}],
        "form": refs[0],
        "papers": [],
    }
    command = NewCommand(
        id=f"submit-{CASE}",
        case=CASE,
        actor="account:c01",
        verb="submit",
        document={"verb": "submit", "arguments": arguments},
        texts={"reason": "Thiếu giấy ra viện."},
        forms=forms,
        key=bytes(32),
    )
    async with pool.connection() as db:
        calendars = load_calendars(["vn-2026"])
        published = await publish(
            db, version.procedure, templates=templates_of(version), calendars=calendars, hours=HOURS
        )
        await open_command(db, command)
    async with pool.connection() as db, db.transaction():
        await register(db, case=CASE, unit="ben-may", at=AT)
    return SubmittedCase(case=CASE, pin=published.pin, form=refs[0], review=refs[1])


async def test_the_list_says_what_each_line_gets_or_why_it_gets_nothing(
    pool: Pool, case: SubmittedCase, tmp_path: Path
) -> None:
    blobs = open_blobs((tmp_path / "files").as_uri())
    documents = Documents(pool, blobs=blobs, addresses=Addresses("https://motcua.example"))
    lines: list[Json] = [
        {"line": 1, "verdict": "granted", "forms": {"assess": case.review}},
        {"line": 2, "verdict": "refused", "reason": {"code": "other", "text": f"command:submit-{CASE}/reason"}},
    ]
    asked: dict[str, Json] = {
        "document": "draft",
        "template": "settled_list",
        "unit": "song-lam",
        "form": case.form,
        "forms": {},
        "items": [],
        "values": {},
        "code": "H99.07-261102-0001",
        "result": "settled",
        "lines": {"review": lines},
    }

    result = await documents.render(case.order("Document.render", "draft:1", asked))

    async with pool.connection() as db:
        document = await document_of(db, case=CASE, document=str(result["document"]))
    text = text_of(await blobs.get(document.digest))
    assert "Trần Văn Bình 3" in text
    assert "Được giải quyết: Số tiền 900.000 đồng" in text
    assert "Không giải quyết: Thiếu giấy ra viện." in text
