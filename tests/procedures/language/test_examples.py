"""Procedures that together use the whole language: lists, variants, branches, fees, tables, windows."""

import pytest

from procedures.language.loader import load_procedure
from tests.procedures.language.house import EXAMPLES, House, build_examples

CODES = sorted(path.parent.name for path in EXAMPLES.glob("*/procedure.yaml"))


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_examples(tmp_path_factory.mktemp("examples"))


@pytest.mark.parametrize("code", CODES)
def test_an_example_loads_without_a_problem(examples: House, code: str) -> None:
    loaded = load_procedure(examples.path(f"catalogue/bhxh/{code}/v1/procedure.yaml"))

    assert [] == [str(problem) for problem in loaded.problems]
    assert loaded.procedure is not None


def test_there_is_an_example_of_every_part() -> None:
    text = "".join((EXAMPLES / code / "procedure.yaml").read_text() for code in CODES)
    parts = ("variant_per:", "variants:", "windows:", "fees:", "tables:", "checks:", "parties:", "units:", "each:")

    assert [] == [part for part in (*parts, "parallel:", "pay:", "if_verified:") if part not in text]


def test_an_example_read_back_from_its_json_is_the_same(examples: House) -> None:
    for code in CODES:
        procedure = load_procedure(examples.path(f"catalogue/bhxh/{code}/v1/procedure.yaml")).procedure
        assert procedure is not None

        assert procedure == type(procedure).model_validate_json(procedure.model_dump_json())
