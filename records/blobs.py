"""Where bytes lie: a folder or a bucket, each object under the sha256 of its content, written once."""

import hashlib
from dataclasses import dataclass

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import ObjectStore, from_url

from records.errors import NotFound


@dataclass(frozen=True, slots=True)
class Blobs:
    store: ObjectStore

    async def put(self, content: bytes) -> str:
        """Keep the content and answer its digest; what is there already is the same by its name."""
        digest = hashlib.sha256(content).hexdigest()
        try:
            await obstore.put_async(self.store, _path(digest), content, mode="create")
        except AlreadyExistsError:
            pass
        return digest

    async def get(self, digest: str) -> bytes:
        """Answer the content, compared with its name: a damaged file is never shown as the one handed in."""
        try:
            found = await obstore.get_async(self.store, _path(digest))
        except FileNotFoundError:
            raise NotFound(f"The content {digest} is not in the file store: restore it.") from None
        content = bytes(await found.bytes_async())
        if hashlib.sha256(content).hexdigest() != digest:
            raise NotFound(f"The content {digest} is damaged in the file store: restore it.", code="file-damaged")
        return content


def open_blobs(url: str) -> Blobs:
    """`file:///a/folder`, made if it does not exist, or `s3://bucket/prefix`."""
    return Blobs(from_url(url, mkdir=True) if url.startswith("file:") else from_url(url))


def _path(digest: str) -> str:
    return f"sha256/{digest[:2]}/{digest}"
