"""Makes rules on what is filed: checks over several fields, and the windows in which the applicant's side files."""

from collections.abc import Iterator
from dataclasses import replace

from procedures.language.conditions.compiling import Scope
from procedures.language.conditions.dates import check_date
from procedures.language.making.draft import Draft
from procedures.language.making.variants import list_of
from procedures.language.model.parts import Check, Expression, Parties, Window
from procedures.language.reading.nodes import Entries, Scalar
from procedures.language.reading.words import children, entries_of, maps_of, text_of, texts_of
from procedures.time.duration import parse_duration

_ROLES = ("owner", "subject", "recipient", "payer")
_PEOPLE = frozenset({"Person", "Organisation"})


def make_checks(draft: Draft) -> tuple[Check, ...]:
    return tuple(_checks(draft))


def make_windows(draft: Draft) -> tuple[Window, ...]:
    return tuple(_window(id, node, draft) for id, node in children(entries_of(draft.resolved.own, "windows")))


def make_parties(draft: Draft) -> Parties:
    node = entries_of(draft.resolved.own, "parties")
    return Parties.model_validate({role: _party(draft, node, role) for role in _ROLES})


def _checks(draft: Draft) -> Iterator[Check]:
    names = draft.filed.names.copied()
    names.add_today()
    for node in maps_of(draft.resolved.own.get("checks")):
        per = list_of(draft, node)
        scope = draft.at_line(replace(draft.filed, names=names), per)
        selectors = draft.selectors(node, scope)
        that = draft.condition(node, "that", draft.narrowed(scope, selectors))
        if that is not None:
            yield Check.model_validate(
                {
                    "that": that,
                    "message": texts_of(node, "message") or {},
                    "effect": text_of(node, "effect") or "block",
                    "per": per,
                    "selectors": selectors,
                }
            )


def _window(id: str, node: Entries, draft: Draft) -> Window:
    per = list_of(draft, node)
    scope = draft.at_line(draft.filed, per)
    selectors = draft.selectors(node, scope)
    inside = draft.narrowed(scope, selectors)
    _check_window(id, node, draft)
    return Window.model_validate(
        {
            "id": id,
            "who": text_of(node, "who") or "submitter",
            "to": text_of(node, "to") or "agency",
            "within": text_of(node, "within") or "1 working day",
            "after": _date(node, "after", draft, inside),
            "before": _date(node, "before", draft, inside),
            "per": per,
            "if_late": text_of(node, "if_late") or "warn",
            "ground": texts_of(node, "ground"),
            "selectors": selectors,
        }
    )


def _check_window(id: str, node: Entries, draft: Draft) -> None:
    anchors = [key for key in ("after", "before") if key in node.keys]
    if len(anchors) != 1:
        place = node.keys["before"] if anchors else node.place
        message = f"window '{id}' has {'both' if anchors else 'neither'} 'after' and 'before'"
        draft.problems.add(place, "window-anchor", message.replace("neither 'after' and", "neither 'after' nor"))
    within = node.get("within")
    if isinstance(within, Scalar) and parse_duration(within.text).is_in_hours:
        hint = "it counts from a date: say days or months"
        draft.problems.add(within.place, "bad-duration", f"window '{id}' is in hours", hint)
    if text_of(node, "if_late") == "refuse" and "ground" not in node.keys:
        place = node.keys["if_late"]
        draft.problems.add(place, "block-without-ground", f"window '{id}' refuses", "add 'ground' with the article")


def _date(node: Entries, key: str, draft: Draft, scope: Scope) -> Expression | None:
    expression = draft.expression(node, key, scope)
    return expression if expression and check_date(expression, node.values[key], scope, draft.problems) else None


def _party(draft: Draft, node: Entries, role: str) -> Expression | None:
    expression = draft.expression(node, role, draft.filed)
    if expression is not None and expression.type not in _PEOPLE:
        hint = "write form.<a field of type person or organisation>"
        draft.problems.add(node.values[role].place, "wrong-type", f"'{expression.text}' is nobody", hint)
        return None
    return expression
