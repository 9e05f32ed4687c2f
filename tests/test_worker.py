"""The worker as a process: told to stop it ends what it does, and its log says where it went wrong, not with whom."""

import asyncio
import io
import json
import logging
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import pytest

import worker
from cli import processes
from logs import json_formatter
from settings import Settings
from tests.support import Server, TemporalServer
from tests.workflows.house import settings_of

ROOT = Path(__file__).parent.parent


def test_a_worker_told_to_stop_ends_in_order(database_url: str, temporal: TemporalServer, tmp_path: Path) -> None:
    program = replace(processes.worker(settings_of(database_url, temporal, tmp_path)), folder=ROOT)
    process = Server(program)
    process.start()

    process.stop()

    messages = [json.loads(line)["message"] for line in program.log.read_text().splitlines()]
    assert ["worker.ready", "worker.stopped"] == [message for message in messages if message.startswith("worker.")]


def test_a_worker_without_temporal_says_what_to_do(database_url: str, tmp_path: Path) -> None:
    environment = {"MOTCUA_HOME": str(tmp_path), "DATABASE_URL": database_url, "TEMPORAL_ADDRESS": "127.0.0.1:1"}

    with pytest.raises(SystemExit, match="127.0.0.1:1: start it, or set TEMPORAL_ADDRESS"):
        asyncio.run(worker.run(Settings.from_environment(environment), asyncio.Event()))


def test_the_log_says_where_it_went_wrong_and_not_with_what() -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(json_formatter())
    record = logging.LogRecord("test", logging.ERROR, __file__, 1, "activity.failed", (), raised("Nguyễn Thị Lan"))
    record.case, record.color_message = "case-1", "\x1b[36mactivity.failed\x1b[0m"

    handler.handle(record)

    line = json.loads(written.getvalue())
    assert ("activity.failed", "error", "case-1", "ValueError") == tuple(
        line[name] for name in ("message", "level", "case", "error")
    )
    assert line["at"][-1].endswith("raised")
    assert "color_message" not in line
    assert "Lan" not in written.getvalue()


def raised(text: str) -> tuple[type[ValueError], ValueError, TracebackType | None]:
    try:
        raise ValueError(text)
    except ValueError as error:
        return ValueError, error, error.__traceback__
