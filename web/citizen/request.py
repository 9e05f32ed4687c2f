"""What is asked of a citizen, thing by thing, and the form that answers it: files, or a value declared anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from api.arguments import PaperGiven, SendSupplement
from procedures.json_types import Json
from web.citizen.papers import DemandedPaper, demanded_papers
from web.citizen.sight import Sight
from web.forms import Control, Typed, controls_of, element_id, values_of
from web.texts import Words
from web.uploads import KeptFile, Uploads

FORM = "form."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it came; `errors` by the item's id, `message` where the whole was refused."""

    key: str = ""
    typed: Typed = field(default_factory=Typed)
    uploads: Uploads = field(default_factory=Uploads)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""

    @property
    def is_wrong(self) -> bool:
        return bool(self.errors or self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedItem:
    """`control` where a value of the form is asked anew, otherwise `paper` with its slots."""

    id: str
    element: str
    label: str
    kind: str
    note: str
    paper: DemandedPaper | None
    control: Control | None
    kept: Mapping[str, list[KeptFile]]
    error: str
    without: bool


def asked_items(sight: Sight, words: Words, answer: Answer) -> list[AskedItem]:
    request = sight.round
    if request is None or request.arrived_at is not None:
        return []
    papers = {paper.id: paper for paper in demanded_papers(sight.pin.procedure, words)}
    return [
        AskedItem(
            id=item.id,
            element=element_id(f"item.{item.id}"),
            label=sight.paper(item.id, words),
            kind=item.kind,
            note=sight.text(item.note),
            paper=papers.get(item.id),
            control=_control(sight, words, item.id, answer),
            kept=answer.uploads.kept,
            error=answer.errors.get(item.id, ""),
            without=bool(answer.typed.one(f"without.{item.id}")),
        )
        for item in request.items
    ]


def slots_of(items: list[AskedItem]) -> list[str]:
    return [slot.name for item in items if item.paper is not None for slot in item.paper.slots]


def missing(items: list[AskedItem], words: Words, answer: Answer) -> dict[str, str]:
    """Find what was asked and is neither there nor said to be unobtainable."""
    found: dict[str, str] = {}
    for item in items:
        refused = [answer.uploads.refused[slot] for slot in slots_of([item]) if slot in answer.uploads.refused]
        if refused:
            found[item.id] = refused[0]
        elif item.paper is not None and not item.without:
            if not any(answer.uploads.ids(slot.name) for slot in item.paper.slots):
                found[item.id] = str(words("request.missing"))
            elif item.paper.choices and not answer.typed.one(f"paper.{item.id}"):
                found[item.id] = str(words("form.which_paper"))
    return found


def supplement_of(sight: Sight, items: list[AskedItem], answer: Answer) -> SendSupplement:
    """A changed value comes with the whole form: what was not asked stays as it was declared."""
    fields = [one for one in sight.pin.procedure.form if any(item.id == f"{FORM}{one.id}" for item in items)]
    declared = sight.page.forms.get(sight.snapshot.form or "", {}) if sight.page is not None else {}
    form: dict[str, Json] | None = {**declared, **values_of(fields, answer.typed, "form")} if fields else None
    return SendSupplement(documents=list(_given(items, answer)), form=form)


def _given(items: list[AskedItem], answer: Answer) -> Iterator[PaperGiven]:
    for item in items:
        for slot in item.paper.slots if item.paper is not None else ():
            if ids := answer.uploads.ids(slot.name):
                chosen = answer.typed.one(f"paper.{item.id}") or None
                paper = chosen if item.paper is not None and item.paper.choices else slot.paper
                yield PaperGiven(id=item.id, paper=paper, files=ids)


def _control(sight: Sight, words: Words, id: str, answer: Answer) -> Control | None:
    field = sight.pin.procedure.field(id.removeprefix(FORM)) if id.startswith(FORM) else None
    if field is None:
        return None
    return controls_of([field], words, prefix="form", typed=answer.typed, errors={f"{id}": answer.errors.get(id, "")})[
        0
    ]
