"""What is wrong in variants, lists, windows, fees, tables and the other parts that are no steps, each at its place."""

from collections.abc import Sequence

import pytest

from procedures.language.loader import load_procedure
from tests.procedures.language.house import House, build_examples

HERE = "§"
SICKNESS, MATERNITY, BOOK, PENSION = "1.014163", "1.014166", "1.002759", "1.014171"
ACCIDENT, BIRTH, LICENCE = "1.001632", "2.000986", "1.013401"
LOST = 'lost: {group: book, label: {vi: "Sổ mất, hỏng", en: "Book lost, damaged"}}'
ONE_ONLY = '{that: case.submitter != "worker" || size(form.mothers) == 1'
VARIANTS = """variants:
  inpatient: {label: {vi: Điều trị nội trú, en: Inpatient}}
  outpatient: {label: {vi: Điều trị ngoại trú, en: Outpatient}}
  abroad: {label: {vi: Khám chữa bệnh ở nước ngoài, en: Treated abroad}}
"""
CARD_SAME = '  - {variants: card_same, within: within the day, time: {cutoff: {after: "15:00", moves: start}}}\n'
WORKER_WINDOW = "within: 45 calendar days, after: line.back_on}"
DAYS = "days: {type: integer, min: 1, max: 180, label"
FEE = 'amount: "20000", collect: intake}'
MOVING = "moving_to: {type: province, required: false, label"
SETTLED = "results:\n  settled: {"
# code, example, what stands there, what is written instead with a § where the problem is
BROKEN: Sequence[tuple[str, str, str, str]] = [
    # variants
    ("group-is-variant", BOOK, LOST, LOST.replace("group: book", "group: §merge")),
    ("unknown-name", BOOK, "variants: [book, content], as", "variants: [book, §contents], as"),
    ("unknown-name", BOOK, "variants: identity, label", "variants: §identities, label"),
    ("variants-not-exclusive", BOOK, LOST, LOST.replace("{group", "{when: form.party_member, group")),
    ("variant-of-line", MATERNITY, "{submitters: employer, within", "{submitters: employer, variants: §birth, within"),
    ("variant-of-line", SICKNESS, SETTLED, SETTLED + "variants: §abroad, "),
    ("bad-expression", SICKNESS, SETTLED, SETTLED + 'when: case.§variant == "abroad", '),
    ("variant-needed", SICKNESS, VARIANTS, ""),
    ("per-not-rows", SICKNESS, "variant_per: form.workers", "variant_per: §form.account"),
    ("bad-id", SICKNESS, "      name: {type: text", "      §variant: {type: text"),
    ("bad-id", SICKNESS, "totals: {amount:", "totals: {§line.days:"),
    ("bad-id", LICENCE, "  appraisal_fee:  ", "  §appraisal.fee:  "),
    ("bad-id", SICKNESS, "      name: {type: text", "      §name-of: {type: text"),
    ("bad-id", BOOK, LOST, "§" + LOST.replace("lost:", "the-lost:")),
    # the deadline
    ("deadline-gap", BOOK, CARD_SAME, ""),
    ("deadline-overlap", BOOK, "{variants: content, within", "§{variants: [content, lost], within"),
    ("verified-shorter", BOOK, "if_verified: 45 calendar days", "if_verified: §9 calendar days"),
    ("verification-unused", BOOK, ", if_verified: 45 calendar days", ""),
    ("deadline-undetermined", LICENCE, "deadline: {within", "deadline: {when: §review.visit_site, within"),
    # lists and files
    ("missing-key", SICKNESS, "    key: insurance_number\n", ""),
    ("unknown-name", SICKNESS, "    key: insurance_number\n", "    key: §insurance_no\n"),
    ("key-not-unique", SICKNESS, "    key: insurance_number\n", "    key: §back_on\n"),
    (
        "key-not-unique",
        SICKNESS,
        "insurance_number, label: {vi: Mã",
        "insurance_number, required: false, label: {vi: Mã",
    ),
    ("rows-in-rows", SICKNESS, "days: {type: integer, min: 1, max: 180,", "days: {type: §rows, key: a, fields: {},"),
    ("wrong-type", SICKNESS, "    min: 1\n", "    min: §201\n"),
    ("wrong-type", PENSION, "book_closed: {type: boolean", "book_closed: {type: §rows, key: a, fields: {}"),
    ("wrong-type", SICKNESS, DAYS, DAYS.replace("min: 1", "§key: name, min: 1")),
    ("wrong-type", SICKNESS, DAYS, DAYS.replace("min: 1", "§outcomes: approve, min: 1")),
    ("wrong-type", ACCIDENT, MOVING, MOVING.replace("province", "file, accept: [§'*']")),
    ("wrong-type", ACCIDENT, MOVING, MOVING.replace("required: false", "§accept: [pdf]")),
    ("options-missing", ACCIDENT, MOVING, MOVING.replace("moving_to: {type: province", "moving_to: §{type: choice")),
    ("unknown-name", ACCIDENT, MOVING, MOVING.replace("province", "choice, list: §banks")),
    ("per-not-rows", SICKNESS, "{per: form.workers, variants: abroad", "{per: §form.account, variants: abroad"),
    ("per-not-rows", SICKNESS, "{per: form.workers, variants: abroad", "{per: §workers, variants: abroad"),
    ("bad-expression", SICKNESS, WORKER_WINDOW, WORKER_WINDOW.replace("back_on", "§back")),
    # checks and parties
    ("bad-expression", MATERNITY, "size(form.mothers) == 1", "size(form.mothers) §> 1.5"),
    ("bad-expression", MATERNITY, "size(form.mothers) == 1", "§form.mothers == form.mothers"),
    ("unknown-option", MATERNITY, 'case.submitter != "worker"', "case.submitter != §'wrker'"),
    ("maybe-absent", MATERNITY, ONE_ONLY, "{that: \"form.mothers.all(m, §m.leave_ended > '2026-01-01')\""),
    ("wrong-type", BIRTH, "parties: {owner: form.child}", "parties: {owner: §form.home}"),
    # windows
    ("window-anchor", PENSION, ", before: form.eligible_on}", "}"),
    ("window-anchor", PENSION, ", before: form", ", after: form.eligible_on, §before: form"),
    ("block-without-ground", PENSION, "filing: {who", "filing: {§if_late: refuse, who"),
    ("unknown-name", PENSION, "{who: submitter, to: agency", "{who: §submiter, to: agency"),
    ("unknown-name", PENSION, "{who: submitter, to: agency", "{who: submitter, to: §office"),
    ("bad-expression", PENSION, "before: form.eligible_on", "before: §form.insurance_number"),
    ("bad-duration", PENSION, "within: 20 calendar days, before", "within: §20 working hours, before"),
    ("maybe-absent", MATERNITY, "{who: employer, submitters: employer, per", "{who: employer, per"),
    # documents and rules
    ("unknown-name", SICKNESS, "rules: [foreign_papers]", "rules: [§foreign_paper]"),
    ("unused-definition", PENSION, "papers:\n", "rules:\n  §own: {label: {vi: Quy tắc, en: Rule}}\npapers:\n"),
    ("source-missing", PENSION, "all_of: [insurance_book], original: 1", "label: {vi: Sổ}, satisfied_by: [§database]"),
    # fees and tables
    ("wrong-type", BIRTH, FEE, FEE.replace('"20000"', '§"2.5"')),
    ("wrong-type", BIRTH, FEE, FEE.replace('"20000"', "§20000")),
    ("bad-expression", BIRTH, FEE, FEE.replace('"20000"', "§intake.price")),
    ("bad-expression", LICENCE, "amount: tables.appraisal_fee", "amount: tables.§appraisal"),
    ("wrong-type", LICENCE, '["< 10.0", 10600000]', '[§"< ten", 10600000]'),
    ("wrong-type", LICENCE, '["< 10.0", 10600000]', '["< 10.0", §"much"]'),
    ("wrong-type", LICENCE, '["< 10.0", 10600000]', "§[10600000]"),
    ("wrong-type", LICENCE, '["10.0..30.0", 18000000]', '[§"30.0..10.0", 18000000]'),
    ("bad-expression", LICENCE, "inputs: [form.capacity]", "inputs: [form.§capacities]"),
    ("maybe-absent", LICENCE, "capacity: {type: number, min: 0,", "capacity: {type: number, required: false, min: 0,"),
    ("unused-definition", LICENCE, "tables:\n", "tables:\n  §idle: {inputs: [form.kind], type: text, rows: []}\n"),
    ("unused-definition", LICENCE, "tables:\n", "notices:\n  §idle: {to: owner, text: {vi: Tin}}\ntables:\n"),
    # the rest
    ("bad-code", BIRTH, "profile: nd118\n", 'replaces: [§"14"]\nprofile: nd118\n'),
    ("unit-abolished", BIRTH, "level: base", "level: §district"),
    (
        "bad-territory",
        BIRTH,
        "territory: form.home, label: {vi: Công an",
        "territory: §form.child, label: {vi: Công an",
    ),
    ("maybe-absent", PENSION, "book_closed: {type: boolean", "book_closed: {required: false, type: boolean"),
    ("function-unknown", BOOK, "offered_to: [collection_book_card]", "offered_to: [§collection_book]"),
    ("bad-expression", SICKNESS, "days: {type: integer", "days: {prefill: applicant.§nam, type: integer"),
    ("channel-not-offered", BIRTH, "residence: {label", "residence: {channels: §online, label"),
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_examples(tmp_path_factory.mktemp("parts"))


@pytest.mark.parametrize(("code", "example", "old", "new"), BROKEN)
def test_what_is_wrong_is_told_at_its_place(folder: House, code: str, example: str, old: str, new: str) -> None:
    path = folder.path(f"catalogue/bhxh/{example}/v1/procedure.yaml")
    text = path.read_text()
    assert 1 == text.count(old), f"'{old}' stands {text.count(old)} times"
    broken = text.replace(old, new)

    try:
        path.write_text(broken.replace(HERE, ""))
        problems = load_procedure(path).problems
    finally:
        path.write_text(text)

    found = [problem.place for problem in problems if problem.code == code]
    assert found, [str(problem) for problem in problems]
    if HERE in broken:
        before = broken[: broken.index(HERE)]
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert place in [(one.line, one.column) for one in found]


def test_a_fee_asked_by_a_step_may_read_what_the_steps_before_it_set(folder: House) -> None:
    path = folder.path(f"catalogue/bhxh/{LICENCE}/v1/procedure.yaml")
    text = path.read_text()
    field = "      visit_site: {type: boolean"

    def problems(outcomes: str) -> list[str]:
        price = f"      price: {{type: money, outcomes: {outcomes}, label: {{vi: Phí, en: Fee}}}}\n"
        path.write_text(
            text.replace("amount: tables.appraisal_fee", "amount: review.price").replace(field, price + field)
        )
        try:
            return [one.code for one in load_procedure(path).problems if one.code != "unused-definition"]
        finally:
            path.write_text(text)

    assert [] == problems("proceed")
    assert ["maybe-absent"] == problems("reject")
