"""Nobody signs their own work, every function is somebody's, and a second person can be found."""

from dataclasses import replace

import pytest

from procedures.language.check import Around, check_procedure
from procedures.language.lint.organisation import Offices, Organisation, Post
from tests.procedures.language.house import House

NOT_SAME = ", not_same_as: [review]"


def post(function: str, *officers: str, unit: str = "song-lam") -> Post:
    return Post(unit, "vss", "province", function, frozenset(officers))


def offices(posts: tuple[Post, ...], **books: str) -> Offices:
    kept = {unit.replace("_", "-"): frozenset(names.split()) for unit, names in books.items()}
    return lambda day: Organisation(day, posts, kept or {"song-lam": frozenset({"decisions", "outgoing"})})


EVERYTHING = (
    *(post("one_stop", "mai", unit="ben-may"), post("medical_review", "an"), post("leader", "binh")),
    *(post("clerk", "chi"), post("designer", "giang")),
)


def test_who_decided_does_not_sign(house: House) -> None:
    house.change(NOT_SAME, "")

    problems = house.problems()

    assert [
        "procedure.yaml:32:9: signer-may-be-handler the person of 'review' may sign "
        "(add not_same_as: [review], or override 'steps.sign' with its ground)"
    ] == problems


def test_a_signer_excludes_the_last_to_decide_not_all_before(house: House) -> None:
    before = """  - id: look
    task: {by: benefits, within: 1 calendar day, title: {vi: Xem, en: Look}}
    outcomes: {approve: review}
"""
    house.change("within: 15 calendar days", "within: 14 calendar days")

    house.change("  - id: review\n", before + "  - id: review\n")

    assert "signer-may-be-handler" not in house.codes()


COUNCIL = """  - id: council
    parallel:
      join: all
      branches:
        a:
          label: {vi: Phiếu, en: Vote}
          steps:
            - id: vote_a
              task: {by: benefits, within: 1 calendar day, title: {vi: Biểu quyết, en: Vote}}
              outcomes: {approve: end, reject: end_refused}
        b:
          label: {vi: Phiếu, en: Vote}
          steps:
            - id: vote_b
              task: {by: collection, within: 1 calendar day, title: {vi: Biểu quyết, en: Vote}}
              outcomes: {approve: sheet_b, reject: end_refused}
            - id: sheet_b
              document: {template: decision, number_from: decisions}
    outcomes: {granted: decision, partly: decision, refused: refuse}
  - id: decision
    document: {template: decision, number_from: decisions, result: payment}
  - id: sign
    sign: {by: leader, documents: [decision], within: 1 working day, title: {vi: Ký, en: Sign}}
    outcomes: {sign: end, return: council}
"""


def test_who_voted_in_a_branch_does_not_sign(house: House) -> None:
    house.steps(COUNCIL)

    problems = [one for one in house.problems() if "signer-may-be-handler" in one]

    assert 2 == len(problems)
    assert "the person of 'vote_a' may sign (add not_same_as: [vote_a]," in problems[0]
    assert "the person of 'vote_b' may sign (add not_same_as: [vote_b]," in problems[1]


def test_where_somebody_decided_before_the_branches_opinions_in_them_are_none(house: House) -> None:
    look = """  - id: look
    task: {by: benefits, within: 1 calendar day, title: {vi: Xem, en: Look}}
    outcomes: {approve: council, reject: refuse}
"""
    house.steps(look + COUNCIL)

    [told] = [one for one in house.problems() if "signer-may-be-handler" in one]

    assert "the person of 'look' may sign" in told


def test_who_signs_in_a_branch_did_not_decide_before_the_branches(house: House) -> None:
    signed = """            - id: sign_b
              sign: {by: leader, documents: [sheet_b], within: 1 working day, title: {vi: Ký, en: Sign}}
              outcomes: {sign: end, return: desk}
"""
    look = """  - id: look
    task: {by: benefits, within: 1 calendar day, title: {vi: Xem, en: Look}}
    outcomes: {approve: council, reject: refuse}
"""
    voting = COUNCIL.index("            - id: vote_b"), COUNCIL.index("            - id: sheet_b")
    branches = COUNCIL[: voting[0]] + COUNCIL[voting[1] :]
    drafted = "              document: {template: decision, number_from: decisions}\n"

    house.steps(look + branches.replace(drafted, drafted + signed, 1))

    told = [one for one in house.problems() if "'look' may sign" in one]
    assert ["procedure.yaml:44:19:", "procedure.yaml:50:9:"] == [one.split()[0] for one in told], house.problems()


@pytest.mark.parametrize(
    ("review", "sign", "codes"),
    [("police", "vss", []), ("vss", "vss", ["signer-may-be-handler"]), ("police", None, [])],
)
def test_nobody_is_the_same_person_in_two_agencies(
    house: House, review: str, sign: str | None, codes: list[str]
) -> None:
    units = [
        f"  {id}: {{agency: {agency}, level: province, label: {{vi: Nơi, en: Place}}}}"
        for id, agency in (("here", review), ("there", sign))
        if agency
    ]
    house.change("deadline:", "units:\n" + "\n".join(units) + "\ndeadline:").change(NOT_SAME, "")
    house.change("{by: medical_review,", "{by: medical_review, at: here,")
    if sign:
        house.change("sign: {by: leader,", "sign: {by: leader, at: there,")

    assert codes == house.codes(), house.problems()


def test_a_step_cannot_exclude_its_own_person(house: House) -> None:
    house.change(NOT_SAME, ", not_same_as: [review, sign]")

    [problem] = house.problems()

    assert problem.startswith("procedure.yaml:33:")
    assert "no-second-person 'sign' is to be done by another person than its own" in problem


def test_an_organisation_that_does_everything_has_no_problem(house: House) -> None:
    checked = check_procedure(house.file, around=Around(offices=offices(EVERYTHING)))

    assert () == checked.problems


def test_a_function_no_unit_performs_is_an_error(house: House) -> None:
    posts = tuple(one for one in EVERYTHING if one.function != "medical_review")

    checked = check_procedure(house.file, around=Around(offices=offices(posts)))

    assert [
        "procedure.yaml:27:16: function-not-performed no unit performs 'medical_review' on 2025-07-01 "
        "(name another, or let a unit do it)"
    ] == [house.shown(problem) for problem in checked.problems]


def test_a_step_at_a_unit_asks_for_one_of_its_kind(house: House) -> None:
    house.change("by: medical_review,", "by: medical_review, at: base,")

    checked = check_procedure(house.file, around=Around(offices=offices(EVERYTHING)))

    [problem] = [one for one in checked.problems if one.code == "function-not-performed"]
    assert "no unit of agency 'vss', level 'base' performs 'medical_review' on 2025-07-01" == problem.message


def test_duties_that_leave_nobody_else_are_an_error(house: House) -> None:
    posts = tuple(one for one in EVERYTHING if one.function != "leader") + (post("leader", "an"),)

    checked = check_procedure(house.file, around=Around(offices=offices(posts)))

    assert ["at 'song-lam' only who did 'review' may do 'sign'"] == [problem.message for problem in checked.problems]


def test_a_second_officer_is_enough(house: House) -> None:
    posts = tuple(one for one in EVERYTHING if one.function != "leader") + (post("leader", "an", "binh"),)

    checked = check_procedure(house.file, around=Around(offices=offices(posts)))

    assert () == checked.problems


def test_a_paper_takes_its_number_from_a_book_of_its_unit(house: House) -> None:
    problems = check_procedure(house.file, around=Around(offices=offices(EVERYTHING, song_lam="outgoing"))).problems

    assert [
        "procedure.yaml:31:49: book-not-kept no book 'decisions' is kept at 'song-lam' "
        "(add it to codes.books of the unit, or of one above it)"
    ] == [str(problem).replace(f"{house.file.parent}/", "") for problem in problems]


def test_a_book_of_a_unit_that_does_not_decide_is_no_help(house: House) -> None:
    around = Around(offices=offices(EVERYTHING, ben_may="decisions", song_lam="outgoing"))

    assert ["book-not-kept"] == [one.code for one in check_procedure(house.file, around=around).problems]


def test_where_no_unit_does_all_there_is_one_with_the_book_is_enough(house: House) -> None:
    apart = tuple(replace(one, unit="tan-giang") if one.function == "leader" else one for one in EVERYTHING)
    around = Around(offices=offices(apart, tan_giang="decisions outgoing"))

    assert () == check_procedure(house.file, around=around).problems


CHAIN = """  - id: look
    task: {by: benefits, within: 1 calendar day, title: {vi: Xem, en: Look}}
    outcomes: {approve: review, reject: refuse}
"""


@pytest.mark.parametrize(("excluded", "codes"), [(", not_same_as: [look]", ["no-second-person"]), ("", [])])
def test_of_three_who_exclude_each_other_two_officers_are_not_enough(
    house: House, excluded: str, codes: list[str]
) -> None:
    house.change("  - id: review\n", CHAIN + "  - id: review\n").change(NOT_SAME, ", not_same_as: [review, look]")
    house.change("within: 15 calendar days}", "within: 14 calendar days" + excluded + "}")
    both = tuple(post(one, "an", "binh") for one in ("benefits", "medical_review", "leader"))
    around = Around(offices=offices((*both, post("one_stop", "mai", unit="ben-may"))))

    assert codes == [one.code for one in check_procedure(house.file, around=around).problems]


def test_who_hands_over_and_whom_lateness_reaches_are_somebody(house: House) -> None:
    hand_over = "  - id: hand_over\n    deliver: {results: [payment], by: clerk}\n"
    house.change("result: payment}\noverrides:", "result: payment}\n" + hand_over + "overrides:")
    house.change("within: 15 calendar days}", "within: 15 calendar days, escalate: [{moment: due, to: designer}]}")
    without = tuple(one for one in EVERYTHING if one.function not in ("clerk", "designer"))

    problems = check_procedure(house.file, around=Around(offices=offices(without))).problems

    assert ["no unit performs 'designer' on 2025-07-01", "no unit performs 'clerk' on 2025-07-01"] == [
        one.message for one in problems
    ]
