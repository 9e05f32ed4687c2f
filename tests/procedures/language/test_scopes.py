"""What may be read where (language.md §3): each name at its places, and nowhere else."""

import pytest

from procedures.language.loader import load_procedure
from tests.procedures.language.house import House, build_examples

SICKNESS, PENSION, LICENCE, BOOK = "1.014163", "1.014171", "1.013401", "1.002759"
# A place of an example: what stands there, and what to write with a condition in its stead.
FIELD = (PENSION, "eligible_on: {type: date", "eligible_on: {{when: {}, type: date")
DOCUMENT = (PENSION, "request: {variants: reserved", "request: {{when: {}, variants: reserved")
DEADLINE = (PENSION, "deadline: {within", "deadline: {{when: {}, within")
RESULT = (PENSION, "pension: {code", "pension: {{when: {}, code")
WINDOW = (PENSION, "filing: {who", "filing: {{when: {}, who")
STEP = (PENSION, "- id: settle\n", "- id: settle\n    skip_when: {}\n")
CHECK = (PENSION, "windows:\n", "checks:\n  - {{that: {}, message: {{vi: Sai, en: Wrong}}}}\nwindows:\n")
NOTICE = (
    PENSION,
    "windows:\n",
    "notices:\n  told: {{on: accepted, when: {}, to: owner, text: {{vi: A, en: A}}}}\nwindows:\n",
)
LINE_DOCUMENT = (SICKNESS, "inpatient_proof: {per", "inpatient_proof: {{when: {}, per")
LINE_STEP = (SICKNESS, "        - id: assess\n", "        - id: assess\n          skip_when: {}\n")
OUTSIDE = (SICKNESS, "settled: {code", "settled: {{when: {}, code")
FEE = (LICENCE, "appraisal: {label", "appraisal: {{waive_when: {}, label")
PLACES = {
    "field": FIELD,
    "document": DOCUMENT,
    "deadline": DEADLINE,
    "result": RESULT,
    "window": WINDOW,
    "step": STEP,
    "check": CHECK,
    "notice": NOTICE,
    "line document": LINE_DOCUMENT,
    "line step": LINE_STEP,
    "outside": OUTSIDE,
    "fee": FEE,
}
FILED = {"field", "document", "deadline", "result", "window", "step", "check", "notice"}
READINGS = [
    ('form.insurance_number == "1"', FILED, set()),
    ('case.variant == "reserved"', FILED, set()),
    ('case.channel == "post"', FILED, set()),
    ('case.submitted_on > "2026-01-01"', FILED, set()),
    ('case.accepted_on > "2026-01-01"', {"deadline", "result", "step"}, {"document", "window", "check", "field"}),
    ("intake.book_closed", {"deadline", "result", "step"}, {"field", "document", "window", "check", "notice"}),
    ("case.late", {"step"}, {"document", "check", "window"}),
    ('today > "2026-01-01"', {"step", "check"}, {"document", "deadline", "result", "window"}),
    ("documents.book.given", {"step"}, {"document", "deadline", "check"}),
    ('payments.outcome == "confirm"', set(), {"document", "check", "result", "window"}),
    ('applicant.name == "A"', set(), {"field", "document", "step", "check"}),
    ("line.days > 3", {"line document", "line step"}, {"outside", "document", "step"}),
    ('line.variant == "abroad"', {"line document", "line step"}, {"outside"}),
    ("size(form.workers) > 1", {"line document", "line step", "outside"}, set()),
    ('form.workers.exists(w, w.variant == "abroad")', {"outside"}, set()),
    ("tables.appraisal_fee > 5", {"fee"}, {"document", "outside"}),
    ("review.visit_site", {"fee"}, {"document"}),
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_examples(tmp_path_factory.mktemp("scopes"))


@pytest.mark.parametrize(
    ("condition", "place", "known"),
    [(text, place, True) for text, places, _ in READINGS for place in sorted(places)]
    + [(text, place, False) for text, _, places in READINGS for place in sorted(places)],
)
def test_a_name_is_known_at_its_places(folder: House, condition: str, place: str, known: bool) -> None:
    assert known is not ("bad-expression" in _codes(folder, place, condition))
    assert known or {"bad-expression", "deadline-undetermined"} & set(_codes(folder, place, condition))


def test_a_limit_that_hangs_on_a_step_is_told_as_such(folder: House) -> None:
    assert "deadline-undetermined" in _codes(folder, "deadline", 'payments.outcome == "confirm"')


def _codes(folder: House, place: str, condition: str) -> list[str]:
    example, old, new = PLACES[place]
    path = folder.path(f"catalogue/bhxh/{example}/v1/procedure.yaml")
    text = path.read_text()
    assert 1 == text.count(old), old
    try:
        path.write_text(text.replace(old, new.format(f"'{condition}'")))
        return [problem.code for problem in load_procedure(path).problems]
    finally:
        path.write_text(text)
