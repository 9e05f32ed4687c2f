"""The life of a case as a total table: for each of 70 events in each of 16 phases one row, one refusal or a default."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from workflows.core import rows


class Phase(StrEnum):
    NEW = "new"
    SUBMITTED = "submitted"
    GUIDED = "guided"
    ACCEPTING = "accepting"
    ACCEPTED = "accepted"
    PROCESSING = "processing"
    SUPPLEMENTING = "supplementing"
    AWAITING_FEE = "awaiting_fee"
    CONSULTING = "consulting"
    SIGNING = "signing"
    RESOLVED = "resolved"
    DELIVERED = "delivered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    CLOSED = "closed"


class EventClass(StrEnum):
    COMMAND = "command"
    MESSAGE = "message"
    COMPLETION = "completion"
    CLOCK = "clock"
    DRIVER = "driver"


class Fallback(StrEnum):
    """What becomes of an event that has no row in a phase."""

    REFUSED = "refused"
    HELD = "held"
    ABSORBED = "absorbed"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Row:
    event: str
    letter: str
    phases: frozenset[Phase]
    guards: str
    entries: str
    effects: str
    clocks: str
    then: str
    built: bool

    @property
    def id(self) -> str:
        return f"{self.event} {self.letter}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The row itself says no, with a number of `refusals.NUMBERED`."""

    number: int


@dataclass(frozen=True, slots=True)
class Default:
    """No row: what the event's class does; a refusal carries the number that fits the phase."""

    fallback: Fallback
    number: int | None = None


ABBREVIATIONS: Mapping[str, Phase] = MappingProxyType(
    dict(zip("NW SB GD AG AC PR SU FE CO SI RE DE RF WD ST CL".split(), Phase, strict=True))
)
INTAKE = (Phase.SUBMITTED, Phase.GUIDED)
HANDLING = (
    Phase.ACCEPTED,
    Phase.PROCESSING,
    Phase.SUPPLEMENTING,
    Phase.AWAITING_FEE,
    Phase.CONSULTING,
    Phase.SIGNING,
)
WITH_RESULT = (Phase.RESOLVED, Phase.DELIVERED)
ENDED = (Phase.REFUSED, Phase.WITHDRAWN, Phase.STOPPED)
OPEN = tuple(phase for phase in Phase if phase not in (Phase.NEW, Phase.CLOSED))
GROUPS: Mapping[str, tuple[Phase, ...]] = MappingProxyType(
    {
        "I": INTAKE,
        "H": HANDLING,
        "H-SU": tuple(phase for phase in HANDLING if phase is not Phase.SUPPLEMENTING),
        "R": WITH_RESULT,
        "T": ENDED,
        "OPEN": OPEN,
    }
)

# A letter is a row of `rows.TEXT`, a number a refusal, a dot the default of the event's class.
MATRIX = """
event                                             | NW SB GD AG AC PR SU FE CO SI RE DE RF WD ST CL
submit                                            |  a  8  8  8  8  8  8  8  8  8  8  8  8  8  8  .
send_supplement cancel_supplement                 |  .  9  a  .  9  9  b  9  9  9  .  .  .  .  .  .
withdraw                                          |  .  a  a  .  b  b  b  b  b  c  .  .  .  .  .  .
rate                                              |  . 19 19 19 19 19 19 19 19 19  a  a  a  a  a  .
amend                                             |  .  a 11  .  b  b  b  b  b  b  b  .  .  .  .  .
accept                                            |  .  a 10  .  4  4  4  4  4  4  4  4  .  .  .  .
refuse                                            |  .  a  b  . 14 14 14 14 14 14  .  .  .  .  .  .
ask_supplement change_variant                     |  .  a 10  .  b  b 10  b  b  b  .  .  .  .  .  .
complete_supplement                               |  . 12 12  .  9  9  a  9  9  9  .  .  .  .  .  .
reject_supplement                                 |  . 13 13  .  9  9  a  9  9  9  .  .  .  .  .  .
hand_over                                         |  .  a  .  .  b  b  b  b  b  b  c  .  .  .  .  .
confirm_handover reject_handover                  |  .  a  a  .  b  b  b  b  b  b  c 18  .  .  .  .
recall                                            |  .  b  b  .  a  a  a  a  a  a  c 18  .  .  .  .
complete_task                                     |  . 17 17  .  a  a  a  a  a  a  b  b  b  b  b  .
send_back forward                                 |  . 17 17  .  a  a  a  a  a  a  .  .  .  .  .  .
replace_opinion                                   |  .  .  .  .  a  a  a  a  a  a  b  b  .  .  .  .
join_on_ground                                    |  .  .  .  .  a  a  a  a  a  a  .  .  .  .  .  .
extend switch_limit                               |  .  .  .  .  a  a 20  a  a  a  .  .  .  .  .  .
apologise                                         |  .  b  b  .  a  a  a  a  a  a  .  .  .  .  .  .
recompute                                         |  .  a  a  .  a  a  a  a  a  a 21 21 21 21 21  .
ask_fee                                           |  .  a 11  .  b  b  b  b  b  b  a  .  .  .  .  .
waive_fee record_payment                          |  .  a  a  .  a  a  a  a  a  a  a 22  .  .  .  .
stop                                              |  . 13 13  .  a  a  a  a  a  a  .  .  .  .  .  .
reopen                                            |  . 19 19  . 19 19 19 19 19 19  a 16  .  .  .  .
correct_result                                    |  . 19 19  . 19 19 19 19 19 19 15  a  .  .  .  .
deliver                                           |  . 19 19  .  c  c  c  c  c  c  a  b  .  .  .  .
archive                                           |  . 19 19  . 19 19 19 19 19 19  b  a  a  a  a  .
approve deny resolve_incident correct_entry link  |  .  a  a  a  a  a  a  a  a  a  a  a  a  a  a  .
migrate                                           |  . 23 23  .  a  a  a  a  a  a  .  .  .  .  .  .
retarget                                          |  .  a  a  .  a  a  a  a  a  a  a 24 24 24 24  .
reset_route                                       |  .  .  .  .  a  a 10  a  a  a  .  .  .  .  .  .
payment_confirmed payment_reversed                |  .  a  a  a  a  a  a  a  a  a  a  .  .  .  .  .
opinion_received subcase_ended status_reported    |  .  .  .  .  a  a  a  a  a  a  .  .  .  .  .  .
signature_answered message_received               |  .  .  .  .  a  a  a  a  a  a  .  b  .  .  .  .
delivery_reported                                 |  .  .  .  .  c  c  c  c  c  c  a  b  .  .  .  .
alias_given                                       |  .  a  a  a  a  a  a  a  a  a  a  a  a  a  a  .
effect_done effect_failed                         |  .  b  b  a  b  b  b  b  b  b  b  b  b  b  b  .
effect_cancelled                                  |  .  a  a  a  a  a  a  a  a  a  a  a  a  a  a  .
recorded resumed                                  |  a  a  a  a  a  a  a  a  a  a  a  a  a  a  a  a
clock_intake                                      |  .  a  a  .  .  .  .  .  .  .  .  .  .  .  .  .
clock_check                                       |  .  .  .  .  .  .  a  .  .  .  .  .  .  .  .  .
clock_window                                      |  .  .  a  .  .  .  b  .  .  .  .  .  .  .  .  .
clock_transfer clock_legal clock_reply            |  .  .  .  .  a  a  a  a  a  a  .  .  .  .  .  .
clock_confirm                                     |  .  a  a  .  a  a  a  a  a  a  a  .  .  .  .  .
clock_fee                                         |  .  a  a  .  b  b  b  b  b  b  c  .  .  .  .  .
clock_ask_by                                      |  .  .  .  .  a  a  .  a  a  a  .  .  .  .  .  .
clock_step clock_wait                             |  .  .  .  .  a  a  a  a  a  a  .  a  .  .  .  .
clock_answer clock_quiet                          |  .  a  a  a  a  a  a  a  a  a  a  a  a  a  a  .
clock_collect                                     |  .  .  .  .  .  .  .  .  .  .  a  .  .  .  .  .
clock_settle                                      |  .  .  .  .  .  .  .  .  .  .  .  a  a  a  a  .
"""

MESSAGES = frozenset(
    "payment_confirmed payment_reversed opinion_received subcase_ended status_reported signature_answered "
    "message_received delivery_reported alias_given".split()
)
COMPLETIONS = frozenset("effect_done effect_failed effect_cancelled".split())
DRIVER = frozenset("recorded resumed".split())

# Rows that refuse (or, for a message, hold) until what they speak of is built.
WAITING = frozenset(
    {
        *("migrate a", "retarget a"),
        *("signature_answered a", "signature_answered b"),
        *("message_received b", "status_reported a"),
    }
)


def lookup(event: str, phase: Phase) -> Row | Refusal | Default:
    """Say what the table has for an event in a phase; total over `EVENTS` and `Phase`."""
    return _PAIRS[event, phase]


def class_of(event: str) -> EventClass:
    if event in MESSAGES:
        return EventClass.MESSAGE
    if event in COMPLETIONS:
        return EventClass.COMPLETION
    if event in DRIVER:
        return EventClass.DRIVER
    return EventClass.CLOCK if event.startswith("clock_") else EventClass.COMMAND


def default_of(event: str, phase: Phase) -> Default:
    match class_of(event):
        case EventClass.COMMAND:
            return Default(Fallback.REFUSED, _refusal_number(phase))
        case EventClass.MESSAGE:
            return Default(Fallback.HELD)
        case EventClass.COMPLETION | EventClass.DRIVER:
            return Default(Fallback.ABSORBED)
        case EventClass.CLOCK:
            return Default(Fallback.SILENT)


def _refusal_number(phase: Phase) -> int:
    groups = ((Phase.NEW,), INTAKE, (Phase.ACCEPTING,), HANDLING, WITH_RESULT, ENDED, (Phase.CLOSED,))
    return next(number for number, group in enumerate(groups, start=1) if phase in group)


def phases_of(text: str) -> frozenset[Phase]:
    """Read phases and groups as a row names them: `AC PR` or `I H RE`."""
    return frozenset(phase for word in text.split() for phase in _phases_named(word))


def _phases_named(word: str) -> tuple[Phase, ...]:
    return GROUPS[word] if word in GROUPS else (ABBREVIATIONS[word],)


def _read_rows() -> Mapping[tuple[str, str], Row]:
    read = (_read_row(line) for line in rows.TEXT.strip().splitlines())
    return MappingProxyType({(row.event, row.letter): row for row in read})


def _read_row(line: str) -> Row:
    name, phases, *texts = re.split(r" \| ", line)
    event, letter = name.split()
    guards, entries, effects, clocks, then = texts
    built = name not in WAITING
    return Row(event, letter, phases_of(phases), guards, entries, effects, clocks, then, built)


def _read_matrix() -> Mapping[tuple[str, Phase], Row | Refusal | Default]:
    pairs: dict[tuple[str, Phase], Row | Refusal | Default] = {}
    for line in MATRIX.strip().splitlines()[1:]:
        events, cells = line.split("|")
        for event in events.split():
            for phase, cell in zip(Phase, cells.split(), strict=True):
                pairs[event, phase] = _read_cell(event, phase, cell)
    return MappingProxyType(pairs)


def _read_cell(event: str, phase: Phase, cell: str) -> Row | Refusal | Default:
    if cell == ".":
        return default_of(event, phase)
    return Refusal(int(cell)) if cell.isdigit() else ROWS[event, cell]


ROWS = _read_rows()
_PAIRS = _read_matrix()
EVENTS: tuple[str, ...] = tuple(dict.fromkeys(event for event, _ in _PAIRS))
