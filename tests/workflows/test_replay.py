"""What lies in histories stays readable: every recorded life is replayed by the code of today to its last state."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from temporalio.workflow import NondeterminismError

from tests.workflows.golden import FOLDER, read, replay
from workflows.core import machine

pytestmark = pytest.mark.anyio

FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
async def test_a_recorded_life_leads_to_its_last_state(file: Path) -> None:
    golden = read(file)

    assert golden.state == await replay(golden)


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_order_of_hashes_decides_nothing(seed: str) -> None:
    command = [sys.executable, "-m", "tests.workflows.golden", "replay"]

    done = subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True)

    assert "".join(f"{file.stem} {read(file).state}\n" for file in FILES) == done.stdout, done.stderr


async def test_a_case_that_would_act_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "next_wake", lambda pin, state: None)

    with pytest.raises(NondeterminismError, match="TMPRL1100"):
        await replay(read(FILES[0]))


def test_every_kind_of_life_is_recorded_more_than_one_run_long_where_it_is_long() -> None:
    names = {file.stem.rpartition("-")[0] for file in FILES}

    assert {"paid", "supplemented", "expired", "late_and_archived", "refused", "unpaid_at_first"} == names
    assert any(file.stem.endswith("-2") for file in FILES)
