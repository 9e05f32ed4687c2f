"""Procedures that together use the whole language: lists, variants, branches, fees, tables, windows."""

from pathlib import Path

import pytest

from procedures.language.conditions.compiling import Compiler
from procedures.language.conditions.names import Names, names_of
from procedures.language.flow.leading import lead_out
from procedures.language.loader import Loaded, load_procedure
from procedures.language.making.declaring import declare
from procedures.language.making.draft import Draft
from procedures.language.model.steps import EachStep, ParallelStep
from procedures.language.reading.problems import Problems
from procedures.language.scenarios.scenario import load_scenarios
from tests.procedures.language.house import EXAMPLES, House, build_examples

DECIDING = {
    "1.001632": ["sign"],
    "1.002759": ["sign_book", "card"],
    "1.013401": ["sign"],
    "1.014163": ["sign"],
    "1.014166": ["sign"],
    "1.014171": ["sign"],
    "2.000986": ["sign_birth", "sign_residence"],
}
CODES = sorted(path.parent.name for path in EXAMPLES.glob("*/procedure.yaml"))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_examples(tmp_path_factory.mktemp("examples"))


def _file(examples: House, code: str) -> Path:
    return examples.path(f"catalogue/bhxh/{code}/v1/procedure.yaml")


def _loaded(examples: House, code: str) -> Loaded:
    return load_procedure(_file(examples, code))


@pytest.mark.parametrize("code", CODES)
def test_an_example_loads_without_a_problem(examples: House, code: str) -> None:
    loaded = _loaded(examples, code)

    assert [] == [str(problem) for problem in loaded.problems]
    assert loaded.procedure is not None


@pytest.mark.parametrize("code", CODES)
def test_its_scenarios_name_only_what_is_there(examples: House, code: str) -> None:
    scenarios = load_scenarios(_file(examples, code).with_name("scenarios.yaml"), _loaded(examples, code).procedure)

    assert [] == [str(problem) for problem in scenarios.problems]
    assert scenarios.scenarios


def test_there_is_an_example_of_every_part() -> None:
    text = "".join((EXAMPLES / code / "procedure.yaml").read_text() for code in CODES)
    parts = ("variant_per:", "variants:", "windows:", "fees:", "tables:", "checks:", "parties:", "units:", "each:")

    assert [] == [part for part in (*parts, "parallel:", "pay:", "if_verified:") if part not in text]


def test_an_example_read_back_from_its_json_is_the_same(examples: House) -> None:
    for code in CODES:
        procedure = load_procedure(examples.path(f"catalogue/bhxh/{code}/v1/procedure.yaml")).procedure
        assert procedure is not None

        assert procedure == type(procedure).model_validate_json(procedure.model_dump_json())


@pytest.mark.parametrize("code", DECIDING)
def test_the_steps_that_decide_are_found(examples: House, code: str) -> None:
    procedure = _loaded(examples, code).procedure

    assert procedure is not None
    assert [*DECIDING[code], "sign_refusal"] == [step.id for step in procedure.all_steps if step.deciding]


@pytest.mark.parametrize("code", DECIDING)
def test_what_a_case_evaluates_with_is_what_was_compiled_with(examples: House, code: str) -> None:
    loaded = _loaded(examples, code)
    assert loaded.procedure is not None

    evaluated, compiled = names_of(loaded.procedure), _compiled(loaded)

    assert set(compiled.variables) <= set(evaluated.variables)
    steps = [step.id for step in loaded.procedure.all_steps]
    for variable in ("form", "intake", "documents", "tables", *steps):
        assert compiled.messages.get(f"Of_{variable}") == evaluated.messages.get(f"Of_{variable}"), variable


def _compiled(loaded: Loaded) -> Names:
    problems = Problems()
    draft = Draft(loaded.resolved, problems, Compiler(problems))
    return declare(draft, lead_out(loaded.resolved, problems)).names


def test_branches_and_lines_are_sequences_with_their_steps(examples: House) -> None:
    family, sickness = _loaded(examples, "2.000986").procedure, _loaded(examples, "1.014163").procedure
    assert family is not None and sickness is not None
    agencies, review = family.step("agencies"), sickness.step("review")

    assert isinstance(agencies, ParallelStep) and isinstance(review, EachStep)
    assert ["check_residence", "complete_residence", "residence_notice", "residence_refusal", "sign_residence"] == [
        step.id for step in family.sequence("agencies/residence")[:5]
    ]
    assert ("workers", ["amount"]) == (review.of, [total.name for total in review.totals])
    assert ["assess"] == [step.id for step in sickness.sequence("review/*")]
    assert ("review/*", review) == (sickness.sequence_of("assess"), sickness.owner("assess"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('lines: ["0110000003"]', 'lines: ["0110000009"]', "no line of 'workers' '0110000009'"),
        ("open: [assess/0110000003]", "open: [assess/0110000009]", "no line '0110000009'"),
        ("warnings: [worker/0110000003]", "warnings: [worker/3]", "no line '3'"),
        ("papers_on: 2026-02-26, variant: abroad", "papers_on: 2026-02-26, variant: aboard", "no variant 'aboard'"),
        ("days: 3,", "day: 3,", "no column of 'workers' 'day'"),
        (
            "submitter: employer",
            "submitter: employer\n  variant: abroad",
            "the variant is chosen for each line of 'workers'",
        ),
    ],
)
def test_lines_are_named_by_their_key(examples: House, tmp_path: Path, old: str, new: str, told: str) -> None:
    sickness = _loaded(examples, "1.014163").procedure
    text = _file(examples, "1.014163").with_name("scenarios.yaml").read_text()
    assert text.count(old) == 1
    file = tmp_path / "scenarios.yaml"
    file.write_text(text.replace(old, new))

    assert [told] == [problem.message for problem in load_scenarios(file, sickness).problems]
