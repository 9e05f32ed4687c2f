"""Whether the scenarios of a procedure show that it works."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from procedures.json_types import Json
from procedures.language.applying.selection import NoDeadline, deadline_of
from procedures.language.conditions.evaluation import ConditionError
from procedures.language.lint.subject import Played, Subject
from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Given, Scenario, ScenarioFile
from procedures.time.instants import day_of

MIN_SCENARIOS = 2
Play: TypeAlias = Callable[[Procedure, ScenarioFile], Played]


def check_scenarios(subject: Subject) -> None:
    if subject.scenarios is None:
        message = f"there are no scenarios in '{subject.procedure.scenarios}' beside the procedure"
        subject.say("scenario-missing", "scenarios", message, "add scenarios that show it works")
        return
    if subject.scenarios.problems:
        # What is wrong in them is told; what they would show is not known.
        return
    for place, sentence in subject.played.failures:
        subject.say(
            "scenario-fails", "scenarios", sentence, "count anew: the file or the scenario is wrong", place=place
        )
    scenarios = subject.scenarios.scenarios
    if len(scenarios) < MIN_SCENARIOS:
        message = f"fewer than {MIN_SCENARIOS} scenarios"
        subject.say("scenario-missing", "scenarios", message, "add scenarios that show it works")
        return
    _find_untaken_rows(subject, scenarios)
    _find_untested(subject, subject.played.untaken)


def _find_untaken_rows(subject: Subject, scenarios: tuple[Scenario, ...]) -> None:
    """Ask each accepted scenario for its row; what cannot be told from what is given takes all of them."""
    procedure = subject.procedure
    taken = set()
    for scenario in scenarios:
        if any(one.verb == "accept" and "refused" not in one.expect for one in scenario.do):
            try:
                taken.add(procedure.deadline.index(deadline_of(procedure, _facts(subject, scenario.given))))
            except (ConditionError, NoDeadline):
                return
    for number, (path, _) in enumerate(subject.rows()):
        if number not in taken:
            place = subject.places.at(path)
            message = f"deadline row of line {place.line} is in no scenario"
            subject.say("scenario-missing", path, message, "add a scenario that takes it", place=place)


def _find_untested(subject: Subject, ways: Iterable[tuple[str, str]]) -> None:
    """Name the ways no scenario takes; those of the profile's sequences are the profile's to test."""
    own = {step.id for name in subject.sequences() for step in subject.procedure.sequence(name)}
    for step, way in ways:
        if step in own:
            key = "skip_when" if way == "skipped" else f"outcomes.{way}"
            what = f"'{step}' skipped" if way == "skipped" else f"'{step}' {way}"
            path = f"steps.{step}.{key}"
            subject.say("outcome-untested", path, f"{what} is in no scenario", "add a scenario that takes this way")


def _facts(subject: Subject, given: Given) -> dict[str, Json]:
    facts: dict[str, Json] = {
        "case.channel": given.channel,
        "case.submitter": given.submitter,
        "case.variant": given.variant,
        "case.submitted_on": day_of(given.submitted).isoformat(),
    }
    for field in subject.procedure.form:
        value = given.form.get(field.id, field.default)
        if value is not None:
            facts |= _flat(f"form.{field.id}", value)
    return facts


def _flat(name: str, value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        return {name: value}
    parts = (_flat(f"{name}.{part}", one) for part, one in value.items())
    return {name: True, **{key: one for part in parts for key, one in part.items()}}
