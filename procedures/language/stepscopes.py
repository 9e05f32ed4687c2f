"""What may be read at each step: the names of the whole procedure, minus what may not have happened on some way."""

from procedures.language.checking_steps import check_outcomes
from procedures.language.compiling import Scope
from procedures.language.draft import Draft, absent_in
from procedures.language.flow import Flow, Sure
from procedures.language.making_forms import make_fields
from procedures.language.names import Names
from procedures.language.naming import operation_of
from procedures.language.parts import FormField
from procedures.language.ways import ASKING, StepWays, Ways
from procedures.language.words import children, entries_of, text_of

_FILLED_IN = ASKING | {"wait"}


class StepScopes:
    """Makes the forms of all steps first, since conditions of later steps read them."""

    def __init__(self, draft: Draft, ways: Ways) -> None:
        self._draft = draft
        self._ways = ways
        self.forms = {id: self._fields(step) for id, step in ways.steps.items()}
        self.gives = {id: self._given(step) for id, step in ways.steps.items()}
        refuses = text_of(draft.resolved.sections["supplement"], "on_expiry") == "refuse"
        self.flow = Flow(ways, self._values(), expiry_refuses=refuses)
        self._names = self._all_names()

    def scope(self, step: StepWays) -> Scope:
        """What may be read on entering a step."""
        sure = self.flow.sure.get(step.id)
        absent = absent_in("form", self._draft.form, self._draft.place(step.node))
        if sure is None:
            # Nothing leads here, which is reported by itself.
            return Scope(self._names, absent)
        for id in self._ways.steps:
            names = [f"{id}.{one.id}" for one in (*self.forms[id], *self.gives[id])]
            absent |= {name: f"not every way here sets it in '{id}'" for name in names if name not in sure}
            if f"{id}.outcome" not in sure:
                absent[f"{id}.outcome"] = f"not every way here passes '{id}'"
        return Scope(self._names, absent)

    def form_scope(self, step: StepWays, entering: Scope) -> Scope:
        """Conditions inside a step's form may read its other fields, as they are being filled in."""
        others = {name: why for name, why in entering.absent.items() if not name.startswith(f"{step.id}.")}
        return Scope(entering.names, others | absent_in(step.id, self.forms[step.id]))

    def _fields(self, step: StepWays) -> tuple[FormField, ...]:
        entries = entries_of(step.node, "form")
        if step.kind not in _FILLED_IN and entries.keys:
            hint = "only task, sign and wait ask for values"
            message = f"'{step.id}' is a {step.kind or 'step without a kind'}"
            self._draft.problems.add(step.node.keys["form"], "form-on-automatic", message, hint)
            return ()
        fields = make_fields(entries, self._draft)
        check_outcomes(self._draft, step)
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

    def _values(self) -> dict[str, dict[str, Sure]]:
        """Name, per step and outcome, what is sure to be set when a step ended so."""
        values: dict[str, dict[str, Sure]] = {}
        for id, step in self._ways.steps.items():
            given = {f"{id}.{one.id}" for one in self.gives[id] if one.required}
            values[id] = {}
            for way in step.ways:
                asked = [one for one in self.forms[id] if not one.outcomes or way.name in one.outcomes]
                sure = {f"{id}.{one.id}" for one in asked if self._is_sure(step, one)}
                values[id][way.name] = frozenset({f"{id}.outcome"} | sure | given)
        return values

    def _is_sure(self, step: StepWays, one: FormField) -> bool:
        node = entries_of(entries_of(step.node, "form"), one.id)
        selects = any(key in node.keys for key in ("channels", "submitters", "when"))
        return not selects and (one.required or one.default is not None)

    def _all_names(self) -> Names:
        names = Names()
        names.add_case(filed_only=False)
        names.add_fields("form", self._draft.form)
        names.add_documents(id for id, _ in children(self._draft.resolved.documents))
        names.add_today()
        for id, step in self._ways.steps.items():
            outcomes = [way.name for way in step.ways]
            names.add_fields(id, (*self.forms[id], *self.gives[id]), outcome=outcomes)
        return names
