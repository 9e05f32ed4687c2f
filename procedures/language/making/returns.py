"""What comes too late: a return past what cannot be undone or to what may not have happened (F7), a late refusal."""

from collections.abc import Sequence

from procedures.language.flow.deciding import hollow
from procedures.language.flow.tracks import visited
from procedures.language.flow.ways import StepWays, Ways
from procedures.language.making.draft import Draft
from procedures.language.making.steps import StepMaker
from procedures.language.model.procedure import ROOT
from procedures.language.model.steps import END_REFUSED, REFUSE, RESERVED_TARGETS
from procedures.language.reading.nodes import Scalar
from procedures.language.reading.words import flag_of, text_of
from procedures.language.resolving.naming import operation_of


def find_wrong_returns(draft: Draft, ways: Ways, steps: StepMaker) -> None:
    late = _Late(draft, ways, steps)
    for step in ways.steps.values():
        sure = steps.certainty.entering.get(step.id)
        if sure is None:
            continue
        for target in step.returns:
            if target.text not in RESERVED_TARGETS - ways.steps.keys() and visited(target.text) not in sure:
                message = f"'{step.id}' returns to '{target.text}', which may not have happened"
                draft.problems.add(target.place, "return-not-earlier", message, "choose an earlier step or desk")
            elif not ways.is_profiles(step.sequence):
                late.find(step, target)
        late.find_refusals(step)


class _Late:
    """Finds returns that every case would be refused: it is decided by then, or what lies between stays done."""

    def __init__(self, draft: Draft, ways: Ways, steps: StepMaker) -> None:
        self._draft = draft
        self._ways = ways
        self._flows = steps.flows
        # A task decides by its outcome, so another outcome may lead on.
        signing = [one.id for one in ways.steps.values() if one.id in steps.deciding and one.kind != "task"]
        self._signing = steps.results.deciders(signing, steps.results.named)
        self._hollow = [hollow(flow, self._signing) for flow in self._flows]
        self._for_ever = [step.id for step in ways.steps.values() if _is_for_ever(draft, step)]
        self._reached: dict[tuple[int, str, str, str | None], frozenset[str]] = {}

    def find(self, step: StepWays, target: Scalar) -> None:
        if (decider := self._decided_before(step)) is not None:
            message = f"'{step.id}' returns after '{decider}' has decided the case"
            self._draft.problems.add(target.place, "return-too-late", message, "leave return out")
            return
        for past in self._for_ever if target.text in self._ways.steps else ():
            if self._is_beside(past, step) and self._passes(step, target.text, past):
                message = f"'{step.id}' returns to '{target.text}', past '{past}', which cannot be undone"
                self._draft.problems.add(target.place, "return-too-late", message, "return to a later step or desk")
                return

    def find_refusals(self, step: StepWays) -> None:
        """A case that was decided is not refused as well: it would end with both answers."""
        way = next((one for one in (*step.ways, *step.rows) if one.target in (REFUSE, END_REFUSED)), None)
        decider = self._decided_before(step) if way is not None and step.sequence == ROOT else None
        if way is not None and decider is not None:
            message = f"'{step.id}' refuses after '{decider}' has decided the case"
            hint = "put what may fail before the signature"
            self._draft.problems.add(way.place, "refusal-after-result", message, hint)

    def _decided_before(self, step: StepWays) -> str | None:
        """Name the first signature of the same sequence that every way to a step passes."""
        deciders = (one for one in self._signing if self._is_beside(one, step))
        return next((one for one in deciders if self._passes(step, None, one, unless=self._hollow)), None)

    def _is_beside(self, id: str, step: StepWays) -> bool:
        return id != step.id and self._ways.steps[id].sequence == step.sequence

    def _passes(self, step: StepWays, start: str | None, past: str, unless: Sequence[frozenset[str]] = ()) -> bool:
        """Say whether in every situation all ways to a step, from the start or another step, pass a third one."""
        for number, flow in enumerate(self._flows):
            if not flow.has(step.id) or step.id not in self._reach(number, step.sequence, "", None):
                continue
            if (unless and past in unless[number]) or step.id in self._reach(number, step.sequence, past, start):
                return False
        return True

    def _reach(self, number: int, sequence: str, past: str, start: str | None) -> frozenset[str]:
        key = number, sequence, past, start
        if key not in self._reached:
            avoiding = frozenset({past} - {""})
            self._reached[key] = frozenset(self._flows[number].reached(sequence, avoiding, start))
        return self._reached[key]


def _is_for_ever(draft: Draft, step: StepWays) -> bool:
    """A result handed over, a case opened elsewhere, a call that cannot be taken back."""
    if step.kind != "call":
        return step.kind in ("deliver", "procedure")
    names = text_of(step.body, "connector") or "", text_of(step.body, "operation") or ""
    operation = operation_of(draft.resolved, *names)
    return operation is not None and flag_of(operation, "irrevocable", default=False)
