"""What people filled in stands on a paper with its label, each value as its type is written."""

from activities.shown import labelled, listed
from procedures.json_types import JsonObject
from procedures.language.model.parts import FormField, Option

AMOUNT = FormField(id="amount", type="money", label={"vi": "Số tiền"})
ACCOUNT = FormField(id="account", type="bank_account", label={"vi": "Tài khoản"})
KIND = FormField(id="kind", type="choice", label={"vi": "Loại"}, options=(Option(id="once", label={"vi": "Một lần"}),))
LEAVE = FormField(id="back_on", type="date", label={"vi": "Ngày trở lại"})
WORKERS = FormField(id="workers", type="rows", label={"vi": "Người lao động"}, fields=(KIND, LEAVE))


def test_values_stand_beside_their_labels_in_the_order_of_the_form() -> None:
    values: JsonObject = {
        "account": {"bank": "VCB", "number": "0123456789", "holder": "Nguyễn Văn A"},
        "amount": 1_900_000,
        "kind": "once",
    }

    assert labelled((AMOUNT, ACCOUNT, LEAVE, KIND), values) == [
        {"label": "Số tiền", "value": "1.900.000 đồng"},
        {"label": "Tài khoản", "value": "VCB, 0123456789, Nguyễn Văn A"},
        {"label": "Loại", "value": "Một lần"},
    ]


def test_a_list_is_a_table_with_an_empty_cell_where_nothing_was_given() -> None:
    rows: list[JsonObject] = [{"kind": "once", "back_on": "2026-02-24"}, {"kind": "once"}]

    assert listed(WORKERS, rows) == {
        "label": "Người lao động",
        "columns": ["Loại", "Ngày trở lại"],
        "rows": [["Một lần", "24/02/2026"], ["Một lần", ""]],
    }


def test_a_list_is_not_repeated_among_the_single_values() -> None:
    assert labelled((WORKERS,), {"workers": [{"kind": "once"}]}) == []
