"""Invented values for every paper, and the readers of what was set."""

import io
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from procedures.json_types import JsonObject

DECISION = Path("procedures/catalogue/bhxh/1.014140/v1/templates/decision.typ")
SET_AT = datetime(2026, 11, 2, 2, 20, tzinfo=UTC)
LOOKUP = "https://motcua.songlam.example/progress?code=H99.07-261102-0042"

SUBMITTER: JsonObject = {
    "name": "Nguyễn Thị Minh Họa",
    "identity": "••• ••• ••0 042",
    "address": "12 đường Ví Dụ, phường Bến Mây, tỉnh Sông Lam",
    "phone": "0900 000 042",
    "email": "minhhoa@vidu.example",
}
GIVEN: JsonObject = {
    "form": "Mẫu 01",
    "superior": "Bảo hiểm xã hội tỉnh Sông Lam",
    "unit": "Bộ phận Tiếp nhận và Trả kết quả BHXH cơ sở Bến Mây",
    "place": "Bến Mây",
    "phone": "1900 0000",
    "day": "ngày 02 tháng 11 năm 2026",
    "code": "H99.07-261102-0042",
    "lookup": LOOKUP,
    "receipt": "0042/2026",
    "number": "0123/QĐ-BHXH",
    "submitter": SUBMITTER,
    "channel": "nộp trực tuyến",
    "filed_online": True,
    "request": "Thanh toán trực tiếp chi phí khám bệnh, chữa bệnh BHYT (1.014140)",
    "papers": [
        {"name": "Văn bản đề nghị (Mẫu số 10)", "original": 1},
        {"name": "Giấy tờ tùy thân", "copy": 1},
        {"name": "Giấy ra viện", "electronic": 1, "note": "đã xem tại nơi tiếp nhận"},
        {"name": "Hóa đơn và bảng kê chi phí", "original": 1},
    ],
    "received": {"hour": "09 giờ 20", "day": "Thứ Hai 02/11/2026"},
    "limit": "25 ngày",
    "counted_from": "tính từ ngày nộp",
    "due": "Thứ Sáu 27/11/2026",
    "delivery": "tiền vào tài khoản đã đăng ký.",
    "fee": "không thu.",
    "items": [
        {"name": "Hóa đơn và bảng kê chi phí", "kind": "Còn thiếu", "todo": "Nộp bản chính bảng kê"},
        {"name": "Giấy ra viện", "kind": "Không đúng", "todo": "Nộp bản sao có đóng dấu của bệnh viện"},
    ],
    "reason": "Chưa có bảng kê chi tiết nên chưa tính được số tiền.",
    "answer_by": "Thứ Năm 26/11/2026",
    "window": "20 ngày",
    "otherwise": "chúng tôi dừng giải quyết hồ sơ.",
    "accepted": "ngày 02 tháng 11 năm 2026",
    "original_due": "Thứ Sáu 27/11/2026",
    "new_date": "Thứ Sáu 11/12/2026",
    "extension": 1,
    "cause": "window_expired",
    "stopped": "ngày 27 tháng 11 năm 2026",
    "ground": "Điều 55 Nghị định số 188/2025/NĐ-CP",
    "filed": {
        "card_number": "GD4797912345678",
        "account": {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Thị Minh Họa"},
    },
    "steps": {"review": {"payable": {"figures": "4.200.000 đồng", "words": "Bốn triệu hai trăm nghìn đồng"}}},
}


def text_of(pdf: bytes) -> str:
    """Read a paper as a person does: composed letters, single spaces."""
    raw = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(unicodedata.normalize("NFC", raw).split())


def number_of_pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def codes_on(picture: bytes) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))]
