"""Temporal's binaries come from the first source that has them, and never half."""

import hashlib
import http.server
import io
import os
import tarfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.engine import obtain
from cli.engine.program import EngineError

SERVER = f"#!/bin/sh\necho temporal version {obtain.VERSION}\n"


@pytest.fixture(autouse=True)
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on PATH but the system's own tools, and an empty cache."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    monkeypatch.setenv("PATH", f"{bin_folder}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("MOTCUA_KEEP_BUILD_CACHE", raising=False)
    return bin_folder


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def releases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder a web server publishes releases from."""
    folder = tmp_path / "releases"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]  # what the server passes on

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(obtain, "RELEASES", f"http://127.0.0.1:{server.server_port}")
    yield folder
    server.shutdown()
    server.server_close()


@pytest.fixture
def no_releases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(obtain, "RELEASES", "http://127.0.0.1:9/nobody-listens")


def test_binaries_on_path_are_used_as_they_are(bare_machine: Path, said: list[str]) -> None:
    _write_binaries(bare_machine)

    assert obtain.obtain(said.append) == bare_machine


def test_another_release_on_path_is_named_and_not_used(bare_machine: Path, said: list[str]) -> None:
    _write_binaries(bare_machine, server="#!/bin/sh\necho temporal version 1.30.0\n")

    assert obtain.on_path(said.append) is None
    assert said == [f"{bare_machine}/temporal-server is not release {obtain.VERSION}: not used."]


def test_the_archive_of_the_release_is_unpacked_into_the_cache(releases: Path, said: list[str]) -> None:
    _publish(releases)

    folder = obtain.obtain(said.append)

    assert folder == obtain.engine_cache() / f"temporal-{obtain.VERSION}"
    assert os.access(folder / "temporal-server", os.X_OK)
    assert obtain.temporal_binaries() == folder


def test_an_archive_with_another_checksum_is_not_used(releases: Path, said: list[str]) -> None:
    _publish(releases, digest="0" * 64)

    assert obtain.from_release(said.append) is None
    assert "does not have the checksum" in said[0]
    assert obtain.in_cache(said.append) is None


def test_a_network_that_does_not_answer_is_given_up(monkeypatch: pytest.MonkeyPatch, said: list[str]) -> None:
    monkeypatch.setattr(obtain, "DOWNLOAD_PATIENCE", 0.2)
    silent = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    monkeypatch.setattr(obtain, "RELEASES", f"http://127.0.0.1:{silent.server_port}")
    began = time.monotonic()

    assert obtain.from_release(said.append) is None

    assert time.monotonic() - began < 2
    silent.server_close()


@pytest.mark.usefixtures("no_releases")
def test_without_a_release_go_on_path_builds_it_and_the_build_leaves_no_cache(
    bare_machine: Path, said: list[str]
) -> None:
    _write_go(bare_machine, version="go1.26.8")

    folder = obtain.obtain(said.append)

    assert (folder / "temporal-sql-tool").is_file()
    assert not (obtain.engine_cache() / "build").exists()
    assert any("Building Temporal" in line for line in said)


@pytest.mark.usefixtures("no_releases")
def test_the_cache_of_the_build_stays_when_asked_for(
    bare_machine: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_KEEP_BUILD_CACHE", "1")
    _write_go(bare_machine, version="go1.27.3")

    obtain.obtain(said.append)

    assert (obtain.engine_cache() / "build").is_dir()


def test_a_go_that_is_too_old_is_not_asked_to_build(bare_machine: Path, said: list[str]) -> None:
    _write_go(bare_machine, version="go1.26.4")

    assert obtain.from_go_on_path(said.append) is None


def test_a_build_that_fails_says_why_and_leaves_nothing(bare_machine: Path, said: list[str]) -> None:
    _write_go(bare_machine, version="go1.26.8", build="echo no space left on device; exit 1")

    with pytest.raises(EngineError, match="no space left on device"):
        obtain.from_go_on_path(said.append)

    assert obtain.in_cache(said.append) is None
    assert not (obtain.engine_cache() / "build").exists()


def _write_binaries(folder: Path, *, server: str = SERVER) -> None:
    for name in obtain.BINARIES:
        (folder / name).write_text(server)
        (folder / name).chmod(0o755)


def _publish(folder: Path, *, digest: str = "") -> None:
    name = f"temporal_{obtain.VERSION}_linux_{'arm64' if os.uname().machine == 'aarch64' else 'amd64'}.tar.gz"
    with tarfile.open(folder / name, "w:gz") as tar:
        for binary in obtain.BINARIES:
            entry = tarfile.TarInfo(binary)
            entry.size = len(SERVER)
            tar.addfile(entry, io.BytesIO(SERVER.encode()))
    digest = digest or hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "checksums.txt").write_text(f"{digest}  {name}\n")


def _write_go(folder: Path, *, version: str, build: str = "") -> None:
    """Write a Go that says its version and builds at once what is asked for, named as Go would name it."""
    build = build or 'mkdir -p "$GOBIN" "$GOCACHE"; package=${5%@*}; echo built > "$GOBIN/${package##*/}"'
    go = folder / "go"
    go.write_text(f'#!/bin/sh\nif [ "$1" = version ]; then echo go version {version} linux/amd64; else {build}; fi\n')
    go.chmod(0o755)
