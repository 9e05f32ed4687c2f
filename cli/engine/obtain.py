"""Where Temporal's binaries come from: one ordered list, one function each."""

import os
import shutil
from pathlib import Path

from cli.engine.program import EngineError
from settings import cache_folder

VERSION = "1.32.1"
SERVER = "temporal-server"
SQL_TOOL = "temporal-sql-tool"


def temporal_binaries() -> Path:
    """Answer the folder with the pinned release's server and schema tool."""
    for source in (_on_path, _in_cache):
        if folder := source():
            return folder
    raise EngineError("Temporal's server is not here yet: run `make setup`, which obtains it.")


def engine_cache() -> Path:
    return cache_folder(os.environ) / "engine" / f"temporal-{VERSION}"


def _on_path() -> Path | None:
    server, tool = shutil.which(SERVER), shutil.which(SQL_TOOL)
    if not server or not tool or Path(server).parent != Path(tool).parent:
        return None
    return Path(server).parent


def _in_cache() -> Path | None:
    folder = engine_cache()
    return folder if all((folder / name).is_file() for name in (SERVER, SQL_TOOL)) else None
