"""`motcua schema` prints what editors read, for each kind of file and for all of them."""

import json

import jsonschema_rs
import pytest
from click.testing import CliRunner

from cli.main import commands
from procedures.language.grammar.tables import ROOTS


@pytest.mark.parametrize("kind", ["", *ROOTS])
def test_a_schema_is_printed_that_is_one(kind: str) -> None:
    result = CliRunner().invoke(commands, ["schema", *([kind] if kind else [])])

    printed = json.loads(result.output)

    assert (result.exit_code, printed["$schema"]) == (0, "https://json-schema.org/draft/2020-12/schema")
    jsonschema_rs.meta.validate(printed)


def test_a_kind_nobody_knows_is_answered_with_those_there_are() -> None:
    result = CliRunner().invoke(commands, ["schema", "procedures"])

    assert result.exit_code == 2
    assert "procedure" in result.output and "scenarios" in result.output


def test_a_key_is_explained_in_both_languages() -> None:
    within = json.loads(CliRunner().invoke(commands, ["schema", "procedure"]).output)["$defs"]["deadline"]["properties"]

    assert within["within"]["description"].splitlines()[:2] == ["The legal limit.", "Thời hạn giải quyết."]
