"""What people hand in during a scenario, as the door passes it on: the core gets only what it reads."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

from procedures.json_types import Json, JsonObject, canonical_json
from procedures.language.applying.filing import Filed, check_filing
from procedures.language.applying.filled import Checked, FieldProblem
from procedures.language.applying.forms import check_intake_form, check_step_form, facts_of, lines_of
from procedures.language.applying.selection import demanded, paper_ids
from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Given
from procedures.time.instants import day_of
from workflows.core.documents import parse_command
from workflows.core.events import AnyCommand
from workflows.simulate.line_names import LineNames
from workflows.simulate.world import APPLICANT, RECEIVING

# Forms by their reference, as records would keep them.
Kept: TypeAlias = dict[str, JsonObject]


class BadForm(Exception):
    """The door would send these values back: each problem with its place."""

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{one.pointer}: {one.texts.get('en', one.code)}" for one in self.problems))


def known_at_filing(given: Given) -> JsonObject:
    """Give the facts a form is checked with when it is first filed."""
    return {
        "case.variant": given.variant,
        "case.channel": given.channel,
        "case.submitter": given.submitter,
        "case.submitted_on": _day(given.submitted),
        "today": _day(given.submitted),
    }


def submission(procedure: Procedure, given: Given, kept: Kept) -> AnyCommand:
    """Raises `BadForm`."""
    return parse_command(submission_document(procedure, given, kept))


def submission_document(
    procedure: Procedure, given: Given, kept: Kept, *, receiving: str = RECEIVING, applicant: str = APPLICANT
) -> JsonObject:
    """The command as it travels. Raises `BadForm`."""
    filed = _filed(procedure, given, given.form, given.submitted)
    arguments: JsonObject = {
        "receiving": receiving,
        "channel": given.channel,
        "submitter": given.submitter,
        "variant": filed.variant,
        "parties": [{"role": "submitter", "ref": applicant}],
        "papers": papers(
            procedure, given, [*given.documents], (one.id for one in demanded(procedure, filed.facts)), given.foreign
        ),
        **_told(procedure, filed, kept),
    }
    return {"id": "submit", "verb": "submit", "actor": {"ref": applicant}, "arguments": arguments}


def changed_form(procedure: Procedure, given: Given, changes: Json, at: datetime, kept: Kept) -> JsonObject:
    """Lay what the applicant changed over what was declared first. Raises `BadForm`."""
    if not isinstance(changes, dict):
        return {}
    return _told(procedure, _filed(procedure, given, {**given.form, **changes}, at), kept)


def papers(
    procedure: Procedure, given: Given, documents: Json, asked: Iterable[str], foreign: tuple[str, ...] = ()
) -> list[Json]:
    """Papers as a scenario names them, `id` or `group.paper`, each with `/key` where it is that of one line.

    Without a key, what is asked line by line is given for each line. The id alone of papers that belong together means
    all of them.
    """
    names, asked = LineNames(procedure, given.form), tuple(asked)
    return [
        {"id": demand, "paper": paper or None, "documents": [f"file:{demand}"], "foreign": id in foreign}
        for one in (documents if isinstance(documents, list) else [])
        for named, _, key in [str(one).partition("/")]
        for id, _, paper in map(_parts, _together(procedure, named))
        for demand in ([names.paper_of(id, key)] if key else _demands(id, asked))
    ]


def _parts(name: str) -> tuple[str, str, str]:
    return name.partition(".")


def _demands(id: str, asked: Iterable[str]) -> list[str]:
    return [one for one in asked if one.startswith(f"{id}/")] or [id]


def intake_values(procedure: Procedure, values: Json, facts: JsonObject, kept: Kept) -> JsonObject:
    """What the desk records at acceptance. Raises `BadForm`."""
    if not procedure.intake.form:
        return {}
    return _own(procedure, "intake", _clean(check_intake_form(procedure, values, facts)), kept)


def step_values(
    procedure: Procedure, step: str, outcome: str, values: JsonObject, at: datetime, kept: Kept
) -> JsonObject:
    """Raises `BadForm`."""
    clean = _clean(check_step_form(procedure, step, outcome, values, {"today": _day(at)}))
    return _own(procedure, step, clean, kept)


def _own(procedure: Procedure, variable: str, values: JsonObject, kept: Kept) -> JsonObject:
    """Values of a form that is not the applicant's: their facts go by the bare names of its fields."""
    facts = facts_of(procedure, values, variable=variable)
    return {"form": _reference(values, kept), "facts": {name.partition(".")[2]: value for name, value in facts.items()}}


def _filed(procedure: Procedure, given: Given, values: Json, at: datetime) -> Filed:
    filed = check_filing(procedure, values, {**known_at_filing(given), "today": _day(at)})
    if filed.problems:
        raise BadForm(filed.problems)
    return filed


def _told(procedure: Procedure, filed: Filed, kept: Kept) -> JsonObject:
    lines = lines_of(procedure, filed.values)
    lists: JsonObject = {"lines": lines} if lines else {}
    return {"form": _reference(filed.values, kept), "facts": dict(facts_of(procedure, filed.values)), **lists}


def _clean(checked: Checked) -> JsonObject:
    if checked.problems:
        raise BadForm(checked.problems)
    return checked.values


def _together(procedure: Procedure, id: str) -> tuple[str, ...]:
    document = procedure.document(id)
    return paper_ids(document) if document is not None and document.all_of else (id,)


def _reference(values: JsonObject, kept: Kept) -> str:
    reference = f"form:{hashlib.sha256(canonical_json(values)).hexdigest()}"
    kept[reference] = values
    return reference


def _day(instant: datetime) -> str:
    return day_of(instant).isoformat()
