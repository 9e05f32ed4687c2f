from pathlib import Path

import pytest

from records.errors import OrganisationRefused
from records.organisation_file import Organisation, read_organisation
from tests.records.conftest import DEMO


def test_the_demo_has_a_base_unit_and_a_province_that_decides(demo: Organisation) -> None:
    units = {unit.id: unit for unit in demo.units}

    assert "song-lam" == units["ben-may"].competent
    assert {"lan", "hung", "mai", "an", "binh", "chi", "dung", "giang"} <= {one.login for one in demo.accounts}


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("parent: song-lam", "parent: song-lan", "unknown-name there is no unit 'song-lan' (did you mean 'song-lam'?)"),
        ("parent: song-lam", "parent: ben-may", "unknown-name unit 'ben-may' stands above itself"),
        ("kind: officer", "kind: boss", "wrong-type"),
        ("head: true", "haed: true", "unknown-key"),
        ("function: leader", "function: leder", "does not do 'leder' (did you mean 'leader'?)"),
        ("{number:4}/{yyyy}", "{nr}/{yyyy}", "a template knows {identifier}"),
        ("agency: vss", "agency: [vss]", "wrong-type"),
        ("one_stop: {}", "one_stop: {from: 2026-02-30}", "day is out of range"),
        ("login: mai", "login: lan", "'lan' is given twice"),
        ("password: motcua-demo", "password: short", "at least 8 characters"),
        ("level: province", "level:", "empty-value"),
        ("organisation: demo", "- demo", "yaml-syntax"),
    ],
)
def test_every_mistake_is_told_with_its_place(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(DEMO.read_text().replace(right, wrong, 1))

    with pytest.raises(OrganisationRefused) as refused:
        read_organisation(file)

    problems = refused.value.data["problems"]
    assert isinstance(problems, list)
    assert any(told in str(problem) and str(problem).startswith("house.yaml:") for problem in problems), problems
