"""What the applicant gets: every result has its code, is signed, and is there on every granted way."""

from collections.abc import Iterator

from procedures.language.lint.graph import Who
from procedures.language.lint.subject import Subject
from procedures.language.model.parts import Result
from procedures.language.model.procedure import ROOT, Procedure
from procedures.language.model.steps import END, DeliverStep, DocumentStep, ParallelStep, Step, inner_lists
from procedures.language.reading.words import entries_of, words_of


def check_results(subject: Subject) -> None:
    _compare_codes(subject)
    _find_unsigned(subject)
    own = entries_of(subject.resolved.own, "results").keys
    for result in subject.procedure.results:
        if result.id in own and result.kind != "refusal" and not result.optional and result.selectors.when is None:
            _find_way_without(subject, result)
    for step in subject.procedure.all_steps:
        if isinstance(step, DeliverStep):
            _find_early(subject, step)


def _compare_codes(subject: Subject) -> None:
    """Compare with the record: a result without a code may be one it lists; where it lists no more, all is said."""
    own = entries_of(subject.resolved.own, "results").keys
    declared = {one.code: one.id for one in subject.procedure.results if one.code}
    codeless = [one.id for one in subject.procedure.results if not one.code and one.id in own]
    published = words_of(subject.record, "results") if subject.record is not None else ()
    missing = [code for code in published if code not in declared]
    strange = {code: id for code, id in declared.items() if published and code not in published}
    for code, id in strange.items():
        message = f"{code} is not among the published results"
        subject.say("result-not-in-catalogue", f"results.{id}.code", message, "published: " + ", ".join(published))
    for id in codeless:
        if missing or subject.record is None:
            hint = f"published: {', '.join(missing)}" if missing else "add the KQ… code of the catalogue"
            subject.say("result-without-code", f"results.{id}", f"result '{id}' has no code", hint)
    # One without a code, or with a wrong one, is probably the one that is missed.
    for code in missing[len(codeless) + len(strange) :]:
        message = f"published result {code} does not appear"
        subject.say("result-missing", "results", message, "declare it and say which step produces it")


def _find_unsigned(subject: Subject) -> None:
    """A draft nobody signs becomes a result as it is; so it is for those for whom the signing step does not exist."""
    procedure = subject.procedure
    for name in subject.sequences():
        for step in procedure.sequence(name):
            if not isinstance(step, DocumentStep) or step.result is None or step.unsigned:
                continue
            signers = [procedure.step(one) for one in step.signed_by]
            for who in (who for who in subject.everybody if who.fits(step.selectors)):
                if not any(who.fits(signer.selectors) for signer in signers):
                    message = f"'{step.id}' becomes a result unsigned" + (f" for {who}" if signers else "")
                    subject.say("result-unsigned", f"steps.{step.id}.result", message, "list it in a sign step")
                    break


def _find_way_without(subject: Subject, result: Result) -> None:
    making = frozenset(_making(subject.procedure, result.id))
    naming = frozenset(step.id for step in subject.procedure.all_steps if step.result == result.id)
    for who in (who for who in subject.everybody if who.fits(result.selectors)):
        for makers in (naming, making):
            way = _way_past(subject, who, ROOT, makers) if makers else None
            if way is not None:
                message = f"way {' → '.join(way)} ends granted without '{result.id}'"
                subject.say("result-not-always-produced", f"results.{result.id}", message, "optional: true?")
                return


def _way_past(subject: Subject, who: Who, sequence: str, makers: frozenset[str]) -> tuple[str, ...] | None:
    """Find a granted way through a sequence past every step that makes something, in its branches or lines too."""
    sure = {step.id for step in subject.procedure.sequence(sequence) if _surely_makes(subject, who, step, makers)}
    return subject.graph(who, sequence).way(END, sure)


def _surely_makes(subject: Subject, who: Who, step: Step, makers: frozenset[str]) -> bool:
    """Say whether it is there after a step; where one branch is enough, each has to make it."""
    if step.id in makers:
        return True
    if not isinstance(step, ParallelStep):
        return any(_way_past(subject, who, name, makers) is None for name in inner_lists(step))
    branches = [one for one in step.branches if who.fits(one.selectors)]
    made = [one for one in branches if _way_past(subject, who, f"{step.id}/{one.id}", makers) is None]
    if step.join == "all":
        return any(not one.optional and one.selectors.when is None for one in made)
    return bool(branches) and made == branches


def _making(procedure: Procedure, result: str) -> Iterator[str]:
    """Name the steps that make a result: the signatures of its drafts, other steps by themselves."""
    for step in procedure.all_steps:
        if step.result == result:
            signed = step.signed_by if isinstance(step, DocumentStep) and not step.unsigned else ()
            yield from signed or (step.id,)


def _outward(procedure: Procedure, id: str) -> tuple[str, ...]:
    """Name a step and the steps it stands in, the one of the root last."""
    owner = procedure.owner(id)
    return (id,) if owner is None else (id, *_outward(procedure, owner.id))


def _find_early(subject: Subject, step: DeliverStep) -> None:
    """What is not there is not handed over, now or later: the step is passed as if there were nothing to give."""
    for number, result in enumerate(step.results, start=1):
        making = frozenset(one for id in _making(subject.procedure, result) for one in _outward(subject.procedure, id))
        for who in (who for who in subject.everybody if who.fits(step.selectors)):
            way = _early_way(subject, who, step.id, making)
            if way is not None:
                message = f"way {' → '.join(way)} hands over '{result}' before it is made"
                path = f"steps.{step.id}.results.{number}"
                subject.say("result-delivered-early", path, message, "put the step behind what makes it")
                break


def _early_way(subject: Subject, who: Who, id: str, making: frozenset[str]) -> tuple[str, ...] | None:
    """Find a way to a step past nothing that makes a result, which is made behind the step or beside its branch."""
    ways: list[tuple[str, ...]] = []
    is_made_later = False
    for place in _outward(subject.procedure, id):
        graph = subject.graph(who, subject.procedure.sequence_of(place))
        way = graph.way(place, making - {place})
        if way is None:
            return None
        ways.append((*way, place))
        is_made_later |= bool(making & graph.reached(place))
    return tuple(one for way in reversed(ways) for one in way) if is_made_later else None
