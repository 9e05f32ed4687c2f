"""Fixtures of the language: the real texts, and a copy of them that a test may break."""

from pathlib import Path

import pytest

from procedures.language.loader import load_procedure
from procedures.language.model import Procedure
from procedures.language.sources import HOME
from tests.procedures.language.house import CODE, House, build


@pytest.fixture
def house(tmp_path: Path) -> House:
    return build(tmp_path)


@pytest.fixture(scope="session")
def reimbursement() -> Procedure:
    procedure = load_procedure(HOME / CODE / "procedure.yaml").procedure
    assert procedure is not None
    return procedure
