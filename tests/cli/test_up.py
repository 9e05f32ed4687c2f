"""`motcua up` as a newcomer runs it: real processes, a real case, and no trace afterwards."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cli.engine import temporal
from cli.engine.ports import free_run, is_free
from settings import PORTS
from tests.support import assert_soon, remove_folder, temporary_folder

# On a machine that runs other tests beside it; alone, a start takes seconds.
PATIENCE = 120.0


@dataclass(slots=True)
class Corner:
    """A state folder and ports of its own, and the runs started there."""

    folder: Path
    environment: dict[str, str]
    runs: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def up(self, *options: str, **variables: str) -> "subprocess.Popen[bytes]":
        with self.log.open("wb") as log:
            run = subprocess.Popen(
                [sys.executable, "-m", "cli.main", "up", *options],
                env=self.environment | variables,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.runs.append(run)
        return run

    @property
    def log(self) -> Path:
        return self.folder / "up.log"

    @property
    def said(self) -> str:
        return self.log.read_text()

    def is_up(self) -> bool:
        assert self.runs[-1].poll() is None, self.said
        return "Everything is up" in self.said

    def pids(self) -> dict[str, int]:
        return {line["name"]: line["pid"] for line in json.loads((self.folder / "state/processes.json").read_text())}


@pytest.fixture(scope="module")
def corner() -> Iterator[Corner]:
    folder = temporary_folder()
    first = free_run(len(temporal.PORTS) + 4)
    # Temporal takes the ports after its own as well: it comes last.
    names = [*sorted(set(PORTS) - {"MOTCUA_TEMPORAL_PORT"}), "MOTCUA_TEMPORAL_PORT"]
    ports = {name: str(first + step) for step, name in enumerate(names)}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
    corner = Corner(folder, kept | ports | {"MOTCUA_HOME": str(folder / "state")})
    yield corner
    for run in corner.runs:
        _end(run)
    remove_folder(folder)


def test_one_run_carries_a_case_to_its_delivered_result_and_leaves_no_trace(corner: Corner) -> None:
    run = corner.up("--once")

    assert run.wait(timeout=PATIENCE) == 0, corner.said

    assert "Finished" in corner.said
    assert not (corner.folder / "state/lock").exists()
    assert not (corner.folder / "state/processes.json").exists()
    assert is_free(int(corner.environment["MOTCUA_POSTGRES_PORT"]))
    kept = ("files", "logs", "mail", "postgres", "treasury")
    assert {0o700} == {(corner.folder / "state" / name).stat().st_mode & 0o777 for name in kept}


def test_a_killed_worker_comes_back_and_the_end_leaves_no_process(corner: Corner) -> None:
    run = corner.up()
    assert_soon(corner.is_up, within=PATIENCE)
    before = corner.pids()

    os.kill(before["worker"], signal.SIGKILL)

    assert_soon(lambda: corner.pids()["worker"] != before["worker"], within=10)
    assert "worker ended with status -9: restart 1 of 5" in corner.said
    after = corner.pids()
    assert _end(run) == 0
    assert not any(_runs(pid) for pid in after.values())


def test_after_a_kill_the_next_run_ends_what_was_left_over(corner: Corner) -> None:
    killed = corner.up()
    assert_soon(corner.is_up, within=PATIENCE)
    left = corner.pids()
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    run = corner.up()
    assert_soon(corner.is_up, within=PATIENCE)

    assert f"Ending PostgreSQL (process {left['PostgreSQL']}), left over by a run that was killed." in corner.said
    assert not any(_runs(pid) for pid in left.values())
    assert _end(run) == 0


def test_two_parts_that_would_take_one_port_are_named_before_anything_starts(corner: Corner) -> None:
    inside = int(corner.environment["MOTCUA_TEMPORAL_PORT"]) + 3

    run = corner.up(MOTCUA_SMTP_PORT=str(inside))

    assert run.wait(timeout=PATIENCE) == 1
    assert f"MOTCUA_TEMPORAL_PORT and MOTCUA_SMTP_PORT both take port {inside}" in corner.said


def _end(run: "subprocess.Popen[bytes]") -> int:
    if run.poll() is None:
        run.send_signal(signal.SIGTERM)
    return run.wait(timeout=60)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
