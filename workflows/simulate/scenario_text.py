"""A scenario as a person would write it in `cases`, to be pasted there."""

import json
import re
from collections.abc import Mapping
from datetime import datetime

from procedures.json_types import Json, JsonObject
from procedures.language.scenarios.checking import ALL_LINES
from procedures.language.scenarios.scenario import Given, Happening, Scenario, ScenarioFile
from procedures.time.instants import local

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*\Z|[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?\Z")
# What every scenario gives: said for the whole file it can be replaced, not taken back.
_ALWAYS = frozenset({"channel", "submitter", "submitted", "form", "documents"})
_WORDS_OF_YAML = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")


def file_head(scenarios: ScenarioFile, given: Given) -> tuple[str, ...]:
    """Answer the lines with which a file of scenarios begins, with what is given to all of them."""
    calendars = ", ".join(scenarios.calendars)
    shared = {key: value for key, value in _given(given).items() if key in _ALWAYS}
    head = f"scenarios: {_flow(scenarios.procedure)}", f"calendars: [{calendars}]"
    return *head, f"given: {_flow(shared)}", "cases:"


def in_yaml(scenario: Scenario, comment: str, given: Given | None = None) -> str:
    """Answer an item of `cases`, indented as there, with the comment on a line above it.

    What is given to all scenarios of the file already is not said again.
    """
    shared = {key: value for key, value in _given(given).items() if key in _ALWAYS} if given is not None else {}
    own = {key: value for key, value in _given(scenario.given).items() if shared.get(key) != value}
    lines = [
        f"  # {comment}",
        f"  - id: {_flow(scenario.id)}",
        *([f"    given: {_flow(own)}"] if own else []),
        "    do:",
    ]
    return "\n".join([*lines, *(f"      - {_flow(_happening(one))}" for one in scenario.do)])


def _given(given: Given) -> JsonObject:
    told: JsonObject = {
        "channel": given.channel,
        "submitter": given.submitter,
        "variant": given.variant,
        "submitted": _at(given.submitted),
        "form": given.form,
        "documents": list[Json](given.documents),
        "foreign": list[Json](given.foreign) or None,
        "by_hand": list[Json](given.by_hand) or None,
    }
    return _said(told)


def _happening(one: Happening) -> JsonObject:
    lines: Json = None if one.lines is None else (list[Json](one.lines) or ALL_LINES)
    told: JsonObject = {
        "at": _at(one.at),
        one.verb: one.argument,
        "lines": lines,
        "outcome": one.outcome,
        "to": one.to,
        "with": one.with_ or None,
        "reason": one.reason,
        "by": one.by,
        "approved_by": one.approved_by,
        "expect": one.expect or None,
    }
    return _said(told)


def _said(told: Mapping[str, Json]) -> JsonObject:
    return {key: value for key, value in told.items() if value is not None}


def _at(instant: datetime) -> str:
    return local(instant).strftime("%Y-%m-%d %H:%M")


def _flow(value: Json) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{_flow(key)}: {_flow(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case str() if _is_plain(value):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.match(text)) and text.lower() not in _WORDS_OF_YAML
