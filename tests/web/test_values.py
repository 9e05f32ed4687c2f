"""Values of forms as people read them."""

from procedures.json_types import Json
from procedures.language.model.parts import FormField
from web.texts import words_in
from web.values import shown

COST = FormField(id="cost", type="money", label={"vi": "Số tiền"})
ON = FormField(id="on", type="date", label={"vi": "Ngày"})
BILLS = FormField(id="bills", type="rows", key="cost", label={"vi": "Hóa đơn"}, fields=(ON, COST))


def test_a_list_is_read_line_by_line() -> None:
    value: Json = [{"cost": 1200000, "on": "2026-03-02"}, {"cost": 5}]

    assert "1) 02/03/2026, 1.200.000 đ; 2) 5 đ" == shown(BILLS, value, words_in("vi"))


def test_a_file_is_named_with_its_size() -> None:
    scan = FormField(id="scan", type="file", label={"vi": "Bản quét"})
    value: Json = {"file": "file:1", "name": "Giấy ra viện.pdf", "size": 820000, "digest": "0" * 64}

    assert "Giấy ra viện.pdf (0,8 MB)" == shown(scan, value, words_in("vi"))
