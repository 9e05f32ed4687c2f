"""What is measured: processor seconds of groups of processes, bytes of rows, bytes of write-ahead log."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class _Process:
    """`spent` in ticks: its own time and that of the children it has waited for."""

    pid: int
    parent: int
    spent: int


def cpu_seconds(groups: Mapping[str, int]) -> dict[str, float]:
    """Answer what each process has spent together with all that it started."""
    processes = list(_processes())
    return {name: sum(one.spent for one in _family(pid, processes)) / _TICKS for name, pid in groups.items()}


def machine_cpu_seconds() -> float:
    """Answer what everybody on this machine has spent, waiting for disks not counted."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().splitlines()[0].split()[1:])
    return (user + nice + system + irq + softirq) / _TICKS


def _processes() -> Iterator[_Process]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            # The name in parentheses may contain anything.
            fields = stat.rpartition(")")[2].split()
            yield _Process(pid=int(folder.name), parent=int(fields[1]), spent=sum(map(int, fields[11:15])))


def _family(pid: int, processes: list[_Process]) -> list[_Process]:
    found = [one for one in processes if one.pid == pid]
    children = [one.pid for one in processes if one.parent == pid]
    return found + [one for child in children for one in _family(child, processes)]


def wal_bytes(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as db:
        return _number(db, sql.SQL("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')"))


def case_bytes(url: str) -> int:
    """Answer the bytes of all rows of one of our databases as they are stored, without indexes and dead rows."""
    with psycopg.connect(url, autocommit=True) as db:
        return sum(_stored(db, table, sql.SQL("true")) for table in _tables(db))


def temporal_bytes(url: str, namespace: str) -> int:
    """The same of one namespace in Temporal's main store: histories, and what the server keeps of each case."""
    with psycopg.connect(url, autocommit=True) as db:
        where = sql.SQL("namespace_id = (select id from namespaces where name = {})").format(sql.Literal(namespace))
        own = sum(_stored(db, table, where) for table in _tables(db, with_column="namespace_id"))
        runs = sql.SQL("tree_id in (select run_id from executions where {})").format(where)
        return own + sum(_stored(db, table, runs) for table in _tables(db, with_column="tree_id"))


def visibility_bytes(url: str, namespace_id: str) -> int:
    with psycopg.connect(url, autocommit=True) as db:
        where = sql.SQL("namespace_id = {}").format(sql.Literal(namespace_id))
        return _stored(db, "executions_visibility", where)


def namespace_id(url: str, namespace: str) -> str:
    with psycopg.connect(url, autocommit=True) as db:
        row = db.execute(
            "select encode(id, 'hex')::uuid::text from namespaces where name = %s", (namespace,)
        ).fetchone()
    assert row is not None
    return str(row[0])


def row_counts(url: str) -> dict[str, int]:
    with psycopg.connect(url, autocommit=True) as db:
        return {
            table: _number(db, sql.SQL("select count(*) from {}").format(sql.Identifier(table)))
            for table in _tables(db)
        }


def _tables(db: psycopg.Connection, *, with_column: str | None = None) -> list[str]:
    rows = db.execute(
        "select distinct table_name from information_schema.columns join information_schema.tables using (table_name)"
        " where tables.table_schema = 'public' and table_type = 'BASE TABLE'"
        " and column_name = coalesce(%s, column_name)",
        (with_column,),
    )
    return sorted(name for (name,) in rows)


def _stored(db: psycopg.Connection, table: str, where: sql.Composable) -> int:
    columns = db.execute(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped",
        (f'public."{table}"',),
    )
    size = sql.SQL(" + ").join(
        sql.SQL("coalesce(pg_column_size({}), 0)").format(sql.Identifier(name)) for (name,) in columns
    )
    query = sql.SQL("select coalesce(sum({}), 0) from {} where {}").format(size, sql.Identifier(table), where)
    return _number(db, query)


def _number(db: psycopg.Connection, query: sql.SQL | sql.Composed) -> int:
    row = db.execute(query).fetchone()
    assert row is not None
    return int(row[0])
