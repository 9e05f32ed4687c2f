"""What each step sets when it ends: the fields of its form, what an operation gives back, the counts of a list."""

from procedures.language.flow.situation import Situation
from procedures.language.flow.tracks import Sure
from procedures.language.flow.ways import ASKING, StepWays, Ways
from procedures.language.making.checking_steps import check_outcomes
from procedures.language.making.draft import Draft
from procedures.language.making.forms import make_fields
from procedures.language.model.parts import FormField
from procedures.language.model.steps import COUNTS
from procedures.language.reading.nodes import Entries
from procedures.language.reading.words import children, entries_of, text_of
from procedures.language.resolving.naming import operation_of

ARRIVED = "arrived"


class StepValues:
    """`forms`, `gives` and `counts` hold the names each step sets; the forms are made without their selectors."""

    def __init__(self, draft: Draft, ways: Ways) -> None:
        self._draft = draft
        self._ways = ways
        self.forms = {id: self._form(step) for id, step in ways.steps.items()}
        self.gives = {id: self._given(step) for id, step in ways.steps.items()}
        self.counts = {id: _counts(step) for id, step in ways.steps.items()}

    def set_by(self, situation: Situation) -> dict[str, dict[str, Sure]]:
        """Name, per step and outcome, what is sure to be set when a step ended so."""
        return {id: self._of(step, situation) for id, step in self._ways.steps.items()}

    def _of(self, step: StepWays, situation: Situation) -> dict[str, Sure]:
        always = {f"{step.id}.outcome", *(f"{step.id}.{name}" for name in self.counts[step.id])}
        always |= {f"{step.id}.{one.id}" for one in self.gives[step.id] if one.required}
        fields = dict(children(entries_of(step.node, "form")))
        sure = [one for one in self.forms[step.id] if self._is_sure(one, fields[one.id], situation)]
        return {
            way.name: frozenset(
                always | {f"{step.id}.{one.id}" for one in sure if not one.outcomes or way.name in one.outcomes}
            )
            for way in step.ways
        }

    def _is_sure(self, field: FormField, node: Entries, situation: Situation) -> bool:
        asked = "when" not in node.keys and situation.fits(self._draft.place(node))
        return asked and (field.required or field.default is not None)

    def _form(self, step: StepWays) -> tuple[FormField, ...]:
        """Make the fields a person fills in; what comes with a message comes when it arrives."""
        entries = entries_of(step.node, "form")
        if not entries.keys:
            return ()
        is_message = step.kind == "wait" and "message" in step.body.keys
        if step.kind not in ASKING and not is_message:
            hint = "only task, sign and a wait for a message ask for values"
            message = f"'{step.id}' is a {step.kind or 'step without a kind'}"
            self._draft.problems.add(step.node.keys["form"], "form-on-automatic", message, hint)
            return ()
        fields = make_fields(entries, self._draft)
        check_outcomes(self._draft, step)
        if is_message:
            fields = tuple(one.model_copy(update={"outcomes": one.outcomes or (ARRIVED,)}) for one in fields)
        self._draft.know(step.id, fields)
        return fields

    def _given(self, step: StepWays) -> tuple[FormField, ...]:
        if step.kind != "call":
            return ()
        names = text_of(step.body, "connector") or "", text_of(step.body, "operation") or ""
        operation = operation_of(self._draft.resolved, *names)
        fields = make_fields(entries_of(operation, "gives"), self._draft) if operation else ()
        self._draft.know(step.id, fields)
        return fields


def _counts(step: StepWays) -> tuple[str, ...]:
    return (*entries_of(step.body, "totals").keys, *COUNTS) if step.kind == "each" else ()
