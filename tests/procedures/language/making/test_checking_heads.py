"""An agency that had ended before the version does nothing in it."""

import pytest

from tests.procedures.language.house import House

UNITS = "units:\n  there: {agency: police, level: commune, label: {vi: Nơi khác, en: Elsewhere}}\n"
REGISTRY = "registry/functions.yaml"


@pytest.mark.parametrize(
    ("last", "problems"),
    [
        ("2025-06-30", ["procedure.yaml:24:19: unit-abolished agency 'police' ended on 2025-06-30 "
                        "(name the one that took over its work)"]),
        ("2025-07-01", []),
    ],
)  # fmt: skip
def test_a_unit_of_an_agency_that_had_ended(house: House, last: str, problems: list[str]) -> None:
    house.change("results:\n", UNITS + "results:\n").change(
        "agencies:\n", f"ended: {{police: {last}}}\nagencies:\n", name=REGISTRY
    )

    assert problems == house.problems()


def test_an_agency_that_ended_harms_nobody_who_does_not_name_it(house: House) -> None:
    house.change("agencies:\n", "ended: {police: 2025-06-30}\nagencies:\n", name=REGISTRY)

    assert [] == house.problems()
