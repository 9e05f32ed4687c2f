"""A procedure that has every part."""

import pytest

from procedures.language.model.procedure import Procedure
from tests.procedures.language.house import House
from tests.procedures.language.telling.texts import EVERYTHING


@pytest.fixture
def everything(house: House) -> Procedure:
    return house.write(EVERYTHING).procedure()
