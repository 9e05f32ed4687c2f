"""1.014140 under other parameters: what a profile or procedure may say otherwise, the life must bear as well."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from procedures.language.model import Procedure
from tests.workflows.core.life import pin_of, procedure
from workflows.core.pin import Pin


def _with(section: str, **values: Any) -> Callable[[Procedure], dict[str, Any]]:
    return lambda given: {section: getattr(given, section).model_copy(update=values)}


def _as(form: str) -> Callable[[Procedure], dict[str, Any]]:
    return lambda given: {"results": tuple(one.model_copy(update={"as_": form}) for one in given.results)}


def _limit(within: str, counted_from: str) -> Callable[[Procedure], dict[str, Any]]:
    row = {"within": within, "counted_from": counted_from}
    return lambda given: {"deadline": tuple(one.model_copy(update=row) for one in given.deadline)}


def _verified(within: str) -> Callable[[Procedure], dict[str, Any]]:
    return lambda given: {"deadline": tuple(one.model_copy(update={"if_verified": within}) for one in given.deadline)}


_SUPPLEMENT = "supplement"
_VARIANTS: Mapping[str, tuple[Callable[[Procedure], dict[str, Any]], ...]] = {
    "as declared": (),
    "restart, two rounds, the desk resumes": (
        _with(_SUPPLEMENT, effect="restart", new_limit=None, rounds=2, resume="desk", on_expiry="ask_officer"),
    ),
    "pause, then go on without": (_with(_SUPPLEMENT, effect="pause", new_limit=None, on_expiry="continue"),),
    "no answer is a refusal": (_with(_SUPPLEMENT, on_expiry="refuse", late_ask="refuse", rounds=2),),
    "no effect, no time to ask": (_with(_SUPPLEMENT, effect="none", new_limit=None, ask_within=None),),
    "nobody confirms": (_with("transfer", confirm="never"), _with("delivery", finish_at="issued", handover="implied")),
    "always confirmed, results on paper": (_with("transfer", confirm="always"), _as("paper")),
    "results go by themselves": (_as("electronic"), _with("delivery", finish_at="delivered")),
    "withdrawal is confirmed": (_with("withdrawal", until="signature", effect="confirmed"),),
    "within the day": (_limit("within the day", "acceptance"),),
    "no limit": (_limit("no limit", "acceptance"),),
    "longer if verified, extended twice": (_verified("45 calendar days"), _with("extension", max=2)),
    "in working hours": (_limit("16 working hours", "received"),),
}
NAMES = tuple(_VARIANTS)


@cache
def pin(name: str) -> Pin:
    changed = procedure()
    for change in _VARIANTS[name]:
        changed = changed.model_copy(update=change(changed))
    return pin_of(changed)
