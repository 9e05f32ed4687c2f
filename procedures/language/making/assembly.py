"""A resolved procedure turned into its model, part by part, every expression compiled where it stands."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from procedures.language.conditions.compiling import Compiler
from procedures.language.flow.leading import lead_out
from procedures.language.flow.ways import Ways
from procedures.language.making.checks import make_checks, make_parties, make_windows
from procedures.language.making.deadline import check_supplement, make_deadline
from procedures.language.making.declaring import declare
from procedures.language.making.draft import Draft
from procedures.language.making.fees import make_fees
from procedures.language.making.life import make_sections, places_of
from procedures.language.making.operations import make_operations
from procedures.language.making.papers import make_documents, make_papers, make_rules
from procedures.language.making.results import make_notices, make_results
from procedures.language.making.soundness import find_unsound
from procedures.language.making.tables import tables_read
from procedures.language.making.variants import make_variants
from procedures.language.model.parts import Document, Submitter, Texts, Unit
from procedures.language.model.procedure import ROOT, Procedure
from procedures.language.model.steps import Step, inner_lists
from procedures.language.reading.nodes import Scalar
from procedures.language.reading.plain import plain_map
from procedures.language.reading.problems import Problems
from procedures.language.reading.words import (
    children,
    entries_of,
    integer_of,
    maps_of,
    text_of,
    texts,
    texts_of,
    words_of,
)
from procedures.language.resolving.identity import digest
from procedures.language.resolving.naming import find_unknown_names
from procedures.language.resolving.resolution import Resolved
from procedures.language.resolving.sources import HOME

_AREAS = frozenset({"address", "province", "commune"})


def assemble(resolved: Resolved, home: Path, problems: Problems) -> Procedure | None:
    """Make the model; None where anything is wrong, since half a procedure is none."""
    find_unknown_names(resolved, problems)
    draft = Draft(resolved, problems, Compiler(problems))
    ways = lead_out(resolved, problems)
    steps = declare(draft, ways)
    documents = make_documents(draft)
    deadline = make_deadline(draft)
    check_supplement(draft, deadline)
    find_unsound(draft, ways, steps)
    root, sequences = steps.sequence(ROOT), {name: steps.sequence(name) for name in resolved.sequences}
    asked = (*documents, *_of_messages((*root, *(step for made in sequences.values() for step in made))))
    papers = make_papers(draft, asked)
    own = resolved.own
    force = entries_of(own, "in_force")
    parts: dict[str, object] = {
        "procedure": text_of(own, "procedure"),
        "version": integer_of(own, "version"),
        "title": texts_of(own, "title"),
        "basis": words_of(own, "basis"),
        "in_force": {"from_": text_of(force, "from"), "to": text_of(force, "to")},
        "replaces": words_of(own, "replaces"),
        "profile": text_of(own, "profile"),
        "languages": resolved.languages,
        "channels": draft.channels,
        "submitters": tuple(make_submitters(resolved)),
        "parties": make_parties(draft),
        "variants": make_variants(draft),
        "variant_per": draft.variant_per,
        "units": tuple(_units(draft, ways)),
        "form": draft.form,
        "checks": make_checks(draft),
        "documents": documents,
        "papers": papers,
        "rules": make_rules(draft, asked, papers),
        "windows": make_windows(draft),
        **dict(make_sections(draft)),
        "deadline": deadline,
        "fees": make_fees(draft, steps.paying),
        "results": make_results(draft),
        "steps": root,
        "sequences": sequences,
        "notices": make_notices(draft),
        "legal_forms": plain_map(resolved.profile.get("legal_forms")),
        "requirements": tuple(texts(one) for one in maps_of(own.get("requirements"))),
        "operations": make_operations(draft),
        "functions": _labels(resolved, "functions"),
        "books": _labels(resolved, "books"),
        "overrides": tuple(plain_map(one) for one in maps_of(own.get("overrides"))),
        "scenarios": text_of(own, "scenarios"),
        "profile_basis": words_of(resolved.profile, "basis"),
        "places": {what: _shown(place, home) for what, place in places_of(draft).items()},
    }
    if problems.has_errors:
        return None
    procedure = Procedure.model_validate(parts)
    procedure = procedure.model_copy(update={"tables": tables_read(draft, procedure)})
    if problems.has_errors:
        return None
    return procedure.model_copy(update={"digest": digest(procedure)})


def make_submitters(resolved: Resolved) -> Iterator[Submitter]:
    kinds = resolved.named("submitter_kinds")
    for name in words_of(resolved.own, "submitters"):
        node = entries_of(kinds, name)
        yield Submitter.model_validate(
            {"id": name, "kind": text_of(node, "kind") or "citizen", "label": texts_of(node, "label") or {}}
        )


def _of_messages(steps: Iterable[Step]) -> Iterator[Document]:
    """Walk the documents that come with messages steps wait for, in branches and lines too."""
    for step in steps:
        yield from step.documents if step.kind == "wait" else ()
        for inner in inner_lists(step).values():
            yield from _of_messages(inner)


def _units(draft: Draft, ways: Ways) -> Iterator[Unit]:
    """Make the units the steps and the intake speak of, wherever they are defined."""
    places = [*(step.body for step in ways.steps.values()), draft.resolved.sections["intake"]]
    used = {text_of(one, "at") for one in places}
    for id, node in children(draft.resolved.named("units")):
        territory = node.get("territory")
        if isinstance(territory, Scalar):
            _check_territory(draft, territory)
        if id in used and {"agency", "level", "label"} <= node.keys.keys():
            yield Unit.model_validate({"id": id, **plain_map(node)})


def _check_territory(draft: Draft, territory: Scalar) -> None:
    fields = {f"form.{one.id}" for one in draft.form if one.type in _AREAS}
    if territory.text != "receiving" and territory.text not in fields:
        hint = "write 'receiving', or form.<an address, province or commune>"
        draft.problems.add(territory.place, "bad-territory", f"'{territory.text}' is no area", hint)


def _labels(resolved: Resolved, section: str) -> dict[str, Texts]:
    """Carry the labels of the functions or books this procedure speaks of."""
    named = resolved.named(section)
    spoken = set(resolved.words())
    return {id: texts_of(named, id) or {} for id in named.keys if id in spoken}


def _shown(place: str, home: Path) -> str:
    """Name a file as it lies in the house, never by a path of one machine."""
    folders = "|".join(re.escape(str(folder)) for folder in (home, home.resolve(), HOME))
    return re.sub(rf"\A(?:{folders})/", "", place) if home else place
