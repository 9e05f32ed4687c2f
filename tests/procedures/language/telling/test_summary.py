"""A version in one page of words: everything people ask about, in their language."""

import pytest

from procedures.language.model.parts import Expression
from procedures.language.model.procedure import Procedure
from procedures.language.telling.summary import summary
from tests.procedures.language.house import House


def test_a_version_is_told_chapter_by_chapter(reimbursement: Procedure) -> None:
    lines = list(summary(reimbursement, "vi"))

    assert lines[:4] == [
        "1.014140 v1  Thanh toán trực tiếp chi phí khám bệnh, chữa bệnh BHYT",
        "Căn cứ pháp lý: 2306/QĐ-BYT, 188/2025/NĐ-CP, 51/2024/QH15",
        "Thời gian áp dụng: ngày đầu: 01/07/2025",
        "Cách nộp hồ sơ: nộp trực tiếp tại quầy, nộp trực tuyến",
    ]
    assert _chapter(lines, "Thời hạn giải quyết") == ["- Thời hạn giải quyết (25 ngày; tính từ: lúc hồ sơ đến)"]
    assert _chapter(lines, "Kết quả")[-1] == (
        "- Kết quả “Chi phí được thanh toán” (mã kết quả: KQ.G18.000291; hình thức trả: tiền chi trả)"
    )


def test_a_step_is_told_with_who_where_how_long_and_what_may_come_of_it(reimbursement: Procedure) -> None:
    steps = _chapter(list(summary(reimbursement, "en")), "Steps")

    assert steps[:4] == [
        "- Step review “Medical review” (function: “Medical review”; budget: 15 calendar days; "
        "sends back to: the one-stop desk)",
        "  - Field “Amount payable” (kind of value: whole đồng; asked with the outcomes: approve; least: 1)",
        "  - Outcome “Approve” (goes to: step decision)",
        "  - Outcome “Reject” (goes to: the written refusal; reason: must be given)",
    ]


def test_what_the_procedure_sets_of_the_common_life_stands_apart(reimbursement: Procedure) -> None:
    lines = list(summary(reimbursement, "en"))

    [supplement] = _chapter(lines, "The life of every case, as this procedure sets it")
    told = {one.partition(":")[0] for one in supplement.removeprefix("- Supplement: ").split("; ")}

    assert told == {"time to ask", "time to answer", "effect on the limit", "new limit", "when no answer comes"}
    assert "- Stopping: approved by: “Leader”" in _chapter(lines, "The life of every case, as profile nd118 sets it")


def test_a_value_is_said_once_and_in_words(everything: Procedure) -> None:
    lines = list(summary(everything, "vi"))

    assert "  - Hướng xử lý “hết hạn” (bước đến: đề nghị dừng)" in lines
    assert _chapter(lines, "Thời hạn giải quyết")[0] == (
        "- Thời hạn giải quyết (“Hồ sơ đơn giản”) (10 ngày làm việc; thời hạn khi xác minh: 20 ngày làm việc)"
    )


def test_a_default_that_is_yes_is_said_as_a_value(house: House) -> None:
    house.change("self_bought: {type: boolean, default: false", "self_bought: {type: boolean, default: true")

    [field] = [line for line in summary(house.procedure(), "en") if "Bought medicine" in line and "Field" in line]

    assert field.endswith("(kind of value: yes or no; value if not given: yes)")


def test_an_amount_that_is_a_number_is_said_as_money_is(everything: Procedure) -> None:
    [fee] = everything.fees
    cheap = everything.model_copy(update={"fees": (fee.model_copy(update={"amount": Expression(text="20000")}),)})

    [line] = _chapter(list(summary(cheap, "vi")), "Phí, lệ phí")

    assert "(mức thu: 20.000; " in line


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_version_with_every_part_is_told_with_all_of_them(everything: Procedure, language: str) -> None:
    told = "\n".join(summary(everything, language))

    for step in everything.all_steps:
        assert f" {step.id}" in told
    labels = [
        *(one.label for one in everything.documents),
        *(one.label for one in everything.form),
        *(one.label for one in everything.results),
        *(one.label for one in everything.fees),
        *(one.label for one in everything.variants),
    ]
    assert [label for label in labels if f"“{label[language]}”" not in told] == []


def _chapter(lines: list[str], title: str) -> list[str]:
    rest = lines[lines.index(title) + 1 :]
    return rest[: rest.index("")] if "" in rest else rest
