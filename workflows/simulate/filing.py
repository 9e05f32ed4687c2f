"""What people hand in during a scenario, as the door passes it on: the core gets only what it reads."""

import hashlib
import json
from datetime import datetime, timedelta, timezone

from procedures.json_types import Json, JsonObject
from procedures.language.forms import Checked, check_form, check_step_form, facts_of
from procedures.language.model import Procedure
from procedures.language.scenarios import Given
from workflows.core.documents import parse_command
from workflows.core.events import AnyCommand
from workflows.simulate.world import APPLICANT, RECEIVING

_INDOCHINA = timezone(timedelta(hours=7))


class BadForm(Exception):
    """The door would send these values back: each problem with its place."""

    def __init__(self, checked: Checked) -> None:
        super().__init__("; ".join(f"{one.pointer}: {one.texts['en']}" for one in checked.problems))


def submission(procedure: Procedure, given: Given) -> AnyCommand:
    """Raises `BadForm`."""
    known = {"case.channel": given.channel, "case.submitter": given.submitter, "today": _day(given.submitted)}
    values = _clean(check_form(procedure, given.form, known))
    arguments: JsonObject = {
        "receiving": RECEIVING,
        "channel": given.channel,
        "submitter": given.submitter,
        "parties": [{"role": "submitter", "ref": APPLICANT}],
        "form": _reference(values),
        "facts": dict(facts_of(procedure, values)),
        "papers": papers([*given.documents]),
    }
    return parse_command({"id": "submit", "verb": "submit", "actor": {"ref": APPLICANT}, "arguments": arguments})


def changed_form(procedure: Procedure, given: Given, changes: Json, at: datetime) -> JsonObject:
    """Lay what the applicant changed over what was declared first. Raises `BadForm`."""
    if not isinstance(changes, dict):
        return {}
    known = {"case.channel": given.channel, "case.submitter": given.submitter, "today": _day(at)}
    values = _clean(check_form(procedure, {**given.form, **changes}, known))
    return {"form": _reference(values), "facts": dict(facts_of(procedure, values))}


def step_values(procedure: Procedure, step: str, outcome: str, values: JsonObject, at: datetime) -> JsonObject:
    """Raises `BadForm`."""
    clean = _clean(check_step_form(procedure, step, outcome, values, {"today": _day(at)}))
    facts = facts_of(procedure, clean, variable=step)
    return {"form": _reference(clean), "facts": {name.partition(".")[2]: value for name, value in facts.items()}}


def papers(documents: Json) -> list[Json]:
    """Papers as a scenario names them: `id`, or `group.paper`."""
    named = [str(one).partition(".") for one in documents] if isinstance(documents, list) else []
    return [{"id": id, "paper": paper or None, "documents": [f"file:{id}"]} for id, _, paper in named]


def _clean(checked: Checked) -> JsonObject:
    if checked.problems:
        raise BadForm(checked)
    return checked.values


def _reference(values: JsonObject) -> str:
    content = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return f"form:{hashlib.sha256(content.encode()).hexdigest()}"


def _day(instant: datetime) -> str:
    return instant.astimezone(_INDOCHINA).date().isoformat()
