"""The door of the language: the real procedure loads; a broken one is told everything that is wrong, with its place."""

from pathlib import Path
from time import process_time

import pytest

from procedures.language.check import check_procedure
from procedures.language.loader import load_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import CallStep, DocumentStep, SignStep, TaskStep
from procedures.language.resolving.sources import HOME
from tests.procedures.language.house import CODE, House

BROKEN = Path(__file__).parent / "broken"


def test_the_real_procedure_has_no_problem() -> None:
    checked = check_procedure(HOME / CODE / "procedure.yaml")

    assert () == checked.problems
    assert checked.procedure is not None and checked.scenarios is not None


def test_a_broken_file_is_told_every_problem_with_its_place(house: House) -> None:
    house.write((BROKEN / "procedure.yaml").read_text())

    problems = house.problems()

    assert (BROKEN / "problems.txt").read_text().splitlines() == problems


def test_loading_is_quick(house: House) -> None:
    spent = [_seconds_of_a_load(house) for _ in range(5)]

    assert min(spent) < 0.1


def _seconds_of_a_load(house: House) -> float:
    """Count the processor's time: what else runs on the machine does not matter."""
    started = process_time()
    house.load()
    return process_time() - started


def test_sections_are_the_profiles_where_the_file_is_silent(reimbursement: Procedure) -> None:
    supplement = reimbursement.supplement

    assert ("replace", "20 calendar days", "stop") == (supplement.effect, supplement.new_limit, supplement.on_expiry)
    assert (1, "8 working hours", "no_effect") == (supplement.rounds, supplement.check_within, supplement.late_ask)
    assert "15:00" == reimbursement.deadline[0].time.cutoff.after if reimbursement.deadline[0].time.cutoff else False


def test_a_field_like_a_fragments_is_written_out(reimbursement: Procedure) -> None:
    account = reimbursement.field("account")

    assert account is not None
    assert ("bank_account", {"vi": "Tài khoản nhận tiền", "en": "Account"}) == (account.type, account.label)


def test_a_group_of_papers_is_named_after_them(reimbursement: Procedure) -> None:
    visit = reimbursement.document("visit")

    assert visit is not None
    assert "Giấy ra viện hoặc Phiếu khám bệnh hoặc Sổ khám bệnh" == visit.label["vi"]
    assert (("discharge_paper",), ("visit_record",), ("visit_book",)) == visit.one_of
    assert ["discharge_paper", "visit_record", "visit_book"] == [paper.id for paper in reimbursement.papers]


def test_an_original_is_demanded_where_no_count_is_given(house: House) -> None:
    house.change(', model: "Mẫu số 10", original: 1}', "}")

    request = house.procedure().document("request")

    assert request is not None and (1, 0, 0) == (request.originals, request.copies, request.either)


def test_every_way_out_is_named(reimbursement: Procedure) -> None:
    steps = {id: reimbursement.step(id) for id in ("review", "decision", "sign", "pay", "refuse", "sign_refusal")}

    ways = {id: [(one.name, one.target) for one in step.outcomes] for id, step in steps.items()}

    assert ways == {
        "review": [("approve", "decision"), ("reject", "refuse")],
        "decision": [],
        "sign": [("sign", "pay")],
        "pay": [("done", "end")],
        "refuse": [],
        "sign_refusal": [("sign", "end_refused")],
    }
    assert ["sign", "sign_refusal"] == [steps[id].then for id in ("decision", "refuse")]
    assert [("desk",), ("review",), ("caller",)] == [steps[id].returns for id in ("review", "sign", "sign_refusal")]


def test_steps_are_of_their_kind(reimbursement: Procedure) -> None:
    review, decision, sign, pay = reimbursement.steps

    assert isinstance(review, TaskStep) and ("medical_review", "competent") == (review.by, review.at)
    assert isinstance(decision, DocumentStep) and ("sign",) == decision.signed_by
    assert isinstance(sign, SignStep) and ("review",) == sign.not_same_as
    assert isinstance(pay, CallStep) and ("treasury", "2 working days") == (pay.connector, pay.within)


def test_the_payment_decides_and_the_signature_of_a_refusal_does(reimbursement: Procedure) -> None:
    deciding = [step.id for step in (*reimbursement.steps, *reimbursement.sequences["refuse"]) if step.deciding]

    assert ["pay", "sign_refusal"] == deciding


def test_the_signature_of_a_result_decides_where_there_is_one(house: House) -> None:
    house.change("template: decision, number_from: decisions}", "template: decision, result: decree}")
    house.change("results:\n", "results:\n  decree: {code: KQ.G18.000291, label: {vi: Quyết định}}\n")

    procedure = house.procedure()

    assert ["sign"] == [step.id for step in procedure.steps if step.deciding]


def test_personal_values_travel_as_references(reimbursement: Procedure) -> None:
    pay = reimbursement.step("pay")

    assert isinstance(pay, CallStep)
    assert [("amount", "review.payable"), ("account", "form.account")] == [
        (one.name, one.reference) for one in pay.inputs
    ]


def test_an_own_step_refuse_takes_the_place_of_the_profiles(house: House) -> None:
    own = """steps:
  - id: refuse
    document: {template: own_refusal, number_from: outgoing, result: refusal}
    then: sign_own_refusal
  - id: sign_own_refusal
    sign: {by: leader, documents: [refuse], title: {vi: Ký}}
    outcomes: {sign: end_refused, return: desk}
"""
    text = house.file.read_text().replace("steps:\n", own)

    procedure = house.write(text.replace("  - id: review\n", "  - id: review\n", 1)).load()

    assert "refuse" not in procedure.resolved.sequences


def test_a_fragments_sequence_is_spliced_in(house: House) -> None:
    steps = """  - id: assess
    task: {by: benefits, title: {vi: Xét}}
    form: {amount: {type: money, label: {vi: Số tiền}}}
    outcomes: {approve: draft, reject: refuse}
  - include: paying
"""
    house.change("sequences:\n", "sequences:\n  paying:\n    - id: draft\n", name="catalogue/bhxh/common.yaml")
    common = house.path("catalogue/bhxh/common.yaml")
    draft = "    - id: draft\n"
    common.write_text(
        common.read_text().replace(
            "  paying:\n" + draft,
            "  paying:\n" + draft + "      document: {template: list, number_from: decisions}\n"
            "    - id: pay\n"
            "      call: {connector: treasury, operation: pay, with: {amount: assess.amount, account: form.account},"
            " result: payment}\n",
        )
    )
    text = house.file.read_text()
    house.write(text[: text.index("  - id: review\n")] + steps + text[text.index("overrides:") :])

    procedure = house.procedure()

    assert ["assess", "draft", "pay"] == [step.id for step in procedure.steps]


def test_places_name_files_of_the_house(reimbursement: Procedure) -> None:
    assert f"{CODE}/procedure.yaml:22" == reimbursement.places["supplement.effect"]
    assert reimbursement.places["supplement.rounds"].startswith("profiles/nd118.yaml:")


@pytest.mark.parametrize("name", ["nd118", "../nd118", "nd999", "/etc/passwd"])
def test_only_a_plain_name_finds_a_profile(house: House, name: str) -> None:
    house.change("profile: nd118\n", f"profile: {name}\n")

    codes = house.codes()

    assert (["unknown-name"] if name != "nd118" else []) == [code for code in codes if code == "unknown-name"][:1]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    loaded = load_procedure(tmp_path / "procedure.yaml")

    assert ["file-unreadable"] == [problem.code for problem in loaded.problems]


def test_a_file_outside_the_house_stands_on_the_texts_of_the_house(house: House, tmp_path: Path) -> None:
    alone = tmp_path / "elsewhere" / "procedure.yaml"
    alone.parent.mkdir()
    alone.write_text(house.file.read_text().replace("{like: account}", "{type: bank_account, label: {vi: Tài khoản}}"))

    codes = {problem.code for problem in load_procedure(alone).problems}

    assert {"unknown-name"} == codes, "what the sector's common.yaml defines is missing, and nothing else"


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ("{from: 2025-07-01}", "{from: 2026-07-01}", False),
        ("{from: 2025-07-01, to: 2026-06-30}", "{from: 2026-07-01}", False),
        ("{from: 2025-07-01, to: 2026-07-01}", "{from: 2026-07-01}", True),
        ("{from: 2025-07-01}", "{from: 2025-07-01}", True),
    ],
)
def test_two_versions_are_never_in_force_together(house: House, first: str, second: str, overlaps: bool) -> None:
    house.change("{from: 2025-07-01}", first)
    later = house.path("catalogue/bhxh/1.014140/v2/procedure.yaml")
    later.parent.mkdir()
    later.write_text(house.file.read_text().replace(first, second).replace("version: 1\n", "version: 2\n"))

    codes = [problem.code for problem in load_procedure(later).problems]

    assert overlaps == ("period-overlaps-version" in codes)
