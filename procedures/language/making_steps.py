"""Makes the steps: each in its kind, with outcomes, returns and expressions typed for its place in the flow."""

from procedures.language.checking_steps import check_inputs, check_named_steps, check_outcomes
from procedures.language.compiling import Scope
from procedures.language.draft import Draft, absent_in
from procedures.language.flow import Flow, Sure
from procedures.language.life import Escalation
from procedures.language.making_forms import make_fields, with_selectors
from procedures.language.making_life import make_escalations
from procedures.language.names import Names
from procedures.language.naming import operation_of
from procedures.language.nodes import Entries
from procedures.language.parts import FormField
from procedures.language.steps import CallStep, DocumentStep, Outcome, Public, SignStep, Step, TaskStep
from procedures.language.ways import StepWays, Way, Ways
from procedures.language.words import children, entries_of, flag_of, text_of, texts_of, words_of

_ASKING = frozenset({"task", "sign"})


class StepMaker:
    """Makes all steps of a procedure; `forms` are made first, since conditions of later steps read them."""

    def __init__(self, draft: Draft, ways: Ways) -> None:
        self._draft = draft
        self._ways = ways
        self.forms = {id: self._fields(step) for id, step in ways.steps.items()}
        self.gives = {id: self._given(step) for id, step in ways.steps.items()}
        refuses = text_of(draft.resolved.sections["supplement"], "on_expiry") == "refuse"
        self.flow = Flow(ways, self._values(), expiry_refuses=refuses)
        self._names = self._all_names()
        self._deciding = self._find_deciding()

    def sequence(self, name: str) -> tuple[Step, ...]:
        made = (self._step(step) for step in self._ways.lists[name])
        return tuple(step for step in made if step is not None)

    @property
    def deciding(self) -> frozenset[str]:
        return self._deciding

    def results_of(self, id: str) -> tuple[str, ...]:
        """Name the results a step makes when it ends: its own, or those of the drafts it signs."""
        step = self._ways.steps[id]
        own = text_of(step.body, "result")
        if step.kind == "sign":
            drafts = [self._ways.steps[one] for one in words_of(step.body, "documents") if one in self._ways.steps]
            return tuple(result for one in drafts if (result := text_of(one.body, "result")))
        return (own,) if own and not self._signed_by(id) else ()

    def _step(self, step: StepWays) -> Step | None:
        scope, node = self._scope(step), step.node
        form = self._form(step, scope)
        common = {
            "id": step.id,
            "kind": step.kind,
            "selectors": self._draft.selectors(node, scope),
            "skip_when": self._draft.condition(node, "skip_when", scope),
            "form": form,
            "outcomes": tuple(self._outcome(step, way, scope) for way in step.ways),
            "returns": tuple(target.text for target in step.returns),
            "return_label": self._ways.return_label(step) if step.returns else None,
            "then": step.then if not step.ways else None,
            "public": self._public(node),
            "result": text_of(step.body, "result"),
            "deciding": step.id in self._deciding,
        }
        if step.kind == "task":
            return TaskStep.model_validate({**common, **self._work(step)})
        if step.kind == "sign":
            return SignStep.model_validate(
                {**common, **self._work(step), "documents": words_of(step.body, "documents")}
            )
        if step.kind == "document":
            return self._document(step, common, scope)
        return self._call(step, common, scope) if step.kind == "call" else None

    def _form(self, step: StepWays, scope: Scope) -> tuple[FormField, ...]:
        """Conditions inside a step's form may read its other fields, as they are being filled in."""
        others = {name: why for name, why in scope.absent.items() if not name.startswith(f"{step.id}.")}
        own = Scope(scope.names, others | absent_in(step.id, self.forms[step.id]))
        return with_selectors(self.forms[step.id], entries_of(step.node, "form"), self._draft, own)

    def _document(self, step: StepWays, common: dict[str, object], scope: Scope) -> DocumentStep:
        return DocumentStep.model_validate(
            {
                **common,
                "template": text_of(step.body, "template") or "",
                "number_from": text_of(step.body, "number_from"),
                "at": text_of(step.body, "at") or "competent",
                "inputs": self._draft.inputs(step.body, "with", scope),
                "unsigned": flag_of(step.body, "unsigned", default=False),
                "signed_by": self._signed_by(step.id),
            }
        )

    def _call(self, step: StepWays, common: dict[str, object], scope: Scope) -> CallStep:
        connector, operation = text_of(step.body, "connector") or "", text_of(step.body, "operation") or ""
        inputs = self._draft.inputs(step.body, "with", scope)
        check_inputs(self._draft, step, inputs)
        declared = entries_of(self._draft.resolved.named("connectors"), connector)
        return CallStep.model_validate(
            {
                **common,
                "connector": connector,
                "operation": operation,
                "inputs": inputs,
                "within": text_of(step.body, "within") or text_of(declared, "within") or "1 hour",
                "on_failure": text_of(step.body, "on_failure"),
                "at": text_of(step.body, "at") or "competent",
            }
        )

    def _work(self, step: StepWays) -> dict[str, object]:
        defaults = entries_of(self._draft.resolved.profile, "task")
        escalate: tuple[Escalation, ...] = make_escalations(step.body) or make_escalations(defaults)
        check_named_steps(self._draft, self._ways, step)
        return {
            "by": text_of(step.body, "by") or "",
            "at": text_of(step.body, "at") or "competent",
            "title": texts_of(step.body, "title") or {},
            "guide": texts_of(step.body, "guide"),
            "within": text_of(step.body, "within") or text_of(defaults, "within"),
            "not_same_as": words_of(step.body, "not_same_as"),
            **({"escalate": escalate} if escalate else {}),
        }

    def _outcome(self, step: StepWays, way: Way, scope: Scope) -> Outcome:
        label = self._ways.outcome_label(way)
        if label is None:
            if step.kind in _ASKING:
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
                # Who signs a refusal signs its reasons: they stand in the document.
                "reason": "required" if way.is_reasoned and step.kind != "sign" else reason,
                "when": when,
            }
        )

    def _public(self, node: Entries) -> Public:
        public = entries_of(node, "public")
        return Public.model_validate(
            {
                "text": texts_of(public, "text"),
                "todo": texts_of(public, "todo"),
                "show": text_of(public, "show") or "step",
            }
        )

    def _scope(self, step: StepWays) -> Scope:
        """What may be read on entering a step: all names, minus what may not have happened on some way here."""
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

    def _fields(self, step: StepWays) -> tuple[FormField, ...]:
        entries = entries_of(step.node, "form")
        if step.kind not in _ASKING and entries.keys:
            hint = "only task, sign and wait ask for values"
            message = f"'{step.id}' is a {step.kind or 'step that is not built'}"
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

    def _find_deciding(self) -> frozenset[str]:
        making = {id: self.results_of(id) for id in self._ways.steps}
        signs = [id for id, results in making.items() if results and self._ways.steps[id].kind == "sign"]
        own = [id for id, results in making.items() if results and self._ways.steps[id].kind != "sign"]
        return self.flow.deciding(own, signs)

    def _signed_by(self, id: str) -> tuple[str, ...]:
        return tuple(
            step.id
            for step in self._ways.steps.values()
            if step.kind == "sign" and id in words_of(step.body, "documents")
        )
