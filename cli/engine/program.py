"""One process that the engine consists of: how it is started, known to be ready, and ended.

EngineError             the sentence says what is missing or wrong and what to do
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


class EngineError(Exception):
    """A part of the engine cannot be obtained or started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    log: Path
    is_ready: Callable[[], bool]
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    start_within: float = 60


def start(program: Program) -> subprocess.Popen[bytes]:
    """Start `program` in a session of its own: a Ctrl-C on the terminal reaches only who ends it in order.

    What it writes may name persons: nobody else on this machine reads it, nor its log.
    """
    program.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with program.log.open("ab") as log:
        return subprocess.Popen(
            program.command,
            cwd=program.folder,
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=0o077,
            user=program.user,
            group=_group(program.user),
            extra_groups=None if program.user is None else [],
        )


def wait_until_ready(
    process: "subprocess.Popen[bytes]", program: Program, *, pause: Callable[[float], object] = time.sleep
) -> None:
    """Return when `program` answers; an early end or silence is an error with the last lines of its log."""
    give_up = time.monotonic() + program.start_within
    while not program.is_ready():
        if process.poll() is not None:
            raise EngineError(f"{program.name} ended with status {process.returncode}:\n{last_lines(program.log)}")
        if time.monotonic() > give_up:
            raise EngineError(
                f"{program.name} was not ready after {program.start_within:g} s:\n{last_lines(program.log)}"
            )
        pause(0.05)


def stop(process: "subprocess.Popen[bytes]", program: Program, *, within: float = 15) -> None:
    """Ask `program` to end, and end it if it does not."""
    if process.poll() is None:
        process.send_signal(program.stop_signal)
    try:
        process.wait(timeout=within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_lines(log: Path, count: int = 12) -> str:
    if not log.is_file():
        return f"  ({log} is empty)"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 16_384))
        lines = file.read().decode(errors="replace").splitlines()
    return "\n".join(f"  {line[:400]}" for line in lines[-count:]) + f"\n  (all of it: {log})"


def bare_environment() -> dict[str, str]:
    """What a foreign program gets of ours: nothing that could configure it by accident."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _group(user: str | None) -> int | None:
    if user is None:
        return None
    import pwd

    return pwd.getpwnam(user).pw_gid
