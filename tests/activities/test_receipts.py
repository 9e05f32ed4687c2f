"""What a receipt says of fees."""

from datetime import UTC, datetime

import pytest

from activities import receipts
from procedures.json_types import JsonObject
from procedures.language.check import check_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from records.dossiers import Dossier

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


def _procedure(code: str) -> Procedure:
    checked = check_procedure(HOME / f"catalogue/bhxh/{code}/v1/procedure.yaml")
    assert checked.procedure is not None
    return checked.procedure


@pytest.mark.parametrize(
    ("fees", "sentence"),
    [
        ([], "không thu."),
        (
            [{"id": "residence", "amount": 20_000, "state": "paid"}],
            "Lệ phí đăng ký thường trú (tạm thu) 20.000 đồng (đã nộp).",
        ),
        (
            [
                {"id": "residence", "amount": 20_000, "state": "waived"},
                {"id": "other", "amount": 1_500_000, "state": "asked"},
            ],
            "Lệ phí đăng ký thường trú (tạm thu) 20.000 đồng (được miễn); Khoản thu khác 1.500.000 đồng (chưa nộp).",
        ),
    ],
)
def test_a_receipt_says_what_is_paid_waived_and_owed(fees: list[JsonObject], sentence: str) -> None:
    dossier = Dossier(channel="counter", parties={}, papers=(), submitted_at=NOW)

    part = receipts.part(_procedure("2.000986"), dossier, limit=None, fees=fees, received=NOW, accepted=NOW)

    assert sentence == part["fee"]
