"""Our own PostgreSQL keeps its password, its data and the closed doors of others' homes."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from cli.engine import postgres as engine
from cli.engine.ports import free_run, is_free, require_free
from cli.engine.program import EngineError
from tests.support import PostgresServer


def test_a_wrong_password_is_refused(postgres: PostgresServer) -> None:
    wrong = replace(postgres.cluster, password="guessed")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong.url("postgres"))


def test_names_have_the_same_order_on_every_machine(postgres: PostgresServer) -> None:
    with psycopg.connect(postgres.cluster.url("postgres")) as db:
        provider = db.execute("select datlocprovider, datlocale from pg_database where datname = 'postgres'").fetchone()

    assert provider == ("b", "C.UTF-8")


def test_data_are_closed_to_everybody_else(postgres: PostgresServer) -> None:
    assert stat.S_IMODE(postgres.cluster.data.stat().st_mode) == 0o700


def test_the_home_of_who_runs_it_stays_as_closed_as_it_was(server_folder: Path, postgres: PostgresServer) -> None:
    before = stat.S_IMODE(Path.home().stat().st_mode)

    program = engine.prepare(postgres.cluster)

    assert stat.S_IMODE(Path.home().stat().st_mode) == before
    if os.geteuid() == 0:
        assert program.user == engine.SYSTEM_USER
        assert Path(program.command[0]).is_relative_to(server_folder)


def test_data_of_another_major_release_are_left_alone(server_folder: Path) -> None:
    cluster = engine.Cluster(folder=server_folder / "old", port=1, password="x")
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(EngineError, match="made by PostgreSQL 17, this is 18"):
        engine.prepare(cluster)


def test_a_port_in_use_is_named_together_with_its_variable(postgres: PostgresServer) -> None:
    port = postgres.cluster.port

    with pytest.raises(EngineError, match=f"Port {port} is in use: .* MOTCUA_POSTGRES_PORT={port + 1000}"):
        require_free(port, variable="MOTCUA_POSTGRES_PORT", first=port)


def test_a_run_of_free_ports_stays_below_what_temporal_can_store() -> None:
    first = free_run(9)

    assert first + 8 < 32_768
    assert all(is_free(first + step) for step in range(9))
