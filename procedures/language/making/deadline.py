"""Makes the rows of the legal limit; those without a condition cover every case exactly once."""

from itertools import product

from procedures.language.making.draft import Draft
from procedures.language.model.life import Counting, Deadline
from procedures.language.model.parts import Selectors
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.plain import plain_map
from procedures.language.reading.words import entries_of, maps_of, text_of, words_of
from procedures.language.resolving.resolution import laid_over
from procedures.time.duration import Duration, Unit, parse_duration

_DAYS = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.CALENDAR_DAYS_EXCL_HOLIDAYS})
CALENDAR_DAYS_OF_A_WORKING_DAY = 1.4


def make_deadline(draft: Draft) -> tuple[Deadline, ...]:
    """Make the rows, those with a condition first, each with its complete counting rules."""
    nodes = maps_of(draft.resolved.own.get("deadline"))
    rows = [_row(node, draft) for node in nodes]
    _check_cover(draft, rows, nodes)
    _check_verification(draft, nodes)
    return tuple(sorted(rows, key=lambda row: row.selectors.when is None))


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
        if deadline and all(_is_longer(asking.text, row.within) for row in deadline):
            message = f"asking within {asking.text} ends after the deadline of {deadline[0].within}"
            draft.problems.add(asking.place, "ask-after-deadline", message)


def _row(node: Entries, draft: Draft) -> Deadline:
    time = laid_over(entries_of(node, "time"), draft.resolved.sections["time"])
    return Deadline.model_validate(
        {
            "within": text_of(node, "within") or "no limit",
            "if_verified": text_of(node, "if_verified"),
            "counted_from": text_of(node, "counted_from") or "acceptance",
            "time": Counting.model_validate(plain_map(time)),
            "selectors": draft.selectors(node, draft.limited),
        }
    )


def _check_cover(draft: Draft, rows: list[Deadline], nodes: tuple[Entries, ...]) -> None:
    """Rows without a condition cover every variant, channel and submitter exactly once."""
    plain = [(row.selectors, node) for row, node in zip(rows, nodes, strict=True) if "when" not in node.keys]
    submitters = words_of(draft.resolved.own, "submitters")
    if not nodes or not submitters:
        return
    for variant, channel, submitter in product(_variants(draft), draft.channels, submitters):
        fitting = [node for selectors, node in plain if _fits(selectors, variant, channel, submitter)]
        what = f"variant '{variant}', " if variant else ""
        what += f"channel '{channel}', submitter '{submitter}'"
        if not fitting:
            place = draft.resolved.own.keys["deadline"]
            draft.problems.add(place, "deadline-gap", f"no limit for {what}", "add a row, or 'no limit'")
            return
        if len(fitting) > 1:
            lines = f"lines {fitting[0].place.line} and {fitting[1].place.line}"
            draft.problems.add(fitting[1].place, "deadline-overlap", f"two limits for {what}: {lines}", "narrow one")
            return


def _variants(draft: Draft) -> tuple[str, ...]:
    """Name the variants a case may be of; none where each line has its own."""
    ids = tuple(entries_of(draft.resolved.own, "variants").keys)
    return ids if ids and draft.variant_per is None else ("",)


def _check_verification(draft: Draft, nodes: tuple[Entries, ...]) -> None:
    """A verification gives more time, and its parameters are read only where some row does."""
    for node in nodes:
        within, verified = node.get("within"), node.get("if_verified")
        if isinstance(within, Scalar) and isinstance(verified, Scalar) and _is_longer(within.text, verified.text):
            message = f"'{verified.text}' is shorter than the limit of {within.text} without verification"
            draft.problems.add(verified.place, "verified-shorter", message, "it is the total, from the original start")
    own = draft.resolved.own.keys
    if "verification" in own and not any("if_verified" in node.keys for node in nodes):
        hint = "add 'if_verified' to a row of the deadline, or remove the section"
        draft.problems.add(own["verification"], "verification-unused", "no limit changes by verification", hint)


def _fits(selectors: Selectors, variant: str, channel: str, submitter: str) -> bool:
    pairs = ((selectors.variants, variant), (selectors.channels, channel), (selectors.submitters, submitter))
    return all(not allowed or word in allowed for allowed, word in pairs)


def _is_longer(first: str, second: str) -> bool:
    one, other = _calendar_days(parse_duration(first)), _calendar_days(parse_duration(second))
    return one is not None and other is not None and one > other


def _calendar_days(duration: Duration) -> float | None:
    """Make days of both kinds comparable; hours, months and no limit are not compared."""
    if duration.unit not in _DAYS:
        return None
    return float(duration.amount) * (CALENDAR_DAYS_OF_A_WORKING_DAY if duration.unit is Unit.WORKING_DAYS else 1)
