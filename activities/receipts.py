"""The receipt's own part: what was received, when, and by when the result is due (Mẫu số 01)."""

from datetime import datetime

from activities.vietnamese import day_of, hour, limit, weekday_and_date
from procedures.json_types import Json, JsonObject
from procedures.language.life import Deadline
from procedures.language.model import Procedure
from procedures.language.parts import Document
from records.dossiers import Dossier, HandedIn

ON_DATA = "lấy từ cơ sở dữ liệu, không phải nộp"
WAIVED = "không phải nộp"
AT_THE_DESK = "đã xem tại nơi tiếp nhận"
HANDED_OVER_AS = {
    "money": "tiền vào tài khoản đã đăng ký",
    "paper": "bản giấy tại nơi đã nộp hồ sơ",
    "electronic": "bản điện tử tại trang hồ sơ",
    "any": "bản giấy hoặc bản điện tử, theo lựa chọn của ông/bà",
}
COUNTED_FROM = {"received": "tính từ ngày nộp đủ hồ sơ", "acceptance": "tính từ ngày tiếp nhận"}


def part(procedure: Procedure, dossier: Dossier, *, accepted_at: datetime) -> JsonObject:
    row = _deadline(procedure, dossier)
    # Where the law counts from the arrival, the arrival is what the receipt attests.
    received = dossier.submitted_at if row and row.counted_from == "received" else accepted_at
    return {
        "received": {"hour": hour(received), "day": weekday_and_date(day_of(received))},
        "limit": limit(row.within) if row else None,
        "counted_from": COUNTED_FROM[row.counted_from] if row else None,
        "papers": [paper for given in dossier.papers if (paper := _paper(procedure, given)) is not None],
        "delivery": "; ".join(dict.fromkeys(HANDED_OVER_AS[result.as_] for result in procedure.results)) + ".",
        "fee": "không thu.",
    }


def _deadline(procedure: Procedure, dossier: Dossier) -> Deadline | None:
    """Answer the one row that fits by what is known here; where a condition decides, the receipt names no limit."""
    rows = [
        row
        for row in procedure.deadline
        if (not row.selectors.channels or dossier.channel in row.selectors.channels)
        and (not row.selectors.submitters or dossier.submitter in row.selectors.submitters)
        and (not row.selectors.variants or dossier.variant in row.selectors.variants)
    ]
    return rows[0] if len(rows) == 1 and rows[0].selectors.when is None else None


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
