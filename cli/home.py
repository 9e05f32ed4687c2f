"""The state folder of a `motcua up`: who holds it, which processes run, and what an earlier run left behind."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from cli.engine.program import EngineError

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A process we started: the pid alone may belong to somebody else by now."""

    name: str
    pid: int
    started: str
    stop_signal: int


@contextmanager
def held(home: Path) -> Iterator[None]:
    """Hold the state folder for one run; the lock goes with its holder, however that ends."""
    _make(home)
    with _locked(home / "lock") as lock:
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        try:
            yield
        finally:
            (home / "lock").unlink(missing_ok=True)


def record(home: Path, processes: list[Recorded]) -> None:
    """Write down what is running, so that a run after a kill can end it."""
    file = _record_file(home)
    if not processes:
        file.unlink(missing_ok=True)
        return
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(json.dumps([asdict(process) for process in processes], indent=1))
    unfinished.replace(file)


def end_leftovers(home: Path, say: Say) -> None:
    """End what an earlier run started and could not end: the last started first, as a clean end would."""
    file = _record_file(home)
    if not file.is_file():
        return
    for process in reversed([Recorded(**line) for line in json.loads(file.read_text())]):
        if start_time(process.pid) == process.started:
            say(f"Ending {process.name} (process {process.pid}), left over by a run that was killed.")
            _end(process)
    file.unlink()


def start_time(pid: int) -> str | None:
    """Answer when process `pid` started, in a form that no other process of this machine ever has."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    # The name, in parentheses, may contain anything; the state is the first field after it, the start time the 20th.
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else f"{boot}/{fields[19]}"


def _locked(path: Path) -> TextIO:
    while True:
        lock = path.open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise EngineError(
                f"motcua is already up in {path.parent} (process {holder}): "
                "end that one, or choose another folder with MOTCUA_HOME."
            ) from None
        # Its last holder may have removed the file between our opening and our locking it.
        if path.exists() and os.path.samestat(os.fstat(lock.fileno()), path.stat()):
            return lock
        lock.close()


def _end(process: Recorded) -> None:
    for number, patience in ((process.stop_signal, 15), (signal.SIGKILL, 15)):
        try:
            os.kill(process.pid, number)
        except ProcessLookupError:
            return
        give_up = time.monotonic() + patience
        while time.monotonic() < give_up:
            if start_time(process.pid) != process.started:
                return
            time.sleep(0.05)
    raise EngineError(f"{process.name} (process {process.pid}) does not end: end it by hand.")


def _make(home: Path) -> None:
    if home.is_dir():
        return
    try:
        home.mkdir(parents=True)
    except OSError as error:
        raise EngineError(
            f"{home} cannot be made ({error.strerror}): choose another folder with MOTCUA_HOME."
        ) from None
    # As root, PostgreSQL's own account must be able to pass through; its data stay closed to everybody else.
    home.chmod(0o755 if os.geteuid() == 0 else 0o700)


def _record_file(home: Path) -> Path:
    return home / "processes.json"
