"""What editors read: the JSON Schemas of the language, printed."""

import json

import click

from procedures.json_types import JsonObject
from procedures.language.grammar.tables import ROOTS
from procedures.language.schema.files import schema_of, schema_of_any_file


@click.command()
@click.argument("kind", required=False, type=click.Choice(list(ROOTS)))
def schema(kind: str | None) -> None:
    """Print the JSON Schema of one KIND of file; without KIND, one for all files of the language."""
    click.echo(written(schema_of(kind) if kind else schema_of_any_file()), nl=False)


def written(schema: JsonObject) -> str:
    """Write a schema as it lies in `docs/schema`."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
