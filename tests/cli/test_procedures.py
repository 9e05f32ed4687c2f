"""What designers type: problems with their places, scenarios played, versions published by digest."""

import re
import shutil
from datetime import date
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner

from cli.load import CATALOGUE
from cli.main import commands
from cli.offices import offices_in
from tests.procedures.language.house import other_procedures

PROCEDURES = CATALOGUE.parent
VERSION = Path("catalogue/bhxh/1.014140/v1")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The texts of the house, to be spoiled."""
    shutil.copytree(PROCEDURES, tmp_path / "procedures", ignore=other_procedures)
    return tmp_path / "procedures"


@pytest.fixture
def stored(database_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DATABASE_URL", database_url)
    return database_url


def test_the_catalogue_has_no_problem() -> None:
    result = CliRunner().invoke(commands, ["check", str(CATALOGUE)])

    assert result.output.endswith("no problems\n")
    assert result.exit_code == 0


def test_a_procedure_is_held_against_the_offices_it_is_to_run_in(copy: Path) -> None:
    organisation = copy / "organisations" / "demo.yaml"
    _replace(organisation, "      medical_review: {}\n", "      medical_review: {from: 2099-01-01}\n")

    result = CliRunner().invoke(commands, ["check", str(copy / VERSION), "--organisation", str(organisation)])

    assert "function-not-performed no unit performs 'medical_review' on " in result.output
    assert result.exit_code == 1


def test_books_of_the_units_above_are_the_units_own(copy: Path) -> None:
    organisation = copy / "organisations" / "demo.yaml"
    offices = offices_in(organisation)

    books = offices(date(2026, 3, 2)).books

    assert {"decisions", "outgoing", "books", "cards"} == books["ben-may"] == books["song-lam"]
    assert frozenset() == books["tan-giang"]


def test_ways_that_no_scenario_takes_are_told_and_fail_nothing(copy: Path) -> None:
    scenarios = copy / VERSION / "scenarios.yaml"
    cases = scenarios.read_text().split("  - id: ")
    scenarios.write_text("  - id: ".join(cases[:4]))

    result = CliRunner().invoke(commands, ["check", str(copy / VERSION)])

    assert "outcome-untested 'review' reject is in no scenario" in result.output
    assert result.exit_code == 0


def test_scenarios_are_suggested_for_ways_none_takes_and_pass_when_pasted(copy: Path) -> None:
    scenarios = copy / VERSION / "scenarios.yaml"
    cases = scenarios.read_text("utf-8").split("  - id: ")
    scenarios.write_text("  - id: ".join(cases[:3]), "utf-8")

    before = CliRunner().invoke(commands, ["test", str(copy / VERSION), "--suggest"])
    _, mark, suggested = before.output.partition("  # takes ")
    with scenarios.open("a", encoding="utf-8") as file:
        file.write(mark + suggested)
    after = CliRunner().invoke(commands, ["test", str(copy / VERSION), "--suggest"])

    assert re.search(r"procedure\.yaml:29:[0-9]+ review/reject\n", before.output)
    assert "count the dates by hand" in suggested
    assert "FAILED" not in after.output
    assert after.output.endswith("6 of 6 ways taken\n")
    assert (0, 0) == (before.exit_code, after.exit_code)


def test_where_there_are_no_scenarios_a_whole_file_is_suggested(copy: Path) -> None:
    scenarios = copy / VERSION / "scenarios.yaml"
    scenarios.unlink()

    before = CliRunner().invoke(commands, ["test", str(copy / VERSION), "--suggest"])
    _, head, suggested = before.output.partition('scenarios: "1.014140"')
    scenarios.write_text(head + suggested, "utf-8")
    after = CliRunner().invoke(commands, ["test", str(copy / VERSION), "--suggest"])

    assert "scenario-missing there are no scenarios in 'scenarios.yaml'" in before.output
    assert after.output.endswith("5 of 5 limits, variants and conditions met\n6 of 6 ways taken\n")
    assert (1, 0) == (before.exit_code, after.exit_code)


def test_what_is_suggested_goes_out_apart_to_be_kept_as_a_file(copy: Path) -> None:
    """The shell empties the file that `--suggest > scenarios.yaml` is to fill."""
    (copy / VERSION / "scenarios.yaml").write_text("")

    result = CliRunner().invoke(commands, ["test", str(copy / VERSION), "--suggest"])
    (copy / VERSION / "scenarios.yaml").write_text(result.stdout, "utf-8")
    after = CliRunner().invoke(commands, ["check", str(copy / VERSION)])

    assert "0 of 6 ways taken" in result.stderr
    assert after.output.endswith("no problems\n")


def test_scenarios_are_played_while_findings_stand(copy: Path) -> None:
    _replace(copy / VERSION / "procedure.yaml", "within: 15 calendar days}", "within: 19 calendar days}")

    result = CliRunner().invoke(commands, ["test", str(copy / VERSION)])

    assert "budget-over-limit" in result.output
    assert "ok     paid-in-time" in result.output
    assert result.exit_code == 1


def test_a_scenario_that_fails_is_told_by_the_check_too(copy: Path) -> None:
    _replace(copy / VERSION / "procedure.yaml", "new_limit: 20 calendar days,", "new_limit: 21 calendar days,")

    result = CliRunner().invoke(commands, ["check", str(copy / VERSION)])

    assert re.search(r"scenarios.yaml:[0-9]+:[0-9]+: scenario-fails due: expected", result.output)
    assert result.exit_code == 1


def test_a_scenario_outside_its_calendars_says_which_to_name(copy: Path) -> None:
    _replace(copy / VERSION / "scenarios.yaml", "calendars: [vn-2026]", "calendars: [vn-2025]")

    result = CliRunner().invoke(commands, ["test", str(copy / VERSION)])

    assert "is in none of the calendars: name that of its year under 'calendars'" in result.output


def test_a_mistake_in_the_organisation_is_told_in_one_line(copy: Path) -> None:
    organisation = copy / "organisations" / "demo.yaml"
    _replace(organisation, "organisation: demo\n", "organisation: demo\nlevels: 3\n")

    result = CliRunner().invoke(commands, ["check", str(copy / VERSION), "--organisation", str(organisation)])

    [line] = result.output.splitlines()
    assert "demo.yaml:3:1: unknown-key" in line
    assert result.exit_code == 1


def test_every_problem_is_said_with_its_place(copy: Path) -> None:
    _replace(copy / VERSION / "procedure.yaml", "channels:", "chanels:")

    result = CliRunner().invoke(commands, ["check", str(copy / VERSION)])

    line = next(line for line in result.output.splitlines() if "chanels" in line)
    assert "procedure.yaml:" in line
    assert "channels" in line
    assert result.exit_code == 1


def test_every_way_through_the_procedure_is_taken_by_a_scenario() -> None:
    result = CliRunner().invoke(commands, ["test", str(CATALOGUE)])

    assert "FAILED" not in result.output
    assert result.output.endswith(" ways taken\n")
    assert result.exit_code == 0


def test_a_scenario_that_goes_otherwise_fails_with_its_place(copy: Path) -> None:
    _replace(copy / VERSION / "scenarios.yaml", "2026-03-27,", "2026-03-28,")

    result = CliRunner().invoke(commands, ["test", str(copy / VERSION)])

    assert "FAILED paid-in-time" in result.output
    assert "scenarios.yaml:" in result.output
    assert result.exit_code == 1


def test_a_version_is_published_once_and_stays_whatever_happens_to_its_file(copy: Path, stored: str) -> None:
    first = CliRunner().invoke(commands, ["publish", str(copy / VERSION)])
    shutil.rmtree(copy / VERSION)

    again = CliRunner().invoke(commands, ["publish", str(PROCEDURES / VERSION)])

    assert (first.exit_code, again.exit_code) == (0, 0)
    with psycopg.connect(stored) as db:
        assert db.execute("select count(*) from procedure_version").fetchone() == (1,)


def test_what_fails_its_scenarios_is_not_published(copy: Path, stored: str) -> None:
    _replace(copy / VERSION / "scenarios.yaml", "2026-03-27,", "2026-03-28,")

    result = CliRunner().invoke(commands, ["publish", str(copy / VERSION)])

    assert "Nothing was published" in str(result.exception)
    with psycopg.connect(stored) as db:
        assert db.execute("select count(*) from procedure_version").fetchone() == (0,)


def test_loading_twice_changes_nothing(stored: str) -> None:
    counts = []
    for _ in range(2):
        assert CliRunner().invoke(commands, ["load"]).exit_code == 0
        with psycopg.connect(stored) as db:
            counts.append(db.execute("select (select count(*) from account), (select count(*) from unit)").fetchone())

    assert counts[0] == counts[1]


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("command", ["explain", "verify"])
def test_a_case_nobody_knows_is_said_to_be_unknown(command: str) -> None:
    result = CliRunner().invoke(commands, [command, "H99-000000-0000"])

    assert result.exit_code == 1
    assert "H99-000000-0000" in result.output + str(result.exception)


def test_a_database_that_does_not_answer_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")

    result = CliRunner().invoke(commands, ["verify", "H99-000000-0000"])

    assert str(result.exception).startswith("PostgreSQL does not answer")


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
