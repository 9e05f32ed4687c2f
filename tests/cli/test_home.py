"""One run holds the state folder, and ends what a killed run left behind, and nothing else."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cli.engine.program import EngineError
from cli.home import Recorded, end_leftovers, held, record, start_time


def test_a_second_run_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(EngineError, match="already up .* MOTCUA_HOME"), held(tmp_path):
        pass


def test_a_run_that_ended_leaves_no_lock(tmp_path: Path) -> None:
    with held(tmp_path):
        assert (tmp_path / "lock").exists()

    assert not (tmp_path / "lock").exists()


def test_a_lock_whose_holder_was_killed_stops_nobody(tmp_path: Path) -> None:
    code = "import os, pathlib, sys; from cli.home import held\nwith held(pathlib.Path(sys.argv[1])): os.abort()"
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "lock").exists()

    with held(tmp_path):
        pass


def test_a_recorded_process_that_still_runs_is_ended(tmp_path: Path) -> None:
    sleeper = _sleeper()
    record(tmp_path, [_recorded(sleeper)])

    end_leftovers(tmp_path, print)

    assert sleeper.wait(timeout=5) == -15
    assert not (tmp_path / "processes.json").exists()


def test_a_stranger_that_got_the_recorded_pid_is_left_alone(tmp_path: Path) -> None:
    stranger = _sleeper()
    record(tmp_path, [replace(_recorded(stranger), started="another boot/1")])

    end_leftovers(tmp_path, print)

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_a_process_that_ended_has_no_start_time() -> None:
    sleeper = _sleeper()
    sleeper.kill()
    sleeper.wait()

    assert start_time(sleeper.pid) is None


def _sleeper() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])


def _recorded(process: "subprocess.Popen[bytes]") -> Recorded:
    started = start_time(process.pid)
    assert started is not None
    return Recorded(name="sleeper", pid=process.pid, started=started, stop_signal=15)
