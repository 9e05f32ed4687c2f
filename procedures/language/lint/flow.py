"""Fees are asked in time, and what is told apart makes a difference."""

from collections.abc import Iterator
from itertools import combinations

from procedures.language.lint.subject import Subject
from procedures.language.model.parts import Expression, Part, Selectors
from procedures.language.model.steps import END_REFUSED, REFUSE, DocumentStep, PayStep, SignStep

_VARIANT = frozenset({"case.variant", "line.variant"})


def check_flow(subject: Subject) -> None:
    _check_fees(subject)
    _find_twins(subject)
    _find_swapped(subject)


def _find_swapped(subject: Subject) -> None:
    """An outcome whose name says yes leads on."""
    for step in (step for name in subject.sequences() for step in subject.procedure.sequence(name)):
        for outcome in step.outcomes:
            if outcome.name == "approve" and outcome.target in (REFUSE, END_REFUSED):
                message = f"'approve' of '{step.id}' leads to '{outcome.target}'"
                subject.say("approve-refuses", f"steps.{step.id}.outcomes.approve", message, "swapped with 'reject'?")


def _check_fees(subject: Subject) -> None:
    paying = [step for step in subject.procedure.all_steps if isinstance(step, PayStep)]
    asked = {step.fee for step in paying}
    for fee in subject.procedure.fees:
        if fee.collect == "step" and fee.id not in asked:
            hint = "add a step 'pay: {fee: " + fee.id + ", within: ...}', or collect it at intake"
            subject.say("fee-not-collected", f"fees.{fee.id}", f"fee '{fee.id}' is never asked", hint)
    for step in paying:
        if any(_is_behind_a_result(subject, step, signed) for signed in _signing_results(subject)):
            message = f"'{step.fee}' is asked after the result is signed"
            subject.say("fee-after-result", f"steps.{step.id}", message, "collect: before_result?")


def _signing_results(subject: Subject) -> Iterator[SignStep]:
    procedure = subject.procedure
    for step in procedure.all_steps:
        drafts = [procedure.step(one) for one in step.documents] if isinstance(step, SignStep) else []
        if isinstance(step, SignStep) and any(isinstance(one, DocumentStep) and one.result for one in drafts):
            yield step


def _is_behind_a_result(subject: Subject, step: PayStep, signing: SignStep) -> bool:
    sequence = subject.procedure.sequence_of(step.id)
    if subject.procedure.sequence_of(signing.id) != sequence:
        return False
    graphs = [graph for graph in subject.graphs(sequence) if signing.id in graph.steps]
    return any(step.id in graph.reached(one) for graph in graphs for one in graph.leads[signing.id])


def _find_twins(subject: Subject) -> None:
    """Two variants that every selector and condition treats alike are one."""
    parts = list(_telling(subject.procedure))
    told = {one.id: tuple(_is_told(one.id, part) for part in parts) for one in subject.procedure.variants}
    for first, second in combinations(told, 2):
        if told[first] == told[second]:
            message = f"variants '{first}' and '{second}' are treated alike"
            subject.say("variant-unused", f"variants.{second}", message, "merge them or say what differs")
            return


def _telling(part: object) -> Iterator[Selectors | Expression]:
    """Walk to what tells variants apart: selectors that name some, and conditions that read it."""
    match part:
        case Expression():
            if _VARIANT & set(part.reads):
                yield part
        case Part():
            if isinstance(part, Selectors) and part.variants:
                yield part
            for name in type(part).model_fields:
                yield from _telling(getattr(part, name))
        case tuple() | list():
            for one in part:
                yield from _telling(one)
        case dict():
            yield from _telling(list(part.values()))


def _is_told(variant: str, part: Selectors | Expression) -> bool:
    if isinstance(part, Selectors):
        return variant in part.variants
    return f'"{variant}"' in part.text or f"'{variant}'" in part.text
