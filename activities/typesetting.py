"""Typst turns a template and its values into one paper: no network, no file outside, same values, same bytes.

TypesettingError        the template cannot be set: `template-missing`, `template-broken`, `template-imports-package`
"""

import io
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

import orjson
import segno
import typst

from procedures.json_types import JsonObject

Standard = Literal["1.7", "a-2a", "a-2b", "a-3b", "a-4", "ua-1"]
ARCHIVE: Standard = "a-2a"
TEMPLATES = Path(__file__).parent.parent / "procedures" / "profiles" / "templates"
# Debian's folder of the twin of Times New Roman; the engine's own serif stands in where it is missing.
LIBERATION = Path("/usr/share/fonts/truetype/liberation")

# A package is fetched from the network when it is named; `@label` in running text is not preceded by a quote.
_PACKAGE = re.compile(r'"@')


class TypesettingError(Exception):
    """A defect of the template, never of the case: whoever wrote it must mend it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def statutory_template(law: str, name: str) -> str:
    """Answer the template of a paper that the law prescribes; `law` is the profile of the procedure."""
    file = TEMPLATES / law / f"{name}.typ"
    # A name is an id of the language; anything else would be a way out of the folder.
    if not f"{law}{name}".isidentifier() or not file.is_file():
        raise TypesettingError("template-missing", f"The profile {law} has no template {name}: add {law}/{name}.typ.")
    return file.read_text(encoding="utf-8")


def typeset(template: str, given: JsonObject, *, at: datetime, standard: Standard = ARCHIVE) -> bytes:
    """Set one paper as PDF. `at` is the only instant written into it, so a repeated render is the same document."""
    compiler = _compiler(template, given)
    try:
        pdf = compiler.compile(format="pdf", timestamp=int(at.timestamp()), pdf_standards=standard)
    except typst.TypstError as error:
        raise TypesettingError("template-broken", f"typst refuses the template: {error.message}") from error
    assert isinstance(pdf, bytes)
    return pdf


def pictures(template: str, given: JsonObject, *, ppi: float = 96) -> list[bytes]:
    """Show the pages as PNG, for previews."""
    try:
        pages = _compiler(template, given).compile(format="png", ppi=ppi)
    except typst.TypstError as error:
        raise TypesettingError("template-broken", f"typst refuses the template: {error.message}") from error
    # One page comes alone.
    return pages if isinstance(pages, list) else [pages] if pages else []


def qr_picture(address: str) -> str:
    """Draw a QR code as SVG; level M still reads with a seventh of it smudged."""
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(drawing, kind="svg", border=2, xmldecl=False)
    return drawing.getvalue().decode()


def _compiler(template: str, given: JsonObject) -> typst.Compiler:
    if _PACKAGE.search(template):
        raise TypesettingError(
            "template-imports-package", "The template imports a package: copy what it needs instead."
        )
    inputs = {"given": orjson.dumps(given, option=orjson.OPT_SORT_KEYS).decode()}
    if isinstance(address := given.get("lookup"), str):
        inputs["qr"] = qr_picture(address)
    return typst.Compiler(
        template.encode(),
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs=inputs,
        # Nothing is there: a package could only come from the network, which the guard above forbids.
        package_path=TEMPLATES / "packages",
        package_cache_path=TEMPLATES / "packages",
    )


@cache
def _fonts() -> typst.Fonts:
    """Read the fonts once: the system's others stay out, so that a paper looks alike on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[LIBERATION] if LIBERATION.is_dir() else [])
