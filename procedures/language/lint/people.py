"""Who does what: nobody signs their own work, every function is somebody's, and a second person can be found."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from procedures.language.lint.graph import ENDS, START
from procedures.language.lint.organisation import Organisation, Post
from procedures.language.lint.subject import Subject
from procedures.language.model.parts import Unit
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import (
    DeliverStep,
    DocumentStep,
    EachStep,
    ParallelStep,
    SignStep,
    TaskStep,
    inner_lists,
)
from procedures.language.resolving.naming import HEAD, HOLDER

Done: TypeAlias = tuple[tuple[str, str], ...]
"""Steps with who did each."""


def check_people(subject: Subject) -> None:
    for name in subject.sequences():
        for step in subject.procedure.sequence(name):
            if isinstance(step, SignStep):
                _find_own_signature(subject, step)
            if isinstance(step, TaskStep | SignStep) and step.id in step.not_same_as:
                message = f"'{step.id}' is to be done by another person than its own"
                path = f"steps.{step.id}.not_same_as.{step.not_same_as.index(step.id) + 1}"
                subject.say("no-second-person", path, message, "name an earlier step")
    if subject.organisation is not None:
        _find_undone(subject, subject.organisation)
        _find_alone(subject, subject.organisation)
        _find_unnumbered(subject, subject.organisation)


def _find_own_signature(subject: Subject, step: SignStep) -> None:
    """Who prepared what is signed does not sign it; of two agencies nobody is the same person."""
    for decider in _led_to(subject, step.id):
        if decider.id not in step.not_same_as and not _are_apart(subject.procedure, decider, step):
            hint = f"add not_same_as: [{decider.id}]" if not step.not_same_as else f"add '{decider.id}' to not_same_as"
            message = f"the person of '{decider.id}' may sign"
            subject.say("signer-may-be-handler", f"steps.{step.id}", message, hint)


def _led_to(subject: Subject, id: str) -> list[TaskStep]:
    """Name who decided before a step: at its own level, else by votes in branches, else before its own branch."""
    sequence, owner = subject.procedure.sequence_of(id), subject.procedure.owner(id)
    found = list(_deciders(subject, sequence, id)) or list(_deciders(subject, sequence, id, votes=True))
    return found if found or owner is None else _led_to(subject, owner.id)


def _deciders(subject: Subject, sequence: str, *places: str, votes: bool = False) -> Iterator[TaskStep]:
    """Go back, past what works by itself, to the tasks whose outcome led there; `votes` are the last of branches."""
    before: dict[str, set[str]] = {}
    for graph in subject.graphs(sequence):
        for source, targets in graph.leads.items():
            for target in targets:
                before.setdefault(target, set()).add(source)
    seen = {START, *places}
    todo = sorted(set().union(*(before.get(place, ()) for place in places)))
    while todo:
        place = todo.pop(0)
        if place in seen:
            continue
        seen.add(place)
        step = subject.procedure.step(place)
        if isinstance(step, TaskStep):
            yield step
            continue
        names = inner_lists(step) if votes or isinstance(step, EachStep) else ()
        inner = [one for name in names for one in _deciders(subject, name, *sorted(ENDS), votes=votes)]
        yield from inner
        if not inner:
            todo += sorted(before.get(place, ()))


def _are_apart(procedure: Procedure, one: TaskStep, other: SignStep) -> bool:
    """Nobody is the same person in two agencies; a unit the steps name is none of those the case itself finds."""
    first, second = _unit_of(procedure, one), _unit_of(procedure, other)
    if first is None or second is None:
        return first is not second
    return first.agency != second.agency


def _find_undone(subject: Subject, organisation: Organisation) -> None:
    """Ask for each step whether some unit of its place does its function on the day."""
    for step in subject.procedure.all_steps:
        if isinstance(step, TaskStep | SignStep) and not _posts(subject.procedure, organisation, step):
            unit = _unit_of(subject.procedure, step)
            who = f"no unit of agency '{unit.agency}', level '{unit.level}'" if unit else "no unit"
            message = f"{who} performs '{step.by}' on {organisation.day}"
            subject.say("function-not-performed", f"steps.{step.id}.by", message, "name another, or let a unit do it")
    for path, function in _named(subject.procedure):
        if not organisation.doing(function):
            message = f"no unit performs '{function}' on {organisation.day}"
            subject.say("function-not-performed", path, message, "name another, or let a unit do it")


def _named(procedure: Procedure) -> Iterator[tuple[str, str]]:
    yield "intake.by", procedure.intake.by
    yield "delivery.by", procedure.delivery.by
    yield "extension.approved_by", procedure.extension.approved_by
    yield "stop.approved_by", procedure.stop.approved_by
    if any(row.if_verified for row in procedure.deadline):
        yield "verification.approved_by", procedure.verification.approved_by
    for step in procedure.all_steps:
        if isinstance(step, ParallelStep) and step.lead:
            yield f"steps.{step.id}.lead", step.lead
        if isinstance(step, DeliverStep):
            yield f"steps.{step.id}.by", step.by
        for number, escalation in enumerate(step.escalate if isinstance(step, TaskStep | SignStep) else (), start=1):
            if escalation.to not in (HOLDER, HEAD):
                yield f"steps.{step.id}.escalate.{number}.to", escalation.to


def _find_alone(subject: Subject, organisation: Organisation) -> None:
    """Where the duties lie so that no choice of persons satisfies a step and those it excludes, it is never done."""
    procedure = subject.procedure
    for step in procedure.all_steps:
        if not isinstance(step, TaskStep | SignStep):
            continue
        others = [procedure.step(one) for one in step.not_same_as if procedure.has_step(one) and one != step.id]
        excluded = [one for one in others if isinstance(one, TaskStep | SignStep)]
        for post in _posts(procedure, organisation, step) if excluded else ():
            may = {one.id: _officers(procedure, organisation, one, post) for one in excluded}
            apart = {one.id: frozenset(one.not_same_as) for one in excluded}
            if post.officers and all(may.values()) and not _can_be_shared(may, apart, post.officers):
                listed = _listed(id for id, officers in may.items() if officers & post.officers)
                message = f"at '{post.unit}' only who did {listed} may do '{step.id}'"
                hint = f"give another officer the duty '{step.by}'"
                subject.say("no-second-person", f"steps.{step.id}.not_same_as", message, hint)
                break


def _can_be_shared(
    may: Mapping[str, frozenset[str]], apart: Mapping[str, frozenset[str]], left: frozenset[str], done: Done = ()
) -> bool:
    """Look for persons, one a step, of whom somebody is left over; steps that exclude each other take two."""
    if not left or len(done) == len(may):
        return bool(left)
    id = list(may)[len(done)]
    taken = {who for other, who in done if other in apart[id] or id in apart[other]}
    return any(_can_be_shared(may, apart, left - {who}, (*done, (id, who))) for who in sorted(may[id] - taken))


def _officers(
    procedure: Procedure, organisation: Organisation, step: TaskStep | SignStep, beside: Post
) -> frozenset[str]:
    """Who may have done a step: the officers of the same unit where it does both, else those of any that does it."""
    posts = _posts(procedure, organisation, step)
    same = [post for post in posts if post.unit == beside.unit]
    return frozenset().union(*(post.officers for post in same or posts))


def _posts(procedure: Procedure, organisation: Organisation, step: TaskStep | SignStep) -> tuple[Post, ...]:
    unit = _unit_of(procedure, step)
    if unit is None:
        return organisation.doing(step.by)
    return organisation.doing(step.by, agency=unit.agency, level=unit.level)


def _find_unnumbered(subject: Subject, organisation: Organisation) -> None:
    """Ask for each paper that takes a number whether it can have one where it is made."""
    for step in subject.procedure.all_steps:
        if not isinstance(step, DocumentStep) or step.number_from is None:
            continue
        units = sorted(_units(subject.procedure, organisation, step))
        if units and not any(step.number_from in organisation.books.get(unit, ()) for unit in units):
            message = f"no book '{step.number_from}' is kept at {_listed(units)}"
            hint = "add it to codes.books of the unit, or of one above it"
            subject.say("book-not-kept", f"steps.{step.id}.number_from", message, hint)


def _units(procedure: Procedure, organisation: Organisation, draft: DocumentStep) -> frozenset[str]:
    """Name the units of a draft's place: those that do all that is done there, or where none does, some of it."""
    steps = [one for one in procedure.all_steps if isinstance(one, TaskStep | SignStep) and one.at == draft.at]
    units = [frozenset(post.unit for post in _posts(procedure, organisation, one)) for one in steps]
    every = frozenset.intersection(*units) if units else frozenset[str]()
    return every or frozenset[str]().union(*units)


def _unit_of(procedure: Procedure, step: TaskStep | SignStep) -> Unit | None:
    return next((unit for unit in procedure.units if unit.id == step.at), None)


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"'{id}'" for id in ids)
