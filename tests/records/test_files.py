from pathlib import Path

import pytest

from records.blobs import Blobs, open_blobs
from records.commands import NewCommand, open_command
from records.errors import FileRefused, NotFound
from records.files import (
    LARGEST,
    LONGEST_NAME,
    add_file,
    checked_media_type,
    clean_name,
    file_of_case,
    files_of,
    foreign_files,
)
from records.pool import Db
from tests.records.support import HUNG, LAN, case_number

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 50
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return open_blobs((tmp_path / "files").as_uri())


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("giấy ra viện.pdf", PDF, "application/pdf"),
        ("ảnh.PNG", PNG, "image/png"),
        ("ảnh.jpg", JPEG, "image/jpeg"),
        ("ảnh.jpeg", JPEG, "image/jpeg"),
        ("trang.tiff", b"II*\x00\x08\x00\x00\x00" + b"\x00" * 30, "image/tiff"),
    ],
)
def test_papers_and_pictures_are_taken(name: str, content: bytes, media_type: str) -> None:
    assert media_type == checked_media_type(name, content)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "file-empty"),
        ("a.pdf", b"%PDF-1.7" + b" " * LARGEST, "file-too-large"),
        ("a.svg", SVG, "file-type-unknown"),
        ("a.html", HTML, "file-type-unknown"),
        ("a", PDF, "file-type-unknown"),
        ("a.pdf.exe", PDF, "file-type-unknown"),
        ("a.png", SVG, "file-type-mismatch"),
        ("a.pdf", HTML, "file-type-mismatch"),
        ("a.pdf", HTML + PDF, "file-type-mismatch"),
        ("a.png", JPEG, "file-type-mismatch"),
        ("a.jpg", b"hello", "file-type-mismatch"),
        ("a.pdf", b"MZ\x90" + b"\x00" * 60, "file-type-mismatch"),
    ],
)
def test_what_is_not_what_it_says_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        checked_media_type(name, content)

    assert code == refused.value.code


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\lan\\đơn.pdf", "đơn.pdf"),
        ('a"\r\nX-Evil: 1.pdf', 'a"X-Evil: 1.pdf'),
        ("", "file"),
    ],
)
def test_names_keep_only_what_is_harmless(name: str, kept: str) -> None:
    assert kept == clean_name(name)


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("x" * 500 + ".pdf")

    assert LONGEST_NAME == len(name) and name.endswith(".pdf")


async def test_a_file_is_kept_under_its_digest_and_read_back(db: Db, blobs: Blobs, tmp_path: Path) -> None:
    first = await add_file(db, blobs, owner=LAN.ref, name="a.pdf", content=PDF)
    second = await add_file(db, blobs, owner=HUNG.ref, name="b.pdf", content=PDF)

    assert first.digest == second.digest and first.id != second.id
    assert PDF == await blobs.get(first.digest)
    assert 1 == sum(path.is_file() for path in (tmp_path / "files").rglob("*"))


async def test_a_damaged_file_is_not_shown(db: Db, blobs: Blobs, tmp_path: Path) -> None:
    stored = await add_file(db, blobs, owner=LAN.ref, name="a.pdf", content=PDF)
    next(path for path in (tmp_path / "files").rglob("*") if path.is_file()).write_bytes(b"other")

    with pytest.raises(NotFound) as refused:
        await blobs.get(stored.digest)

    assert "file-damaged" == refused.value.code


async def test_a_file_joins_the_case_of_the_command_that_names_it(db: Db, blobs: Blobs) -> None:
    stored = await add_file(db, blobs, owner=LAN.ref, name="a.pdf", content=PDF)
    case = case_number(1)
    command = NewCommand(id="1", case=case, actor=LAN.ref, verb="submit", document={}, files=(stored.id,), key=b"k")

    before = await foreign_files(db, ids=[stored.id], owner=HUNG.ref, case=case)
    await open_command(db, command)

    assert [stored.id] == before
    assert [] == await foreign_files(db, ids=[stored.id], owner=HUNG.ref, case=case)
    assert [stored] == await files_of(db, case)
    assert stored == await file_of_case(db, case=case, file=stored.ref)


async def test_a_file_of_another_case_is_not_found(db: Db, blobs: Blobs) -> None:
    stored = await add_file(db, blobs, owner=LAN.ref, name="a.pdf", content=PDF)

    with pytest.raises(NotFound):
        await file_of_case(db, case=case_number(2), file=stored.id)


async def test_unknown_files_are_foreign(db: Db) -> None:
    assert ["unknown"] == await foreign_files(db, ids=["unknown"], owner=LAN.ref)
