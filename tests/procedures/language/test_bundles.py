"""Bundles: several procedures filed together, held to what each of them asks."""

from pathlib import Path

import pytest

from procedures.language.bundles import LoadedBundle, load_bundle
from tests.procedures.language.house import House, build_examples

BUNDLE = """bundle: hurt_at_work
version: 1
title: {vi: Người lao động bị tai nạn lao động, en: Hurt at work}
basis: ["84/2015/QH13"]
in_force: {from: 2025-07-01}
profile: nd118
submitters: [worker]
form:
  insurance_number: {type: insurance_number, label: {vi: Mã số BHXH, en: Insurance number}}
  inpatient: {type: boolean, label: {vi: Có điều trị nội trú, en: Inpatient}}
  left_work: {type: boolean, label: {vi: Đã nghỉ việc, en: Has left work}}
  account: {like: account}
documents:
  discharge: {all_of: [discharge_paper], copy: 1}
members:
  accident:
    procedure: "1.001632"
    form: {insurance_number: form.insurance_number, inpatient: form.inpatient, left_work: form.left_work,
      account: form.account}
    documents: {treatment: discharge}
  book: {procedure: "1.002759", when: form.left_work, after: [accident], form: {}}
deliver: together
scenarios: scenarios.yaml
"""


@pytest.fixture
def examples(tmp_path: Path) -> House:
    return build_examples(tmp_path)


def load(house: House, text: str = BUNDLE) -> LoadedBundle:
    path = house.path("bundles/hurt_at_work/v1/bundle.yaml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return load_bundle(path)


def test_a_bundle_puts_procedures_together(examples: House) -> None:
    loaded = load(examples)

    assert [] == [str(problem) for problem in loaded.problems]
    assert loaded.bundle is not None
    accident, book = loaded.bundle.members
    assert [("insurance_number", "form.insurance_number"), ("account", "form.account")] == [
        (one.name, one.reference) for one in accident.inputs if one.name in ("insurance_number", "account")
    ]
    assert ({"treatment": "discharge"}, ("accident",), "together") == (
        accident.documents,
        book.after,
        loaded.bundle.deliver,
    )
    assert book.when is not None and "form.left_work" == book.when.text


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("unknown-name", '"1.001632"', '§"1.001633"'),
        ("unknown-name", "submitters: [worker]", "submitters: [§patient]"),
        ("unknown-name", "{insurance_number: form", "{§insurance_no: form.left_work, insurance_number: form"),
        ("missing-key", "form: {insurance_number: form.insurance_number, ", "§form: {"),
        ("wrong-type", "left_work: form.left_work", "left_work: §form.insurance_number"),
        ("unknown-name", "{treatment: discharge}", "{§treatments: discharge}"),
        ("unknown-name", "{treatment: discharge}", "{treatment: §discharges}"),
        ("unknown-name", "after: [accident]", "after: [§accidents]"),
        ("loop-without-exit", "after: [accident]", "after: [§book]"),
        ("bad-expression", "when: form.left_work", "when: form.§left_works"),
        ("folder-mismatch", "bundle: hurt_at_work", "bundle: §hurt"),
        ("folder-mismatch", "version: 1", "version: §2"),
        ("basis-empty", 'basis: ["84/2015/QH13"]', "§basis: []"),
        ("profile-not-in-force", "from: 2025-07-01", "from: §2024-07-01"),
        ("missing-key", "bundle: hurt_at_work\nversion: 1\n", "§bundle: hurt_at_work\n"),
        ("unknown-name", "[discharge_paper]", "[§discharge_papers]"),
    ],
)
def test_what_is_wrong_in_a_bundle_is_told_at_its_place(examples: House, code: str, old: str, new: str) -> None:
    assert BUNDLE.count(old) == 1
    text = BUNDLE.replace(old, new)
    before = text[: text.index("§")]

    problems = load(examples, text.replace("§", "")).problems

    place = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = [(problem.place.line, problem.place.column) for problem in problems if problem.code == code]
    assert place in found, [str(problem) for problem in problems]


def test_two_versions_of_a_bundle_are_never_in_force_together(examples: House) -> None:
    load(examples)
    later = examples.path("bundles/hurt_at_work/v2/bundle.yaml")
    later.parent.mkdir()
    later.write_text(BUNDLE.replace("version: 1", "version: 2"))

    assert ["period-overlaps-version"] == [problem.code for problem in load_bundle(later).problems]
