"""Hand in a file: checked and kept by its digest; it joins a case with the command that names it."""

from hashlib import sha256

from fastapi import APIRouter, UploadFile
from pydantic import JsonValue

from api.desk import Desk
from api.who import Key, SignedIn, TheDesk
from procedures.json_types import Json
from records.accounts import Account
from records.files import LARGEST, add_file
from records.requests import once

router = APIRouter(prefix="/files", tags=["files"])


@router.post("", status_code=201)
async def post_file(file: UploadFile, key: Key, account: SignedIn, desk: TheDesk) -> JsonValue:
    """Answer `{id, digest, name, media_type, size}`; name the file by its id in documents and tasks."""
    # One byte more than allowed is enough to know that it is too much.
    return await keep_file(desk, account, name=file.filename or "", content=await file.read(LARGEST + 1), key=key)


async def keep_file(desk: Desk, account: Account, *, name: str, content: bytes, key: str) -> Json:
    async with desk.pool.connection() as db:

        async def work() -> Json:
            stored = await add_file(db, desk.blobs, owner=account.ref, name=name, content=content)
            return {
                "id": stored.id,
                "digest": stored.digest,
                "name": stored.name,
                "media_type": stored.media_type,
                "size": stored.size,
            }

        return await once(db, actor=account.ref, key=key, content=[name, sha256(content).hexdigest()], work=work)
