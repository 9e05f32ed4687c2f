"""What `motcua check` reads, says and ends with."""

from pathlib import Path

import pytest

from procedures.language.check import CLEAN, ERRORS, FINDINGS, check
from procedures.language.resolving.sources import HOME
from tests.procedures.language.house import CODE, House


def test_the_house_is_clean() -> None:
    report = check([HOME])

    assert CLEAN == report.exit_code, list(report.lines())
    assert [f"{report.files} files checked, no problems"] == list(report.lines())
    assert report.files >= 8


def test_an_error_ends_with_one(house: House) -> None:
    house.change("version: 1\n", "version: one\n")

    report = check([house.file])

    assert ERRORS == report.exit_code
    assert [
        f"{house.file}:2:10: wrong-type 'one' is no whole number",
        "1 file checked, 1 problem",
    ] == list(report.lines())


def test_an_open_finding_alone_ends_with_two(house: House) -> None:
    house.path(f"{CODE}/scenarios.yaml").unlink()

    assert FINDINGS == check([house.root]).exit_code


def test_a_warning_alone_ends_with_zero(house: House) -> None:
    house.change("  payment: {code: KQ.G18.000291, ", "  payment: {")

    report = check([house.file])

    assert (CLEAN, ["result-without-code"]) == (report.exit_code, [problem.code for problem in report.problems])


def test_scenarios_are_checked_with_their_procedure(house: House) -> None:
    scenarios = house.path(f"{CODE}/scenarios.yaml")
    scenarios.write_text(scenarios.read_text().replace("complete_task: review", "complete_task: revue", 1))

    assert ["unknown-step"] == [problem.code for problem in check([scenarios]).problems]


def test_each_file_of_a_folder_is_checked(house: House) -> None:
    house.change("kind: organisation", "kind: company", name="registry/submitters.yaml")
    house.change("profile: nd118\n", "profile: Nd118\n", name="profiles/nd118.yaml")

    codes = sorted({problem.code for problem in check([house.root]).problems})

    assert ["bad-id", "unknown-word"] == codes


@pytest.mark.parametrize("inside", ["", "bhxh", "bhxh/1.014140", "bhxh/1.014140/v1"])
def test_a_version_is_checked_from_inside_its_folders(
    house: House, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(house.path(f"catalogue/{inside}"))

    assert [] == [str(problem) for problem in check([Path(".")]).problems]
    assert CLEAN == check([house.file.relative_to(Path.cwd())]).exit_code


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    report = check([tmp_path / "nowhere"])

    assert (ERRORS, ["file-unreadable"]) == (report.exit_code, [problem.code for problem in report.problems])


def test_a_file_of_another_kind_is_told_what_it_might_be(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("name: x\n")

    problems = [str(problem) for problem in check([other]).problems]

    assert problems[0].startswith(f"{other}:1:1: missing-key the key 'procedure' is missing (a file begins with one of")


def test_a_bundle_is_told_what_it_lacks(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.yaml"
    bundle.write_text("bundle: death\nversion: 1\n")

    assert {"missing-key"} == {problem.code for problem in check([bundle]).problems}
