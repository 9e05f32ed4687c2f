"""What the core orders, the worker can do."""

import re

from activities.contracts import CONTRACTS
from workflows.core import effects


def test_every_effect_the_core_names_has_a_contract() -> None:
    named = set(re.findall(r"^([A-Z][a-z]+\.[a-z]+) ", effects.__doc__ or "", re.MULTILINE))

    assert named == set(CONTRACTS)
