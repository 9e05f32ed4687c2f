"""The names a scenario may use: those of its procedure, and the keys of the lines it declares itself."""

from collections.abc import Iterable, Iterator

from procedures.language.applying.selection import paper_ids
from procedures.language.grammar.tables import keys_of
from procedures.language.model.parts import FormField
from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import ParallelStep, Step
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.problems import Place, Problems, did_you_mean
from procedures.language.reading.words import entries_of, maps_of, scalars_of, text_of


def verb_of(node: Entries) -> str | None:
    return next((key for key in node.values if key in keys_of("verbs")), None)


class ScenarioNames:
    """Reports each name that is not there at its place, with the nearest one that is."""

    def __init__(self, procedure: Procedure, given: Entries, entries: Iterable[Entries], problems: Problems) -> None:
        self.procedure = procedure
        self.steps = {step.id: step for step in procedure.all_steps}
        self._problems = problems
        # The id of a group stands for all its papers where all are demanded.
        self.papers_known = [
            name
            for document in procedure.documents
            for name in ((document.id,) if document.all_of else ()) + paper_ids(document)
        ]
        self.lines = dict(self._keys_of_lines(given, entries))

    def visit(self, text: str, place: Place) -> None:
        """A step, or a step and the key of a line: `assess/0110000001`."""
        id, _, line = text.partition("/")
        self.known(id, place, self.steps, "step", code="unknown-step")
        self.line(line, place)

    def path(self, path: str, place: Place) -> None:
        """A step, a branch of a parallel, or a step and a line."""
        id, _, inside = path.partition("/")
        step = self.steps.get(id)
        if inside and isinstance(step, ParallelStep):
            self.known(inside, place, [branch.id for branch in step.branches], f"branch of '{id}'")
        else:
            self.visit(path, place)

    def variant(self, node: Entries) -> None:
        written = scalars_of(node, "variant")
        if written and self.procedure.variant_per is not None:
            message = f"the variant is chosen for each line of '{self.procedure.variant_per}'"
            self.add(written[0].place, "variant-of-line", message, "write it in each line of the form")
            return
        self.among(written, [one.id for one in self.procedure.variants], "variant")

    def form(self, node: Entries, fields: Iterable[FormField]) -> None:
        known = {one.id: one for one in fields}
        self.keys(node, known, "field")
        for id, field in known.items():
            columns = [one.id for one in field.fields]
            for line in maps_of(node.get(id)) if field.type == "rows" else ():
                has_variant = self.procedure.variant_per == id
                self.keys(line, [*columns, "variant"] if has_variant else columns, f"column of '{id}'")
                variants = [one.id for one in self.procedure.variants]
                self.among(scalars_of(line, "variant") if has_variant else (), variants, "variant")

    def papers(self, node: Entries, key: str) -> None:
        """What is handed in, paper by paper; of papers that belong together, and of foreign ones, the id will do."""
        named = [one.id for one in self.procedure.documents if one.all_of or key == "foreign"]
        for one in scalars_of(node, key):
            self.paper(one.text, one.place, [*self.papers_known, *named])

    def paper(self, text: str, place: Place, known: Iterable[str]) -> None:
        """A paper, where it is handed in for each line with the key of the line: `proof.letter/0110000001`."""
        id, _, line = text.partition("/")
        self.known(id, place, known, "document")
        self.line(line, place)

    def line(self, key: str, place: Place) -> None:
        if key:
            self.known(key, place, {one for keys in self.lines.values() for one in keys}, "line")

    def step(self, written: Scalar) -> Step | None:
        self.known(written.text, written.place, self.steps, "step", code="unknown-step")
        return self.steps.get(written.text)

    def among(self, written: Iterable[Scalar], known: Iterable[str], what: str, *, code: str = "unknown-name") -> None:
        for one in written:
            self.known(one.text, one.place, known, what, code=code)

    def keys(self, node: Entries, known: Iterable[str], what: str) -> None:
        for key, place in node.keys.items():
            self.known(key, place, known, what)

    def known(self, text: str, place: Place, known: Iterable[str], what: str, *, code: str = "unknown-name") -> None:
        words = list(known)
        if text not in words:
            self.add(place, code, f"no {what} '{text}'", did_you_mean(text, words))

    def add(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self._problems.add(place, code, message, hint)

    def _keys_of_lines(self, given: Entries, entries: Iterable[Entries]) -> Iterator[tuple[str, frozenset[str]]]:
        """Collect the keys of the lines of each list, those that come later with a supplement included."""
        forms = [entries_of(given, "form")]
        for node in entries:
            argument = node.get(verb_of(node) or "")
            forms += [entries_of(argument, "form")] if isinstance(argument, Entries) else []
        for field in self.procedure.form:
            if field.type == "rows" and field.key:
                lines = [line for form in forms for line in maps_of(form.get(field.id))]
                yield field.id, frozenset(text for line in lines if (text := text_of(line, field.key)))
