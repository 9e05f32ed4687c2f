"""What a case waits for at the desk: proposals, hand-overs, the open request, incidents; of whom and since when."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from web.desk.names import Names
from workflows.core.events import Extend
from workflows.core.state import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    title: str
    lines: tuple[Markup, ...]


def pending(names: Names) -> list[Pending]:
    return [*_proposals(names), *_handovers(names), *_round(names), *_incidents(names)]


def _proposals(names: Names) -> Iterator[Pending]:
    words = names.words
    for one in names.reading.state.proposals:
        by = words("desk.proposed_by", name=names.person(one.command.actor.ref), at=names.dates.stamp(one.since))
        yield Pending(
            title=str(words("desk.proposal", what=words(f"verb.{one.command.verb}"))),
            lines=(by, *_written(one, names)),
        )


def _written(proposal: Proposal, names: Names) -> Iterator[Markup]:
    """Answer what the proposer wrote: how much more time, the reason and the ground."""
    if isinstance(proposal.command, Extend):
        yield names.words("desk.adds", limit=names.dates.duration(proposal.command.add))
    reason = getattr(proposal.command, "reason", None)
    ground = getattr(proposal.command, "ground", None)
    for field, reference in (("reason", getattr(reason, "text", None)), ("ground", ground)):
        if isinstance(reference, str) and reference in names.reading.page.texts:
            name = names.words(f"desk.field.{field}")
            yield Markup("{}: {}").format(name, names.reading.page.texts[reference])


def _handovers(names: Names) -> Iterator[Pending]:
    words, dates = names.words, names.dates
    for one in names.reading.snapshot.handovers:
        sender, receiver = names.unit(one.sender), names.unit(one.receiver)
        lines = [words("desk.from", sender=sender, receiver=receiver, at=dates.stamp(one.since))]
        lines += [words("desk.confirm_by", due=dates.limit(one.confirm_by))] if one.confirm_by else []
        yield Pending(title=str(words("task.handover")), lines=tuple(lines))


def _round(names: Names) -> Iterator[Pending]:
    words, dates, request = names.words, names.dates, names.reading.snapshot.round
    if request is None:
        return
    lines = [
        Markup("{}: {}. {}").format(
            names.paper(item.id), words(f"verdict.{item.kind}"), names.reading.page.texts.get(item.note or "", "")
        )
        for item in request.items
    ]
    if request.arrived_at is not None:
        lines.append(words("desk.round_arrived", at=dates.stamp(request.arrived_at)))
    elif request.sent_at is not None and request.answer_by is not None:
        by = dates.near(request.answer_by)
        lines.append(words("desk.round_sent", at=dates.stamp(request.sent_at), by=by))
    else:
        lines.append(words("desk.round_unsent"))
    yield Pending(title=str(words("desk.round", n=request.no)), lines=tuple(lines))


def _incidents(names: Names) -> Iterator[Pending]:
    words = names.words
    for one in names.reading.snapshot.incidents:
        key = f"incident.{one.code}"
        said = words(key) if words.has(key) else Markup("{}").format(one.code)
        activity = Markup("{}").format(one.activity or "")
        since = words("desk.incident_since", at=names.dates.stamp(one.since))
        yield Pending(title=str(words("task.incident")), lines=(said, activity, since))
