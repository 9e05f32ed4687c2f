"""What is told of what was filed and stops nothing."""

from collections.abc import Callable, Mapping

from procedures.json_types import Json
from procedures.language.applying.warnings import filing_warnings
from procedures.language.model.procedure import Procedure
from tests.procedures.language.house import House
from tests.procedures.time.offices import at, real

Example = Callable[[str], Procedure]
LEFT_ON = "  left_on: {type: date, label: {vi: Ngày ra viện}}\n  account: {like"
WINDOW = "windows:\n  filing: {who: submitter, within: 5 working days, after: form.left_on%s}\n"
RULE = 'checks: [{that: "years_between(form.left_on, case.submitted_on) < 1", message: {vi: Đã lâu}, effect: %s}]\n'


def changed(house: House, *blocks: str) -> Procedure:
    house.change("  account: {like", LEFT_ON)
    return house.change("deadline: {within", "".join(blocks) + "deadline: {within").procedure()


def told(procedure: Procedure, facts: Mapping[str, Json], filed: str) -> list[tuple[str, str]]:
    return [(one.id, one.texts["vi"]) for one in filing_warnings(procedure, facts, at(filed), real())]


def test_a_window_missed_is_told_with_its_last_day_its_ground_and_what_becomes_of_the_dossier(house: House) -> None:
    procedure = changed(house, WINDOW % ", ground: {vi: Khoản 2 Điều 9, en: Article 9}")

    late = told(procedure, {"form.left_on": "2026-03-02"}, "2026-03-10 08:00")

    sentence = (
        "Hồ sơ nộp sau ngày cuối của thời hạn (09/03/2026). Hồ sơ vẫn được tiếp nhận nếu đủ giấy tờ. "
        "Căn cứ: Khoản 2 Điều 9."
    )
    assert [("filing", sentence)] == late
    assert [] == told(procedure, {"form.left_on": "2026-03-02"}, "2026-03-09 23:00")
    assert [] == told(procedure, {}, "2026-03-10 08:00"), "a day nobody named is no ground to warn of anything"


def test_a_window_that_bars_acceptance_says_so_and_one_that_is_only_recorded_says_nothing(house: House) -> None:
    refusing = changed(house, WINDOW % ", if_late: refuse, ground: {vi: Điều 9}")
    facts: Mapping[str, Json] = {"form.left_on": "2026-03-02"}

    assert "Cơ quan sẽ từ chối tiếp nhận." in told(refusing, facts, "2026-03-10 08:00")[0][1]
    house.change("if_late: refuse", "if_late: record")
    assert [] == told(house.procedure(), facts, "2026-03-10 08:00")


def test_each_line_is_named_and_filing_early_is_told_with_the_first_day(example: Example) -> None:
    workers: Json = [{"back_on": "2026-01-05", "papers_on": "2026-02-26", "variant": "inpatient"}]

    [(id, sentence)] = told(example("1.014163"), {"form.workers": workers}, "2026-03-02 08:00")
    early = told(example("1.014171"), {"form.eligible_on": "2026-03-01"}, "2026-02-01 08:00")

    assert ("worker/1", True) == (id, sentence.startswith("Dòng 1: Hồ sơ nộp sau ngày cuối"))
    assert "Hồ sơ nộp trước ngày bắt đầu nhận (09/02/2026)." in early[0][1]


def test_a_rule_that_warns_is_told_in_its_own_words_and_one_that_blocks_is_the_forms(house: House) -> None:
    facts: Mapping[str, Json] = {"form.left_on": "2025-03-02", "case.submitted_on": "2026-03-10"}
    warning = changed(house, RULE % "warn")

    assert [("checks/1", "Đã lâu")] == told(warning, facts, "2026-03-10 08:00")
    house.change("effect: warn", "effect: block")
    assert [] == told(house.procedure(), facts, "2026-03-10 08:00")
