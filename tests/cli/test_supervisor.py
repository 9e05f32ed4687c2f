"""The supervisor keeps its processes alive as long as that makes sense, and ends them in reverse order."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import supervisor as module
from cli.engine.program import EngineError, Program
from cli.supervisor import GaveUp, Stopped, Supervisor
from tests.support import assert_soon


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    supervisor = Supervisor(tmp_path, said.append)
    yield supervisor
    supervisor.stop_all()
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_a_program_is_started_when_it_is_ready(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(_program(tmp_path, "open('ready', 'w'); import time; time.sleep(60)"))

    assert (tmp_path / "ready").exists()


def test_a_program_that_ends_at_once_is_an_error_with_its_last_words(supervisor: Supervisor, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="ended with status 3:\n  no such table"):
        supervisor.start(_program(tmp_path, "import sys; print('no such table'); sys.exit(3)"))


def test_a_killed_program_is_restarted(supervisor: Supervisor, tmp_path: Path, said: list[str]) -> None:
    supervisor.start(_program(tmp_path, "import os, time; open('ready', 'w').write(str(os.getpid())); time.sleep(60)"))
    first = _pid(tmp_path)

    os.kill(first, signal.SIGKILL)
    supervisor.watch_while(lambda: _pid(tmp_path) == first)

    assert "sample ended with status -9: restart 1 of 5 in 0.01 s." in said


def test_a_program_that_crashes_for_the_sixth_time_ends_the_run(
    supervisor: Supervisor, tmp_path: Path, said: list[str]
) -> None:
    supervisor.start(_program(tmp_path, "open('ready', 'w'); print('out of luck')"))

    with pytest.raises(GaveUp, match="restarted 5 times.*status 0:\n(.*\n)*  out of luck"):
        supervisor.watch_while(lambda: True)

    assert len(said) == 5


def test_the_end_asked_for_by_a_signal_leaves_no_process(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.listen_to_signals()
    supervisor.start(_program(tmp_path, "import os, time; open('ready', 'w').write(str(os.getpid())); time.sleep(60)"))
    threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGTERM)).start()

    with pytest.raises(Stopped):
        supervisor.watch_while(lambda: True)
    supervisor.stop_all()

    assert_soon(lambda: not Path(f"/proc/{_pid(tmp_path)}").exists())
    assert not (tmp_path / "processes.json").exists()


def _program(folder: Path, code: str) -> Program:
    return Program(
        name="sample",
        command=(sys.executable, "-c", code),
        environment={},
        folder=folder,
        log=folder / "sample.log",
        is_ready=lambda: (folder / "ready").exists(),
        start_within=10,
    )


def _pid(folder: Path) -> int:
    text = (folder / "ready").read_text()
    return int(text) if text else 0
