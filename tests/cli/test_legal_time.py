"""Worked examples of legal time are played from a file, and one date is explained, by who has no case yet."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import commands

VECTORS = Path(__file__).parents[1] / "procedures" / "time" / "vectors"
FIRST = (VECTORS / "vectors_shared.jsonl").read_bytes().splitlines()[0]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    shutil.copytree(VECTORS / "calendars", tmp_path / "calendars")
    return tmp_path / "examples.jsonl"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["time", *map(str, arguments)])


def spoiled(**changes: object) -> bytes:
    return json.dumps(json.loads(FIRST) | changes).encode()


@pytest.mark.parametrize("file", sorted(VECTORS.glob("*.jsonl")), ids=lambda file: str(file.stem))
def test_all_worked_examples_come_out_as_expected(file: Path) -> None:
    result = run("check", file)

    total = len(file.read_bytes().splitlines())
    assert (f"{total} of {total} examples came out as expected\n", 0) == (result.output, result.exit_code)


def test_what_comes_out_otherwise_is_said_with_its_line_and_why(file: Path) -> None:
    file.write_bytes(b"\n".join([FIRST, b"", spoiled(expect_due="2026-03-10T23:59:59+07:00")]))

    result = run("check", file)

    assert result.exit_code == 1
    assert result.output.splitlines()[:3] == [
        f"{file}:3: ordinary-five-days: expected due 2026-03-10, got due 2026-03-09",
        "    by hand: The day of acceptance is not counted: 3, 4, 5, 6 and 9 March.",
        "    counted: The limit is 5 working days, counted from 09:00 on Monday 2 March 2026. The first day is not "
        "counted. Not counted: 2 weekend days. Day 5 is Monday 9 March 2026: the limit ends at 24:00 that day.",
    ]
    assert result.output.splitlines()[-1] == "1 of 2 examples came out as expected"


def test_a_refused_event_is_said_with_its_reason_in_either_language(file: Path) -> None:
    event = {"at": "2026-03-05T09:00:00+07:00", "kind": "extension", "amount": 1, "unit": "working_days", "ground": ""}
    file.write_bytes(spoiled(events=[event], expect_due="2026-03-10T23:59:59+07:00"))

    result = run("check", file, "--language", "vi")

    assert "    event 0 (extension) was refused: ground-required" in result.output
    assert "      Lúc 24:00 thứ Hai 09/03/2026: hết hạn [I4]" in result.output


def test_every_line_that_is_no_example_is_named(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join([FIRST, b"{", b"\xff\x00", spoiled(unit="weeks"), b"[" * 9999]))

    result = run("check", file)

    named = [line.partition(": no worked example: ")[0] for line in result.output.splitlines()[:-1]]
    assert [f"{file}:{number}" for number in (2, 3, 4, 5)] == named
    assert (result.output.splitlines()[-1], result.exit_code) == ("1 of 5 examples came out as expected", 1)


def test_calendars_and_hours_that_are_no_good_are_said_at_their_line(file: Path) -> None:
    lines = [spoiled(calendar=["vn-2062"]), spoiled(calendar=["vn-2026"] * 2), spoiled(hours={"mon": ["9-17"]})]
    file.write_bytes(b"\n".join(lines))

    result = run("check", file)

    said = result.output.splitlines()
    assert f"{file}:1: ordinary-five-days: " in said[0] and "no such calendar (there are: fictional-2026" in said[0]
    assert "both cover 2026-01-01" in said[1]
    assert "Office hours of 'mon'" in said[2]
    assert result.exit_code == 1


def test_the_calendars_may_lie_elsewhere(file: Path, tmp_path: Path) -> None:
    file.write_bytes(FIRST)
    shutil.move(tmp_path / "calendars", tmp_path / "elsewhere")

    assert run("check", file).exit_code == 1
    assert run("check", file, "--calendars", tmp_path / "elsewhere").exit_code == 0


def test_a_file_without_examples_is_not_right(file: Path) -> None:
    file.write_bytes(b"\n \n")

    assert ("0 of 0 examples came out as expected\n", 1) == (run("check", file).output, run("check", file).exit_code)


def test_a_date_is_explained() -> None:
    result = run("due", "5 working days", "2026-12-30 16:00", "--cutoff", "15:00", "--language", "vi")

    assert result.stdout.splitlines()[1] == (
        "  Lúc 16:00 thứ Tư 30/12/2026: nhận sau giờ chốt, tính như nhận lúc 07:30 thứ Năm 31/12/2026 [I7]"
    )
    assert result.stdout.splitlines()[-1] == "  Lúc 24:00 thứ Sáu 08/01/2027: hết hạn [I4]"
    assert result.stderr.startswith("Lịch vn-2027 là lịch tạm")


def test_what_follows_from_no_rule_names_none() -> None:
    lines = run("due", "no limit", "2026-03-02 09:00").stdout.splitlines()

    assert "  At 09:00 on Monday 2 March 2026: there is no limit" == lines[-1]


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [("5 days", "say 'calendar days' or 'working days'"), ("900 working days", "does not cover 2028-01-01")],
)
def test_what_cannot_be_counted_is_said_in_one_sentence(limit: str, sentence: str) -> None:
    result = run("due", limit, "2026-12-30 16:00")

    assert result.exception is not None
    assert sentence in str(result.exception)


def test_the_latest_receipt_for_a_day_is_said() -> None:
    result = run("latest", "5 working days", "2026-03-09", "--cutoff", "15:00", "--language", "vi")

    assert result.output == (
        "Nhận chậm nhất lúc 15:00 thứ Hai 02/03/2026 thì thời hạn 5 ngày làm việc kết thúc không muộn hơn "
        "24:00 thứ Hai 09/03/2026.\n"
    )


def test_what_lies_between_two_instants_is_said() -> None:
    result = run("between", "2026-02-12 14:30", "2026-02-24 09:00")

    assert result.output == (
        "12 days, 3 of them worked; 7 days without public holidays; the office is open for 19 h.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["due", "2 working days", "31/06/2026"], "'31/06/2026' is no moment: write it as '2026-06-30 09:30'"),
        (["due", "2 working days", "2026-06-31 09:30"], "'2026-06-31 09:30' is no moment"),
        (["latest", "2 working days", "30/06/2026"], "'30/06/2026' is no day: write it as 2026-06-30"),
    ],
)
def test_a_moment_that_is_none_is_told_with_how_to_write_it(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(commands, ["time", *arguments])

    assert told in result.output
    assert result.exit_code == 2
