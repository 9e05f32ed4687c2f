"""Each code of the loader and of lint: a file that has the problem, beside the good file that has none."""

from collections.abc import Sequence

import pytest

from tests.procedures.language.house import House

HERE = "§"
REVIEW_FORM = "form: {payable: {type: money, min: 1, outcomes: approve,"
CALL = "call: {connector: treasury, operation: pay, with: {amount: review.payable, account: form.account}"
PAY = "with: {amount: review.payable, account: form.account}, result: payment}"
SELF_BOUGHT = "when: form.self_bought"
REVIEW_OUTCOMES = "outcomes: {approve: decision, reject: refuse, return: desk}"
SIGN_OUTCOMES = "outcomes: {sign: pay, return: review}"
DEADLINE = "deadline: {within: 25 calendar days, counted_from: received}"
HIGHER_RATE = "higher_rate: {type: boolean, default: false, label"
CLAIM_END = "  - id: pay\n"
SOURCE = ", source: {connector: population, operation: identity, consent: true}"
UNIT = "units:\n  here: {agency: commune, level: commune, label: {vi: Xã, en: Commune}}\n"
SIGN = "- id: sign\n    sign: {by: leader, documents: [decision], within: 3 working days, not_same_as: [review]"
SIGN_WITHOUT_BUDGET = SIGN.replace("- id: ", "- id: §").replace(", within: 3 working days", "")
SIGN_OWN_WORK = SIGN.replace("- id: ", "- id: §").replace(", not_same_as: [review]", "")
ACCOUNT = "  account: {like: account}\n"
REMOTE = "  §remote: {type: boolean, default: false, label: {vi: Xa, en: Remote}}\n"
PUBLIC = '    public: {text: {vi: "§{form.card_number}", en: X}}\n'
# code, what stands in the good file, what is written instead with a § where the problem is
BROKEN: Sequence[tuple[str, str, str]] = [
    ("yaml-syntax", "version: 1\ntitle: {", "version: [1\ntitle§: {"),
    ("duplicate-key", "version: 1\n", "version: 1\n§version: 1\n"),
    ("empty-value", "version: 1\n", "version: 1\n§delivery:\n"),
    ("unknown-key", "channels:", "§chanels:"),
    ("missing-key", 'procedure: "1.014140"\nversion: 1\n', '§procedure: "1.014140"\n'),
    ("wrong-type", "version: 1\n", "version: §one\n"),
    ("wrong-type", 'model: "Mẫu số 10"', "model: §10"),
    ("wrong-type", 'title: {vi: "Thanh toán', 'title: {vi: §"Thanh  \\u200b toán'),
    ("wrong-type", "default: false, label: {vi: Thẻ", "default: §no, label: {vi: Thẻ"),
    ("wrong-type", REVIEW_FORM, REVIEW_FORM.replace("min: 1", "min: §[]")),
    ("wrong-type", "default: false, label: {vi: Thẻ", "default: false, §min: 1, label: {vi: Thẻ"),
    ("wrong-type", "overrides:\n", "overrides:\n  - {code: window-blocks, where: windows.x, ground: §short}\n"),
    ("unknown-word", "on_expiry: stop", "on_expiry: §halt"),
    ("function-unknown", "by: medical_review", "by: §medical_revue"),
    ("function-unknown", "by: leader", "by: §holder"),
    ("unit-abolished", "deadline:", UNIT.replace("level: commune", "level: §district") + "deadline:"),
    ("unknown-name", "number_from: decisions", "number_from: §decision"),
    ("unknown-name", "connector: treasury", "connector: §treasure"),
    ("unknown-name", "operation: pay,", "operation: §pey,"),
    ("unknown-name", "submitters: [patient, relative]", "submitters: [patient, §nephew]"),
    ("unknown-name", DEADLINE, "deadline: {submitters: §employer, within: 25 calendar days}"),
    ("unknown-name", "{like: account}", "{like: §acount}"),
    ("unknown-name", "visit_record, visit_book", "visit_record, §visit_bok"),
    ("unknown-name", PAY, PAY.replace("amount:", "§sum:")),
    ("unknown-name", "profile: nd118", "profile: §nd181"),
    ("unknown-name", "result: payment}", "result: §payed}"),
    ("unknown-name", "- id: decision\n    document: {", "- include: §signing\n  - id: decision\n    document: {"),
    ("missing-key", CALL, CALL.replace("call", "§call").replace(", account: form.account", "")),
    ("wrong-type", PAY, PAY.replace("review.payable", "§form.account")),
    ("unknown-step", REVIEW_OUTCOMES, REVIEW_OUTCOMES.replace("decision", "§decison")),
    ("unknown-step", REVIEW_OUTCOMES, REVIEW_OUTCOMES.replace("desk", "§end")),
    ("unknown-step", REVIEW_OUTCOMES, REVIEW_OUTCOMES.replace("approve: decision", "approve: §caller")),
    ("unknown-step", "not_same_as: [review]", "not_same_as: [§revue]"),
    ("unknown-step", "documents: [decision]", "documents: [§review]"),
    ("unknown-outcome", REVIEW_FORM, REVIEW_FORM.replace("outcomes: approve", "outcomes: §aprove")),
    ("unknown-outcome", CLAIM_END, "  - id: pay\n    outcomes: {done: end, §maybe: end}\n"),
    ("bad-id", "  card_number:", "  §CardNumber:"),
    ("bad-id", "- id: decision\n", "- id: §end\n"),
    ("bad-id", "  higher_rate:", "  §in:"),
    ("bad-code", 'procedure: "1.014140"', 'procedure: §"14140"'),
    ("bad-date", "from: 2025-07-01", "from: §2025-02-30"),
    ("bad-date", "in_force:", 'time: {cutoff: {after: §"24:30", moves: start}}\nin_force:'),
    ("bad-duration", "within: 15 calendar days", "within: §15 days"),
    ("bad-duration", "within: 15 calendar days", "within: §1 calendar days"),
    ("bad-duration", "within: 15 calendar days", "within: §no limit"),
    ("bad-duration", "within: 15 calendar days", "within: §2 years"),
    ("bad-duration", "within: 15 calendar days", "within: §2.5 calendar days"),
    ("bad-pattern", '"[A-Z]{2}[0-9]{13}"', '§"[A-Z{2}"'),
    ("bad-expression", SELF_BOUGHT, "when: form.§self_bougth"),
    ("bad-expression", SELF_BOUGHT, "when: §form.card_number"),
    ("bad-expression", SELF_BOUGHT, 'when: §today > "2026-01-01"'),
    ("bad-expression", SELF_BOUGHT, "when: form.self_bought &&§"),
    ("bad-expression", SELF_BOUGHT, "when: form.card_number §> 5"),
    ("bad-expression", SELF_BOUGHT, 'when: "form.card_number == \\"Nguyễn\\" && form.§selfbought"'),
    ("bad-expression", SELF_BOUGHT, "when: '[1, 2].exists_one§(x, x == 1)'"),
    ("bad-expression", PAY, PAY.replace("review.payable", "§review.payable * 2")),
    ("bad-date", SELF_BOUGHT, "when: case.submitted_on > §'2026-13-01'"),
    ("duplicate-step", "- id: decision\n", "- id: §review\n"),
    ("two-kinds", "    sign: {by: leader", "    document: {template: x}\n    §sign: {by: leader"),
    ("outcome-missing", "  - id: review\n", "  - id: §check\n    task: {by: leader, title: {vi: X}}\n  - id: review\n"),
    ("then-and-outcomes", "    " + SIGN_OUTCOMES, "    §then: pay\n    " + SIGN_OUTCOMES),
    ("language-missing", "label: {vi: Văn bản đề nghị, en: Request}", "label: §{en: Request}"),
    ("folder-mismatch", "version: 1\n", "version: §2\n"),
    ("folder-mismatch", 'procedure: "1.014140"', 'procedure: §"1.014141"'),
    ("basis-empty", 'basis: ["2306/QĐ-BYT", "188/2025/NĐ-CP", "51/2024/QH15"]', "§basis: []"),
    ("profile-not-in-force", "from: 2025-07-01", "from: §2024-07-01"),
    ("range-empty", "{from: 2025-07-01}", "{from: 2025-07-01, §to: 2025-06-01}"),
    ("range-empty", REVIEW_FORM, REVIEW_FORM.replace("min: 1", "min: 5, §max: 4")),
    ("options-missing", HIGHER_RATE, "higher_rate: §{type: choice, label"),
    ("group-of-one", "one_of: [discharge_paper, visit_record, visit_book]", "§one_of: [visit_book]"),
    ("two-groups", "visit_book], copy: 1", "visit_book], §all_of: [visit_book], copy: 1"),
    ("count-zero", 'model: "Mẫu số 11", original: 1', 'model: "Mẫu số 11", §original: 0'),
    ("label-missing", "request: {label: {vi: Văn bản đề nghị, en: Request}, model", "request: §{model"),
    ("source-missing", "store, database]" + SOURCE, "store, §database]"),
    ("channel-not-offered", DEADLINE, "deadline: {channels: §post, within: 25 calendar days}"),
    ("deadline-gap", DEADLINE, "§deadline: {channels: online, within: 25 calendar days}"),
    ("deadline-overlap", DEADLINE, "deadline: [{within: 25 hours}, §{within: 20 hours, channels: online}]"),
    ("no-limit-declared", DEADLINE, "deadline: {within: §no limit}"),
    ("ask-after-deadline", "ask_within: 5 working days", "ask_within: §20 working days"),
    ("new-limit-missing", "effect: replace, new_limit: 20 calendar days", "§effect: replace"),
    ("new-limit-unused", "effect: replace, new_limit", "effect: pause, §new_limit"),
    ("outcome-unlabelled", REVIEW_OUTCOMES, REVIEW_OUTCOMES.replace("return", "defer: §refuse, return")),
    ("form-on-automatic", "    document: {", "    §form: {x: {type: text, label: {vi: X}}}\n    document: {"),
    ("return-not-earlier", SIGN_OUTCOMES, "outcomes: {sign: pay, return: §pay}"),
    ("step-unreachable", SIGN_OUTCOMES + "\n  - id: pay", "outcomes: {sign: refuse}\n  - id: §pay"),
    ("refusal-without-answer", REVIEW_OUTCOMES, REVIEW_OUTCOMES.replace("reject: refuse", "reject: §end_refused")),
    ("end-without-result", SIGN_OUTCOMES + "\n  - id: pay", SIGN_OUTCOMES.replace("pay", "§end") + "\n  - id: pay"),
    ("no-way-to-end", CLAIM_END, "  - id: §pay\n    outcomes: {done: desk}\n"),
    ("loop-without-exit", CLAIM_END, "  - id: §pay\n    outcomes: {done: pay}\n"),
    ("result-never-produced", "  payment: {", "  §other: {label: {vi: Khác}}\n  payment: {"),
    ("result-without-code", "  payment: {code: KQ.G18.000291, ", "  §payment: {"),
    ("unused-definition", "deadline:", "papers:\n  §other: {label: {vi: Khác}}\ndeadline:"),
    ("override-unused", "where: deadline,", "where: §deadlines,"),
    ("unit-contradicts-catalogue", DEADLINE, "deadline: {within: §25 working days}"),
    ("scenario-missing", "scenarios: scenarios.yaml", "scenarios: §others.yaml"),
    ("unknown-word", "code: deadline-contradicts-catalogue", "code: §deadline-contradicts"),
    ("budget-over-limit", "within: 15 calendar days", "within: §18 calendar days"),
    ("budget-missing", SIGN, SIGN_WITHOUT_BUDGET),
    ("signer-may-be-handler", SIGN, SIGN_OWN_WORK),
    ("no-second-person", "not_same_as: [review]", "not_same_as: [review, §sign]"),
    ("template-missing", "template: decision", "template: §decison"),
    ("result-not-in-catalogue", "code: KQ.G18.000291", "code: §KQ.G18.000999"),
    ("count-suspect", "copy: 2, when", "copy: §1, original: 1, when"),
    ("extension-repeated", "supplement:", "extension: {max: §3}\nsupplement:"),
    ("optional-never-used", ACCOUNT, REMOTE + ACCOUNT),
    ("translation-missing", "{vi: Số thẻ BHYT, en: Card number}", "§{vi: Số thẻ BHYT}"),
    ("public-personal-data", "- id: decision\n", "- id: decision\n" + PUBLIC),
    ("document-unreachable", "when: form.self_bought", "when: §form.self_bought && !form.self_bought"),
    ("document-unreachable", "when: form.higher_rate", "when: §form.higher_rate && case.channel == 'post'"),
    ("condition-always-holds", "when: form.higher_rate", "when: §form.higher_rate || case.channel != 'post'"),
    ("step-unreachable", "- id: decision\n", "- id: decision\n    skip_when: §review.payable > 0\n"),
    ("maybe-absent", "- id: decision\n", '- id: decision\n    skip_when: §pay.reference == "x"\n'),
]


@pytest.mark.parametrize(("code", "old", "new"), BROKEN)
def test_a_broken_file_is_told_the_one_problem_it_has_at_its_place(house: House, code: str, old: str, new: str) -> None:
    assert [] == house.codes(), "the good file has none"
    house.change(old, new)
    line, column = _marked(house)

    found = [(problem.code, problem.place.line, problem.place.column) for problem in house.check().problems]

    assert [(code, line, column)] == found, house.problems()


def _marked(house: House) -> tuple[int, int]:
    """Find the mark, and take it out of the file."""
    text = house.file.read_text()
    assert text.count(HERE) == 1
    before = text[: text.index(HERE)]
    house.write(text.replace(HERE, ""))
    return before.count("\n") + 1, len(before) - before.rfind("\n")
