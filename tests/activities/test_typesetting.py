"""Papers are one A4 page of right Vietnamese, the same for the same values, and reach nothing outside their folder."""

import subprocess
import sys
from datetime import timedelta

import pytest

from activities.typesetting import TypesettingError, pictures, statutory_template, typeset
from procedures.json_types import JsonObject
from tests.activities.papers import DECISION, GIVEN, LOOKUP, SET_AT, codes_on, number_of_pages, text_of

SENTENCES = {
    "receipt": (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mã hồ sơ: H99.07-261102-0042",
        "Nguyễn Thị Minh Họa, nộp trực tuyến",
        "Hóa đơn và bảng kê chi phí",
        "Hẹn trả kết quả Thứ Sáu 27/11/2026",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ),
    "supplement_request": (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "1 Hóa đơn và bảng kê chi phí Còn thiếu Nộp bản chính bảng kê",
        "Ông/bà nộp bổ sung chậm nhất: Thứ Năm 26/11/2026",
        "Nếu quá hạn này: chúng tôi dừng giải quyết hồ sơ.",
    ),
    "intake_refusal": (
        "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ",
        "không tiếp nhận, giải quyết hồ sơ này, với lý do cụ thể như sau",
        "ông/bà có quyền khiếu nại theo quy định của pháp luật",
    ),
    "apology_extension": (
        "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
        "Ngày hẹn trả kết quả mới: Thứ Sáu 11/12/2026",
        "xin lỗi ông/bà. Ông/bà không phải làm gì thêm.",
    ),
    "stop_notice": (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        "chậm nhất Thứ Năm 26/11/2026",
        "dừng giải quyết hồ sơ từ ngày 27 tháng 11 năm 2026",
    ),
    "reasoned_refusal": (
        "chưa đủ điều kiện để giải quyết",
        "Lý do: Chưa có bảng kê chi tiết nên chưa tính được số tiền.",
        "khiếu nại hoặc khởi kiện theo quy định của pháp luật",
    ),
    "decision": (
        "QUYẾT ĐỊNH Về việc thanh toán trực tiếp chi phí khám bệnh, chữa bệnh bảo hiểm y tế",
        "Số tiền 4.200.000 đồng Bằng chữ Bốn triệu hai trăm nghìn đồng",
        "Số tài khoản 0123456789",
    ),
}
LISTED: JsonObject = {
    "result": {"label": "Danh sách giải quyết chế độ ốm đau", "code": "KQ.G09.000358"},
    "facts": [{"label": "Tài khoản nhận tiền", "value": "VCB, 0123456789"}],
    "found": [{"label": "Số tiền", "value": "900.000 đồng"}],
    "lists": [
        {
            "label": "Người lao động",
            "columns": ["Mã số BHXH", "Họ và tên"],
            "rows": [["0110000001", "Nguyễn Văn A"]],
            "verdicts": ["Không giải quyết: thiếu giấy tờ"],
        }
    ],
}
NATIONAL_HEADING = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập – Tự do – Hạnh phúc"


@pytest.mark.parametrize("name", SENTENCES)
def test_every_paper_is_one_page_of_right_vietnamese(name: str) -> None:
    pdf = typeset(template(name), GIVEN, at=SET_AT)

    text = text_of(pdf)
    assert number_of_pages(pdf) == 1
    assert NATIONAL_HEADING in text
    assert [sentence for sentence in SENTENCES[name] if sentence not in text] == []


@pytest.mark.parametrize("name", SENTENCES)
def test_a_paper_can_be_set_from_the_least_that_is_known(name: str) -> None:
    """A case with an empty value must still get its paper, with the line left out."""
    least: JsonObject = {"code": "H99", "lookup": LOOKUP, "request": "", "day": "", "received": {"hour": "", "day": ""}}

    assert number_of_pages(typeset(template(name), least, at=SET_AT)) == 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("#decision-paper()", "QUYẾT ĐỊNH: Điều 1. Giải quyết theo đề nghị cho:"),
        ("#list-paper()", "DANH SÁCH GIẢI QUYẾT CHẾ ĐỘ ỐM ĐAU Hồ sơ mã số H99.07-261102-0042"),
        ("#certificate-paper()", "DANH SÁCH GIẢI QUYẾT CHẾ ĐỘ ỐM ĐAU Bộ phận Tiếp nhận"),
    ],
)
def test_a_result_in_a_usual_shape_shows_what_was_filed_and_what_came_of_each_line(call: str, says: str) -> None:
    pdf = typeset(f'#import "/nd118/result.typ": *\n{call}', {**GIVEN, **LISTED}, at=SET_AT)

    text = text_of(pdf)
    assert says in text
    assert "STT Mã số BHXH Họ và tên Kết quả 1 0110000001 Nguyễn Văn A Không giải quyết: thiếu giấy tờ" in text
    assert "Tài khoản nhận tiền VCB, 0123456789" in text
    assert "Số tiền 900.000 đồng" in text


def test_marked_letters_survive_the_way_into_a_paper_and_out() -> None:
    letters = "ễ ẫ ử ặ ộ ợ ữ ỹ ẻ ỗ Ế Ổ Ữ Đ đ ơ ư"

    pdf = typeset(template("intake_refusal"), {**GIVEN, "reason": letters}, at=SET_AT)

    assert letters in text_of(pdf)


def test_the_qr_code_of_a_receipt_leads_to_the_public_look_up() -> None:
    (page,) = pictures(template("receipt"), GIVEN, ppi=96)

    assert codes_on(page) == [LOOKUP]


def test_the_same_values_give_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib; from tests.activities.papers import *; from activities.typesetting import *\n"
        "print(hashlib.sha256(typeset(statutory_template('nd118', 'receipt'), GIVEN, at=SET_AT)).hexdigest())"
    )

    digests = {subprocess.check_output([sys.executable, "-c", program], text=True) for _ in range(2)}

    assert len(digests) == 1


def test_a_paper_carries_only_the_instant_it_is_given() -> None:
    later = SET_AT + timedelta(days=1)

    assert typeset(template("receipt"), GIVEN, at=SET_AT) != typeset(template("receipt"), GIVEN, at=later)


def test_papers_are_archival_pdf_that_a_screen_reader_can_follow() -> None:
    pdf = typeset(template("receipt"), GIVEN, at=SET_AT)

    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf


def test_values_are_text_and_never_markup() -> None:
    hostile = '#read("/nd118/letter.typ") *bold* $x$ @cite'

    pdf = typeset(template("intake_refusal"), {**GIVEN, "reason": hostile}, at=SET_AT)

    assert hostile in text_of(pdf)


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../../pyproject.toml"])
def test_a_template_reads_no_file_outside_the_templates(path: str) -> None:
    with pytest.raises(TypesettingError, match="typst refuses") as refusal:
        typeset(f'#read("{path}")', GIVEN, at=SET_AT)

    assert refusal.value.code == "template-broken"


def test_a_template_may_not_fetch_a_package() -> None:
    with pytest.raises(TypesettingError) as refusal:
        typeset('#import "@preview/cetz:0.3.0": *', GIVEN, at=SET_AT)

    assert refusal.value.code == "template-imports-package"


@pytest.mark.parametrize("name", ["no_such_paper", "../nd118/letter"])
def test_a_missing_template_is_said_with_its_name(name: str) -> None:
    with pytest.raises(TypesettingError) as refusal:
        statutory_template("nd118", name)

    assert refusal.value.code == "template-missing"


def template(name: str) -> str:
    if name == "decision":
        return DECISION.read_text(encoding="utf-8")
    return statutory_template("nd118", name)
