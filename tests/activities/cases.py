"""A published procedure and a submitted case for activities to work on: 1.014140, cut to what they read."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from activities.contracts import Order
from procedures.json_types import Json, JsonObject
from procedures.language.model.life import Deadline, Supplement
from procedures.language.model.parts import Document, FormField, Operation, Period, Result, Submitter
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import DocumentStep, Outcome, TaskStep
from procedures.time.files import load_calendars
from procedures.time.hours import office_hours
from records.commands import NewCommand, NewForm, form_digest, open_command
from records.pool import Pool
from records.procedures import publish
from tests.activities.papers import DECISION

AT = datetime(2026, 11, 2, 2, 20, tzinfo=UTC)
FORM: JsonObject = {
    "card_number": "GD4797912345678",
    "account": {"bank": "VCB", "number": "0123456789", "holder": "NGUYỄN THỊ LAN"},
}
REVIEW: JsonObject = {"payable": 4_200_000}
HOURS = office_hours({"mon-fri": ["07:30-11:30", "13:30-17:00"]})

PROCEDURE = Procedure(
    digest="sha256:of-the-tests",
    procedure="1.014140",
    version=1,
    title={
        "vi": "Thanh toán trực tiếp chi phí khám bệnh, chữa bệnh BHYT",
        "en": "Direct reimbursement of medical costs",
    },
    basis=("188/2025/NĐ-CP",),
    in_force=Period(from_="2025-07-01"),
    profile="nd118",
    channels=("counter", "online"),
    submitters=(Submitter(id="patient", kind="citizen", label={"vi": "Người bệnh"}),),
    form=(
        FormField(id="card_number", type="text", label={"vi": "Số thẻ BHYT"}),
        FormField(id="account", type="bank_account", label={"vi": "Tài khoản nhận tiền"}),
    ),
    documents=(
        Document(id="request", label={"vi": "Văn bản đề nghị"}, model="Mẫu số 10", originals=1),
        Document(id="identity", label={"vi": "Giấy tờ tùy thân"}, copies=1),
        Document(id="invoices", label={"vi": "Hóa đơn và bảng kê chi phí"}, originals=1),
    ),
    supplement=Supplement(
        answer_within="20 calendar days", effect="replace", new_limit="20 calendar days", on_expiry="stop"
    ),
    deadline=(Deadline(within="25 calendar days", counted_from="received"),),
    results=(
        Result(id="payment", code="KQ.G18.000291", as_="money", label={"vi": "Chi phí được thanh toán"}),
        Result(id="refusal", kind="refusal", label={"vi": "Văn bản trả lời nêu rõ lý do"}),
    ),
    operations=(
        Operation(
            connector="treasury",
            name="pay",
            gives=(
                FormField(id="reference", type="text", personal="no", label={"vi": "Số giao dịch"}),
                FormField(id="payee", type="text", label={"vi": "Người nhận"}),
            ),
            within="2 working days",
            irrevocable=True,
        ),
    ),
    steps=(
        TaskStep(
            kind="task",
            id="review",
            by="medical_review",
            title={"vi": "Giám định"},
            form=(FormField(id="payable", type="money", label={"vi": "Số tiền được thanh toán"}),),
            outcomes=(Outcome(name="approve", label={"vi": "Đồng ý"}, target="decision"),),
        ),
        DocumentStep(kind="document", id="decision", template="decision", number_from="decisions"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedCase:
    """A case as records hold it between the submission and whatever an activity does next."""

    case: str
    pin: str
    form: str
    review: str

    def order(self, activity: str, effect: str, with_: dict[str, Json]) -> Order:
        return Order(
            case=self.case,
            run="run",
            effect=effect,
            key=f"{self.case}/{effect}",
            activity=activity,
            with_=with_,
            pin=self.pin,
            at=AT,
        )


async def publish_procedure(pool: Pool, procedure: Procedure = PROCEDURE) -> str:
    """Publish and answer the digest of the pin."""
    async with pool.connection() as db:
        calendars = load_calendars(["vn-2026"])
        templates = {"decision.typ": Path(DECISION).read_text(encoding="utf-8")}
        version = await publish(db, procedure, templates=templates, calendars=calendars, hours=HOURS)
        return version.pin


async def submit_case(pool: Pool, case: str, *, pin: str) -> SubmittedCase:
    """Write the command row of a submission, with its forms, as the API does before the case exists."""
    forms = [NewForm(digest=form_digest(values), values=values) for values in (FORM, REVIEW)]
    refs = [f"form:{form.digest}" for form in forms]
    papers: list[Json] = [
        {"id": "request", "documents": ["file:1"]},
        {"id": "identity", "documents": ["file:2", "file:3"]},
        {"id": "invoices", "originals": 1},
    ]
    arguments: JsonObject = {
        "receiving": "ben-may",
        "channel": "online",
        "submitter": "patient",
        "parties": [{"role": "submitter", "ref": "account:c01"}],
        "form": refs[0],
        "papers": papers,
    }
    command = NewCommand(
        id=f"submit-{case}",
        case=case,
        actor="account:c01",
        verb="submit",
        document={"verb": "submit", "arguments": arguments},
        texts={"reason": "Thiếu bảng kê chi tiết."},
        forms=forms,
        key=bytes(32),
    )
    async with pool.connection() as db:
        await open_command(db, command)
    return SubmittedCase(case=case, pin=pin, form=refs[0], review=refs[1])


async def command_case(
    pool: Pool, case: str, verb: str, arguments: JsonObject, texts: dict[str, str] | None = None
) -> str:
    """Write the row of an officer's command and answer its id."""
    document: JsonObject = {"verb": verb, "arguments": arguments}
    command = NewCommand(
        id=f"{verb}-{case}", case=case, actor="officer:o01", verb=verb, document=document, texts=texts or {}
    )
    async with pool.connection() as db:
        await open_command(db, command)
    return command.id
