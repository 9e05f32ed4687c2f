"""Makes the steps: what all kinds have, with outcomes, returns and expressions typed for their place in the flow."""

from pydantic import TypeAdapter

from procedures.language.conditions.compiling import Scope
from procedures.language.flow.deciding import Results, find_deciding
from procedures.language.flow.ways import ASKING, StepWays, Way, Ways
from procedures.language.making.checking_kinds import check_kind
from procedures.language.making.draft import Draft
from procedures.language.making.forms import with_selectors
from procedures.language.making.kinds import KindMaker, make_public
from procedures.language.making.stepscopes import StepScopes
from procedures.language.model.steps import Outcome, Step
from procedures.language.reading.words import entries_of, text_of

_STEP: TypeAdapter[Step] = TypeAdapter(Step)


class StepMaker:
    """Makes all steps of a procedure, those of branches and lines inside the step they belong to."""

    def __init__(self, draft: Draft, ways: Ways) -> None:
        self._draft = draft
        self._ways = ways
        self._scopes = StepScopes(draft, ways)
        self.flows = self._scopes.flows
        self.certainty = self._scopes.certainty
        self.names = self._scopes.all_names()
        self.results = Results(ways)
        self.deciding = find_deciding(ways, self.flows, self.results)
        self._kinds = KindMaker(draft, ways, self._scopes, self.results, self.sequence)

    def paying(self, fee: str) -> Scope | None:
        return self._scopes.paying(fee)

    def sequence(self, name: str) -> tuple[Step, ...]:
        return tuple(self._step(step) for step in self._ways.lists[name] if step.kind)

    def _step(self, step: StepWays) -> Step:
        scope, node = self._scopes.entering(step), step.node
        form_scope = self._scopes.form(step, scope)
        check_kind(self._draft, self._ways, step)
        return _STEP.validate_python(
            {
                "id": step.id,
                "kind": step.kind,
                "selectors": self._draft.selectors(node, scope),
                "skip_when": self._draft.condition(node, "skip_when", scope),
                "form": with_selectors(
                    self._scopes.values.forms[step.id], entries_of(node, "form"), self._draft, form_scope
                ),
                "outcomes": tuple(self._outcome(step, way, scope) for way in step.ways),
                "returns": tuple(target.text for target in step.returns),
                "return_label": self._ways.return_label(step) if step.returns else None,
                "then": None if step.ways or step.rows else step.then,
                "public": make_public(node),
                "result": text_of(step.body, "result"),
                "deciding": step.id in self.deciding,
                **self._kinds.details(step, scope),
            }
        )

    def _outcome(self, step: StepWays, way: Way, scope: Scope) -> Outcome:
        label = self._ways.outcome_label(way)
        if label is None:
            if step.kind in ASKING:
                hint = "write {then: ..., label: {vi: ...}}"
                message = f"outcome '{way.name}' needs a label"
                self._draft.problems.add(way.place, "outcome-unlabelled", message, hint)
            label = {self._draft.resolved.languages[0]: way.name}
        reason = (text_of(way.node, "reason") if way.node else None) or "none"
        when = self._draft.condition(way.node, "when", scope) if way.node else None
        return Outcome.model_validate(
            {
                "name": way.name,
                "label": label,
                "target": way.target,
                "reason": "required" if _is_reasoned(step, way) else reason,
                "when": when,
            }
        )


def _is_reasoned(step: StepWays, way: Way) -> bool:
    """A person who turns the case away says why; who signs a refusal signs its reasons, they stand in the document."""
    return way.is_reasoned and step.kind in ASKING and way.name != "sign"
