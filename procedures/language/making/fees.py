"""Makes the fees: how much, of whom, when it is asked, when it is waived or given back."""

from collections.abc import Callable, Iterator

from procedures.language.conditions.compiling import Scope
from procedures.language.making.draft import Draft
from procedures.language.making.variants import list_of
from procedures.language.model.parts import Expression, Fee
from procedures.language.reading.nodes import Entries
from procedures.language.reading.words import children, entries_of, text_of, texts_of


def make_fees(draft: Draft, paying: Callable[[str], Scope | None]) -> tuple[Fee, ...]:
    """`paying` tells what may be read at the steps that ask for a fee."""
    return tuple(_fees(draft, paying))


def _fees(draft: Draft, paying: Callable[[str], Scope | None]) -> Iterator[Fee]:
    for id, node in children(entries_of(draft.resolved.own, "fees")):
        fee = _fee(id, node, draft, _asked_at(id, node, draft, paying))
        if fee is not None:
            yield fee


def _asked_at(id: str, node: Entries, draft: Draft, paying: Callable[[str], Scope | None]) -> Scope:
    """Give what is known when a fee is asked; before acceptance that is not what the desk records then."""
    match text_of(node, "collect"):
        case "intake":
            return draft.filed
        case "step":
            return paying(id) or draft.charged
    return draft.charged


def _fee(id: str, node: Entries, draft: Draft, scope: Scope) -> Fee | None:
    collect, per = text_of(node, "collect"), list_of(draft, node)
    scope = draft.at_line(scope, per)
    selectors = draft.selectors(node, scope)
    inside = draft.narrowed(scope, selectors)
    amount = _amount(node, draft, inside)
    if amount is None or collect is None:
        return None
    return Fee.model_validate(
        {
            "id": id,
            "label": texts_of(node, "label") or {},
            "amount": amount,
            "collect": collect,
            "per": per,
            "waive_when": draft.condition(node, "waive_when", inside),
            "refund_when": draft.condition(node, "refund_when", draft.at_line(draft.charged, per)),
            "pay_within": text_of(node, "pay_within"),
            "selectors": selectors,
        }
    )


def _amount(node: Entries, draft: Draft, scope: Scope) -> Expression | None:
    amount = draft.expression(node, "amount", scope)
    if amount is not None and amount.type != "INT":
        hint = "an amount is in whole đồng, a whole number"
        draft.problems.add(node.values["amount"].place, "wrong-type", f"'{amount.text}' is no amount", hint)
        return None
    return amount
