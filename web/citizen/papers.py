"""The papers a procedure demands, as people read them: what, how many, when they are needed, which one of several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from api.procedures import ProcedureView
from procedures.language.model.parts import Document
from procedures.language.model.parts import Paper as PaperKind
from procedures.language.model.procedure import Procedure
from web.texts import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One place to hand something in: `paper` names the alternative or part that goes there."""

    name: str
    paper: str | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandedPaper:
    """Files go into `slots`; where one of several papers is enough, the reader says which of `choices` it is."""

    id: str
    label: str
    model: str | None
    kinds: Markup
    stamped: bool
    required: bool
    only_when: str
    choices: tuple[Slot, ...]
    slots: tuple[Slot, ...]


def demanded_papers(
    procedure: ProcedureView | Procedure, words: Words, lines: Mapping[str, Sequence[str]] | None = None
) -> list[DemandedPaper]:
    """Give them in the order of the file; with the variants of the `lines` of each list, what each line needs."""
    kinds = {paper.id: paper for paper in procedure.papers}
    papers: list[DemandedPaper] = []
    for document in procedure.documents:
        paper = _paper(document, kinds, procedure, words)
        listed, chosen = (lines or {}).get(document.per or ""), document.selectors.variants
        papers += [paper] if listed is None else []
        papers += [
            _of_line(paper, place, words)
            for place, variant in enumerate(listed or (), start=1)
            if not variant or not chosen or variant in chosen
        ]
    return papers


def _of_line(paper: DemandedPaper, place: int, words: Words) -> DemandedPaper:
    slots = tuple(replace(slot, name=f"{slot.name}/{place}") for slot in paper.slots)
    label = str(words("file.paper_of_line", paper=paper.label, n=place))
    return replace(paper, id=f"{paper.id}/{place}", label=label, slots=slots)


def _paper(
    document: Document, kinds: dict[str, PaperKind], procedure: ProcedureView | Procedure, words: Words
) -> DemandedPaper:
    parts = list(dict.fromkeys([*(part for together in document.one_of for part in together), *document.all_of]))
    slots = tuple(_slot(document, part, kinds, words) for part in parts)
    is_choice = bool(document.one_of) and all(len(together) == 1 for together in document.one_of)
    whole = Slot(name=document.id, paper=None, label=words.of(document.label))
    return DemandedPaper(
        id=document.id,
        label=words.of(document.label),
        model=document.model,
        kinds=_how_many(document, words),
        stamped=document.stamped,
        required=document.required,
        only_when=", ".join(_only_for(document, procedure, words)),
        choices=slots if is_choice else (),
        slots=(whole,) if is_choice or not slots else slots,
    )


def _slot(document: Document, part: str, kinds: dict[str, PaperKind], words: Words) -> Slot:
    kind = kinds.get(part)
    return Slot(name=f"{document.id}.{part}", paper=part, label=words.of(kind.label) if kind else part)


def _how_many(document: Document, words: Words) -> Markup:
    counted = [
        words(f"papers.{name}", n=number)
        for name, number in (("original", document.originals), ("copy", document.copies), ("either", document.either))
        if number
    ]
    return Markup(", ").join(counted)


def _only_for(document: Document, procedure: ProcedureView | Procedure, words: Words) -> Iterator[str]:
    """Name the cases a demand is for, and the answers it hangs on by the labels of their questions."""
    chosen = document.selectors.variants
    yield from (words.of(one.label) for one in procedure.variants if one.id in chosen)
    when = document.selectors.when
    asked = {f"form.{field.id}": words.of(field.label) for field in procedure.form}
    columns = (column for field in procedure.form if field.id == document.per for column in field.fields)
    asked |= {f"line.{column.id}": words.of(column.label) for column in columns}
    yield from (asked[name] for name in (when.reads if when is not None else ()) if name in asked)
