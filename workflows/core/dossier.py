"""The papers of a dossier: which are demanded of this case, what was handed in for them, what the desk found."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from procedures.language.applying.selection import demanded
from workflows.core import facts
from workflows.core.events import CheckedPaper, GivenPaper, PaperVerdict
from workflows.core.state import Paper
from workflows.core.turn import Turn


def papers_of(turn: Turn, given: Iterable[GivenPaper]) -> tuple[Paper, ...]:
    """Give the papers demanded by form and intake data, in the order of the file, with what was handed in for them."""
    asked = demanded(turn.pin.procedure, facts.known(turn))
    papers = tuple(Paper(id=document.id, demanded=document.required) for document in asked)
    return with_given(papers, given, desk=turn.actor.function is not None)


def demanded_anew(turn: Turn) -> tuple[Paper, ...]:
    """Ask again which papers are demanded (other facts, another version); what was handed in and found stays."""
    asked = {one.id: one.required for one in demanded(turn.pin.procedure, facts.known(turn))}
    known = {paper.id: replace(paper, demanded=asked.get(paper.id, False)) for paper in turn.state.papers}
    new = {id: Paper(id=id, demanded=required) for id, required in asked.items() if id not in known}
    return (*known.values(), *new.values())


def with_given(papers: tuple[Paper, ...], given: Iterable[GivenPaper], *, desk: bool) -> tuple[Paper, ...]:
    """Add what arrived; what the desk found of the former is for it to find anew."""
    found: dict[str, Paper] = {paper.id: paper for paper in papers}
    for one in given:
        paper = found.get(one.id, Paper(id=one.id, demanded=False))
        kinds = (one.paper,) if one.paper is not None and one.paper not in paper.papers else ()
        found[one.id] = replace(
            paper,
            satisfied_by=one.by or ("desk" if desk else "upload"),
            papers=(*paper.papers, *kinds),
            verdict=None,
            originals=paper.originals + one.originals,
            documents=(*paper.documents, *(ref for ref in one.documents if ref not in paper.documents)),
            foreign=paper.foreign or one.foreign,
        )
    return tuple(found.values())


def with_verdicts(papers: tuple[Paper, ...], checked: Iterable[CheckedPaper]) -> tuple[Paper, ...]:
    verdicts: Mapping[str, PaperVerdict] = {one.id: one.verdict for one in checked}
    return tuple(replace(paper, verdict=verdicts.get(paper.id, paper.verdict)) for paper in papers)
