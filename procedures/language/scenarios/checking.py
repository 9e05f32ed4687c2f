"""Holds a scenario against its procedure: every step, outcome, field, paper, fee and line it names is there."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from procedures.language.grammar.tables import keys_of
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import EachStep, ParallelStep, Step
from procedures.language.reading.nodes import Entries, Items, Node, Scalar
from procedures.language.reading.problems import Place, Problems, did_you_mean
from procedures.language.reading.words import entries_of, scalars_of, text_of
from procedures.language.scenarios.names import ScenarioNames, verb_of

ALL_LINES = "all"
_SUBCASES = ("granted", "partly", "refused", "ended")
# The verbs that act on a step, and the kinds of steps each can act on; all kinds where none is named.
_ACTS_ON: Mapping[str, tuple[str, ...]] = {
    "complete_task": ("task", "sign"),
    "send_back": ("task", "sign"),
    "forward": (),
    "answer_call": ("call",),
    "fail_call": ("call",),
    "opinion_received": ("task", "call"),
    "replace_opinion": ("task",),
    "signature_answered": ("sign",),
    "subcase_ended": ("procedure",),
    "join_on_ground": ("parallel",),
}
_FEES = frozenset({"record_payment", "waive_fee", "ask_fee", "payment_confirmed", "payment_reversed"})


class ScenarioChecks:
    """The checks of one scenario; `given` is what holds for it, laid over what holds for the file."""

    def __init__(self, procedure: Procedure, given: Entries, entries: Iterable[Entries], problems: Problems) -> None:
        self._given = given
        self._names = ScenarioNames(procedure, given, entries, problems)

    def check_given(self) -> None:
        given, procedure = self._given, self._names.procedure
        self._names.among(scalars_of(given, "channel"), procedure.channels, "channel")
        self._names.among(scalars_of(given, "submitter"), [one.id for one in procedure.submitters], "submitter")
        self._names.variant(given)
        self._names.papers(given, "documents")
        self._names.papers(given, "foreign")
        self._names.form(entries_of(given, "form"), procedure.form)

    def check_entry(self, node: Entries) -> None:
        verb = verb_of(node)
        argument = node.get(verb) if verb else None
        if verb is None or argument is None:
            return
        if verb in _ACTS_ON and isinstance(argument, Scalar):
            self._check_step(verb, argument, node)
        elif verb in _FEES and isinstance(argument, Scalar):
            self._names.among((argument,), [one.id for one in self._names.procedure.fees], "fee")
        elif verb in _VERBS:
            _VERBS[verb](self, node, argument)
        self._check_expected(entries_of(node, "expect"))

    def _check_step(self, verb: str, written: Scalar, node: Entries) -> None:
        step = self._names.step(written)
        if step is None:
            return
        kinds = _ACTS_ON[verb]
        if kinds and step.kind not in kinds:
            fitting = [id for id, one in self._names.steps.items() if one.kind in kinds]
            message = f"'{step.id}' is a {step.kind}, {verb} acts on a {' or '.join(kinds)}"
            self._names.add(written.place, "unknown-step", message, did_you_mean(written.text, fitting))
            return
        self._check_outcome(verb, step, node)
        self._check_lines(verb, step, node)

    def _check_outcome(self, verb: str, step: Step, node: Entries) -> None:
        """What the step can end with, and the values that come with it."""
        fields = step.form
        if step.kind == "call":
            operation = self._names.procedure.operation(step.connector, step.operation)
            fields = operation.gives if operation else ()
        if verb in ("complete_task", "answer_call"):
            names = [one.name for one in step.outcomes]
            self._names.among(scalars_of(node, "outcome"), names, f"outcome of '{step.id}'", code="unknown-outcome")
            asked = step.outcome(text_of(node, "outcome") or "")
            fields = step.fields(asked.name) if asked and step.kind != "call" else fields
        elif verb == "subcase_ended":
            self._names.among(scalars_of(node, "outcome"), _SUBCASES, "outcome of a case", code="unknown-outcome")
        elif verb == "send_back":
            self._check_return(step, node)
        self._names.keys(entries_of(node, "with"), [one.id for one in fields], f"field of '{step.id}'")

    def _check_return(self, step: Step, node: Entries) -> None:
        if not step.returns:
            message = f"'{step.id}' has no outcome 'return'"
            self._names.add(node.keys["send_back"], "unknown-outcome", message, "it can only be completed")
        self._names.among(scalars_of(node, "to"), step.returns, f"return of '{step.id}'", code="unknown-step")

    def _check_lines(self, verb: str, step: Step, node: Entries) -> None:
        """The lines at whose step something is done, or those of a list that is entered anew by a return."""
        owner = self._names.procedure.owner(step.id)
        targets = [self._names.steps[id] for id in step.returns if id in self._names.steps]
        into = next((one for one in targets if isinstance(one, EachStep | ParallelStep)), None)
        if verb == "send_back" and isinstance(into, ParallelStep):
            names = [branch.id for branch in into.branches]
            self._names.among(scalars_of(node, "lines"), names, f"branch of '{into.id}'")
            return
        list = owner.of if isinstance(owner, EachStep) else None
        if verb == "send_back" and isinstance(into, EachStep):
            list = into.of
        if "lines" in node.keys and list is None:
            message = f"'{step.id}' is done once for the case, not for each line"
            self._names.add(node.keys["lines"], "unknown-name", message, "leave 'lines' out")
        for one in scalars_of(node, "lines") if list else ():
            if one.text != ALL_LINES:
                self._names.among((one,), self._names.lines.get(list or "", ()), f"line of '{list}'")

    def _check_message(self, node: Entries, argument: Node) -> None:
        waits = {step.message: step for step in self._names.steps.values() if step.kind == "wait" and step.message}
        for one in _scalar(argument):
            self._names.among((one,), waits, "message")
            fields = waits[one.text].form if one.text in waits else ()
            self._names.keys(entries_of(node, "with"), [field.id for field in fields], f"field of '{one.text}'")

    def _check_proposal(self, node: Entries, argument: Node) -> None:
        self._names.among(_scalar(argument), keys_of("verbs"), "verb")

    def _check_acceptance(self, node: Entries, argument: Node) -> None:
        said = _map(argument)
        self._names.variant(said)
        self._names.keys(
            entries_of(said, "form"), [one.id for one in self._names.procedure.intake.form], "field of intake"
        )
        verdicts = entries_of(said, "verdicts").keys
        for key, place in verdicts.items():
            self._names.paper(key, place, [document.id for document in self._names.procedure.documents])

    def _check_request(self, node: Entries, argument: Node) -> None:
        asking = next((self._names.step(one) for one in scalars_of(_map(argument), "step")), None)
        if asking is not None:
            names = [one.name for one in asking.outcomes]
            self._names.among(scalars_of(node, "outcome"), names, f"outcome of '{asking.id}'", code="unknown-outcome")
        self._check_items(node, argument)

    def _check_items(self, node: Entries, argument: Node) -> None:
        known = [*(document.id for document in self._names.procedure.documents), *self._names.papers_known]
        for one in _items(_map(argument).get("items")):
            self._names.paper(one.text, one.place, known)

    def _check_answer(self, node: Entries, argument: Node) -> None:
        self._names.papers(_map(argument), "documents")
        self._names.form(entries_of(_map(argument), "form"), self._names.procedure.form)

    def _check_extension(self, node: Entries, argument: Node) -> None:
        grounds = self._names.procedure.extension.grounds
        if grounds:
            self._names.among(scalars_of(_map(argument), "ground"), grounds, "ground of an extension")

    def _check_change(self, node: Entries, argument: Node) -> None:
        self._names.variant(_map(argument))

    def _check_expected(self, expect: Entries) -> None:
        procedure = self._names.procedure
        for key in ("open", "skipped", "void"):
            for one in scalars_of(expect, key):
                self._names.visit(one.text, one.place)
        for key in ("due_of", "late_of"):
            for path, place in _paths(expect.get(key)):
                self._names.path(path, place)
        self._names.among(scalars_of(expect, "results"), [one.id for one in procedure.results], "result")
        for one in scalars_of(expect, "documents"):
            self._names.paper(one.text, one.place, [document.id for document in procedure.documents])
        for one in scalars_of(expect, "warnings"):
            window, _, line = one.text.partition("/")
            self._names.known(window, one.place, [known.id for known in procedure.windows], "window")
            self._names.line(line, one.place)
        self._names.among(scalars_of(expect, "unit"), [*(one.id for one in procedure.units), *_PLACES], "unit")
        self._names.keys(entries_of(expect, "owed"), [one.id for one in procedure.fees], "fee")


_PLACES = ("competent", "receiving")
_VERBS: Mapping[str, Callable[[ScenarioChecks, Entries, Node], None]] = {
    "message_received": ScenarioChecks._check_message,
    "approve": ScenarioChecks._check_proposal,
    "deny": ScenarioChecks._check_proposal,
    "accept": ScenarioChecks._check_acceptance,
    "ask_supplement": ScenarioChecks._check_request,
    "reject_supplement": ScenarioChecks._check_items,
    "send_supplement": ScenarioChecks._check_answer,
    "amend": ScenarioChecks._check_answer,
    "extend": ScenarioChecks._check_extension,
    "change_variant": ScenarioChecks._check_change,
}


def _scalar(node: Node) -> tuple[Scalar, ...]:
    return (node,) if isinstance(node, Scalar) else ()


def _map(node: Node) -> Entries:
    return node if isinstance(node, Entries) else Entries(node.place)


def _items(node: Node | None) -> Iterator[Scalar]:
    """Read what a supplement asks for: the id of a document, or a map with it."""
    for one in node.nodes if isinstance(node, Items) else ():
        named = one.get("id") if isinstance(one, Entries) else one
        if isinstance(named, Scalar):
            yield named


def _paths(node: Node | None) -> Iterator[tuple[str, Place]]:
    """Read paths that are the keys of a map or the items of a list."""
    if isinstance(node, Entries):
        yield from node.keys.items()
    elif isinstance(node, Items):
        yield from ((one.text, one.place) for one in node.nodes if isinstance(one, Scalar))
