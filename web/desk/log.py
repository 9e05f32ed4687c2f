"""The journal as officers read it: what happened, where in the case, by whom; newest first."""

from dataclasses import dataclass

from markupsafe import Markup

from api.journal import JournalEntry
from web.desk.names import Names

# What follows of itself from what somebody did: the case's own doing, whoever set it off.
_OWN_DOING = frozenset(
    {
        *("task_opened", "task_cancelled", "token_held", "step_skipped", "waited", "decided", "limit_set"),
        *("branched", "branch_cancelled", "joined", "resolved"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    seq: int
    what: str
    detail: str
    who: str
    at: str
    hash: str


def log_lines(entries: list[JournalEntry], names: Names) -> list[LogLine]:
    return [
        LogLine(
            seq=entry.seq,
            what=entry.words.get(names.words.language, entry.kind),
            detail=_detail(entry, names),
            who=_who(entry, names),
            at=names.dates.stamp(entry.at),
            hash=entry.hash[:12],
        )
        for entry in entries
    ]


def _detail(entry: JournalEntry, names: Names) -> str:
    data = entry.data
    match entry.kind:
        case "handed_over" | "handover_confirmed" | "handover_rejected":
            return f"{names.unit(str(data.get('from', '')))} → {names.unit(str(data.get('to', '')))}"
        case "accepted":
            return str(data.get("code") or "")
        case "task_opened":
            return names.node(entry.node) or str(names.words(f"task.{data.get('kind')}"))
        case "task_completed" | "signed":
            return _outcome(entry, names)
        case "supplement_asked":
            items = data.get("items")
            asked = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
            return ", ".join(names.paper(str(one.get("id"))) for one in asked)
        case "numbered":
            return str(data.get("number") or "")
    return names.node(entry.node)


def _outcome(entry: JournalEntry, names: Names) -> str:
    node = names.node(entry.node)
    step = (entry.node or "").rpartition("/")[2].partition(":")[0]
    procedure = names.reading.pin.procedure
    outcome = procedure.step(step).outcome(str(entry.data.get("outcome"))) if procedure.has_step(step) else None
    return f"{node}: {names.words.of(outcome.label)}" if outcome is not None else node


def _who(entry: JournalEntry, names: Names) -> str:
    if entry.actor and entry.kind not in _OWN_DOING:
        function = names.function(entry.function) if entry.function else ""
        return str(Markup("{} · {}").format(entry.actor, function)) if function else entry.actor
    return str(names.words("desk.system"))
