"""Before acceptance: the submission, the officer's acceptance and the refusal to accept."""

from dataclasses import replace

from pydantic import JsonValue

from procedures.time.errors import CalendarNotCovered
from workflows.core import (
    clocks,
    custody,
    deadline,
    dossier,
    endings,
    facts,
    fees,
    guards,
    notices,
    parties,
    variants,
    windows,
)
from workflows.core.events import Accept, Refuse, Submit
from workflows.core.phases import desk_unit
from workflows.core.reckoning import reckoned
from workflows.core.refusals import Refused
from workflows.core.state import Outcome, Stage, Task
from workflows.core.timekeeping import Clock, Limit
from workflows.core.turn import Turn, text_of

GOOD = ("ok", "substituted", "waived")
INCOMPLETE = "incomplete"
INTAKE = "intake"
WRONG_AGENCY = "wrong_agency"


def submit(turn: Turn, command: Submit) -> Outcome:
    """The door has checked form and documents; the core keeps what it will read and which papers are demanded."""
    procedure = turn.pin.procedure
    guards.that(command.channel in procedure.channels, "form-invalid", fields=["channel"])
    known = [submitter.id for submitter in procedure.submitters]
    guards.that(command.submitter in known, "form-invalid", fields=["submitter"])
    guards.that(any(party.role == "submitter" for party in command.parties), "form-invalid", fields=["parties"])
    guards.not_too_many(command.lines)
    turn.state = replace(
        turn.state,
        stage=Stage.SUBMITTED,
        pin_digest=turn.pin.digest,
        channel=command.channel,
        submitter=command.submitter,
        receiving=command.receiving,
        submitted_at=turn.now,
        wishes=dict(sorted(command.wishes.items())),
        parties=command.parties,
        form=command.form,
        facts=facts.kept(turn, command.facts),
        lines=facts.kept_lines(turn, command.lines),
    )
    guards.party_or_desk(turn, command.actor)
    turn.state = replace(turn.state, variant=variants.at_submission(turn, command.variant), parties=parties.named(turn))
    turn.state = replace(turn.state, papers=dossier.papers_of(turn, command.papers))
    told: dict[str, JsonValue] = {"channel": command.channel, "unit": command.receiving, "form": command.form}
    told |= {"checks": list(command.warned)} if command.warned else {}
    turn.write("submitted", data=told | windows.look(turn))
    open_intake(turn)
    start_intake(turn)
    fees.ask_at_intake(turn)
    notices.tell(turn, "submission_received", notices.applicant(turn.state))
    return Outcome.DONE


def open_intake(turn: Turn) -> None:
    key = turn.visit("_intake")
    by = turn.pin.procedure.intake.by
    unit = desk_unit(turn.state)
    turn.add_task(Task(key=key, kind="intake", function=by, unit=unit, since=turn.now))
    turn.write("task_opened", node=key, data={"kind": "intake", "function": by, "unit": unit})


def start_intake(turn: Turn) -> None:
    limit = Limit(within=turn.pin.procedure.intake.within, source="intake.within")
    number = len(_clocks(turn)) + 1
    clocks.start(turn, "intake", f"intake:{number}", limit, at=turn.now)


def close_intake(turn: Turn) -> None:
    for clock in _clocks(turn):
        clocks.stop(turn, clock.id)
    for task in turn.tasks_of("intake"):
        turn.drop_task(task.key)


def resume_intake(turn: Turn) -> None:
    """The check goes on as if it had never been interrupted."""
    open_intake(turn)
    clocks.restart(turn, _clocks(turn)[-1].id)


def accept(turn: Turn, command: Accept) -> Outcome:
    """Accepted at the instant of this command; code, receipt, pin and routes come back as one effect's result."""
    guards.function(command.actor, turn.pin.procedure.intake.by)
    guards.unit(command.actor, desk_unit(turn.state))
    turn.state = replace(turn.state, variant=variants.confirm(turn, command.variant))
    turn.state = replace(turn.state, papers=dossier.with_verdicts(dossier.demanded_anew(turn), command.verdicts))
    unchecked = [paper.id for paper in turn.state.papers if paper.demanded and paper.verdict not in GOOD]
    guards.that(not unchecked, "unchecked-papers", papers=list(unchecked))
    _record(turn, command)
    told = windows.look(turn)
    too_late = windows.blocking(turn)
    guards.that(not too_late, "filed-too-late", windows=list(too_late))
    owed = fees.unsettled_at_intake(turn)
    guards.that(not owed, "fee-outstanding", fees=list(owed))
    turn.state = replace(turn.state, accepted_at=turn.now)
    _calendar_reaches(turn)
    custody.void_offers(turn)
    close_intake(turn)
    turn.state = replace(turn.state, stage=Stage.ACCEPTING)
    procedure = turn.pin.procedure
    told |= {"version": procedure.version, "pin": turn.pin.digest}
    if command.form is not None:
        told["form"] = command.form
    turn.write("acceptance_begun", data=told)
    with_: dict[str, JsonValue] = {
        "procedure": procedure.procedure,
        "version": procedure.version,
        "unit": desk_unit(turn.state),
        "form": turn.state.form,
        "accepted_at": text_of(turn.now),
        "functions": _functions(turn),
    }
    turn.order(turn.visit("_accept"), "Intake.register", with_, irrevocable=True)
    return Outcome.PENDING


def refuse(turn: Turn, command: Refuse) -> Outcome:
    """Rows a and b: in writing, with a reason; an incomplete dossier only after complete guidance."""
    guards.function(command.actor, turn.pin.procedure.intake.by)
    guards.unit(command.actor, desk_unit(turn.state))
    guards.reason(command.reason)
    assert command.reason is not None
    if command.reason.code == WRONG_AGENCY:
        guards.that(bool(command.where), "where-required")
    guided = [one for one in turn.state.rounds if one.stage == "intake" and one.sent is not None]
    if command.reason.code == INCOMPLETE:
        guards.that(any(one.arrived is not None or one.expired for one in guided), "guidance-first")
    if turn.state.stage is Stage.GUIDED:
        _window_is_over(turn)
    refuse_now(turn, command)
    return Outcome.DONE


def refuse_now(turn: Turn, command: Refuse) -> None:
    data: dict[str, JsonValue] = {"where": command.where} if command.where else {}
    endings.end(turn, Stage.REFUSED, "refused", reason=command.reason, data=data)
    endings.end_with_paper(turn, "intake_refusal", reason=command.reason)


def _window_is_over(turn: Turn) -> None:
    last = turn.state.rounds[-1]
    if not last.expired:
        window = turn.clock(f"window:{last.no}")
        raise Refused("window-running", date=text_of(window.due) if window is not None else None)


def _record(turn: Turn, command: Accept) -> None:
    """Keep what the desk enters at acceptance; its values were checked at the door."""
    needed = [one.id for one in turn.pin.procedure.intake.form if one.required and one.default is None]
    guards.that(not needed or command.form is not None, "form-invalid", fields=list(needed))
    if command.form is None:
        return
    kept = {**turn.state.facts, **facts.kept(turn, command.facts, step=INTAKE)}
    forms = {**turn.state.forms, INTAKE: command.form}
    turn.state = replace(turn.state, facts=dict(sorted(kept.items())), forms=dict(sorted(forms.items())))


def _calendar_reaches(turn: Turn) -> None:
    """What cannot be counted cannot be promised: refused here rather than found out after acceptance."""
    try:
        reckoned(turn.pin, Clock(id=clocks.LEGAL, kind="legal", limit=deadline.limit(turn), started_at=turn.now))
    except CalendarNotCovered as gap:
        raise Refused("calendar-not-covered", day=gap.day.isoformat()) from gap


def _functions(turn: Turn) -> list[JsonValue]:
    """All the procedure may need: routes are pinned for this case, so that an ordinary decision asks nobody."""
    pairs = sorted({(step.by, step.at) for step in turn.pin.procedure.all_steps if step.kind in ("task", "sign")})
    return [{"function": function, "place": place} for function, place in pairs]


def _clocks(turn: Turn) -> list[Clock]:
    return [clock for clock in turn.state.clocks if clock.kind == "intake"]
