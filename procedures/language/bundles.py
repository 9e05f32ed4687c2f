"""The door for bundles: a file read, checked against the procedures it puts together, and resolved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from procedures.language.conditions.compiling import Compiler
from procedures.language.loader import load_procedure
from procedures.language.making.assembly import make_submitters
from procedures.language.making.checking_heads import check_force, check_periods, check_version
from procedures.language.making.checking_members import check_member, check_order
from procedures.language.making.checks import make_checks
from procedures.language.making.declaring import declare_form
from procedures.language.making.draft import Draft
from procedures.language.making.forms import make_fields
from procedures.language.making.papers import make_documents, make_papers
from procedures.language.making.results import make_notices
from procedures.language.model.bundle import Bundle, Member
from procedures.language.model.procedure import Procedure
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.plain import plain_map
from procedures.language.reading.problems import Problem, Problems
from procedures.language.reading.words import children, entries_of, integer_of, text_of, texts_of, words_of
from procedures.language.resolving.identity import digest
from procedures.language.resolving.naming import find_unknown_names
from procedures.language.resolving.resolution import Resolved, Resolver
from procedures.language.resolving.sources import Library, library_of, read_source


@dataclass(frozen=True, slots=True)
class LoadedBundle:
    """`bundle` is None where any problem is an error."""

    bundle: Bundle | None
    problems: tuple[Problem, ...]


def load_bundle(path: Path, library: Library | None = None) -> LoadedBundle:
    """Load one `bundle.yaml` with the newest version of each member."""
    library = library or library_of(path)
    problems = Problems()
    source = read_source(path, "bundle")
    problems.extend(source.problems)
    own = source.entries
    if not own.keys:
        return LoadedBundle(None, problems.sorted)
    _check_head(own, path, library, problems)
    members = dict(_members(own, library, problems))
    # What the sectors of its members share may be named in a bundle as well.
    sectors = dict.fromkeys(file.parent.parent.parent for file in members.values())
    resolved = Resolver(library, problems).resolve(own, sectors, root="bundle")
    check_force(resolved, problems)
    procedures = {id: load_procedure(file, library).procedure for id, file in members.items()}
    bundle = _assembled(resolved, procedures, problems)
    return LoadedBundle(bundle, problems.sorted)


def _check_head(own: Entries, path: Path, library: Library, problems: Problems) -> None:
    name = own.get("bundle")
    check_version(own, path, problems)
    check_periods(own, path, library, problems)
    folder = path.parent.parent.name
    if path.parent.parent.parent.name == "bundles" and isinstance(name, Scalar) and name.text != folder:
        problems.add(name.place, "folder-mismatch", f"'{name.text}' lies in folder '{folder}'")


def _members(own: Entries, library: Library, problems: Problems) -> Iterator[tuple[str, Path]]:
    """Find the newest version of each member."""
    for id, node in children(entries_of(own, "members")):
        code = node.get("procedure")
        versions = library.versions(code.text) if isinstance(code, Scalar) else ()
        if versions:
            yield id, versions[-1]
        elif isinstance(code, Scalar):
            problems.add(code.place, "unknown-name", f"the catalogue has no procedure '{code.text}'")


def _assembled(resolved: Resolved, procedures: Mapping[str, Procedure | None], problems: Problems) -> Bundle | None:
    find_unknown_names(resolved, problems)
    draft = Draft(resolved, problems, Compiler(problems))
    draft.form = make_fields(resolved.form, draft, of="form")
    draft.know("form", draft.form)
    declare_form(draft)
    documents = make_documents(draft)
    members = tuple(_member(id, node, draft) for id, node in children(entries_of(resolved.own, "members")))
    check_order(members, draft)
    for member in members:
        if procedure := procedures.get(member.id):
            check_member(member, procedure, draft)
    own, force = resolved.own, entries_of(resolved.own, "in_force")
    parts: dict[str, object] = {
        "bundle": text_of(own, "bundle"),
        "version": integer_of(own, "version"),
        "title": texts_of(own, "title"),
        "basis": words_of(own, "basis"),
        "in_force": {"from_": text_of(force, "from"), "to": text_of(force, "to")},
        "profile": text_of(own, "profile"),
        "languages": resolved.languages,
        "submitters": tuple(make_submitters(resolved)),
        "form": draft.form,
        "checks": make_checks(draft),
        "documents": documents,
        "papers": make_papers(draft, documents),
        "notices": make_notices(draft),
        "members": members,
        "deliver": text_of(own, "deliver") or "each",
        "scenarios": text_of(own, "scenarios"),
    }
    if problems.has_errors:
        return None
    bundle = Bundle.model_validate(parts)
    return bundle.model_copy(update={"digest": digest(bundle)})


def _member(id: str, node: Entries, draft: Draft) -> Member:
    return Member(
        id=id,
        procedure=text_of(node, "procedure") or "",
        when=draft.condition(node, "when", draft.filed),
        after=words_of(node, "after"),
        inputs=draft.inputs(node, "form", draft.filed),
        documents={theirs: str(ours) for theirs, ours in plain_map(node.get("documents")).items()},
    )
