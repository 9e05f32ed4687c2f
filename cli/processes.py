"""The processes `motcua up` runs beside the engine: stand-ins, worker, API."""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime

from activities.contracts import TASK_QUEUE
from cli.engine import ports, temporal
from cli.engine.program import Program
from settings import Settings


def mail_server(settings: Settings) -> Program:
    arguments = ["--port", str(settings.smtp_port), "--maildir", str(settings.home / "mail")]
    return _python(
        "mail stand-in",
        ("cli.standins.smtp", *arguments),
        settings,
        is_ready=lambda: not ports.is_free(settings.smtp_port),
    )


def treasury(settings: Settings) -> Program:
    arguments = ["--port", str(settings.treasury_port), "--folder", str(settings.home / "treasury")]
    return _python(
        "treasury stand-in",
        ("cli.standins.treasury", *arguments),
        settings,
        is_ready=lambda: not ports.is_free(settings.treasury_port),
    )


def worker(settings: Settings) -> Program:
    # Pollers of an earlier run stay listed for minutes: only one seen after now is ours.
    since = datetime.now(UTC)
    return _python(
        "worker",
        ("cli.main", "worker"),
        settings,
        is_ready=lambda: temporal.has_pollers(
            settings.temporal_address, settings.temporal_namespace, TASK_QUEUE, since=since
        ),
    )


def api(settings: Settings) -> Program:
    return _python(
        "API",
        ("cli.main", "api"),
        settings,
        is_ready=lambda: _is_healthy(f"http://127.0.0.1:{settings.api_port}/api/v1/health/ready"),
    )


def _python(name: str, module: tuple[str, ...], settings: Settings, *, is_ready: Callable[[], bool]) -> Program:
    return Program(
        name=name,
        command=(sys.executable, "-m", *module),
        environment=os.environ | settings.as_environment() | {"PYTHONUNBUFFERED": "1"},
        folder=settings.home,
        log=settings.home / "logs" / f"{name.replace(' ', '-').lower()}.log",
        is_ready=is_ready,
    )


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
