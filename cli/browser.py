"""Chromium for the tests of pages: from PATH, from Debian's package, from Playwright's download, in that order."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from cli.engine.program import EngineError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> Path | None:
    """Answer a Chromium that is on this machine already."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return _of_playwright()


def obtain_chromium() -> Path:
    """Answer a Chromium, installing one where there is none."""
    for source in (find_chromium, _from_debian, _from_playwright):
        if found := source():
            return found
    raise EngineError(
        "The tests of pages need Chromium and none could be installed: "
        "install the package chromium (Debian, Ubuntu: `sudo apt-get install chromium`) and run again."
    )


def _from_debian() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Debian's package chromium for the tests of pages.", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        done = subprocess.run(["apt-get", *arguments], env=quiet, capture_output=True, text=True, timeout=900)
        if done.returncode != 0:
            print(f"apt-get {arguments[0]} failed: {done.stderr.strip()[-500:]}", flush=True)
    return find_chromium()


def _from_playwright() -> Path | None:
    print("Downloading Playwright's Chromium for the tests of pages.", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        print(f"Playwright's download failed: {done.stderr.strip()[-500:]}", flush=True)
    return _of_playwright()


def _of_playwright() -> Path | None:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found = sorted([*folder.glob("chromium*/*/chrome"), *folder.glob("chromium*/*/*headless*shell")])
    return next((file for file in reversed(found) if os.access(file, os.X_OK) and file.is_file()), None)


def main() -> None:
    try:
        print(f"Chromium: {obtain_chromium()}")
    except EngineError as error:
        sys.exit(f"motcua: {error}")


if __name__ == "__main__":
    main()
