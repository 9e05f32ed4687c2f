"""Makes documents, papers, results and connector operations from their nodes."""

from collections.abc import Iterable

from procedures.language.compiling import Scope
from procedures.language.draft import Draft
from procedures.language.making_forms import make_fields
from procedures.language.naming import objects_of, operation_of
from procedures.language.nodes import Entries, Items, Scalar
from procedures.language.parts import Document, Notice, Operation, Paper, Result, Source, Texts
from procedures.language.plain import plain_map
from procedures.language.words import (
    children,
    entries_of,
    flag_of,
    integer_of,
    scalars_of,
    text_of,
    texts_of,
    words_of,
)

_COUNTS = ("original", "copy", "either")


def make_documents(draft: Draft) -> tuple[Document, ...]:
    documents = tuple(make_document(id, node, draft, draft.filed) for id, node in children(draft.resolved.documents))
    _find_unused(documents, draft)
    return documents


def make_papers(draft: Draft, documents: Iterable[Document]) -> tuple[Paper, ...]:
    """Make the papers the documents name, and no others."""
    used = {paper for one in documents for paper in _papers_of(one)}
    return tuple(
        Paper(
            id=id,
            label=texts_of(node, "label") or {},
            model=text_of(node, "model"),
            issued_by=text_of(node, "issued_by"),
            stamped=flag_of(node, "stamped", default=False),
        )
        for id, node in children(draft.resolved.named("papers"))
        if id in used
    )


def make_results(draft: Draft) -> tuple[Result, ...]:
    """Make the procedure's results, and those its profile adds (`refusal`)."""
    named = entries_of(draft.resolved.own, "results").merged_over(entries_of(draft.resolved.profile, "results"))
    made = []
    for id, node in children(named):
        values = {key: value for key, value in plain_map(node).items() if key in ("code", "kind")}
        made.append(
            Result.model_validate(
                {"id": id, "label": texts_of(node, "label") or {}, "as_": text_of(node, "as") or "electronic", **values}
            )
        )
    return tuple(made)


def make_notices(draft: Draft) -> tuple[Notice, ...]:
    return tuple(
        Notice.model_validate({"id": id, "text": texts_of(node, "text") or {}, "to": "applicant", **plain_map(node)})
        for id, node in children(entries_of(draft.resolved.profile, "notices"))
    )


def make_operations(draft: Draft) -> tuple[Operation, ...]:
    """Make the operations that steps call and documents are fetched with, each once."""
    made: dict[tuple[str, str], Operation] = {}
    for node in (*objects_of(draft.resolved, "call"), *objects_of(draft.resolved, "source")):
        names = text_of(node, "connector") or "", text_of(node, "operation") or ""
        found = operation_of(draft.resolved, *names)
        if found is not None and names not in made:
            made[names] = _operation(names, found, draft)
    return tuple(made[names] for names in sorted(made))


def _operation(names: tuple[str, str], node: Entries, draft: Draft) -> Operation:
    connector = entries_of(draft.resolved.named("connectors"), names[0])
    return Operation.model_validate(
        {
            "connector": names[0],
            "name": names[1],
            "takes": make_fields(entries_of(node, "takes"), draft),
            "gives": make_fields(entries_of(node, "gives"), draft),
            "outcomes": words_of(node, "outcomes") or ("done",),
            "answered": text_of(node, "answered") or "result",
            "irrevocable": flag_of(node, "irrevocable", default=False),
            "within": text_of(connector, "within") or "1 hour",
            "retries": integer_of(connector, "retries") or 5,
        }
    )


def make_document(id: str, node: Entries, draft: Draft, scope: Scope) -> Document:
    """Make one demand, of the applicant at filing or of the sender of a message a step waits for."""
    one_of, all_of = _alternatives(node), words_of(node, "all_of")
    selectors = draft.selectors(node, scope)
    counts = {key: integer_of(node, key) for key in _COUNTS}
    _check_counts(id, node, counts, draft)
    if not any(key in node.keys for key in _COUNTS):
        counts["original"] = 1
    if "one_of" in node.keys and "all_of" in node.keys:
        draft.problems.add(node.keys["all_of"], "two-groups", f"'{id}' has one_of already", "keep one of them")
    if "one_of" in node.keys and len(one_of) == 1:
        place = node.keys["one_of"]
        draft.problems.add(place, "group-of-one", f"'{id}' offers one paper only", "name more, or use 'all_of'")
    return Document.model_validate(
        {
            "id": id,
            "label": texts_of(node, "label") or _label(id, node, one_of, all_of, draft),
            "one_of": one_of,
            "all_of": all_of,
            "originals": counts["original"] or 0,
            "copies": counts["copy"] or 0,
            "either": counts["either"] or 0,
            "certified": flag_of(node, "certified", default=False),
            "stamped": flag_of(node, "stamped", default=False),
            "model": text_of(node, "model"),
            "required": flag_of(node, "required", default=True),
            "satisfied_by": words_of(node, "satisfied_by") or ("upload", "store"),
            "source": _source(id, node, draft, draft.narrowed(scope, selectors)),
            "selectors": selectors,
        }
    )


def _alternatives(node: Entries) -> tuple[tuple[str, ...], ...]:
    written = node.get("one_of")
    if not isinstance(written, Items):
        return ()
    return tuple(
        (one.text,) if isinstance(one, Scalar) else tuple(part.text for part in one.nodes if isinstance(part, Scalar))
        for one in written.nodes
        if isinstance(one, Scalar | Items)
    )


def _label(id: str, node: Entries, one_of: tuple[tuple[str, ...], ...], all_of: tuple[str, ...], draft: Draft) -> Texts:
    """Name a group by its papers: `Giấy ra viện hoặc Phiếu khám bệnh`."""
    papers = draft.resolved.named("papers")
    groups = [list(group) for group in one_of] or [[paper] for paper in all_of]
    if not groups:
        draft.problems.add(node.place, "label-missing", f"'{id}' has no label", "add a label, or one_of or all_of")
        return {}
    words = {"vi": (" và ", " hoặc "), "en": (" and ", " or ")}
    label: Texts = {}
    for language in draft.resolved.languages:
        together, apart = words.get(language, (" + ", " / "))
        labels = [[_paper_label(papers, paper, language) for paper in group] for group in groups]
        label[language] = (apart if one_of else together).join(together.join(group) for group in labels)
    return label


def _paper_label(papers: Entries, id: str, language: str) -> str:
    texts = texts_of(entries_of(papers, id), "label") or {}
    return texts.get(language) or next(iter(texts.values()), id)


def _check_counts(id: str, node: Entries, counts: dict[str, int | None], draft: Draft) -> None:
    for key, count in counts.items():
        if count == 0:
            hint = "leave the key out; a paper that may be missing is 'required: false'"
            draft.problems.add(node.keys[key], "count-zero", f"'{id}' demands no {key}", hint)


def _source(id: str, node: Entries, draft: Draft, scope: Scope) -> Source | None:
    written = node.get("source")
    if not isinstance(written, Entries):
        for way in scalars_of(node, "satisfied_by"):
            if way.text == "database":
                draft.problems.add(way.place, "source-missing", f"'{id}' names no database", "add 'source'")
        return None
    return Source.model_validate(
        {
            "connector": text_of(written, "connector") or "",
            "operation": text_of(written, "operation") or "",
            "inputs": draft.inputs(written, "with", scope),
            "consent": flag_of(written, "consent", default=True),
            "fallback": text_of(written, "fallback") or "upload",
        }
    )


def _papers_of(document: Document) -> set[str]:
    return {paper for group in document.one_of for paper in group} | set(document.all_of)


def _find_unused(documents: tuple[Document, ...], draft: Draft) -> None:
    own = entries_of(draft.resolved.own, "papers")
    used = {paper for one in documents for paper in _papers_of(one)}
    for id, place in own.keys.items():
        if id not in used:
            draft.problems.add(place, "unused-definition", f"no document names the paper '{id}'", "remove it")
