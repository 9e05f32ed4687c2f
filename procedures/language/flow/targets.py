"""Where a step may lead: to a step of its own sequence, or to one of the reserved targets."""

from procedures.language.flow.ways import StepWays, Ways
from procedures.language.model.procedure import ROOT
from procedures.language.model.steps import CALLER, REFUSE, RESERVED_TARGETS, STOP
from procedures.language.reading.nodes import Scalar
from procedures.language.reading.problems import Problems, did_you_mean
from procedures.language.resolving.resolution import Resolved


class Targets:
    """Reports a target that cannot be reached from where it is named, and says why."""

    def __init__(self, resolved: Resolved, ways: Ways, problems: Problems) -> None:
        self._resolved = resolved
        self._ways = ways
        self._problems = problems

    def check(self, step: StepWays, target: Scalar, what: str) -> None:
        """`what` names the way in the message: `outcome 'approve' of 'review'`."""
        siblings = [one.id for one in self._ways.lists[step.sequence]]
        if target.text in siblings:
            return
        reserved = self._reserved(step)
        if target.text not in reserved:
            hint = self._hint(step, target.text) or did_you_mean(target.text, [*siblings, *reserved])
            self._problems.add(target.place, "unknown-step", f"{what} goes to '{target.text}'", hint)
        elif target.text == REFUSE and REFUSE not in self._resolved.sequences:
            message = f"{what} goes to 'refuse', and the profile has no such sequence"
            self._problems.add(target.place, "unknown-step", message, "add a step 'refuse'")

    def _reserved(self, step: StepWays) -> frozenset[str]:
        left_out: set[str] = set()
        if not self._ways.is_profiles(step.sequence):
            left_out.add(CALLER)
        if step.sequence != ROOT:
            left_out.add(STOP)
        if REFUSE in self._ways.steps and self._ways.steps[REFUSE].sequence == ROOT:
            left_out.add(REFUSE)
        return RESERVED_TARGETS - left_out

    def _hint(self, step: StepWays, target: str) -> str:
        """Say why a place that exists is out of reach."""
        owner = self._ways.owner(step.sequence)
        if target == CALLER:
            return "only the profile's sequences know a caller"
        if target == STOP:
            inside = f", and stop from '{owner.id}'" if owner else ""
            return f"a case is stopped at the root only: end here with 'end_refused'{inside}"
        there = self._ways.steps.get(target)
        if there is None:
            return ""
        if owner is not None and there.sequence == owner.sequence:
            kind = "line" if owner.kind == "each" else "branch"
            return f"no way leads out of a {kind}: end it with 'end' or 'end_refused', and go on from '{owner.id}'"
        outer = self._ways.owner(there.sequence)
        if outer is not None:
            return f"it stands inside '{outer.id}', which is entered as a whole"
        return "it stands in another sequence"
