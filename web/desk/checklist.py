"""The papers of a dossier as the desk checks them: what came, what was found, and what has to be mended how."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from api.arguments import ItemAsked, PaperChecked
from web.desk.names import Names
from web.forms import Typed, element_id
from web.values import size
from workflows.core.events import ItemKind, PaperVerdict
from workflows.core.views import PaperView

GOOD = ("ok", "substituted", "waived")
BAD: tuple[ItemKind, ...] = ("missing", "incorrect", "outdated")
VERDICTS = ("ok", *BAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    ref: str
    name: str
    size: str
    address: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One paper; `chosen` is what the officer has typed here, else what was found before.

    `asked` is what a request that is open says of it, whatever was found before.
    """

    id: str
    element: str
    label: str
    kinds: tuple[str, ...]
    demanded: bool
    verdict: str | None
    asked: ItemKind | None
    chosen: str
    note: str
    error: str
    files: tuple[HandedIn, ...]


def checklist(names: Names, *, typed: Typed, errors: Mapping[str, str], shown: str | None) -> list[Check]:
    return [_check(paper, names, typed, errors, shown) for paper in names.reading.snapshot.papers]


def verdicts_of(names: Names, typed: Typed) -> list[PaperChecked]:
    """Answer what the officer found, paper by paper; silence is no verdict."""
    return [
        PaperChecked(id=paper.id, verdict=verdict)
        for paper in names.reading.snapshot.papers
        if (verdict := _verdict(typed.one(f"verdict.{paper.id}"))) is not None
    ]


def items_of(names: Names, typed: Typed) -> list[ItemAsked]:
    """Answer what has to be mended, with the way to mend it."""
    return [
        ItemAsked(id=checked.id, kind=checked.verdict, note=typed.one(f"note.{checked.id}") or None)
        for checked in verdicts_of(names, typed)
        if checked.verdict in BAD
    ]


def _check(paper: PaperView, names: Names, typed: Typed, errors: Mapping[str, str], shown: str | None) -> Check:
    kinds = [names.reading.pin.procedure.paper(kind) for kind in paper.papers]
    return Check(
        id=paper.id,
        element=element_id(f"paper-{paper.id}"),
        label=names.words.of(paper.label) or paper.id,
        kinds=tuple(names.words.of(kind.label) for kind in kinds if kind is not None),
        demanded=paper.demanded,
        verdict=paper.verdict,
        asked=_asked(paper, names),
        chosen=typed.one(f"verdict.{paper.id}") if typed.values else paper.verdict or "",
        note=typed.one(f"note.{paper.id}"),
        error=errors.get(f"note.{paper.id}", ""),
        files=tuple(_handed_in(ref, names, shown) for ref in paper.documents if ref in names.reading.page.files),
    )


def _asked(paper: PaperView, names: Names) -> ItemKind | None:
    round = names.reading.snapshot.round
    return next((item.kind for item in round.items if item.id == paper.id), None) if round is not None else None


def _handed_in(ref: str, names: Names, shown: str | None) -> HandedIn:
    file = names.reading.page.files[ref]
    return HandedIn(
        ref=ref,
        name=str(file["name"]),
        size=size(int(str(file["size"])), names.words),
        address=f"/cases/{names.reading.page.case}?paper={quote(ref)}#xem",
        is_shown=ref == shown,
    )


def _verdict(text: str) -> PaperVerdict | None:
    match text:
        case "ok" | "substituted" | "waived" | "missing" | "incorrect" | "outdated":
            return text
    return None
