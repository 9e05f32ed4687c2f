"""What the applicant must say and hand in: nothing twice, nothing for nothing, nothing a database knows."""

import re
from collections.abc import Iterator

from procedures.language.lint.subject import Subject
from procedures.language.model.parts import Document, Expression, FormField, Part
from procedures.language.model.steps import DocumentStep
from procedures.language.reading.problems import did_you_mean
from procedures.language.reading.words import children, entries_of, flag_of

_PLACEHOLDER = re.compile(r"\{form\.([a-z0-9_]+)")


def check_papers(subject: Subject) -> None:
    if not subject.procedure.documents:
        place = subject.resolved.own.place
        subject.say("no-documents", "documents", "the applicant hands in no document", "is that so?", place=place)
    for document in subject.procedure.documents:
        if document.originals == 1 and document.copies == 1:
            message = f"'{document.id}': original and copy both demanded"
            subject.say("count-suspect", f"documents.{document.id}.copy", message, "or is it either: 1?")
        if source := _database_of(subject, document):
            message = f"'{document.id}' can be taken from '{source}'"
            hint = "satisfied_by: [upload, store, database]"
            subject.say("paper-replaceable-by-data", f"documents.{document.id}", message, hint)
    _find_unused_fields(subject)
    _find_unknown_templates(subject)


def _database_of(subject: Subject, document: Document) -> str | None:
    """Name the connector that knows what a paper says: the paper's own source, or an operation called like it."""
    if "database" in document.satisfied_by:
        return None
    named = {paper for group in document.one_of for paper in group} | set(document.all_of)
    for paper in subject.procedure.papers:
        if paper.id in named and paper.source is not None:
            return paper.source.connector
    for connector, node in children(subject.resolved.named("connectors")):
        for name, operation in children(entries_of(node, "operations")):
            asks = "gives" in operation.keys and not flag_of(operation, "irrevocable", default=False)
            if asks and name in {document.id, *named}:
                return connector
    return None


def _find_unused_fields(subject: Subject) -> None:
    """What the law's form prescribes is required; a field one may leave out, and nobody reads, need not be asked."""
    read = set(_names_read(subject))
    for field in subject.procedure.form:
        for path, name, one in _asked(field):
            if (not one.required or one.default is not None) and not _is_used(subject, name, read):
                message = f"'{one.id}' is asked but never used"
                subject.say("optional-never-used", f"form.{path}", message, "ask for no more than is needed")


def _asked(field: FormField) -> Iterator[tuple[str, str, FormField]]:
    yield field.id, f"form.{field.id}", field
    yield from ((f"{field.id}.fields.{one.id}", f"line.{one.id}", one) for one in field.fields)


def _is_used(subject: Subject, name: str, read: set[str]) -> bool:
    if any(one == name or one.startswith(f"{name}.") for one in read):
        return True
    word = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(name.partition('.')[2])}(?![A-Za-z0-9_])")
    return any(word.search(text) for text in (subject.templates or {}).values())


def _find_unknown_templates(subject: Subject) -> None:
    if subject.templates is None:
        return
    for step in subject.procedure.all_steps:
        if isinstance(step, DocumentStep) and step.template not in subject.templates:
            hint = did_you_mean(step.template, subject.templates) or f"add templates/{step.template}.typ"
            subject.say("template-missing", f"steps.{step.id}.template", f"no template '{step.template}'", hint)


def _names_read(subject: Subject) -> Iterator[str]:
    yield from _of_part(subject.procedure)
    yield from (unit.territory for unit in subject.procedure.units)
    for notice in subject.procedure.notices:
        for text in (*notice.text.values(), *(notice.subject or {}).values()):
            yield from (f"form.{name}" for name in _PLACEHOLDER.findall(text))


def _of_part(part: object) -> Iterator[str]:
    match part:
        case Expression():
            yield from part.reads
        case Part():
            for name in type(part).model_fields:
                yield from _of_part(getattr(part, name))
        case tuple():
            for one in part:
                yield from _of_part(one)
        case dict():
            for one in part.values():
                yield from _of_part(one)
