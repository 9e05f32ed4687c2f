"""Files chosen on a page: kept at once by the API, so that a mistake elsewhere on the page loses none of them."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from api.desk import Desk
from api.files import keep_file
from records.accounts import Account
from records.errors import FileRefused
from records.files import LARGEST
from web.pages import Visitor

ACCEPTED = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,image/*,application/pdf"
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that arrived with an earlier sending of the same page; `token` brings it back with the next."""

    id: str
    name: str
    size: int

    @property
    def token(self) -> str:
        return _SEPARATOR.join((self.id, str(self.size), self.name))


@dataclass(slots=True)
class Uploads:
    """By slot: what is kept, and what was refused and why."""

    kept: dict[str, list[KeptFile]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    def ids(self, slot: str) -> list[str]:
        return [file.id for file in self.kept.get(slot, [])]


async def form_sent(request: Request) -> AsyncIterator[FormData]:
    """Read what came with a page; its files are closed when the page is answered, whatever the answer is."""
    async with request.form() as form:
        yield form


Sent = Annotated[FormData, Depends(form_sent)]


async def receive(visitor: Visitor, account: Account, form: FormData, *, slots: Sequence[str], key: str) -> Uploads:
    """Keep what was chosen for each slot beside what is kept already; fields are `kept.<slot>` and `file.<slot>`."""
    uploads = Uploads()
    for slot in slots:
        kept = [file for token in form.getlist(f"kept.{slot}") if (file := _kept(token)) is not None]
        for chosen in form.getlist(f"file.{slot}"):
            if not isinstance(chosen, UploadFile) or not chosen.filename:
                continue
            try:
                kept.append(await _keep(visitor.desk, account, chosen, key=f"{key}:{slot}"))
            except FileRefused as refused:
                uploads.refused[slot] = str(visitor.said(refused))
        uploads.kept[slot] = list(dict.fromkeys(kept))
    return uploads


async def _keep(desk: Desk, account: Account, chosen: UploadFile, *, key: str) -> KeptFile:
    """The same choice sent twice is one file: its key follows from page, slot and content."""
    content = await chosen.read(LARGEST + 1)
    digest = sha256(content).hexdigest()[:32]
    stored = await keep_file(desk, account, name=chosen.filename or "", content=content, key=f"{key}:{digest}")
    assert isinstance(stored, dict)
    return KeptFile(id=str(stored["id"]), name=str(stored["name"]), size=len(content))


def _kept(token: UploadFile | str) -> KeptFile | None:
    parts = token.split(_SEPARATOR, 2) if isinstance(token, str) else []
    if len(parts) != 3 or not parts[1].isdecimal():
        return None
    return KeptFile(id=parts[0], size=int(parts[1]), name=parts[2])
