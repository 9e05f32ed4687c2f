"""Makes documents, the papers they name and the rules for these from their nodes."""

from collections.abc import Iterable

from procedures.language.conditions.compiling import Scope
from procedures.language.making.draft import Draft
from procedures.language.making.forms import make_source
from procedures.language.making.variants import list_of
from procedures.language.model.parts import Document, Paper, Rule, Texts
from procedures.language.reading.nodes import Entries, Items, Scalar
from procedures.language.reading.plain import plain_map
from procedures.language.reading.words import (
    children,
    entries_of,
    flag_of,
    integer_of,
    scalars_of,
    text_of,
    texts_of,
    words_of,
)
from procedures.language.resolving.naming import objects_of

_COUNTS = ("original", "copy", "either")


def make_documents(draft: Draft) -> tuple[Document, ...]:
    return tuple(make_document(id, node, draft, draft.filed) for id, node in children(draft.resolved.documents))


def make_papers(draft: Draft, documents: Iterable[Document]) -> tuple[Paper, ...]:
    """Make the papers the documents name, and no others; what the file defines for nobody is told."""
    used = {paper for one in documents for paper in _papers_of(one)}
    _find_unused(used, draft)
    return tuple(
        Paper(
            id=id,
            label=texts_of(node, "label") or {},
            model=text_of(node, "model"),
            issued_by=text_of(node, "issued_by"),
            stamped=flag_of(node, "stamped", default=False),
            rules=words_of(node, "rules"),
            source=make_source(node, draft, draft.filed),
            not_older_than=text_of(node, "not_older_than"),
        )
        for id, node in children(draft.resolved.named("papers"))
        if id in used
    )


def make_rules(draft: Draft, documents: Iterable[Document], papers: Iterable[Paper]) -> tuple[Rule, ...]:
    """Make the rules that documents or papers name."""
    used = {rule for rules in (*(one.rules for one in documents), *(one.rules for one in papers)) for rule in rules}
    return tuple(
        Rule.model_validate({**plain_map(node), "id": id})
        for id, node in children(draft.resolved.named("rules"))
        if id in used
    )


def make_document(id: str, node: Entries, draft: Draft, scope: Scope) -> Document:
    """Make one demand, of the applicant at filing or of the sender of a message a step waits for."""
    one_of, all_of = _alternatives(node), words_of(node, "all_of")
    per = list_of(draft, node)
    scope = draft.at_line(scope, per)
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
    source = make_source(node, draft, draft.narrowed(scope, selectors))
    _check_ways(id, node, one_of, draft)
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
            "per": per,
            "rules": words_of(node, "rules"),
            "satisfied_by": words_of(node, "satisfied_by") or ("upload", "store"),
            "source": source,
            "not_older_than": text_of(node, "not_older_than"),
            "selectors": selectors,
        }
    )


def _check_ways(id: str, node: Entries, one_of: tuple[tuple[str, ...], ...], draft: Draft) -> None:
    """A database stands in for a paper only where it is said which; one of the papers may say it."""
    papers = draft.resolved.named("papers")
    named = {paper for together in one_of for paper in together} | set(words_of(node, "all_of"))
    known = "source" in node.keys or any("source" in entries_of(papers, paper).keys for paper in named)
    for way in scalars_of(node, "satisfied_by"):
        if way.text == "database" and not known:
            draft.problems.add(way.place, "source-missing", f"'{id}' names no database", "add 'source'")


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


def _papers_of(document: Document) -> set[str]:
    return {paper for group in document.one_of for paper in group} | set(document.all_of)


def _find_unused(used: set[str], draft: Draft) -> None:
    own = entries_of(draft.resolved.own, "papers")
    for id, place in own.keys.items():
        if id not in used:
            draft.problems.add(place, "unused-definition", f"no document names the paper '{id}'", "remove it")
    nodes = (*(node for _, node in children(own)), *objects_of(draft.resolved, "document"))
    named = {rule for node in nodes for rule in words_of(node, "rules")}
    for id, place in entries_of(draft.resolved.own, "rules").keys.items():
        if id not in named:
            draft.problems.add(place, "unused-definition", f"nothing names the rule '{id}'", "remove it")
