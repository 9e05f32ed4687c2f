"""Makes the statutory life of a procedure: sections laid over the profile's, and the rows of the deadline."""

from itertools import product

from procedures.language.draft import Draft
from procedures.language.life import (
    Counting,
    Deadline,
    Delivery,
    Escalation,
    Extension,
    FeeWait,
    Intake,
    Rating,
    Retention,
    Stop,
    Supplement,
    Transfer,
    Verification,
    Withdrawal,
)
from procedures.language.nodes import Entries, Scalar
from procedures.language.parts import Selectors
from procedures.language.plain import plain_map
from procedures.language.resolution import laid_over
from procedures.language.words import entries_of, maps_of, text_of, words_of
from procedures.time.duration import Duration, Unit, parse_duration

_SECTIONS = {
    "time": Counting,
    "intake": Intake,
    "transfer": Transfer,
    "supplement": Supplement,
    "extension": Extension,
    "verification": Verification,
    "fee_wait": FeeWait,
    "withdrawal": Withdrawal,
    "stop": Stop,
    "delivery": Delivery,
    "rating": Rating,
    "retention": Retention,
}
_DAYS = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CALENDAR_DAYS_EXCL_HOLIDAYS})
CALENDAR_DAYS_OF_A_WORKING_DAY = 1.4


def make_sections(draft: Draft) -> dict[str, object]:
    """Make every section; what neither file nor profile says has the model's own value."""
    made: dict[str, object] = {}
    for name, section in _SECTIONS.items():
        made[name] = section.model_validate(plain_map(draft.resolved.sections[name]))
    return made


def make_deadline(draft: Draft) -> tuple[Deadline, ...]:
    """Make the rows, those with a condition first, each with its complete counting rules."""
    rows = [_row(node, draft) for node in maps_of(draft.resolved.own.get("deadline"))]
    _check_cover(draft, rows)
    return tuple(sorted(rows, key=lambda row: row.selectors.when is None))


def make_escalations(node: Entries) -> tuple[Escalation, ...]:
    return tuple(
        Escalation(
            moment=text_of(one, "moment") or "due", to=text_of(one, "to") or "head", notice=text_of(one, "notice")
        )
        for one in maps_of(node.get("escalate"))
    )


def check_supplement(draft: Draft, deadline: tuple[Deadline, ...]) -> None:
    """A new limit belongs to `replace`, and the agency asks before its own limit ends."""
    section = draft.resolved.sections["supplement"]
    effect, limit = text_of(section, "effect"), section.get("new_limit")
    if effect == "replace" and limit is None:
        place = section.keys.get("effect", section.place)
        draft.problems.add(place, "new-limit-missing", "'effect: replace' has no 'new_limit'", "say the new limit")
    if limit is not None and effect != "replace":
        place = section.keys["new_limit"]
        hint = "remove it, or say effect: replace"
        draft.problems.add(place, "new-limit-unused", "new_limit is read only with effect: replace", hint)
    asking = section.get("ask_within")
    if isinstance(asking, Scalar):
        late = [row for row in deadline if _is_longer(asking.text, row.within)]
        if late:
            message = f"asking within {asking.text} ends after the deadline of {late[0].within}"
            draft.problems.add(asking.place, "ask-after-deadline", message)


def _row(node: Entries, draft: Draft) -> Deadline:
    time = laid_over(entries_of(node, "time"), draft.resolved.sections["time"])
    return Deadline.model_validate(
        {
            "within": text_of(node, "within") or "no limit",
            "counted_from": text_of(node, "counted_from") or "acceptance",
            "time": Counting.model_validate(plain_map(time)),
            "selectors": draft.selectors(node, draft.decided),
        }
    )


def _check_cover(draft: Draft, rows: list[Deadline]) -> None:
    """Rows without a condition cover every channel and submitter exactly once."""
    nodes = maps_of(draft.resolved.own.get("deadline"))
    plain = [(row.selectors, node) for row, node in zip(rows, nodes, strict=True) if "when" not in node.keys]
    submitters = words_of(draft.resolved.own, "submitters")
    if not nodes or not submitters:
        return
    for channel, submitter in product(draft.channels, submitters):
        fitting = [node for selectors, node in plain if _fits(selectors, channel, submitter)]
        what = f"channel '{channel}', submitter '{submitter}'"
        if not fitting:
            place = draft.resolved.own.keys["deadline"]
            draft.problems.add(place, "deadline-gap", f"no limit for {what}", "add a row, or 'no limit'")
            return
        if len(fitting) > 1:
            lines = f"lines {fitting[0].place.line} and {fitting[1].place.line}"
            draft.problems.add(fitting[1].place, "deadline-overlap", f"two limits for {what}: {lines}", "narrow one")
            return


def _fits(selectors: Selectors, channel: str, submitter: str) -> bool:
    in_channel = not selectors.channels or channel in selectors.channels
    return in_channel and (not selectors.submitters or submitter in selectors.submitters)


def _is_longer(first: str, second: str) -> bool:
    one, other = _calendar_days(parse_duration(first)), _calendar_days(parse_duration(second))
    return one is not None and other is not None and one > other


def _calendar_days(duration: Duration) -> float | None:
    """Make days of both kinds comparable; hours, months and no limit are not compared."""
    if duration.unit not in _DAYS:
        return None
    return float(duration.amount) * (CALENDAR_DAYS_OF_A_WORKING_DAY if duration.unit is Unit.WORKING_DAYS else 1)


def places_of(draft: Draft) -> dict[str, str]:
    """Tell where each parameter of the life and each row of the deadline stands, for explanations."""
    found: dict[str, str] = {}
    for name, section in draft.resolved.sections.items():
        found |= {f"{name}.{key}": f"{place.file}:{place.line}" for key, place in section.keys.items()}
    rows = sorted(maps_of(draft.resolved.own.get("deadline")), key=lambda node: "when" not in node.keys)
    for number, node in enumerate(rows):
        found[f"deadline[{number}]"] = f"{node.place.file}:{node.place.line}"
    return found
