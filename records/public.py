"""What anybody who has the code may read about a case: where, since when, what next, by when; nothing about persons."""

from datetime import datetime, timedelta, timezone

from procedures.json_types import Json, JsonObject
from workflows.core.pin import Pin
from workflows.core.table import Phase
from workflows.core.views import Snapshot, StepView
from workflows.core.words import LANGUAGES, Facts, public_words

VIETNAM = timezone(timedelta(hours=7))
# Why a case ended is told to its parties by letter; it may speak of them.
_BY_LETTER = {"vi": "xem thông báo đã gửi", "en": "see the notice"}


def public_document(snapshot: Snapshot, pin: Pin) -> JsonObject:
    """Answer the body of the progress page but for the names of units, which the database knows.

    It adds them as `units`, and puts that of the holding unit where the words say `{unit:vi}` or `{unit:en}`.
    """
    return {
        "case": snapshot.case,
        "seq": snapshot.seq,
        "code": snapshot.code,
        "procedure": {"code": snapshot.procedure, "version": snapshot.version, "title": _texts(pin.procedure.title)},
        "phase": snapshot.phase.value,
        "national_code": snapshot.national_code,
        "words": _words(snapshot),
        "unit": snapshot.unit,
        "receiving": snapshot.receiving,
        "submitted_at": _instant(snapshot.submitted_at),
        "accepted_at": _instant(snapshot.accepted_at),
        "finished_at": _instant(snapshot.finished_at),
        "ended_at": _instant(snapshot.ended_at),
        "due": _instant(snapshot.due),
        "original_due": _instant(snapshot.original_due),
        "suspended": snapshot.suspended,
        "late": snapshot.late,
        "next_boundary": _instant(snapshot.next_boundary),
        "supplement": _supplement(snapshot),
        "steps": [_step(step) for step in snapshot.steps],
    }


def _words(snapshot: Snapshot) -> JsonObject:
    if snapshot.phase is Phase.NEW:
        return {}
    words: JsonObject = {}
    for language in LANGUAGES:
        said = public_words(snapshot.phase, language, _facts(snapshot, language))
        words[language] = {"state": said.state, "additions": [*said.additions], "following": said.following}
    return words


def _facts(snapshot: Snapshot, language: str) -> Facts:
    delivery = snapshot.status.delivery if snapshot.status else "none"
    owed = [fee for fee in snapshot.fees if fee.state in ("asked", "reversed")]
    return Facts(
        unit=f"{{unit:{language}}}",
        due=_shown(snapshot.due),
        answer_by=_shown(snapshot.round.answer_by) if snapshot.round else None,
        fee_by=_shown(min((fee.pay_by for fee in owed if fee.pay_by is not None), default=None)),
        fee_is_owed=bool(owed),
        promised=_shown(snapshot.promised),
        reason=_BY_LETTER[language],
        late=snapshot.late,
        time_runs_on=not snapshot.suspended,
        on_its_way=delivery == "in_transit",
        replacing=delivery == "replacing",
    )


def _supplement(snapshot: Snapshot) -> Json:
    if snapshot.round is None:
        return None
    return {
        "no": snapshot.round.no,
        "sent_at": _instant(snapshot.round.sent_at),
        "arrived_at": _instant(snapshot.round.arrived_at),
        "answer_by": _instant(snapshot.round.answer_by),
        "suspends": snapshot.round.suspends,
    }


def _step(step: StepView) -> JsonObject:
    return {
        "step": step.step,
        "visit": step.visit,
        "state": step.state,
        "title": _texts(step.title) if step.title else None,
        "unit": step.unit,
        "since": _instant(step.since),
    }


def _texts(texts: dict[str, str]) -> JsonObject:
    return {**texts}


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _shown(instant: datetime | None) -> str | None:
    """A limit in days ends with its last day and is shown as that day."""
    if instant is None:
        return None
    local = instant.astimezone(VIETNAM)
    is_day = (local.hour, local.minute, local.second) == (23, 59, 59)
    return local.strftime("%d/%m/%Y" if is_day else "%H:%M %d/%m/%Y")
