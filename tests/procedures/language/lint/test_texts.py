"""Texts people read: in every language, and without personal data where others read along."""

import pytest

from procedures.language.check import check
from tests.procedures.language.house import House

PROFILE = "profiles/nd118.yaml"
WAYS = 'ways: [portal, post], text: {vi: "Hồ sơ {case.code} cần xác minh; thời hạn mới: {due}."'


def test_a_text_without_a_language_is_a_warning(house: House) -> None:
    house.change("label: {vi: Số thẻ BHYT, en: Card number}", "label: {vi: Số thẻ BHYT}")

    problems = house.problems()

    assert [
        "procedure.yaml:10:66: translation-missing label of 'card_number' has no 'en' (add the translation)"
    ] == problems


def test_the_texts_of_a_fragment_are_told_in_its_own_file(house: House) -> None:
    house.change("{vi: Giấy ra viện, en: Discharge paper}", "{vi: Giấy ra viện}", name="catalogue/bhxh/common.yaml")

    problems = check([house.root]).problems

    assert ["label of 'discharge_paper' has no 'en'"] == [problem.message for problem in problems]


def test_personal_data_in_what_everybody_reads_is_an_error(house: House) -> None:
    house.change(
        "  - id: decision\n", '  - id: decision\n    public: {text: {vi: "Của {form.card_number}", en: Decided}}\n'
    )

    problems = house.problems()

    assert [
        "procedure.yaml:31:30: public-personal-data '{form.card_number}' in text of 'decision', which everybody reads "
        "(leave it out; only notices are filled in)"
    ] == problems


def test_what_a_step_found_is_personal_too(house: House) -> None:
    house.change("title: {vi: Ký quyết định,", 'title: {vi: "Ký {review.payable} đồng",')

    assert ["public-personal-data"] == house.codes()


def test_personal_data_leaves_by_no_open_way(house: House) -> None:
    house.change(WAYS, WAYS.replace("portal, post", "portal, sms").replace("{due}", "{form.card_number}"), name=PROFILE)

    [problem] = house.problems()

    assert "notice-personal-data '{form.card_number}' in a text sent by sms " in problem


def test_by_portal_and_post_a_notice_may_name_what_is_personal(house: House) -> None:
    house.change(WAYS, WAYS.replace("{due}", "{form.card_number}"), name=PROFILE)

    assert [] == house.problems()


def test_a_placeholder_nothing_fills_is_an_error(house: House) -> None:
    house.change(WAYS, WAYS.replace("{due}", "{dew}"), name=PROFILE)

    [problem] = house.problems()

    assert problem.startswith("profiles/nd118.yaml:")
    assert "unknown-placeholder nothing fills '{dew}' (known: {case.code}, {due}" in problem


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{ form.card_number }", "public-personal-data"),
        ("{form.Card_number}", "public-personal-data"),
        ("${form.card_number}", "public-personal-data"),
        ("{card_number}", "public-personal-data"),
        ("{due}", "unknown-placeholder"),
        ("{owner.name}", "unknown-placeholder"),
    ],
)
def test_what_is_meant_by_braces_counts_in_one_language_too(house: House, written: str, code: str) -> None:
    house.change("{vi: Hóa đơn và bảng kê chi phí,", f'{{vi: "Hóa đơn của {written}",')

    [problem] = house.problems()

    assert f" {code} " in problem and "only notices are filled in" in problem


@pytest.mark.parametrize("ways", ["portal, post", "portal, sms"])
def test_a_placeholder_with_blanks_is_not_filled_in_and_told(house: House, ways: str) -> None:
    house.change(WAYS, WAYS.replace("portal, post", ways).replace("{due}", "{ form.card_number }"), name=PROFILE)

    assert ["notice-personal-data" if "sms" in ways else "unknown-placeholder"] == house.codes()


def test_a_copy_of_the_vietnamese_is_no_translation(house: House) -> None:
    house.change("en: Invoices and cost list}", "en: Hóa đơn và bảng kê chi phí}")

    assert [
        "procedure.yaml:18:21: translation-missing label of 'invoices' says in 'en' the words of 'vi' "
        "(add the translation)"
    ] == house.problems()
