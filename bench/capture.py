"""One case of ours, carried once while every transaction on its journal is written down."""

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any, LiteralString

from psycopg import AsyncConnection, AsyncCursor
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from bench.canned import code_of
from bench.rows import Recorded, Writing, cut
from bench.script import ACTIONS, Action, command
from bench.sides import Ours
from records.cases import stored_case
from workflows.core.documents import load_state

# How often a case whose writings came in an unusual order is carried anew.
_ATTEMPTS = 5


class Unusual(Exception):
    """Two writings met in an order that the script does not know; rare, and harmless in a real case."""


@dataclass(slots=True)
class Transaction:
    statements: list[tuple[LiteralString, Any]] = field(default_factory=list)

    def last(self, name: str) -> Any:
        _, parameters = self.statements[-1]
        return parameters.get(name)


@dataclass(slots=True)
class Recorder:
    transactions: list[Transaction] = field(default_factory=list)

    def connection_class(self) -> type[AsyncConnection[TupleRow]]:
        """Answer connections that write down what is executed between the lock on a case and the commit."""
        recorder = self

        class Cursor(AsyncCursor[Any]):
            async def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
                connection = self.connection
                assert isinstance(connection, Connection)
                if connection.info.transaction_status == TransactionStatus.INTRANS:
                    if not connection.is_locked:
                        connection.is_locked = True
                        recorder.transactions.append(Transaction())
                        connection.transactions.append(recorder.transactions[-1])
                    connection.transactions[-1].statements.append((query, params))
                else:
                    connection.is_locked = False
                return await super().execute(query, params, **options)

        class Connection(AsyncConnection[TupleRow]):
            def __init__(self, *arguments: Any, **options: Any) -> None:
                super().__init__(*arguments, **options)
                self.cursor_factory = Cursor
                self.is_locked = False
                self.transactions: list[Transaction] = []

        return Connection


async def recorded_case(ours: Ours, recorder: Recorder) -> Recorded:
    """Carry a case by `ours`, whose pool has the recorder's connections, with a worker somewhere."""
    for _ in range(_ATTEMPTS):
        try:
            return await _recorded(ours, recorder)
        except Unusual:
            continue
    raise Unusual(f"No case was written in the usual order in {_ATTEMPTS} attempts: is the machine very busy?")


async def _recorded(ours: Ours, recorder: Recorder) -> Recorded:
    case = str(uuid.uuid4())
    commands: list[str] = []
    writings: dict[str, Writing] = {}
    for action in ACTIONS:
        recorder.transactions.clear()
        commands.append(str(uuid.uuid4()))
        await ours.send(command(action, case=case, id=commands[-1]))
        await _is_quiet(ours, case)
        for name, transactions in _shared_out(action, commands[-1], recorder.transactions).items():
            writings[name] = _merged(transactions, code_of(case))
    return Recorded(case=case, commands=tuple(commands), writings=writings)


async def _is_quiet(ours: Ours, case: str) -> None:
    """Wait until nothing is ordered any more: the end of every effect is an entry."""
    async with asyncio.timeout(30):
        while True:
            await asyncio.sleep(0.1)
            async with ours.pool.connection() as db:
                stored = await stored_case(db, case)
            if stored is not None and not load_state(stored.dump).effects:
                return


def _shared_out(action: Action, command: str, written: list[Transaction]) -> dict[str, list[Transaction]]:
    """Up to the one that closes the command it is the action; then, of two, up to the one that opens a task."""
    closing = next(place for place, one in enumerate(written) if one.last("command") == command)
    shares = {action.name: written[: closing + 1]}
    rest = written[closing + 1 :]
    match action.follow:
        case (first, second):
            opening = next((place for place, one in enumerate(rest) if one.last("task_keys")), len(rest))
            shares |= {first: rest[: opening + 1], second: rest[opening + 1 :]}
        case (only,):
            shares[only] = rest
        case _:
            if rest:
                raise Unusual
    if not all(shares.values()):
        raise Unusual
    return shares


def _merged(transactions: list[Transaction], code: str) -> Writing:
    """Of several: every entry, and the last state."""
    before = [statement for one in transactions[:-1] for statement in one.statements[1:-1]]
    lock, *rest = transactions[-1].statements
    # Entries sent twice are compared with what is written; who writes by hand sends each once.
    statements = [lock, *(one for one in (*before, *rest) if "from journal" not in one[0])]
    seq = transactions[-1].last("dump_seq")
    if seq is None:
        raise Unusual
    return Writing(seq=seq, statements=tuple((query, cut(parameters, code)) for query, parameters in statements))
