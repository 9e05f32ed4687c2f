"""The papers a procedure demands, as people read them: what, how many, when they are needed, which one of several."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from api.procedures import ProcedureView
from procedures.language.model.parts import Document, Expression, FormField
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


def demanded_papers(procedure: ProcedureView | Procedure, words: Words) -> list[DemandedPaper]:
    kinds = {paper.id: paper for paper in procedure.papers}
    return [_paper(one, kinds, procedure.form, words) for one in procedure.documents]


def _paper(document: Document, kinds: dict[str, PaperKind], form: Sequence[FormField], words: Words) -> DemandedPaper:
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
        only_when=_only_when(document.selectors.when, form, words),
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


def _only_when(when: Expression | None, form: Sequence[FormField], words: Words) -> str:
    """Name the answers a demand hangs on, by the labels of their questions."""
    if when is None:
        return ""
    asked = {f"form.{field.id}": words.of(field.label) for field in form}
    return ", ".join(asked[name] for name in when.reads if name in asked)
