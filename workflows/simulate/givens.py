"""What is filed: as scenarios give it, or invented, and then with one thing changed wherever that changes something."""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from procedures.json_types import Facts, Json, JsonObject
from procedures.language.applying.filing import Filed, check_filing
from procedures.language.applying.filled import FieldProblem
from procedures.language.applying.selection import NoDeadline, chooses_variant, deadline_of, demanded, paper_ids, places
from procedures.language.conditions.evaluation import ConditionError, evaluate
from procedures.language.conditions.readings import every_expression, with_tables
from procedures.language.model.parts import Document, Expression, FormField
from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Given
from procedures.time.calendar import Calendar
from procedures.time.instants import at, day_of
from workflows.simulate import filing
from workflows.simulate.samples import compared_in, line, others, sample

# Filings looked at for one procedure.
_MOST_LOOKED_AT = 400
_MOST_MENDS = 12
_OPENING = 8 * 60
_SATURDAY = 5


def invented(procedure: Procedure, calendars: Sequence[Calendar]) -> Given | None:
    """What the first kind of applicant files on the first working day in force; None where no calendar has it."""
    begins = date.fromisoformat(procedure.in_force.from_)
    covered = [max(one.first, begins) for one in calendars if one.last >= begins]
    if not covered:
        return None
    first = min(covered)
    first += timedelta(days=7 - first.weekday()) if first.weekday() >= _SATURDAY else timedelta()
    variant = procedure.variants[0].id if chooses_variant(procedure) else None
    return Given("", at(first, _OPENING), procedure.channels[0], procedure.submitters[0].id, variant)


class Givens:
    """All that is worth filing for one procedure."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self.compared = compared_in(procedure)
        self._asked = tuple(_asked_at_the_door(procedure))
        self._documents = tuple(_read_documents(procedure))
        # What was wrong with the last filing that could not be put in order.
        self.problems: tuple[FieldProblem, ...] = ()

    def all(self, beginnings: Iterable[Given]) -> Iterator[Given]:
        """Give each beginning, then each change of these that some text tells apart."""
        plain: list[Given] = []
        for beginning in beginnings:
            given = replace(beginning, place="")
            plain += [given] if given not in plain else []
        todo = deque(plain)
        met: set[Hashable] = set()
        looked_at = 0
        while todo and looked_at < _MOST_LOOKED_AT:
            looked_at += 1
            given, filed = self._mended(todo.popleft())
            seen = set(self._seen(given, filed))
            if seen <= met:
                continue
            met |= seen
            if filed.problems:
                self.problems = filed.problems
            else:
                yield given
            todo.extend(self._changed(given))

    def handed_in(self, given: Given, lacking: Iterable[str]) -> Given:
        """Add papers that satisfy the documents that are demanded and lacking."""
        documents = [self._procedure.document(id) for id in dict.fromkeys(lacking)]
        return replace(given, documents=given.documents + tuple(id for one in documents if one for id in _papers(one)))

    def _mended(self, given: Given) -> tuple[Given, Filed]:
        """Say what is asked and was not said, take back what is not asked, invent what is not in order."""
        filed = self._look(given)
        for _ in range(_MOST_MENDS):
            form = given.form
            for problem in filed.problems:
                form = self._mend(form, problem, day_of(given.submitted))
            if form == given.form:
                break
            given = replace(
                given, form={field.id: form[field.id] for field in self._procedure.form if field.id in form}
            )
            filed = self._look(given)
        return given, filed

    def _look(self, given: Given) -> Filed:
        return check_filing(self._procedure, given.form, filing.known_at_filing(given))

    def _mend(self, form: JsonObject, problem: FieldProblem, today: date) -> JsonObject:
        _, _, id, *rest = [*problem.pointer.split("/"), ""]
        field = self._procedure.field(id)
        if field is None:
            return {name: value for name, value in form.items() if name != id}
        lines = form.get(id)
        if field.type == "rows" and isinstance(lines, list) and rest[0].isdecimal():
            place = int(rest[0])
            lines = [
                *lines[:place],
                self._mended_line(field, lines[place], rest[1], place + 1, today),
                *lines[place + 1 :],
            ]
            return {**form, id: lines}
        if problem.code == "not-asked":
            return {name: value for name, value in form.items() if name != id}
        return {**form, id: sample(field, today)}

    def _mended_line(self, rows: FormField, old: Json, id: str, place: int, today: date) -> Json:
        now = dict(old) if isinstance(old, dict) else line(rows, today, place)
        column = next((one for one in rows.fields if one.id == id), None)
        if id == "variant" and not now.get("variant"):
            return {**now, "variant": self._procedure.variants[0].id}
        if now.pop(id, None) is None and column is not None:
            now[id] = sample(column, today, place)
        return now

    def _seen(self, given: Given, filed: Filed) -> Iterator[Hashable]:
        """What the texts tell of a filing: which parts of them are for it, and what is wrong with it."""
        if filed.problems:
            yield from (("problem", one.pointer, tuple(one.texts.items())) for one in filed.problems)
            return
        yield "filed", given.channel, given.submitter, filed.variant
        yield from (("given", id, paper) for id in self._documents for paper in _given_of(given, id))
        for list_, expression in self._asked:
            yield from (
                ("holds", list_, expression.text, one)
                for one in _values(self._procedure, expression, list_, filed.facts)
            )
        for rows in (field.id for field in self._procedure.form if field.type == "rows"):
            listed = filed.values.get(rows)
            lines = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
            yield "lines", rows, min(len(lines), 2)
            yield from (("variant", one.get("variant")) for one in lines)
        yield from (("demanded", one.document.id) for one in demanded(self._procedure, filed.facts))
        try:
            yield "limit", self._procedure.deadline.index(deadline_of(self._procedure, filed.facts))
        except (NoDeadline, ConditionError):
            pass  # It hangs on what the desk records.

    def _changed(self, given: Given) -> Iterator[Given]:
        procedure, today = self._procedure, day_of(given.submitted)
        if chooses_variant(procedure):
            yield from (replace(given, variant=one.id) for one in procedure.variants)
        yield from (replace(given, channel=one) for one in procedure.channels)
        yield from (replace(given, submitter=one.id) for one in procedure.submitters)
        for form in self._changed_forms(given.form, procedure.form, "form.", today):
            yield replace(given, form=form)
        for id in self._documents:
            document = procedure.document(id)
            if document is not None:
                without = tuple(one for one in given.documents if one.partition(".")[0] != id)
                yield replace(
                    given, documents=without if without != given.documents else without + tuple(_papers(document))
                )
                yield replace(given, foreign=tuple(sorted({*given.foreign} ^ {id})))

    def _changed_forms(
        self, form: JsonObject, fields: Sequence[FormField], prefix: str, today: date
    ) -> Iterator[JsonObject]:
        for field in fields:
            before = form.get(field.id, field.default)
            if field.type == "rows":
                yield from ({**form, field.id: lines} for lines in self._changed_lines(field, before, today))
            for other in others(field, f"{prefix}{field.id}", self.compared, today):
                yield {**form, field.id: other}
            if not field.required or field.selectors.when is not None:
                without = {id: value for id, value in form.items() if id != field.id}
                yield {**form, field.id: sample(field, today)} if before is None else without

    def _changed_lines(self, rows: FormField, before: Json, today: date) -> Iterator[Json]:
        """Another line, the first alone, and in the first line each other value."""
        lines = before if isinstance(before, list) else []
        yield [*lines, line(rows, today, len(lines) + 1)]
        if len(lines) > 1:
            yield lines[:1]
        first = lines[0] if lines else None
        if isinstance(first, dict):
            added = line(rows, today, len(lines) + 1)
            yield [*lines, {**first, **{id: value for id, value in added.items() if id == rows.key}}]
            for other in self._changed_forms(first, rows.fields, f"form.{rows.id}[].", today):
                yield [other, *lines[1:]]
            if self._procedure.variant_per == rows.id:
                yield from ([{**first, "variant": one.id}, *lines[1:]] for one in self._procedure.variants)


def _asked_at_the_door(procedure: Procedure) -> Iterator[tuple[str, Expression]]:
    """Give the conditions that can be asked as soon as the case is filed, with the list they are asked of."""
    known = ("form.", "line.", "tables.", "case.channel", "case.submitter", "case.variant")
    for list_, expression in every_expression(procedure):
        if expression.type == "BOOL" and all(
            name.startswith(known) for name in with_tables(procedure, expression.reads)
        ):
            yield list_, expression


def _values(procedure: Procedure, expression: Expression, list_: str, facts: Facts) -> Iterator[bool]:
    """Ask a condition of the case, or of each line of the list it is about."""
    for _, known in places(facts, list_ or None):
        try:
            value = evaluate(procedure, expression, known)
        except ConditionError:
            continue
        if isinstance(value, bool):
            yield value


def _read_documents(procedure: Procedure) -> Iterator[str]:
    """Name the documents of which some condition asks whether they were given, or are foreign."""
    reads = {name for _, one in every_expression(procedure) for name in one.reads}
    yield from (one.id for one in procedure.documents if any(name.startswith(f"documents.{one.id}.") for name in reads))


def _given_of(given: Given, id: str) -> Iterator[str]:
    yield "given" if any(one.partition(".")[0] == id for one in given.documents) else "lacking"
    yield "foreign" if id in given.foreign else "own"


def _papers(document: Document) -> Iterator[str]:
    if document.one_of:
        yield from (f"{document.id}.{paper}" for paper in document.one_of[0])
    else:
        yield from paper_ids(document)
