"""The file against what the national catalogue publishes."""

import pytest

from tests.procedures.language.house import House

RECORD = "catalogue/bhxh/published.yaml"
PUBLISHED = '["25 ngày", "5 ngày làm việc", "50 ngày"]'


def test_a_limit_the_record_does_not_have_needs_an_override(house: House) -> None:
    house.drop_overrides()

    problems = house.problems()

    assert [
        "procedure.yaml:21:1: deadline-contradicts-catalogue counter, online: record says 25, 5, 50, this file 25 "
        "(see its note, or override 'deadline' with its ground)",
    ] == problems


def test_a_limit_of_ones_own_is_told_where_it_stands(house: House) -> None:
    house.drop_overrides().change("within: 25 calendar days, counted", "within: 30 calendar days, counted")

    problems = house.problems()

    assert [
        "procedure.yaml:21:20: deadline-contradicts-catalogue counter, online: record says 25, 5, 50, this file 30 "
        "(see its note, or override 'deadline' with its ground)",
    ] == problems


def test_channels_that_are_published_differently_are_told_apart(house: House) -> None:
    house.drop_overrides()
    house.change(
        f"counter: {PUBLISHED}\n      online: {PUBLISHED}",
        'counter: ["25 ngày"]\n      online: ["20 ngày"]',
        name=RECORD,
    )

    [problem] = house.problems()

    assert "deadline-contradicts-catalogue online: record says 20, this file 25 " in problem


def test_a_procedure_the_catalogue_does_not_know_is_not_compared(house: House) -> None:
    house.drop_overrides()
    house.path(RECORD).unlink()

    assert [] == house.problems()


def test_what_is_published_in_words_is_not_compared(house: House) -> None:
    house.drop_overrides()
    house.change(f"counter: {PUBLISHED}\n      online: {PUBLISHED}", 'counter: ["Theo mô tả"]', name=RECORD)

    assert [] == house.problems()


def test_the_unit_of_a_limit_is_compared_with_the_record(house: House) -> None:
    house.change("within: 25 calendar days, counted", "within: 25 calendar days excluding public holidays, counted")

    problems = house.problems()

    assert [
        "procedure.yaml:21:20: unit-contradicts-catalogue counter, online: this file says "
        "'25 calendar days excluding public holidays', the record '25 ngày' "
        "(count in the record's unit, or override 'deadline' with its ground)"
    ] == problems


def test_a_number_that_its_own_note_contradicts_is_told(house: House) -> None:
    noted = '[{limit: "50 ngày", note: "Trong thời hạn 40 ngày kể từ ngày nhận đủ hồ sơ"}, "25 ngày"]'
    house.change(f"counter: {PUBLISHED}\n      online: {PUBLISHED}", f"counter: {noted}", name=RECORD)
    house.drop_overrides()

    problems = house.problems()

    assert [
        "procedure.yaml:21:1: deadline-text-contradicts-number counter: the record's number is '50 ngày', "
        "its note says '40 ngày' (say which one holds, and why, or override 'deadline' with its ground)"
    ] == problems


def test_a_file_may_follow_the_note_where_number_and_note_differ(house: House) -> None:
    noted = '[{limit: "25 ngày", note: "25 ngày, không bao gồm ngày nghỉ lễ, tết"}]'
    house.change(f"counter: {PUBLISHED}\n      online: {PUBLISHED}", f"counter: {noted}", name=RECORD)
    house.drop_overrides()
    house.change("within: 25 calendar days, counted", "within: 25 calendar days excluding public holidays, counted")

    assert ["deadline-text-contradicts-number"] == house.codes()


@pytest.mark.parametrize(
    ("counter", "said"),
    [
        ('["25 (hai mươi) ngày"]', "the record's number is '25 (hai mươi) ngày', its note says 'hai mươi ngày'"),
        (
            '[{limit: "25 ngày", note: "Trong thời hạn 25 (hai mươi) ngày kể từ ngày nhận"}]',
            "the record's number is '25 ngày', its note says 'hai mươi ngày'",
        ),
        ('[{limit: "25 ngày", note: "không quá 20 (hai mươi) ngày"}]', "its note says '20 (hai mươi) ngày'"),
        ('["025 (hai mươi lăm) ngày"]', ""),
        ('[{limit: "25 ngày", note: "Trong thời hạn 25 (hai mươi lăm) ngày kể từ ngày nhận"}]', ""),
    ],
)
def test_the_number_in_words_beside_the_figures_is_read_too(house: House, counter: str, said: str) -> None:
    house.drop_overrides()
    house.change(f"counter: {PUBLISHED}\n      online: {PUBLISHED}", f"counter: {counter}", name=RECORD)

    problems = house.problems()

    assert (["deadline-text-contradicts-number"] if said else []) == house.codes()
    assert all(said in problem for problem in problems)


def test_a_number_its_note_repeats_is_in_order(house: House) -> None:
    noted = '[{limit: "25 ngày", note: "Trong thời hạn 05 ngày làm việc yêu cầu bổ sung; 25 ngày kể từ ngày nhận"}]'
    house.change(f"counter: {PUBLISHED}\n      online: {PUBLISHED}", f"counter: {noted}", name=RECORD)
    house.drop_overrides()

    assert [] == house.problems()
