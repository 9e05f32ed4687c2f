"""Fixtures of the language: the real texts, and a copy of them that a test may break."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from procedures.language.loader import load_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from tests.procedures.language.house import CODE, House, build, build_examples


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


@pytest.fixture(scope="session")
def reimbursement() -> Procedure:
    procedure = load_procedure(HOME / CODE / "procedure.yaml").procedure
    assert procedure is not None
    return procedure


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Procedure]:
    """Give an example by its code: `1.014163` is a list of workers, each line with its variant."""
    house = build_examples(tmp_path_factory.mktemp("examples"))

    @cache
    def load(code: str) -> Procedure:
        loaded = load_procedure(house.path(f"catalogue/bhxh/{code}/v1/procedure.yaml"))
        assert loaded.procedure is not None, [str(problem) for problem in loaded.problems]
        return loaded.procedure

    return load
