"""Keeps the processes of `motcua up` alive: starts them in order, restarts what crashes, ends them in reverse.

GaveUp                  a process crashed more often than it may
Stopped                 somebody asked for the end before everything was up
"""

import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from cli import home as state
from cli.engine.program import EngineError, Program, last_lines, start, stop, wait_until_ready

RESTARTS = 5
FIRST_PAUSE = 0.5

# A process that ran this long had recovered: its earlier crashes are forgotten.
HEALTHY_AFTER = 120.0

Say = Callable[[str], None]


class GaveUp(EngineError):
    """A process cannot be kept alive."""


class Stopped(Exception):
    """The end was asked for."""


@dataclass(slots=True)
class _Child:
    program: Program
    process: "subprocess.Popen[bytes]"
    started_at: float
    crashes: int = 0
    restart_at: float | None = None


class Supervisor:
    def __init__(self, home: Path, say: Say) -> None:
        self._home = home
        self._say = say
        self._children: list[_Child] = []
        self._end = threading.Event()

    def listen_to_signals(self) -> None:
        """From now on Ctrl-C, SIGTERM and a closed terminal ask for the end instead of causing it."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_for_end)

    def start(self, *programs: Program) -> None:
        """Start `programs` beside each other and return when all are ready."""
        before = len(self._children)
        for program in programs:
            self._children.append(_Child(program, start(program), time.monotonic()))
            self._record()
        for child in self._children[before:]:
            wait_until_ready(child.process, child.program, pause=self._pause)

    def raise_if_asked_to_end(self) -> None:
        if self._end.is_set():
            raise Stopped

    def watch_while(self, is_wanted: Callable[[], bool]) -> None:
        """Restart what crashes, until `is_wanted` says no."""
        while is_wanted():
            for child in self._children:
                self._look_after(child)
            self._pause(0.1)

    def stop_all(self) -> None:
        """End every process, the last started first."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(self._children):
            stop(child.process, child.program)
        self._children.clear()
        self._record()

    def _look_after(self, child: _Child) -> None:
        now = time.monotonic()
        if child.restart_at is not None:
            if now >= child.restart_at:
                self._restart(child)
            return
        if child.process.poll() is None:
            if child.crashes and now - child.started_at > HEALTHY_AFTER:
                child.crashes = 0
            return
        child.crashes += 1
        if child.crashes > RESTARTS:
            raise GaveUp(
                f"{child.program.name} was restarted {RESTARTS} times and ended again with status "
                f"{child.process.returncode}:\n{last_lines(child.program.log)}"
            )
        pause = FIRST_PAUSE * 2 ** (child.crashes - 1)
        child.restart_at = now + pause
        self._say(
            f"{child.program.name} ended with status {child.process.returncode}: "
            f"restart {child.crashes} of {RESTARTS} in {pause:g} s."
        )

    def _restart(self, child: _Child) -> None:
        child.process = start(child.program)
        child.started_at = time.monotonic()
        child.restart_at = None
        self._record()

    def _pause(self, seconds: float) -> None:
        self.raise_if_asked_to_end()
        self._end.wait(seconds)

    def _record(self) -> None:
        running = [
            state.Recorded(
                name=child.program.name,
                pid=child.process.pid,
                started=started,
                stop_signal=int(child.program.stop_signal),
            )
            for child in self._children
            if (started := state.start_time(child.process.pid))
        ]
        state.record(self._home, running)

    def _ask_for_end(self, number: int, frame: FrameType | None) -> None:
        self._end.set()
