"""The API's document names every endpoint, what each asks for and how it says no."""

from pathlib import Path
from typing import Any

import pytest

from api.app import create_api
from settings import Settings

ENDPOINTS = {
    "/session": {"get", "post", "delete"},
    "/files": {"post"},
    "/cases": {"get", "post"},
    "/cases/{case}": {"get"},
    "/cases/{case}/progress": {"get"},
    "/progress": {"get"},
    "/tasks": {"get"},
    "/tasks/{task}": {"get"},
    "/tasks/{task}/claim": {"post"},
    "/tasks/{task}/release": {"post"},
    "/tasks/{task}/complete": {"post"},
    "/cases/{case}/commands": {"post"},
    "/cases/{case}/supplement": {"post"},
    "/cases/{case}/withdraw": {"post"},
    "/cases/{case}/journal": {"get"},
    "/cases/{case}/explain": {"get"},
    "/cases/{case}/options": {"get"},
    "/cases/{case}/documents/{document}": {"get"},
    "/commands/{command}": {"get"},
    "/incidents": {"get"},
    "/procedures": {"get"},
    "/procedures/{code}": {"get"},
    "/procedures/{code}/offered": {"get"},
    "/health/live": {"get"},
    "/health/ready": {"get"},
}
OPEN = {"/cases/{case}/progress", "/progress", "/procedures", "/procedures/{code}", "/health/live", "/health/ready"}


@pytest.fixture
def paths(tmp_path: Path) -> dict[str, dict[str, Any]]:
    settings = Settings.from_environment({"MOTCUA_HOME": str(tmp_path)})
    found: dict[str, dict[str, Any]] = create_api(settings).openapi()["paths"]
    return {path.removeprefix("/api/v1"): operations for path, operations in found.items()}


def test_every_endpoint_is_in_the_document(paths: dict[str, dict[str, Any]]) -> None:
    assert {path: set(operations) for path, operations in paths.items()} == ENDPOINTS


def test_every_write_asks_for_a_key(paths: dict[str, dict[str, Any]]) -> None:
    writes = {path: operations["post"] for path, operations in paths.items() if "post" in operations}
    del writes["/session"]

    for operation in writes.values():
        keys = [one for one in operation["parameters"] if one["name"] == "idempotency-key"]
        assert [True] == [key["required"] for key in keys]


def test_what_needs_a_session_says_so(paths: dict[str, dict[str, Any]]) -> None:
    for path, operations in paths.items():
        for method, operation in operations.items():
            is_open = path in OPEN or (path, method) == ("/session", "post")
            assert is_open == (not operation.get("security")), path


def test_problems_are_documented_as_they_are_told(paths: dict[str, dict[str, Any]]) -> None:
    for operations in paths.values():
        for operation in operations.values():
            assert ["application/problem+json"] == list(operation["responses"]["default"]["content"])
            assert "422" not in operation["responses"]
