"""What each kind of step has besides what all steps have, made from its node."""

from collections.abc import Callable, Iterator, Mapping

from procedures.language.conditions.compiling import Scope
from procedures.language.conditions.dates import check_date
from procedures.language.flow.deciding import Results
from procedures.language.flow.ways import LINE, StepWays, Ways
from procedures.language.making.checking_steps import check_inputs, check_named_steps
from procedures.language.making.draft import Draft
from procedures.language.making.life import make_escalations
from procedures.language.making.papers import make_document
from procedures.language.making.stepscopes import StepScopes
from procedures.language.making.variants import list_of
from procedures.language.model.life import Escalation
from procedures.language.model.parts import Expression, Total
from procedures.language.model.steps import Branch, DecideRow, Public, Step
from procedures.language.reading.nodes import Entries
from procedures.language.reading.plain import plain_map
from procedures.language.reading.words import children, entries_of, flag_of, integer_of, text_of, texts_of, words_of

Details = dict[str, object]


class KindMaker:
    """One method for each kind; `sequence` makes the steps of a branch or of a line by its name."""

    def __init__(
        self,
        draft: Draft,
        ways: Ways,
        scopes: StepScopes,
        results: Results,
        sequence: Callable[[str], tuple[Step, ...]],
    ) -> None:
        self._draft = draft
        self._ways = ways
        self._scopes = scopes
        self._results = results
        self._sequence = sequence
        self._makers: Mapping[str, Callable[[StepWays, Scope], Details]] = {
            "task": self._task,
            "sign": self._sign,
            "document": self._document,
            "call": self._call,
            "decide": self._decide,
            "parallel": self._parallel,
            "each": self._each,
            "wait": self._wait,
            "pay": self._pay,
            "notify": self._notify,
            "deliver": self._deliver,
            "procedure": self._procedure,
        }

    def details(self, step: StepWays, scope: Scope) -> Details:
        return self._makers[step.kind](step, scope)

    def _task(self, step: StepWays, scope: Scope) -> Details:
        return {**self._work(step), "records": words_of(step.body, "records")}

    def _sign(self, step: StepWays, scope: Scope) -> Details:
        defaults = entries_of(self._draft.resolved.profile, "task")
        return {
            **self._work(step),
            "documents": words_of(step.body, "documents"),
            "signature": text_of(step.body, "signature") or text_of(defaults, "signature") or "digital",
            "seal": flag_of(step.body, "seal", default=True),
        }

    def _work(self, step: StepWays) -> Details:
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
            "assign": text_of(step.body, "assign") or text_of(defaults, "assign") or "pool",
            "batch": flag_of(step.body, "batch", default=flag_of(defaults, "batch", default=False)),
            **({"escalate": escalate} if escalate else {}),
        }

    def _document(self, step: StepWays, scope: Scope) -> Details:
        return {
            "template": text_of(step.body, "template") or "",
            "number_from": text_of(step.body, "number_from"),
            "at": text_of(step.body, "at") or "competent",
            "inputs": self._draft.inputs(step.body, "with", scope),
            "unsigned": flag_of(step.body, "unsigned", default=False),
            "signed_by": self._results.signed_by(step.id),
        }

    def _call(self, step: StepWays, scope: Scope) -> Details:
        connector, operation = text_of(step.body, "connector") or "", text_of(step.body, "operation") or ""
        inputs = self._draft.inputs(step.body, "with", scope)
        check_inputs(self._draft, step, inputs)
        declared = entries_of(self._draft.resolved.named("connectors"), connector)
        return {
            "connector": connector,
            "operation": operation,
            "inputs": inputs,
            "within": text_of(step.body, "within") or text_of(declared, "within") or "1 hour",
            "on_failure": text_of(step.body, "on_failure"),
            "at": text_of(step.body, "at") or "competent",
        }

    def _decide(self, step: StepWays, scope: Scope) -> Details:
        rows = [(row, row.node or step.node) for row in step.rows]
        return {
            "rows": tuple(
                DecideRow(when=self._draft.condition(node, "when", scope), target=row.target) for row, node in rows
            ),
        }

    def _parallel(self, step: StepWays, scope: Scope) -> Details:
        return {
            "join": text_of(step.body, "join") or "all",
            "quorum": integer_of(step.body, "quorum"),
            "lead": text_of(step.body, "lead"),
            "rest": text_of(step.body, "rest") or "drop",
            "branches": tuple(self._branch(name, node, scope) for name, node in step.branches.items()),
        }

    def _branch(self, name: str, node: Entries, scope: Scope) -> Branch:
        return Branch(
            id=name.rpartition("/")[2],
            label=texts_of(node, "label") or {},
            steps=self._sequence(name),
            within=text_of(node, "within"),
            optional=flag_of(node, "optional", default=False),
            public=make_public(node),
            selectors=self._draft.selectors(node, scope),
        )

    def _each(self, step: StepWays, scope: Scope) -> Details:
        return {
            "of": list_of(self._draft, step.body, "of") or "",
            "steps": self._sequence(f"{step.id}/{LINE}"),
            "totals": tuple(self._totals(step)),
        }

    def _totals(self, step: StepWays) -> Iterator[Total]:
        totals, scope = entries_of(step.body, "totals"), self._scopes.granted(step)
        for name in totals.keys:
            expression = self._draft.expression(totals, name, scope)
            if expression is not None and expression.type != "INT":
                message = f"total '{name}' of '{step.id}' is no whole number"
                self._draft.problems.add(totals.values[name].place, "wrong-type", message, "sum money or counts")
            elif expression is not None:
                yield Total(name=name, expression=expression)

    def _wait(self, step: StepWays, scope: Scope) -> Details:
        return {
            "message": text_of(step.body, "message"),
            "until": self._until(step, scope),
            "last": text_of(step.body, "last"),
            "sender": text_of(step.body, "sender"),
            "within": text_of(step.body, "within"),
            "documents": tuple(
                make_document(id, node, self._draft, scope) for id, node in children(entries_of(step.body, "documents"))
            ),
            "clock": text_of(step.body, "clock") or "runs",
            "ground": texts_of(step.body, "ground"),
        }

    def _until(self, step: StepWays, scope: Scope) -> Expression | None:
        until = self._draft.expression(step.body, "until", scope)
        problems = self._draft.problems
        return until if until and check_date(until, step.body.values["until"], scope, problems) else None

    def _pay(self, step: StepWays, scope: Scope) -> Details:
        return {"fee": text_of(step.body, "fee") or "", "within": text_of(step.body, "within") or "no limit"}

    def _notify(self, step: StepWays, scope: Scope) -> Details:
        return {"notice": text_of(step.body, "notice") or ""}

    def _deliver(self, step: StepWays, scope: Scope) -> Details:
        default = text_of(self._draft.resolved.sections["delivery"], "by")
        return {
            "results": words_of(step.body, "results"),
            "by": text_of(step.body, "by") or default or "one_stop",
        }

    def _procedure(self, step: StepWays, scope: Scope) -> Details:
        return {
            "code": text_of(step.body, "code") or "",
            "at": text_of(step.body, "at") or "competent",
            "inputs": self._draft.inputs(step.body, "form", scope),
            "documents": plain_map(step.body.get("documents")),
            "within": text_of(step.body, "within"),
        }


def make_public(node: Entries) -> Public:
    public = entries_of(node, "public")
    return Public.model_validate(
        {
            "text": texts_of(public, "text"),
            "todo": texts_of(public, "todo"),
            "show": text_of(public, "show") or "step",
        }
    )
