"""Objections to a file that loads: contradictions to the published record, and the overrides that answer for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from procedures.language.model import Procedure
from procedures.language.nodes import Entries, Scalar
from procedures.language.problems import Place, Problem, Problems, Severity, did_you_mean
from procedures.language.resolution import Resolved
from procedures.language.scenarios import ScenarioFile
from procedures.language.words import entries_of, maps_of, text_of, words_of
from procedures.time.duration import Duration, Unit, parse_duration

OVERRIDABLE = frozenset(
    {
        *("variant-unused", "deadline-contradicts-catalogue", "unit-contradicts-catalogue", "no-limit-declared"),
        *("budget-over-limit", "branch-over-limit", "supplement-without-window", "extension-repeated"),
        *("window-blocks", "result-not-in-catalogue", "result-missing", "result-not-always-produced"),
        *("result-unsigned", "signer-may-be-handler", "fee-after-result", "scenario-missing"),
    }
)
LOOKED_FOR = frozenset(
    {"deadline-contradicts-catalogue", "unit-contradicts-catalogue", "no-limit-declared", "scenario-missing"}
)
_PUBLISHED = re.compile(r"0*(?P<amount>[0-9]+(?:[.,][0-9]+)?) (?P<unit>giờ làm việc|ngày làm việc|giờ|ngày|tháng)\Z")
_UNITS = {
    "giờ làm việc": Unit.WORKING_HOURS,
    "ngày làm việc": Unit.WORKING_DAYS,
    "giờ": Unit.HOURS,
    "ngày": Unit.CALENDAR_DAYS,
    "tháng": Unit.MONTHS,
}
MIN_SCENARIOS = 2


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as it is published: the number, its unit, and the words of the record."""

    amount: str
    unit: Unit
    text: str


def find_objections(
    procedure: Procedure, resolved: Resolved, record: Entries | None, scenarios: ScenarioFile | None, problems: Problems
) -> None:
    """Report what may stand only with an override, and what is only worth a look."""
    if record is not None:
        _compare_deadlines(procedure, resolved, record, problems)
    own = resolved.own
    for row in maps_of(own.get("deadline")):
        within = row.get("within")
        if isinstance(within, Scalar) and within.text == "no limit":
            message = "this procedure has no limit"
            problems.find(within.place, "no-limit-declared", message, "ground needed", where="deadline")
    if scenarios is None or len(scenarios.scenarios) < MIN_SCENARIOS:
        message = f"fewer than {MIN_SCENARIOS} scenarios"
        place = own.keys.get("scenarios", own.place)
        problems.find(place, "scenario-missing", message, "add scenarios that show it works", where="scenarios")
    _warn(own, problems)


def apply_overrides(resolved: Resolved, problems: Problems) -> tuple[Problem, ...]:
    """Take away what an override corrects and give it back apart; an override that corrects nothing is an error."""
    corrected: list[Problem] = []
    for node in maps_of(resolved.own.get("overrides")):
        code, where = node.get("code"), node.get("where")
        if not isinstance(code, Scalar) or not isinstance(where, Scalar):
            continue
        if code.text not in OVERRIDABLE:
            message = f"'{code.text}' cannot be overridden"
            problems.add(code.place, "unknown-word", message, did_you_mean(code.text, OVERRIDABLE))
            continue
        if code.text not in LOOKED_FOR:
            message = f"'{code.text}' is not looked for yet"
            problems.add(code.place, "not-built-yet", message, "leave the override out")
            continue
        found = [one for one in problems.sorted if _is_overridden(one, code.text, where.text)]
        if not found:
            problems.add(code.place, "override-unused", f"nothing to override at '{where.text}'", "remove the override")
        for one in found:
            problems.drop(one)
            corrected.append(one)
    return tuple(corrected)


def _is_overridden(problem: Problem, code: str, where: str) -> bool:
    return problem.severity is Severity.FINDING and (problem.code, problem.where) == (code, where)


def _compare_deadlines(procedure: Procedure, resolved: Resolved, record: Entries, problems: Problems) -> None:
    place = _place_of_deadline(resolved)
    deadlines = entries_of(record, "deadlines")
    for channel in procedure.channels:
        if channel not in deadlines.keys:
            continue
        published = tuple(_published(words_of(deadlines, channel)))
        declared = tuple(_declared(procedure, channel))
        if {one.amount for one in published} != {_amount(one) for one in declared}:
            said = ", ".join(one.amount for one in published)
            message = f"{channel}: record says {said}, this file {', '.join(map(_amount, declared))}"
            hint = "see its note; override with ground"
            problems.find(place, "deadline-contradicts-catalogue", message, hint, where="deadline")
        for one, other in ((one, other) for one in declared for other in published if _amount(one) == other.amount):
            if one.unit != other.unit and not any(same == (_amount(one), one.unit) for same in _pairs(published)):
                message = f"{channel}: this file says '{one}', the record '{other.text}'"
                problems.find(place, "unit-contradicts-catalogue", message, "override with ground", where="deadline")


def _place_of_deadline(resolved: Resolved) -> Place:
    return resolved.own.keys.get("deadline", resolved.own.place)


def _published(texts: tuple[str, ...]) -> Iterator[Limit]:
    for text in texts:
        if match := _PUBLISHED.match(text.lower()):
            yield Limit(match["amount"].replace(",", "."), _UNITS[match["unit"]], text)


def _declared(procedure: Procedure, channel: str) -> Iterator[Duration]:
    for row in procedure.deadline:
        if not row.selectors.channels or channel in row.selectors.channels:
            yield parse_duration(row.within)


def _amount(duration: Duration) -> str:
    return str(duration).split(" ")[0]


def _pairs(published: tuple[Limit, ...]) -> list[tuple[str, Unit]]:
    return [(one.amount, one.unit) for one in published]


def _warn(own: Entries, problems: Problems) -> None:
    if not entries_of(own, "documents").keys:
        problems.warn(own.place, "no-documents", "the applicant hands in no document", "is that so?")
    for id, node in entries_of(own, "results").values.items():
        if isinstance(node, Entries) and text_of(node, "code") is None:
            place = entries_of(own, "results").keys[id]
            problems.warn(
                place, "result-without-code", f"result '{id}' has no code", "the catalogue lists none? say so"
            )
