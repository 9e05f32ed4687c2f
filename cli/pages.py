"""Pages of `docs` that are made and not written: `make pages` renews them, a test holds that they are new."""

from collections.abc import Mapping
from pathlib import Path

from cli.schema import written
from cli.shipped import shipped_page
from procedures.language.explanations.page import problems_page
from procedures.language.reference.pages import reference
from procedures.language.schema.files import schema_of, schema_of_any_file

DOCS = Path(__file__).resolve().parents[1] / "docs"
FOLDERS = ("schema", "reference")


def made_pages() -> Mapping[str, str]:
    """Give every made page by its path below `docs`."""
    return {
        "schema/motcua.schema.json": written(schema_of_any_file()),
        "schema/procedure.schema.json": written(schema_of("procedure")),
        **{f"reference/{path}": text for path, text in reference().items()},
        **{f"reference/{language}/problems.md": problems_page(language) for language in ("en", "vi")},
        **{f"reference/{language}/shipped.md": shipped_page(language) for language in ("en", "vi")},
    }


def main() -> None:
    for path, text in made_pages().items():
        (DOCS / path).parent.mkdir(parents=True, exist_ok=True)
        (DOCS / path).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
