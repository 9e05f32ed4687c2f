"""What was handed in for a case and by whom, read from the commands that brought it: they are there before the case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from procedures.json_types import JsonObject
from records.errors import NotFound
from records.pool import Db, Sql


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """One demanded document: what stands for it, and what the desk found (`verdict`)."""

    id: str
    paper: str | None = None
    originals: int = 0
    files: int = 0
    verdict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """`parties` maps a role to the reference of an account."""

    channel: str
    parties: dict[str, str]
    papers: tuple[HandedIn, ...]
    submitted_at: datetime


async def dossier_of(db: Db, case: str) -> Dossier:
    """Answer the dossier as its last command left it. Raises NotFound where nothing was submitted."""
    cursor = await db.execute(_COMMANDS, (case,))
    commands = [(row[0], row[1]["arguments"], row[2]) for row in await cursor.fetchall()]
    submitted = next((command for command in commands if command[0] == "submit"), None)
    if submitted is None:
        raise NotFound(f"Nothing was submitted for the case {case}.")
    _, arguments, sent_at = submitted
    return Dossier(
        channel=arguments["channel"],
        parties={party["role"]: party["ref"] for party in arguments.get("parties", [])},
        papers=_papers([given for _, given, _ in commands]),
        submitted_at=sent_at,
    )


async def arguments_of(db: Db, command: str) -> JsonObject:
    """Answer what a command carried; empty where it is not known."""
    cursor = await db.execute("select document -> 'arguments' from command where id = %s", (command,))
    row = await cursor.fetchone()
    return row[0] if row is not None and isinstance(row[0], dict) else {}


def _papers(commands: Sequence[JsonObject]) -> tuple[HandedIn, ...]:
    """Later papers stand beside earlier ones of the same document; the last verdict is the one that holds."""
    papers: dict[str, HandedIn] = {}
    for arguments in commands:
        for given in _objects(arguments.get("papers")):
            known = papers.get(str(given["id"]), HandedIn(id=str(given["id"])))
            papers[known.id] = _added(known, given)
        for checked in _objects(arguments.get("verdicts")):
            known = papers.get(str(checked["id"]), HandedIn(id=str(checked["id"])))
            papers[known.id] = replace(known, verdict=str(checked["verdict"]))
    return tuple(papers.values())


def _added(known: HandedIn, given: JsonObject) -> HandedIn:
    paper, originals, files = given.get("paper"), given.get("originals"), given.get("documents")
    return replace(
        known,
        paper=paper if isinstance(paper, str) else known.paper,
        originals=known.originals + (originals if isinstance(originals, int) else 0),
        files=known.files + (len(files) if isinstance(files, list) else 0),
    )


def _objects(value: object) -> list[JsonObject]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


_COMMANDS: Sql = """
select verb, document, opened_at from command
where case_id = %s and status in ('sent', 'done')
  and verb in ('submit', 'send_supplement', 'accept', 'complete_supplement', 'reject_supplement')
order by opened_at, id
"""
