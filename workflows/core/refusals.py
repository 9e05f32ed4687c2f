"""The words in which a command is refused: code, HTTP status and a sentence that says what to do, in two languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from procedures.json_types import Json, JsonObject
from procedures.time.instants import local
from workflows.core.refusal_texts import TEXTS


@dataclass(frozen=True, slots=True)
class RefusalText:
    code: str
    http: int
    vi: str
    en: str


class Refused(Exception):
    """The only exception that answers anybody: a person is told no, with a code; `sentence` is in Vietnamese."""

    def __init__(self, code: str, /, **data: Json) -> None:
        self.code = code
        self.data: JsonObject = data
        self.sentence = sentence(code, "vi", data)
        super().__init__(f"{code}: {sentence(code, 'en', data)}")


# Refusals by a row or a default of the table. Number 17 is `task-closed` where the task has been.
NUMBERED: Mapping[int, str] = MappingProxyType(
    dict(
        enumerate(
            "not-started not-accepted-yet acceptance-in-progress already-accepted decision-exists case-ended "
            "case-closed already-submitted no-supplement-open supplement-outstanding use-supplement use-accept "
            "use-refusal use-negative-result use-reopen use-correct-result no-such-task no-such-handover "
            "not-finished clock-suspended clock-stopped no-fee-asked not-pinned nothing-to-retarget".split(),
            start=1,
        )
    )
)
NOT_BUILT = "not-built-yet"

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ENDS = {
    "vi": {"refused": "không tiếp nhận", "withdrawn": "đã rút", "stopped": "dừng giải quyết", "closed": "đã lưu trữ"},
    "en": {"refused": "not accepted", "withdrawn": "withdrawn", "stopped": "stopped", "closed": "archived"},
}


def _read() -> Mapping[str, RefusalText]:
    blocks = (block.splitlines() for block in TEXTS.strip().split("\n\n"))
    texts = (RefusalText(*_read_head(head), vi.strip(), en.strip()) for head, vi, en in blocks)
    return MappingProxyType({text.code: text for text in texts})


def _read_head(head: str) -> tuple[str, int]:
    code, http = head.split()
    return code, int(http)


REFUSALS = _read()


def http_status(code: str) -> int:
    return REFUSALS[code].http


def sentence(code: str, language: str, data: Json = None) -> str:
    """Say a refusal in Vietnamese or English; what `data` lacks falls away with its brackets, or is an ellipsis."""
    text = REFUSALS[code]
    facts = {name: value for name, value in data.items() if value is not None} if isinstance(data, dict) else {}

    def keep(match: re.Match[str]) -> str:
        known = all(name in facts for name in _PLACEHOLDER.findall(match[1]))
        return match[1] if known else ""

    def fill(match: re.Match[str]) -> str:
        return _said(facts[match[1]], match[1], language) if match[1] in facts else "…"

    return _PLACEHOLDER.sub(fill, _OPTIONAL.sub(keep, text.vi if language == "vi" else text.en))


def _said(value: Json, name: str, language: str) -> str:
    if isinstance(value, list):
        return ", ".join(_said(item, name, language) for item in value)
    if isinstance(value, dict):
        return ", ".join(_said(item, name, language) for item in value.values())
    text = str(value)
    if name == "phase":
        return _ENDS["vi" if language == "vi" else "en"].get(text, text)
    return _said_date(text) if name in ("date", "day") else text


def _said_date(text: str) -> str:
    if len(text) == len("2026-03-27"):
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    return local(datetime.fromisoformat(text)).strftime("%d/%m/%Y")
