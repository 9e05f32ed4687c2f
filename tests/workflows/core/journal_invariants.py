"""What is true of everything a case has written down (core.md section 8), for property, replay and chaos tests."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from procedures.language.model.procedure import Procedure
from procedures.language.model.steps import CALLER, SignStep, TaskStep
from workflows.core import paths
from workflows.core.entries import Entry, canonical
from workflows.core.state import State
from workflows.core.status import PERMITTED, THROUGH, national_code

ACCEPTANCE = ("acceptance_begun", "accepted", "acceptance_returned")
ENDS = ("refused", "withdrawn", "stopped")


def check_journal(journal: Sequence[Entry]) -> None:
    for invariant in OF_JOURNAL:
        invariant(journal)


def check_fold(journal: Sequence[Entry], state: State) -> None:
    """Invariants 4 and 12: what the journal says, read from its beginning, is what the case knows."""
    told = _Told()
    for entry in journal:
        told.hear(entry)
    assert (told.code, told.receipt) == (state.code, state.receipt)
    assert told.submitted_at == state.submitted_at
    assert told.accepted_at == state.accepted_at or state.code is None
    assert told.finished_at == state.finished_at
    assert told.is_late == state.late
    assert told.rounds == len(state.rounds)
    assert told.sent_code == state.sent_code
    assert (journal[-1].seq if journal else 0) == state.seq


def check_separation(journal: Iterable[Entry], procedure: Procedure) -> None:
    """Invariant 22: nobody signs what they prepared."""
    doers: dict[str, tuple[str, ...]] = {}
    for entry in journal:
        id = paths.step_of(entry.node or "")
        if entry.kind != "task_completed" or not procedure.has_step(id):
            continue
        step = procedure.step(id)
        assert isinstance(step, TaskStep | SignStep)
        for other in step.not_same_as:
            # Of 1.014140 only the review leads into the sequence that refuses.
            assert not set(doers.get("review" if other == CALLER else other, ())) & set(entry.actor.persons)
        doers[id] = entry.actor.persons


def check_secrecy(journal: Iterable[Entry], canaries: Collection[str]) -> None:
    """Invariant 26: no entry holds the value of a personal field."""
    for entry in journal:
        written = canonical(entry).decode()
        assert not [canary for canary in canaries if canary in written], f"{entry.kind} tells a secret"


def check_causes(journal: Iterable[Entry], known: Collection[str]) -> None:
    """Invariant 4: each entry names the command, message, effect or clock that caused it."""
    for entry in journal:
        assert entry.cause in known, f"entry {entry.seq} ({entry.kind}) was caused by {entry.cause!r}, unheard of"


def seqs_have_no_gap_and_time_never_falls(journal: Sequence[Entry]) -> None:
    """Invariant 4."""
    assert [*range(1, len(journal) + 1)] == [entry.seq for entry in journal]
    instants = [entry.at for entry in journal]
    assert instants == sorted(instants)


def a_case_is_accepted_once(journal: Sequence[Entry]) -> None:
    """Invariant 7: and every acceptance that began ended, but for one under way."""
    accepted = _of(journal, "accepted")
    assert len(accepted) <= 1
    begun, returned = _of(journal, "acceptance_begun"), _of(journal, "acceptance_returned")
    assert 0 <= len(begun) - len(accepted) - len(returned) <= 1


def life_has_its_order(journal: Sequence[Entry]) -> None:
    """Invariant 8."""
    order = ["submitted", "acceptance_begun", "accepted", "resolved", "archived"]
    firsts = [entries[0].seq for kind in order if (entries := _of(journal, kind))]
    assert firsts == sorted(firsts)
    # What a step hands over on the way is delivered before the case is.
    delivered = [entry for entry in _of(journal, "delivered") if entry.status.business == "resolved"]
    assert not delivered or (_of(journal, "resolved") and _of(journal, "resolved")[0].seq < delivered[0].seq)


def rounds_are_asked_sent_and_closed_in_turn(journal: Sequence[Entry]) -> None:
    """Invariant 14: one round at a time; what arrives or closes belongs to one that was asked."""
    is_open = False
    for entry in journal:
        match entry.kind:
            case "supplement_asked":
                assert not is_open, f"entry {entry.seq} asks while a round is open"
                is_open = True
            case "supplement_sent" | "supplement_received" | "supplement_completed":
                assert is_open, f"{entry.kind} without a round"
                # Before acceptance an answer leads back to the check of the whole dossier.
                is_open = entry.kind != "supplement_completed" and entry.status.business != "registered"
            case "supplement_found_incomplete" | "supplement_cancelled":
                is_open = False
            case "accepted" | "refused" | "withdrawn" | "stopped":
                is_open = False


def what_is_decided_stays_decided(journal: Sequence[Entry]) -> None:
    """Invariant 16: a signature is recorded when the deciding step ends."""
    decided, reopened = _of(journal, "resolved"), _of(journal, "reopened")
    if decided and not (reopened and reopened[-1].seq > decided[-1].seq):
        after = {entry.kind for entry in journal[decided[-1].seq :]}
        assert not after & {"withdrawn", "stopped", "refused", "migrated", "variant_changed", "route_reset"}


def refusal_is_no_acceptance(journal: Sequence[Entry]) -> None:
    """Invariant 17: refused for incompleteness only after guidance; refused means never accepted."""
    refused = _of(journal, "refused")
    if not refused:
        return
    assert not _of(journal, "accepted")
    reason = refused[0].reason
    if reason is not None and reason.code == "incomplete":
        assert [entry for entry in _of(journal, "supplement_asked") if entry.seq < refused[0].seq]


def codes_walk_in_the_permitted_moves(journal: Sequence[Entry]) -> None:
    """Invariant 19: a jump is announced by its permitted way, in the entry that makes it; nothing follows 10."""
    codes = [code for entry in journal for code in entry.codes]
    assert codes[:1] in ([], [1])
    for before, after in zip(codes, codes[1:], strict=False):
        assert after in PERMITTED[before], f"{before} -> {after}"
    for entry in journal:
        assert len(entry.codes) <= 2 and (len(entry.codes) < 2 or entry.codes[0] in THROUGH)


def codes_9_and_10_have_a_result(journal: Sequence[Entry]) -> None:
    """Invariant 19."""
    has_result = False
    for entry in journal:
        has_result = has_result or entry.kind in ("issued", "called", "task_completed")
        assert has_result or not {9, 10} & set(entry.codes)


def a_reason_goes_with_every_no(journal: Sequence[Entry]) -> None:
    """Invariant 19: 3, 5, 7 and 8 are not understood without their words."""
    for entry in journal:
        if {3, 8} & set(entry.codes):
            assert entry.reason is not None or entry.ground is not None or entry.data, f"{entry.kind} gives no reason"


def results_grow_up_in_order(journal: Sequence[Entry]) -> None:
    """Invariant 20: signed, numbered, issued; one signature for each step, visit and digest."""
    signatures = [(entry.node, str(entry.data["digest"])) for entry in _of(journal, "signed")]
    assert len(signatures) == len(set(signatures)), "the same was signed twice"
    rank = {"drafted": 0, "signed": 1, "numbered": 2, "issued": 3}
    seen: dict[str, int] = {}
    for entry in journal:
        if entry.kind in rank and entry.node is not None and "document" in entry.data:
            document = str(entry.data["document"])
            assert seen.get(document, -1) <= rank[entry.kind], f"{document} was {entry.kind} too late"
            seen[document] = rank[entry.kind]


def two_persons_decide_together(journal: Sequence[Entry]) -> None:
    """Invariant 22: proposer and approver are named and differ."""
    for entry in _of(journal, "approved"):
        assert entry.data["proposer"] not in entry.actor.persons, f"{entry.actor.ref} approved their own proposal"


def silence_is_no_answer(journal: Sequence[Entry]) -> None:
    """Invariant 21: no clock gives an opinion; a branch that nobody answered is closed by nobody's silence."""
    for entry in _of(journal, "joined", "opinion_given", "task_completed"):
        assert not entry.cause.startswith("reply:"), f"entry {entry.seq}: silence was taken for an answer"


def lateness_comes_once(journal: Sequence[Entry]) -> None:
    """Invariant 12: the legal clock is entered as overdue at most once."""
    legal = [entry for entry in _of(journal, "overdue") if entry.data.get("clock") == "legal"]
    assert len(legal) <= 1


def _of(journal: Iterable[Entry], *kinds: str) -> list[Entry]:
    return [entry for entry in journal if entry.kind in kinds]


@dataclass(slots=True)
class _Told:
    """What a reader of the journal knows, who has nothing else."""

    code: str | None = None
    receipt: str | None = None
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    finished_at: datetime | None = None
    is_late: bool = False
    rounds: int = 0
    sent_code: int | None = None

    def hear(self, entry: Entry) -> None:
        self.sent_code = entry.codes[-1] if entry.codes else self.sent_code
        match entry.kind:
            case "submitted":
                self.submitted_at = entry.at
            case "acceptance_begun":
                self.accepted_at = entry.at
            case "accepted":
                self.code, self.receipt = str(entry.data["code"]), str(entry.data["receipt"])
            case "supplement_asked":
                self.rounds += 1
            case "overdue" if entry.data.get("clock") == "legal":
                self.is_late = True
            case "resolved":
                self.is_late = self.is_late or entry.data["late"] is True
                finished = entry.data["finished_at"]
                self.finished_at = None if finished is None else datetime.fromisoformat(str(finished))
            case "reopened":
                self.finished_at = None
            case "delivered" if self.finished_at is None and national_code(entry.status) == 10:
                self.finished_at = entry.at


OF_JOURNAL: tuple[Callable[[Sequence[Entry]], None], ...] = (
    seqs_have_no_gap_and_time_never_falls,
    a_case_is_accepted_once,
    life_has_its_order,
    rounds_are_asked_sent_and_closed_in_turn,
    what_is_decided_stays_decided,
    refusal_is_no_acceptance,
    codes_walk_in_the_permitted_moves,
    codes_9_and_10_have_a_result,
    a_reason_goes_with_every_no,
    results_grow_up_in_order,
    two_persons_decide_together,
    silence_is_no_answer,
    lateness_comes_once,
)
