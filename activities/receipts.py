"""The receipt's own part: what was received, when, and by when the result is due (Mẫu số 01)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from activities.vietnamese import amount_in_figures, day_of, hour, weekday_and_date
from procedures.json_types import Json, JsonObject
from procedures.language.model.parts import Document
from procedures.language.model.procedure import Procedure
from procedures.time.spoken import spoken
from records.dossiers import Dossier, HandedIn
from workflows.core.reckoning import deadline_row

ON_DATA = "lấy từ cơ sở dữ liệu, không phải nộp"
WAIVED = "không phải nộp"
AT_THE_DESK = "đã xem tại nơi tiếp nhận"
HANDED_OVER_AS = {
    "money": "tiền vào tài khoản đã đăng ký",
    "paper": "bản giấy tại nơi đã nộp hồ sơ",
    "electronic": "bản điện tử tại trang hồ sơ",
    "any": "bản giấy hoặc bản điện tử, theo lựa chọn của ông/bà",
}
NOTHING_TO_PAY = "không thu"
OTHER_FEE = "Khoản thu khác"
PAYING = {"asked": "chưa nộp", "paid": "đã nộp", "waived": "được miễn"}
COUNTED_FROM = {"received": "tính từ ngày nộp đủ hồ sơ", "acceptance": "tính từ ngày tiếp nhận"}


def part(
    procedure: Procedure,
    dossier: Dossier,
    *,
    limit: Mapping[str, str] | None,
    fees: Sequence[JsonObject],
    received: datetime,
    accepted: datetime,
) -> JsonObject:
    counted_from = _counted_from(procedure, limit["source"]) if limit else "acceptance"
    # Where the law counts from the arrival, the arrival is what the receipt attests.
    taken = received if counted_from == "received" else accepted
    return {
        "received": {"hour": hour(taken), "day": weekday_and_date(day_of(taken))},
        "limit": spoken(limit["within"], "vi") if limit else None,
        "counted_from": COUNTED_FROM[counted_from] if limit else None,
        "papers": [paper for given in dossier.papers if (paper := _paper(procedure, given)) is not None],
        "delivery": "; ".join(dict.fromkeys(HANDED_OVER_AS[result.as_] for result in procedure.results)) + ".",
        "fee": ("; ".join(_fees(procedure, fees)) or NOTHING_TO_PAY) + ".",
    }


def _counted_from(procedure: Procedure, source: str) -> str:
    """Answer what the row of the deadline says that the case was given."""
    return deadline_row(procedure, source).counted_from


def _fees(procedure: Procedure, fees: Sequence[JsonObject]) -> Iterator[str]:
    """What was asked, and what may be asked before the result is handed over."""
    for asked in fees:
        declared = procedure.fee(str(asked["id"]))
        label = declared.label["vi"] if declared else OTHER_FEE
        yield f"{label} {amount_in_figures(int(str(asked['amount'])))} ({PAYING[str(asked['state'])]})"
    for fee in procedure.fees:
        if fee.collect != "intake" and fee.id not in {asked["id"] for asked in fees}:
            yield f"{fee.label['vi']} (nếu phải nộp, có thông báo trước khi trả kết quả)"


def _paper(procedure: Procedure, given: HandedIn) -> Json:
    """Answer a line of the table; None for what neither was handed in nor has to be."""
    document = procedure.document(given.id)
    if document is None:
        return None
    line: JsonObject = {"name": _name(procedure, document, given)}
    if given.verdict == "substituted":
        return {**line, "note": ON_DATA}
    if given.verdict == "waived":
        return {**line, "note": WAIVED}
    if given.originals or given.files:
        return {**line, "original": given.originals or None, "electronic": given.files or None}
    if given.verdict == "ok":
        return {**line, "original": document.originals or None, "copy": document.copies or None, "note": AT_THE_DESK}
    return None


def _name(procedure: Procedure, document: Document, given: HandedIn) -> str:
    paper = procedure.paper(given.paper) if given.paper else None
    label = (paper.label if paper else document.label)["vi"]
    model = (paper.model if paper else None) or document.model
    return f"{label} ({model})" if model else label
