"""What each verb of a scenario says to the core; what the scenario leaves out is taken from the case as it stands."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from procedures.json_types import Json, JsonObject
from procedures.language.model.steps import STOP, SUPPLEMENT, EachStep, ParallelStep, TaskStep
from workflows.core import branching, joining, paths
from workflows.core.facts import known_of
from workflows.core.phases import desk_unit, file_unit
from workflows.core.state import Handover, Incident, Proposal, Stage, Task
from workflows.simulate import changes, filing
from workflows.simulate.plays import CannotPlay, Draft, Play, at_desk, only


def draft_of(play: Play) -> Draft:
    make = _DRAFTS.get(play.happening.verb)
    if make is None:
        raise CannotPlay(f"'{play.happening.verb}' is not built yet")
    return make(play)


def is_of_a_party(verb: str) -> bool:
    return verb in ("withdraw", "send_supplement", "rate", "amend", "link")


def _accept(play: Play) -> Draft:
    handed_in: JsonObject = {paper.id: "ok" for paper in play.state.papers if paper.satisfied_by is not None}
    said = play.arguments.get("verdicts")
    verdicts = handed_in | (said if isinstance(said, dict) else {})
    checked: list[Json] = [{"id": id, "verdict": verdict} for id, verdict in sorted(verdicts.items())]
    world, recorded = play.world, play.arguments.get("form") or {}
    form = filing.intake_values(world.pin.procedure, recorded, known_of(play.state, play.happening.at), world.forms)
    return at_desk(play, {"verdicts": checked, "variant": play.arguments.get("variant"), **form})


def _refuse(play: Play) -> Draft:
    where = play.text_ref("where") if "where" in play.arguments else None
    return at_desk(play, {"reason": play.reason, "where": where})


def _ask_supplement(play: Play) -> Draft:
    arguments: JsonObject = {"items": _items(play), "ground": play.text_ref("reason") if play.reason else None}
    if play.state.stage is Stage.HANDLING:
        task = _asking_task(play)
        return Draft(arguments | {"task": task.key}, task.function, task.unit)
    return at_desk(play, arguments)


def _send_supplement(play: Play) -> Draft:
    form = play.arguments.get("form")
    changed = filing.changed_form(play.world.pin.procedure, play.given, form, play.happening.at, play.world.forms)
    asked = (paper.id for paper in play.state.papers)
    return Draft(
        {
            "papers": filing.papers(play.world.pin.procedure, play.given, play.arguments.get("documents"), asked),
            **changed,
        }
    )


def _complete_supplement(play: Play) -> Draft:
    return _at_check(play, {})


def _reject_supplement(play: Play) -> Draft:
    return _at_check(play, {"reason": play.reason, "items": _items(play)})


def _cancel_supplement(play: Play) -> Draft:
    if not play.state.rounds or play.state.stage is not Stage.HANDLING:
        return at_desk(play, {"reason": play.reason})
    asked = play.state.rounds[-1]
    # What may be given up, and what it counts for, hangs on the code: a scenario that names none means the plain one.
    code = play.arguments.get("ground") or ("window_expired" if asked.expired else "no_rounds_left")
    return Draft({"reason": {"code": code, "text": play.text_ref("reason")}}, asked.function, asked.unit)


def _withdraw(play: Play) -> Draft:
    reason = play.text_ref("reason") if play.reason else None
    return Draft({"reason": reason}, approver=play.world.pin.procedure.intake.by)


def _complete_task(play: Play) -> Draft:
    step = play.world.pin.procedure.step(play.subject)
    name = play.happening.outcome or ""
    outcome = step.outcome(name)
    if not name:
        raise CannotPlay(f"say which outcome: {', '.join(one.name for one in step.outcomes)}")
    if name == "return":
        raise CannotPlay("'return' is taken by send_back")
    if outcome is not None and outcome.target in (SUPPLEMENT, STOP):
        verb = "ask_supplement" if outcome.target == SUPPLEMENT else "stop"
        raise CannotPlay(f"'{name}' of '{step.id}' is taken by {verb}")
    arguments: JsonObject = {"outcome": name, "reason": play.reason}
    world, with_ = play.world, play.happening.with_
    arguments |= filing.step_values(world.pin.procedure, step.id, name, with_, play.happening.at, world.forms)
    if isinstance(step, TaskStep) and step.records:
        # The papers an officer must attach are at hand.
        arguments["documents"] = [f"file:{record}" for record in step.records]
    return _at_task(play, arguments)


def _send_back(play: Play) -> Draft:
    """Lines are those that begin anew, where the step goes back into a list; in a line they are those sent back."""
    step = play.world.pin.procedure.step(play.subject)
    to = play.happening.to or (step.returns[0] if step.returns else "")
    into = play.world.pin.procedure.step(to) if play.world.pin.procedure.has_step(to) else None
    arguments: JsonObject = {"to": play.happening.to, "reason": play.reason}
    if isinstance(into, EachStep) and play.happening.lines is not None:
        arguments["lines"] = list[Json](play.lines.places(into, play.happening.lines))
    elif isinstance(into, ParallelStep) and play.happening.lines is not None:
        arguments["lines"] = list[Json](play.happening.lines)
    return _at_task(play, arguments)


def _forward(play: Play) -> Draft:
    at = {track.path: track.step for track in play.state.tracks}
    desks = [task for task in play.state.tasks if task.kind == "desk" and at.get(task.track or "") == play.subject]
    task = only(desks, f"no desk task of '{play.subject}' is open", "several desk tasks are open")
    return Draft({"task": task.key, "reason": play.reason}, task.function, task.unit)


def _hand_over(play: Play) -> Draft:
    holders = sorted(play.state.tasks, key=lambda task: task.kind != "transfer")
    wanted = play.arguments.get("step")
    named = [task for task in holders if wanted in (None, task.step)]
    if not named:
        return at_desk(play, play.arguments)
    arguments: JsonObject = {name: value for name, value in play.arguments.items() if name != "step"}
    task = {"task": named[0].key} if wanted is not None else {}
    return Draft({**arguments, **task}, named[0].function, named[0].unit)


def _confirm_handover(play: Play) -> Draft:
    handover = _offered(play)
    return Draft({"handover": handover.id}, handover.function, handover.receiver)


def _reject_handover(play: Play) -> Draft:
    handover = _offered(play)
    return Draft({"handover": handover.id, "reason": play.reason}, handover.function, handover.receiver)


def _stop(play: Play) -> Draft:
    tasks = [task for task in play.state.tasks if task.kind in ("step", "desk", "expiry")]
    task = only(tasks[:1], "no task is open that could propose to stop", "")
    arguments: JsonObject = {"task": task.key, "ground": play.text_ref("ground"), "settlement": "nothing_due"}
    given = {name: value for name, value in play.arguments.items() if name != "reason"}
    approver = play.world.pin.procedure.stop.approved_by
    return Draft(arguments | given | {"reason": play.reason}, task.function, task.unit, approver)


def _replace_opinion(play: Play) -> Draft:
    """By who gave it: the last visit of the step in its branch."""
    step = play.world.pin.procedure.step(play.subject)
    given = [track for track in play.state.tracks if any(paths.step_of(key) == step.id for key in track.trail)]
    track = only(given[:1], f"'{step.id}' has given no opinion", "")
    visit = next(key for key in reversed(track.trail) if paths.step_of(key) == step.id)
    name, world = play.happening.outcome or "", play.world
    values = filing.step_values(
        world.pin.procedure, step.id, name, play.happening.with_, play.happening.at, world.forms
    )
    arguments: JsonObject = {"opinion": paths.join(track.path, visit), "outcome": name, "reason": play.reason}
    return Draft(arguments | values, track.function, track.unit)


def _join_on_ground(play: Play) -> Draft:
    """By the lead, at the unit that has the file; with a ground for every branch that has not answered."""
    step = play.world.pin.procedure.step(play.subject)
    track = next((one for one in play.state.tracks if one.step == step.id), play.state.tracks[0])
    inner = branching.inner(play.state, track.path, step.id)
    silent = [paths.last(one.path) for one in inner if joining.is_open(one)]
    ground: JsonObject = {"ground": play.text_ref("ground"), "document": play.text_ref("document")}
    grounds: list[Json] = [{"branch": branch, **ground} for branch in silent]
    function = step.lead if isinstance(step, ParallelStep) else None
    return Draft({"step": step.id, "grounds": grounds}, function, file_unit(play.state, track.path))


def _approve(play: Play) -> Draft:
    proposal = _proposal(play)
    return Draft({"proposal": proposal.id}, proposal.function, proposal.unit)


def _deny(play: Play) -> Draft:
    proposal = _proposal(play)
    return Draft({"proposal": proposal.id, "reason": play.reason}, proposal.function, proposal.unit)


def _resolve_incident(play: Play) -> Draft:
    arguments: JsonObject = {"incident": _incident(play).id, "how": "retry", **play.arguments}
    function, _, unit = _incident(play).owner.partition("@")
    by = "operator" if arguments["how"] == "retry" else function
    return Draft(arguments, by, unit or desk_unit(play.state))


def _deliver(play: Play) -> Draft:
    arguments: JsonObject = {"recipient": "account:applicant", "evidence": play.text_ref("evidence")}
    at_step = [task for task in play.state.tasks if task.kind == "delivery" and task.track is not None]
    if at_step:
        return Draft(arguments | play.arguments, at_step[0].function, at_step[0].unit)
    return at_desk(play, arguments | play.arguments, function=play.world.pin.procedure.delivery.by)


def _archive(play: Play) -> Draft:
    return at_desk(play, play.arguments, function="clerk")


_DRAFTS: Mapping[str, Callable[[Play], Draft]] = MappingProxyType(
    {
        **changes.DRAFTS,
        "accept": _accept,
        "refuse": _refuse,
        "ask_supplement": _ask_supplement,
        "send_supplement": _send_supplement,
        "complete_supplement": _complete_supplement,
        "reject_supplement": _reject_supplement,
        "cancel_supplement": _cancel_supplement,
        "withdraw": _withdraw,
        "complete_task": _complete_task,
        "send_back": _send_back,
        "forward": _forward,
        "hand_over": _hand_over,
        "confirm_handover": _confirm_handover,
        "reject_handover": _reject_handover,
        "stop": _stop,
        "replace_opinion": _replace_opinion,
        "join_on_ground": _join_on_ground,
        "approve": _approve,
        "deny": _deny,
        "resolve_incident": _resolve_incident,
        "deliver": _deliver,
        "archive": _archive,
    }
)


def _at_check(play: Play, arguments: Mapping[str, Json]) -> Draft:
    checks = [task for task in play.state.tasks if task.kind == "check"]
    return Draft(arguments, checks[0].function, checks[0].unit) if checks else at_desk(play, arguments)


def _at_task(play: Play, arguments: Mapping[str, Json]) -> Draft:
    """At the open tasks of the step; without one at the place of its last visit, so that the core may refuse."""
    step = play.world.pin.procedure.step(play.subject)
    tasks = _named(play, [task for task in play.state.tasks if task.kind == "step" and task.step == step.id])
    if tasks:
        first, *others = tasks
        together: JsonObject = {"others": [task.key for task in others]} if others else {}
        return Draft({**arguments, "task": first.key, **together}, first.function, first.unit)
    nodes = [node for node in play.state.visits if paths.step_of(node) == step.id] or [step.id]
    key = f"{nodes[-1]}:{play.state.visits.get(nodes[-1], 1)}"
    function = step.by if step.kind in ("task", "sign") else play.world.pin.procedure.intake.by
    return Draft({**arguments, "task": key}, function, file_unit(play.state))


def _named(play: Play, tasks: list[Task]) -> list[Task]:
    """Choose the tasks of the lines a scenario names: by key, or all at this step."""
    of_lines = [task for task in tasks if paths.line(task.track or "") is not None]
    if not of_lines:
        return tasks[:1]
    if play.happening.lines is None:
        return [only(of_lines, "", f"'{play.subject}' is open in several lines: say lines")]
    wanted = play.happening.lines
    return [task for task in of_lines if not wanted or play.lines.key_at(task.track or "") in wanted]


def _asking_task(play: Play) -> Task:
    wanted = play.arguments.get("step")
    at = {track.path: track.step for track in play.state.tracks}
    asking = [task for task in play.state.tasks if task.kind in ("step", "desk")]
    tasks = [task for task in asking if wanted in (None, at.get(task.track or ""))]
    if wanted is not None and tasks:
        tasks = _named(play, tasks)
    return only(
        tasks, f"no task of '{wanted}' is open" if wanted else "no task is open", "several tasks are open: say step"
    )


def _items(play: Play) -> list[Json]:
    items = play.arguments.get("items") or []
    if not isinstance(items, list):
        raise CannotPlay("items is a list")
    return [item if isinstance(item, dict) else {"id": item, "kind": "missing"} for item in items]


def _offered(play: Play) -> Handover:
    id = play.arguments.get("handover")
    offered = [one for one in play.state.handovers if one.state == "offered" and id in (None, one.id)]
    return only(offered, "nothing is offered", "several hand-overs are offered: say handover")


def _proposal(play: Play) -> Proposal:
    proposals = [one for one in play.state.proposals if one.command.verb == play.subject]
    return only(proposals, f"nobody has proposed '{play.subject}'", f"'{play.subject}' is proposed twice")


def _incident(play: Play) -> Incident:
    id = play.arguments.get("incident")
    incidents = [one for one in play.state.incidents if id in (None, one.id)]
    return only(incidents, "no incident is open", "several incidents are open: say incident")
