"""Drafts on their way to the citizen: signed, numbered, issued, and the case resolved when all of them are there."""

from dataclasses import replace
from typing import Literal

from procedures.language.model.parts import Result as ResultOf
from procedures.language.model.steps import (
    DESK,
    END_REFUSED,
    REFUSE,
    STOP,
    SUPPLEMENT,
    CallStep,
    DocumentStep,
    SignStep,
    TaskStep,
)
from procedures.language.model.steps import Outcome as StepOutcome
from workflows.core import clocks, custody, delivery, fees, paths, side_tasks, tokens
from workflows.core.phases import desk_unit, file_unit, results_for_people
from workflows.core.state import Result, Stage, TrackState
from workflows.core.turn import Turn, text_of

NOT_OUT = ("draft", "signed", "numbered")
ASIDE = frozenset({REFUSE, END_REFUSED, DESK, SUPPLEMENT, STOP})


def add_draft(turn: Turn, path: str, step: DocumentStep, *, document: str, digest: str) -> Result:
    track = turn.track(path)
    declared = turn.pin.procedure.result(step.result) if step.result else None
    result = turn.set_result(
        Result(
            id=step.result or step.id,
            track=path,
            step=step.id,
            visit=track.visit,
            code=declared.code if declared else None,
            document=document,
            digest=digest,
            kind=declared.kind if declared else "paper",
            state="draft",
            form=_form_of(turn, declared) if declared else "electronic",
        )
    )
    turn.write("drafted", node=tokens.node_of(track), data={"document": document, "digest": digest})
    return result


def _form_of(turn: Turn, declared: ResultOf) -> Literal["electronic", "paper", "money"]:
    """Give the form in which it is handed over; where that is the applicant's to choose, as wished."""
    return turn.state.wishes.get(declared.id, "electronic") if declared.as_ == "any" else declared.as_


def is_given_by(turn: Turn, step: TaskStep, outcome: StepOutcome) -> bool:
    """Say whether an outcome gives the result of a task: a no gives no grant, and only `end_refused` a refusal."""
    declared = turn.pin.procedure.result(step.result) if step.result else None
    if declared is None:
        return False
    return outcome.target == END_REFUSED if declared.kind == "refusal" else outcome.target not in ASIDE


def add_without_document(turn: Turn, path: str, step: TaskStep | CallStep) -> None:
    """A step that names a result gives it by its own end: money paid, a fact established."""
    declared: ResultOf | None = turn.pin.procedure.result(step.result) if step.result else None
    if declared is None:
        return
    turn.set_result(
        Result(
            id=declared.id,
            track=path,
            step=step.id,
            visit=turn.track(path).visit,
            code=declared.code,
            kind=declared.kind,
            state="issued",
            form=_form_of(turn, declared),
            issued_at=turn.now,
        )
    )


def sign(turn: Turn, step: SignStep, path: str) -> None:
    """Signing is by hand: what the signer had before them is recorded as signed, with its digest."""
    for result in _drafts_of(turn, step, path):
        signed = turn.set_result(replace(result, state="signed"))
        turn.write(
            "signed",
            node=tokens.node_of(turn.track(path)),
            data={"document": signed.document, "digest": signed.digest, "of": signed.step, "by": "hand"},
        )
    for result in _drafts_of(turn, step, path, state="signed"):
        bring_out(turn, result)


def bring_out(turn: Turn, result: Result) -> None:
    """Order the number, where the document has a book, then the issue."""
    step = turn.pin.procedure.step(result.step)
    assert isinstance(step, DocumentStep)
    unit = tokens.unit_at(turn.state, step.at) or file_unit(turn.state, result.track)
    if step.number_from is not None and result.number is None:
        with_ = {"document": result.document, "digest": result.digest, "book": step.number_from, "unit": unit}
        turn.order(f"_number/{result.node}", "Document.number", with_, irrevocable=True)
        return
    with_ = {"document": result.document, "digest": result.digest, "unit": unit}
    with_ |= {"number": result.number} if result.number else {}
    with_ |= {"result": result.id} if result.kind != "paper" else {}
    turn.order(f"_issue/{result.node}", "Document.issue", with_, irrevocable=True)


def numbered(turn: Turn, place: str, number: str) -> None:
    result = turn.set_result(replace(_at(turn, place), state="numbered", number=number))
    turn.write("numbered", node=place, data={"document": result.document, "number": number})
    bring_out(turn, result)


def issued(turn: Turn, place: str, document: str, digest: str) -> None:
    result = replace(_at(turn, place), state="issued", document=document, digest=digest, issued_at=turn.now)
    turn.set_result(result)
    turn.write("issued", node=place, data={"document": document, "digest": digest, "number": result.number})


def supersede(turn: Turn, result: Result) -> None:
    """Never erased, and its number is not used again."""
    turn.set_result(replace(result, state="superseded"))
    for id in (f"_number/{result.node}", f"_issue/{result.node}"):
        if turn.flight(id) is not None:
            turn.cancel(id)
    turn.write("result_superseded", node=result.node, data={"document": result.document})


def resolve_if_ready(turn: Turn) -> None:
    """F13: the root is closed, every result and every paper that goes with it is issued and, on paper, at the desk."""
    root = turn.known_track(paths.ROOT)
    if root is None or root.state is not TrackState.DONE:
        return
    # A way whose every step was skipped moved no file: it is with the desk that hands out the result.
    custody.send_with_first_step(turn, root.path, desk_unit(turn.state))
    for draft in [one for one in turn.state.results if one.state == "draft" and not _is_coming_out(turn, one)]:
        supersede(turn, draft)
    results = results_for_people(turn.state)
    if any(one.state in NOT_OUT for one in turn.state.results) or not _at_the_desk(turn, results):
        return
    _resolve(turn, results)


def _is_coming_out(turn: Turn, draft: Result) -> bool:
    """A draft that needs no signature stays one until its number is there."""
    return any(turn.flight(id) is not None for id in (f"_number/{draft.node}", f"_issue/{draft.node}"))


def _resolve(turn: Turn, results: tuple[Result, ...]) -> None:
    turn.state = replace(turn.state, stage=Stage.RESOLVED, decided_at=turn.state.decided_at or turn.now)
    clocks.stop(turn, clocks.ASK_BY)
    clocks.stop_kind(turn, "transfer")
    for task in turn.tasks_of("extension"):
        turn.drop_task(task.key)
    when = turn.pin.procedure.delivery.finish_at
    issued_at = max((result.issued_at for result in results if result.issued_at is not None), default=turn.now)
    if when != "delivered":
        delivery.finish(turn, issued_at if when == "issued" else turn.now)
    state = turn.state
    turn.write(
        "resolved",
        data={
            "verdict": state.verdict,
            "finished_at": text_of(state.finished_at),
            "late": state.late,
            "results": [result.id for result in results],
        },
    )
    fees.ask_before_result(turn)
    for fee in fees.to_refund(turn, ended=False):
        side_tasks.open_refund(turn, about=fee.key)
    delivery.begin(turn)


def _at_the_desk(turn: Turn, results: tuple[Result, ...]) -> bool:
    """Papers reach the desk by hand-overs that are confirmed; whoever holds some is asked for one, once."""
    if turn.pin.procedure.delivery.handover != "confirm":
        return True
    held = list(
        dict.fromkeys(result.track for result in results if result.form == "paper" and result.delivery != "delivered")
    )
    come = [_has_come(turn, path) for path in held]
    return all(come)


def _has_come(turn: Turn, path: str) -> bool:
    """The papers made on the root track travel as the case's, those of a branch under its path."""
    about = path or None
    moved = [one for one in turn.state.handovers if (one.what, one.track) == ("result", about)]
    unit = file_unit(turn.state, path)
    if unit == desk_unit(turn.state) or any(one.state == "confirmed" for one in moved):
        return True
    asked = any((task.about, task.track) == ("result", about) for task in turn.tasks_of("transfer"))
    if not asked and not any(one.state == "offered" for one in moved):
        function = turn.track(path).function or turn.pin.procedure.intake.by
        custody.open_transfer(turn, unit=unit, function=function, about="result", path=about)
    return False


def _drafts_of(turn: Turn, step: SignStep, path: str, *, state: str = "draft") -> list[Result]:
    """The drafts a signer has before them: of their own track and of those that began in it."""
    listed = [one for one in turn.state.results if one.step in step.documents and one.state == state]
    return [one for one in listed if paths.is_within(one.track, path)]


def _at(turn: Turn, place: str) -> Result:
    return next(one for one in turn.state.results if one.node == place)
