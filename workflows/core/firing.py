"""What a mark does when its time has come: warn, remind, escalate, draft, and for the applicant's window expire."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from procedures.language.model.life import Escalation
from procedures.time.duration import parse_duration
from procedures.time.marks import after
from workflows.core import (
    arrivals,
    audience,
    clocks,
    custody,
    endings,
    expiry,
    flow,
    incidents,
    limits,
    notices,
    papers,
    paths,
    payments,
)
from workflows.core.entries import EntryKind
from workflows.core.events import SYSTEM, Archive
from workflows.core.marks import DUE, HALF, REMIND, URGE, URGE_EVERY, Firing, next_firing
from workflows.core.notices import NoticeName, Recipient
from workflows.core.phases import collection_unit, desk_unit, file_unit
from workflows.core.refusals import Refused
from workflows.core.state import Task
from workflows.core.timekeeping import Clock, Limit, Mark
from workflows.core.turn import Turn, text_of

_ARCHIVE_AGAIN = "5 working days"


def fire_due(turn: Turn) -> None:
    """Fire every mark whose time has come, in order; each may end or suspend clocks whose marks then fall away."""
    actor, cause = turn.actor, turn.cause
    while (firing := next_firing(turn.state)) is not None and firing.at <= turn.now:
        turn.as_system(firing.clock)
        _fire(turn, firing)
        flow.advance(turn)
    turn.actor, turn.cause = actor, cause


def _fire(turn: Turn, firing: Firing) -> None:
    clock = turn.clock(firing.clock)
    if clock is None:
        _quiet(turn)
        return
    marks = tuple(
        replace(one, fired=turn.next_seq) if (one.name, one.at) == (firing.mark, firing.at) else one
        for one in clock.marks
    )
    clock = turn.set_clock(replace(clock, marks=marks))
    missed = firing.mark != DUE and _comes_too_late(turn, clock, firing)
    _HANDLERS[clock.kind](turn, clock, _Mark(turn, clock, firing, missed=missed))


def _comes_too_late(turn: Turn, clock: Clock, firing: Firing) -> bool:
    """The due went by in the same wake-up: there is nothing left to warn of."""
    return clock.due is not None and firing.at <= clock.due < turn.now


class _Mark:
    """One mark being fired: writes its entries with the mark's own instant, and tells nobody what comes too late."""

    def __init__(self, turn: Turn, clock: Clock, firing: Firing, *, missed: bool) -> None:
        self.turn = turn
        self.clock = clock
        self.name = firing.mark
        self.at = firing.at
        self.missed = missed
        self.is_due = firing.mark == DUE

    def write(self, kind: EntryKind) -> None:
        missed = {"missed": True} if self.missed else {}
        data = {"clock": self.clock.id, "mark": self.name, "instant": text_of(self.at), **missed}
        self.turn.write(kind, data=dict(data))

    def tell(self, notice: NoticeName, to: list[Recipient]) -> None:
        if not self.missed:
            values = {"clock": self.clock.kind, "until": text_of(self.clock.due)}
            notices.tell(self.turn, notice, to, values=dict(values))

    def overdue(self, head: list[Recipient]) -> None:
        """Late, and the head hears of it, once."""
        clocks.set_late(self.turn, self.clock.id)
        self.write("overdue")
        self.write("escalated")
        self.tell("escalated", head)


def _legal(turn: Turn, clock: Clock, mark: _Mark) -> None:
    match mark.name:
        case "half" | "warn":
            mark.write("warned")
            mark.tell("warned", audience.holder(turn))
        case "draft":
            mark.write("apology_drafted")
            if not mark.missed:
                _draft_extension(turn)
        case "last_call":
            mark.write("extension_closed")
            limits.end_drafting(turn)
        case _:
            limits.end_drafting(turn)
            mark.overdue([*audience.head(turn), *audience.signer(turn)])
            mark.tell("apology", notices.applicant(turn.state))


def _draft_extension(turn: Turn) -> None:
    function, unit = audience.answering(turn)[0]
    key = turn.visit("_extension")
    turn.add_task(Task(key=key, kind="extension", function=function, unit=unit, since=turn.now, about=clocks.LEGAL))
    turn.write("task_opened", node=key, data={"kind": "extension", "function": function, "unit": unit})
    with_ = papers.rendering(turn, "apology_extension", unit=desk_unit(turn.state))
    turn.order(turn.visit("_apology_extension"), "Document.render", with_)


def _intake(turn: Turn, clock: Clock, mark: _Mark) -> None:
    """Where the limit does not bind the channel, it only warns."""
    by = turn.pin.procedure.intake.by
    binds = turn.state.channel in turn.pin.procedure.intake.channels
    if mark.is_due and binds:
        mark.overdue(notices.head(by, desk_unit(turn.state)))
        return
    mark.write("warned")
    mark.tell("warned", notices.holders(by, desk_unit(turn.state)))


def _check(turn: Turn, clock: Clock, mark: _Mark) -> None:
    by = turn.pin.procedure.intake.by
    if mark.is_due:
        mark.overdue(notices.head(by, desk_unit(turn.state)))
        return
    mark.write("warned")
    mark.tell("warned", notices.holders(by, desk_unit(turn.state)))


def _window(turn: Turn, clock: Clock, mark: _Mark) -> None:
    if mark.is_due:
        expiry.expire(turn, clock, instant=mark.at)
        return
    mark.write("reminded")
    mark.tell("reminded", notices.applicant(turn.state))


def _fee(turn: Turn, clock: Clock, mark: _Mark) -> None:
    if mark.is_due:
        payments.expire(turn, clock, instant=mark.at)
        return
    mark.write("reminded")
    mark.tell("reminded", notices.payer(turn.state))


def _ask_by(turn: Turn, clock: Clock, mark: _Mark) -> None:
    if mark.is_due:
        clocks.stop(turn, clock.id)
    mark.write("ask_by_passed" if mark.is_due else "warned")
    mark.tell("ask_by_passed" if mark.is_due else "warned", audience.holder(turn))


def _step(turn: Turn, clock: Clock, mark: _Mark) -> None:
    """A step's budget: whom it reaches at which moment is the procedure's to say. Never the legal limit."""
    escalations = _escalations(turn, clock, mark.name)
    task = turn.task(clock.id.removeprefix("step:"))
    to = [one for escalation in escalations for one in audience.reached(turn, escalation.to, task)]
    if mark.is_due:
        clocks.set_late(turn, clock.id)
        mark.write("overdue")
        if to:
            mark.write("escalated")
            mark.tell("escalated", to)
        return
    before = mark.name.endswith(" before")
    mark.write("warned" if before else "escalated")
    mark.tell("warned" if before else "escalated", to)


def _reply(turn: Turn, clock: Clock, mark: _Mark) -> None:
    """The asked agency is reminded and, once late, urged again and again; silence is never taken for consent."""
    asked = audience.asked(turn, clocks.about(clock))
    if mark.name == HALF:
        mark.write("reminded")
        mark.tell("opinion_due", asked)
        return
    if mark.is_due:
        clocks.set_late(turn, clock.id)
        mark.write("overdue")
    mark.write("urged")
    mark.tell("urged", asked)
    number = 1 if mark.is_due else int(mark.name.removeprefix(f"{URGE}.")) + 1
    again = Mark(name=f"{URGE}.{number}", at=after(turn.pin.working, mark.at, URGE_EVERY))
    clocks.add_mark(turn, clock.id, again)


def _wait(turn: Turn, clock: Clock, mark: _Mark) -> None:
    """What is waited for has come by itself, or not at all; for a case of another agency one waits on, and says so."""
    step = turn.pin.procedure.step(paths.step_of(clock.id.removeprefix("wait:")))
    if step.kind == "procedure" or (step.kind == "wait" and step.message is not None):
        clocks.set_late(turn, clock.id)
        mark.write("overdue")
        mark.tell("overdue", audience.holder(turn))
    if step.kind == "wait":
        arrivals.time_is_up(turn, clock)


def _escalations(turn: Turn, clock: Clock, moment: str) -> list[Escalation]:
    step = turn.pin.procedure.step(paths.step_of(clock.id.removeprefix("step:")))
    assert step.kind in ("task", "sign"), step.kind
    return [one for one in step.escalate if one.moment == moment]


def _transfer(turn: Turn, clock: Clock, mark: _Mark) -> None:
    unit = file_unit(turn.state, custody.moving(clock.id))
    mark.overdue(notices.head(turn.pin.procedure.intake.by, unit))


def _confirm(turn: Turn, clock: Clock, mark: _Mark) -> None:
    """The sender, who stays responsible, is told."""
    offer = next(one for one in turn.state.handovers if clock.id.endswith(one.id))
    clocks.set_late(turn, clock.id)
    mark.write("overdue")
    mark.tell("handover_unconfirmed", notices.holders(offer.sender_function, offer.sender))


def _answer(turn: Turn, clock: Clock, mark: _Mark) -> None:
    clocks.stop(turn, clock.id)
    effect = clock.id.removeprefix("answer:")
    flight = turn.flight(effect)
    incidents.open_incident(turn, code="unanswered", effect=effect, track=flight.track if flight else None)


def _collect(turn: Turn, clock: Clock, mark: _Mark) -> None:
    if mark.is_due:
        mark.write("uncollected")
        mark.tell("uncollected", notices.holders(turn.pin.procedure.delivery.by, collection_unit(turn.state)))
        return
    every = parse_duration(turn.pin.procedure.delivery.remind_every)
    following = after(turn.pin.working, mark.at, every)
    if clock.due is not None and following < clock.due:
        number = int(mark.name.removeprefix(f"{REMIND}.")) + 1
        clocks.add_mark(turn, clock.id, Mark(name=f"{REMIND}.{number}", at=following))
    mark.write("reminded")
    mark.tell("reminded", notices.recipient(turn.state))


def _settle(turn: Turn, clock: Clock, mark: _Mark) -> None:
    """Archive if nothing stands in the way, else look again in five working days."""
    try:
        endings.archive(turn, Archive(id=clock.id, actor=SYSTEM))
    except Refused:
        clocks.stop(turn, clock.id)
        clocks.start_anew(turn, "settle", Limit(within=_ARCHIVE_AGAIN, source="settle"))


def _quiet(turn: Turn) -> None:
    turn.write("found_quiet", data={"since": text_of(turn.state.written_at)})
    notices.tell(turn, "found_quiet", notices.head(turn.pin.procedure.intake.by, desk_unit(turn.state)))


_HANDLERS: Mapping[str, Callable[[Turn, Clock, _Mark], None]] = {
    "legal": _legal,
    "intake": _intake,
    "check": _check,
    "window": _window,
    "fee": _fee,
    "ask_by": _ask_by,
    "step": _step,
    "reply": _reply,
    "wait": _wait,
    "transfer": _transfer,
    "confirm": _confirm,
    "answer": _answer,
    "collect": _collect,
    "settle": _settle,
}
