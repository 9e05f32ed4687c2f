"""The papers of the sample case are PDFs that readers accept."""

import io

from pypdf import PdfReader

from cli.paper import paper


def test_the_line_is_on_the_only_page() -> None:
    reader = PdfReader(io.BytesIO(paper("Specimen: invoices")), strict=True)

    assert [page.extract_text() for page in reader.pages] == ["Specimen: invoices"]
