"""1.014140 under other parameters: what a profile or procedure may say otherwise, the life must bear as well."""

import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from procedures.language.loader import load_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from tests.procedures.language.house import other_procedures
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
# What a declaration says otherwise, text by text.
_FEES = """fees:
  filing: {label: {vi: Lệ phí, en: Filing fee}, amount: "20000", collect: intake, pay_within: 3 working days}
  appraisal: {label: {vi: Phí thẩm định, en: Appraisal fee}, amount: "50000", collect: step}
  copy:
    label: {vi: Phí bản sao, en: Fee for a copy}
    amount: "form.self_bought ? 0 : 5000"
    collect: before_result
    pay_within: 5 working days
    refund_when: case.late
steps:
"""
_PAYING = (
    ("steps:\n", _FEES),
    ("{approve: decision,", "{approve: fee,"),
    (
        "  - id: decision\n",
        "  - id: fee\n"
        "    pay: {fee: appraisal, within: 5 working days}\n"
        "    outcomes: {paid: decision, expired: refuse}\n"
        "  - id: decision\n",
    ),
)
_STOPPING = (
    *_PAYING,
    ("steps:\n", "fee_wait: {clock: runs, ground: {vi: Chờ phí, en: Fee}, on_expiry: stop}\nsteps:\n"),
)
_RETOLD: Mapping[str, tuple[tuple[str, str], ...]] = {
    "with fees at every place": _PAYING,
    "fees that run on and stop": _STOPPING,
}
NAMES = (*_VARIANTS, *_RETOLD)


@cache
def pin(name: str) -> Pin:
    if name in _RETOLD:
        return pin_of(_retold(*_RETOLD[name]))
    changed = procedure()
    for change in _VARIANTS[name]:
        changed = changed.model_copy(update=change(changed))
    return pin_of(changed)


def _retold(*changes: tuple[str, str]) -> Procedure:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "procedures"
        shutil.copytree(HOME, root, ignore=other_procedures)
        file = root / "catalogue" / "bhxh" / "1.014140" / "v1" / "procedure.yaml"
        text = file.read_text()
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        file.write_text(text)
        loaded = load_procedure(file)
    assert loaded.procedure is not None, loaded.problems
    return loaded.procedure
