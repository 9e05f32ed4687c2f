"""What the applicant gets: every result has its code, is signed, and is there on every granted way."""

import pytest

from tests.procedures.language.house import House

RECORD = "catalogue/bhxh/published.yaml"
CODES = '      counter: ["25 ngày", "5 ngày làm việc", "50 ngày"]\n'
PAYMENT = "payment: {code: KQ.G18.000291, "


def test_a_result_without_a_code_is_told_those_not_declared(house: House) -> None:
    house.change(PAYMENT, "payment: {")

    problems = house.problems()

    assert [
        "procedure.yaml:24:3: result-without-code result 'payment' has no code (published: KQ.G18.000291)"
    ] == problems


def test_where_the_catalogue_lists_no_more_codes_none_is_missed(house: House) -> None:
    house.change("results:\n", "results:\n  slip: {as: paper, label: {vi: Phiếu, en: Slip}}\n")
    house.change("number_from: decisions}", "number_from: decisions, result: slip}")

    assert [] == house.problems()


def test_a_published_result_that_is_not_declared(house: House) -> None:
    house.change("results: [KQ.G18.000291]", "results: [KQ.G18.000291, KQ.G18.000047]", name=RECORD)

    problems = house.problems()

    assert [
        "procedure.yaml:23:1: result-missing published result KQ.G18.000047 does not appear "
        "(declare it and say which step produces it, or override 'results' with its ground)"
    ] == problems


def test_a_code_the_record_does_not_have(house: House) -> None:
    house.change(PAYMENT, "payment: {code: KQ.G18.000999, ")

    problems = house.problems()

    assert [
        "procedure.yaml:24:19: result-not-in-catalogue KQ.G18.000999 is not among the published results "
        "(published: KQ.G18.000291, or override 'results.payment.code' with its ground)",
    ] == problems


@pytest.mark.parametrize(("unsigned", "codes"), [("", ["result-unsigned"]), (", unsigned: true", [])])
def test_a_draft_nobody_signs_is_marked_so(house: House, unsigned: str, codes: list[str]) -> None:
    house.change("results:\n", "results:\n  slip: {as: paper, label: {vi: Phiếu, en: Slip}}\n")
    slip = "  - id: slip\n    document: {template: decision, result: slip" + unsigned + "}\n"

    house.change("  - id: pay\n", slip + "  - id: pay\n").change("sign: pay,", "sign: slip,")

    assert codes == house.codes(), house.problems()


def test_a_result_that_a_granted_way_leaves_out_is_optional(house: House) -> None:
    house.change("results:\n", "results:\n  decree: {as: paper, label: {vi: Quyết định, en: Decision}}\n")
    house.change("number_from: decisions}", "number_from: decisions, result: decree}")
    house.change("  - id: pay\n", "  - id: pay\n    skip_when: review.payable < 1000\n")

    [problem] = house.problems()

    assert problem.startswith(
        "procedure.yaml:25:3: result-not-always-produced way review → decision → sign ends granted without 'payment' "
    )


def test_a_signature_that_may_be_skipped_leaves_its_result_out(house: House) -> None:
    house.change("results:\n", "results:\n  decree: {as: paper, label: {vi: Quyết định, en: Decision}}\n")
    house.change("number_from: decisions}", "number_from: decisions, result: decree}")
    house.change("  - id: sign\n", "  - id: sign\n    skip_when: review.payable < 1000\n")

    found = [problem for problem in house.problems() if "result-not-always-produced" in problem]

    assert ["decree"] == [problem.split("without '")[1].split("'")[0] for problem in found]


HAND_OVER = "  - id: hand_over\n    deliver: {results: [payment]}\n"


def test_a_result_is_not_handed_over_before_it_is_made(house: House) -> None:
    house.change("approve: decision", "approve: hand_over").change("return: review", "return: decision")
    house.change("  - id: decision\n", HAND_OVER + "  - id: decision\n")

    problems = house.problems()

    assert [
        "procedure.yaml:31:25: result-delivered-early way review → hand_over hands over 'payment' before it is made "
        "(put the step behind what makes it, or override 'steps.hand_over.results.1' with its ground)"
    ] == problems


def test_a_draft_is_no_result_before_it_is_signed(house: House) -> None:
    house.change("number_from: decisions}", "number_from: decisions, result: payment}").change(
        ", result: payment}\nover", "}\nover"
    )
    house.change("  - id: sign\n", HAND_OVER + "  - id: sign\n").change("return: review", "return: desk")

    assert ["result-delivered-early"] == house.codes()


def test_a_result_is_handed_over_behind_what_makes_it(house: House) -> None:
    house.change("result: payment}\noverrides:", "result: payment}\n" + HAND_OVER + "overrides:")

    assert [] == house.codes()


def test_of_branches_that_run_together_one_does_not_hand_over_what_another_makes(house: House) -> None:
    made = """  - id: both
    parallel:
      join: all
      branches:
        a:
          label: {vi: Ra giấy, en: Paper}
          steps:
            - id: decision
              document: {template: decision, number_from: decisions, result: payment, unsigned: true}
        b:
          label: {vi: Trả, en: Hand over}
          steps:
            - id: hand_over
              deliver: {results: [payment]}
    outcomes: {granted: end, partly: end, refused: refuse}
"""
    house.steps(made)

    [told] = [one for one in house.problems() if "result-delivered-early" in one]

    assert "way both → hand_over hands over 'payment' before it is made" in told


BRANCHES = """  - id: both
    parallel:
      join: all
      branches:
        a:
          label: {vi: A, en: A}
          steps:
            - id: check_a
              task: {by: benefits, within: 1 calendar day, title: {vi: Xem, en: Look}}
              outcomes: {approve: made, reject: end_refused}
            - id: made
              document: {template: decision, number_from: decisions, result: payment, unsigned: true}
        b:
          label: {vi: B, en: B}
          steps:
            - id: check_b
              task: {by: collection, within: 1 calendar day, title: {vi: Xem, en: Look}}
              outcomes: {approve: end, reject: end_refused}
    outcomes: {granted: draft, partly: refuse, refused: refuse}
  - id: draft
    document: {template: decision, number_from: decisions, result: slip}
  - id: sign
    sign: {by: leader, documents: [draft], within: 1 working day, title: {vi: Ký, en: Sign}}
    outcomes: {sign: end, return: desk}
"""


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("join: all", "join: all", False),
        ("join: all", "join: any", True),
        ("{vi: A, en: A}", "{vi: A, en: A}\n          optional: true", True),
        ("{vi: A, en: A}", "{vi: A, en: A}\n          when: form.self_bought", True),
        ("{approve: made, ", "{approve: made, confirm: end, ", True),
    ],
)
def test_a_branch_that_need_not_be_there_or_passes_by_loses_its_result(
    house: House, old: str, new: str, lost: bool
) -> None:
    house.change("results:\n", "results:\n  slip: {as: paper, label: {vi: Phiếu, en: Slip}}\n")
    granted = BRANCHES.replace("partly: refuse, ", "") if "any" in new else BRANCHES
    house.steps(granted.replace(old, new))

    told = [one for one in house.problems() if "result-not-always-produced" in one]

    assert lost is bool(told)
    assert all("way both → draft → sign ends granted without 'payment'" in one for one in told)
