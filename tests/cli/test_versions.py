"""What people type to read versions: one in words, one with the origin of its values, two told apart."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.load import CATALOGUE
from cli.main import commands
from tests.procedures.language.house import other_procedures

VERSION = "catalogue/bhxh/1.014140/v1"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The texts of the house, with a second version beside the first."""
    root = tmp_path / "procedures"
    shutil.copytree(CATALOGUE.parent, root, ignore=other_procedures)
    second = root / VERSION.replace("v1", "v2")
    shutil.copytree(root / VERSION, second)
    file = second / "procedure.yaml"
    text = file.read_text().replace("version: 1\n", "version: 2\n").replace("from: 2025-07-01", "from: 2026-07-01")
    file.write_text(text.replace("within: 25 calendar days", "within: 20 calendar days"))
    return root


def test_a_version_is_shown_in_words(copy: Path) -> None:
    shown = _run("show", str(copy / VERSION))

    assert (shown.exit_code, shown.output.splitlines()[0]) == (
        0,
        "1.014140 v1  Thanh toán trực tiếp chi phí khám bệnh, chữa bệnh BHYT",
    )
    assert "Papers to hand in" in _run("show", str(copy / VERSION), "--language", "en").output


def test_a_version_is_shown_with_the_origin_of_its_values(copy: Path) -> None:
    lines = _run("show", str(copy / VERSION), "--resolved").output.splitlines()

    assert [line.rpartition("  # ")[2] for line in lines if line.startswith("  rounds: 1")] == [
        "profiles/nd118.yaml:13"
    ]


def test_two_versions_are_told_apart_as_diff_does(copy: Path) -> None:
    told = _run("diff", str(copy / VERSION), str(copy / VERSION.replace("v1", "v2")))

    assert told.output.splitlines() == [
        "1.014140 v1 → 1.014140 v2",
        "",
        "Thời hạn thay đổi",
        "- Thời gian áp dụng, ngày đầu: trước là 01/07/2025, nay là 01/07/2026.",
        "- Thời hạn giải quyết: trước là 25 ngày, nay là 20 ngày.",
    ]
    assert told.exit_code == 1


def test_a_version_and_itself_differ_in_nothing_a_person_notices(copy: Path) -> None:
    told = _run("diff", str(copy / VERSION), str(copy / VERSION), "--language", "en")

    assert told.output.splitlines()[-1] == "Nothing a person or a clock notices has changed."
    assert told.exit_code == 0


@pytest.mark.parametrize("arguments", [("nowhere",), ("1.014140",)])
def test_what_is_no_version_is_trouble(copy: Path, arguments: tuple[str, ...]) -> None:
    told = _run("diff", str(copy / VERSION), *arguments)

    assert (told.exit_code, "is no version" in told.output) == (2, True)


def test_a_version_with_errors_is_trouble_and_says_them(copy: Path) -> None:
    file = copy / VERSION / "procedure.yaml"
    file.write_text(file.read_text().replace("channels:", "chanels:"))

    told = _run("diff", str(file), str(file))

    assert (told.exit_code, "chanels" in told.output) == (2, True)


def test_what_is_published_is_told_apart_from_a_file(
    copy: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert _run("publish", str(copy / VERSION)).exit_code == 0

    told = _run("diff", "1.014140/v1", str(copy / VERSION.replace("v1", "v2")), "--language", "en")

    assert "- Legal limit: was 25 calendar days, now 20 calendar days." in told.output.splitlines()
    assert _run("show", "1.014140/v1", "--language", "en").output.startswith("1.014140 v1  Direct reimbursement")


def test_a_number_that_is_not_published_is_trouble(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)

    told = _run("diff", "1.014140/v1", "1.014140/v2")

    assert (told.exit_code, "is not published" in told.output) == (2, True)


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, list(arguments))
