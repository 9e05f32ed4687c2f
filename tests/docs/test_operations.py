"""The operator's page against the code: variables and their defaults, codes of incidents, statements in SQL."""

import re

import psycopg

from records import errors
from settings import Settings
from tests.docs.incidents import incident_codes
from tests.docs.pages import ROOT, codes, page

OPERATIONS = page("docs/operations.md")
HOME = "/state"


def test_the_table_of_variables_is_that_of_the_settings() -> None:
    settings = Settings.from_environment({"MOTCUA_HOME": HOME})
    read = set(re.findall(r'"((?:MOTCUA|TEMPORAL|DATABASE)_[A-Z_]+)"', (ROOT / "settings.py").read_text()))

    documented = [codes(row[0])[0] for row in OPERATIONS.table("variable")]

    assert sorted(documented) == sorted(read)
    assert read == set(settings.as_environment())


def test_a_default_in_the_table_is_the_one_that_holds() -> None:
    holds = Settings.from_environment({"MOTCUA_HOME": HOME}).as_environment()
    said = {codes(row[0])[0]: row[1] for row in OPERATIONS.table("variable")}

    plain = {name: codes(cell)[0] for name, cell in said.items() if re.fullmatch(r"`[^`]+`", cell)}

    assert plain == {name: holds[name] for name in plain}
    assert set(said) - set(plain) == {"MOTCUA_HOME", "DATABASE_URL", "MOTCUA_FILES"}


def test_every_incident_the_code_can_open_is_explained() -> None:
    explained = {code for row in OPERATIONS.table("code") for code in codes(row[0])}

    assert set(incident_codes()) - explained == set()


def test_every_alarm_of_the_records_is_explained() -> None:
    refused = {error.default_code for error in errors.JournalRefused.__subclasses__()}

    explained = {code for row in OPERATIONS.table("code") for code in codes(row[0])}

    assert refused | {"case-not-running"} <= explained


def test_every_statement_of_the_page_runs(database_url: str) -> None:
    statements = [block.text for block in OPERATIONS.blocks("sql")]

    with psycopg.connect(database_url) as db:
        ran = [db.execute(statement.encode()).statusmessage for statement in statements]

    assert ran == ["SELECT 0", "UPDATE 0"]
