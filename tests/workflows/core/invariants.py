"""What is true of any case: one function an invariant (core.md section 8), for property, replay and chaos tests.

`check_state` looks at one state, `check_step` at two that follow each other, `check_journal` at everything written.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from procedures.json_types import canonical_json
from procedures.language.model.steps import EachStep, ParallelStep
from workflows.core import branching, joining, machine, paths
from workflows.core.phases import phase
from workflows.core.pin import Pin
from workflows.core.reckoning import reckoned
from workflows.core.state import Stage, State, TrackState
from workflows.core.table import Phase, Row, lookup
from workflows.core.timekeeping import Clock, ClockState
from workflows.core.tokens import node_of

LIVE = (TrackState.READY, TrackState.OFFERED, TrackState.WAITING)
ENDED = (Phase.REFUSED, Phase.WITHDRAWN, Phase.STOPPED, Phase.CLOSED)


def check_state(pin: Pin, state: State) -> None:
    for invariant in OF_STATE:
        invariant(pin, state)


def check_step(before: State, after: State) -> None:
    for invariant in OF_STEP:
        invariant(before, after)


def an_open_case_waits_for_something(pin: Pin, state: State) -> None:
    """Invariant 5: the watch over quiet cases is no reason to be quiet."""
    if phase(state) not in (Phase.NEW, Phase.CLOSED):
        waits = [wait for wait in machine.waits(pin, state) if wait.who != "quiet"]
        assert waits, f"{phase(state)} waits for nothing"
        assert machine.next_wake(pin, state) is not None, f"{phase(state)} never wakes"


def no_mark_is_left_behind(pin: Pin, state: State) -> None:
    """Invariant 6: what was due has fired, and next_wake lies ahead."""
    where = phase(state)
    if state.now is None:
        return
    for clock in state.clocks:
        if clock.state is ClockState.RUNNING and isinstance(lookup(f"clock_{clock.kind}", where), Row):
            late = [mark for mark in clock.marks if mark.fired is None and mark.at <= state.now]
            assert not late, f"{clock.id} has marks left behind: {late}"
        fired = [mark.fired for mark in clock.marks if mark.fired is not None]
        assert len(fired) == len(set(fired)), f"{clock.id} fired twice under one entry"
    wake = machine.next_wake(pin, state)
    assert wake is None or wake > state.now


def code_and_receipt_come_together_with_acceptance(pin: Pin, state: State) -> None:
    """Invariant 7."""
    assert (state.code is None) == (state.receipt is None)
    if state.code is None:
        assert not [clock for clock in state.clocks if clock.kind in ("legal", "step", "ask_by")]
    else:
        assert state.accepted_at is not None and state.pinned


def tokens_and_tasks_match(pin: Pin, state: State) -> None:
    """Invariant 9."""
    paths = Counter(track.path for track in state.tracks)
    assert all(count == 1 for count in paths.values()), f"tracks share a path: {paths}"
    keys = Counter(task.key for task in state.tasks)
    assert all(count == 1 for count in keys.values()), f"tasks share a key: {keys}"
    tracks = {track.path: track for track in state.tracks}
    for task in state.tasks:
        if task.kind in ("step", "desk"):
            assert task.track is not None
            expected = (TrackState.HELD,) if task.kind == "desk" else (TrackState.OFFERED, TrackState.WAITING)
            assert tracks[task.track].state in expected, f"{task.key} of a token that is {tracks[task.track].state}"
    for track in state.tracks:
        of_track = [task for task in state.tasks if task.kind in ("step", "desk") and task.track == track.path]
        assert len(of_track) <= 1, f"several tasks for one token: {of_track}"
        assert track.task is None or [track.task] == [task.key for task in of_track], f"{track.task} is not open"


def no_token_is_lost(pin: Pin, state: State) -> None:
    """Invariants 5 and 9: whatever token is open, somebody or something will move it on."""
    parked = {incident.track for incident in state.incidents}
    tasks = {task.track for task in state.tasks}
    ordered = {flight.effect.id for flight in state.effects}
    offered = {one.id for one in state.handovers if one.state == "offered"}
    paying = {fee.track for fee in state.fees if fee.state == "asked"}
    handing_over = {task.key for task in state.tasks if task.kind == "transfer"}
    held = {one.track for one in state.proposals} | {one.track for one in state.rounds if one.closed is None}
    clocks = {clock.id for clock in state.clocks if is_on(clock)}
    sending = {flight.effect.id.removeprefix("_deliver/") for flight in state.effects}
    leaving = [one for one in state.results if one.delivery == "in_transit" or one.state in ("signed", "numbered")]
    for track in state.tracks:
        node = node_of(track)
        if pin.procedure.step(track.step).kind == "deliver" and (sending or leaving):
            continue
        match track.state:
            case TrackState.WAITING:
                ordering = {node, f"_route/{node}"} & ordered or track.path in paying or f"wait:{node}" in clocks
                moved = track.path in tasks or ordering or track.path in parked or track.moving in handing_over
            case TrackState.HELD:
                moved = track.path in tasks or track.path in held
            case TrackState.OFFERED:
                moved = track.moving in offered
            case TrackState.JOINING:
                moved = any(joining.is_open(one) for one in branching.inner(state, track.path, track.step))
            case TrackState.READY:
                moved = False
            case TrackState.DONE | TrackState.CANCELLED:
                moved = True
        assert moved, f"nobody moves {node}, which is {track.state}"


def no_join_is_overdue(pin: Pin, state: State) -> None:
    """Invariant 21: a parent waits exactly as long as its join does not hold."""
    for track in state.tracks:
        if track.state is TrackState.JOINING:
            step = pin.procedure.step(track.step)
            assert isinstance(step, ParallelStep | EachStep)
            counted = joining.tally(step, branching.inner(state, track.path, track.step))
            assert joining.outcome_of(step, counted) is None, f"{node_of(track)} has its answers and waits"


def what_began_in_a_step_ends_with_it(pin: Pin, state: State) -> None:
    """A branch or line is open only while its parent waits for it, or was told to keep it."""
    tracks = {track.path: track for track in state.tracks}
    for track in state.tracks:
        if track.path == paths.ROOT or not joining.is_open(track):
            continue
        parent, step = tracks[paths.parent(track.path)], pin.procedure.step(paths.owner(track.path))
        assert joining.is_open(parent), f"{track.path} goes on after its parent"
        kept = isinstance(step, ParallelStep) and step.rest == "keep"
        assert kept or (parent.state, parent.step) == (TrackState.JOINING, step.id), f"nobody waits for {track.path}"


def handling_has_a_token_or_a_result_on_its_way(pin: Pin, state: State) -> None:
    if state.stage is Stage.HANDLING and not [
        track for track in state.tracks if track.state in (*LIVE, TrackState.HELD)
    ]:
        on_its_way = [one for one in state.results if one.state in ("signed", "numbered")]
        transfers = [task for task in state.tasks if task.kind == "transfer"]
        offers = [one for one in state.handovers if one.state == "offered"]
        assert on_its_way or transfers or offers, "everything is done and the case is not resolved"


def budgets_run_with_their_tasks(pin: Pin, state: State) -> None:
    """A budget runs while its task can be done, stands still from the sending of a request on, and ends with both.

    One that is used up has nothing left to stand still; a file that its holder hands on takes the budget along.
    """
    unsent = {one.track for one in state.rounds if one.closed is None and one.sent is None}
    running = {clock.id.removeprefix("step:") for clock in state.clocks if clock.kind == "step" and is_on(clock)}
    used_up = {clock.id for clock in state.clocks if clock.kind == "step" and clock.late}
    for track in state.tracks:
        node = node_of(track)
        step = pin.procedure.step(track.step)
        if track.state is TrackState.WAITING and track.task == node and getattr(step, "within", None):
            assert node in running, f"no budget runs for {node}"
            running.discard(node)
        still_counted = track.path in unsent or f"step:{node}" in used_up
        moving = track.state in (TrackState.OFFERED, TrackState.WAITING) and track.task is None
        if moving or (track.state is TrackState.HELD and still_counted):
            running.discard(node)
    assert not running, f"budgets run for nobody: {running}"


def an_unanswered_round_has_its_window(pin: Pin, state: State) -> None:
    """Invariant 14: what was sent and not answered runs out at a time."""
    for one in state.rounds:
        window = next((clock for clock in state.clocks if clock.id == f"window:{one.no}"), None)
        waiting = one.sent is not None and one.arrived is None and one.closed is None and not one.expired
        assert waiting == (window is not None and is_on(window)), f"round {one.no}: {one}"
        assert one.sent is None or one.sent > one.asked
        assert one.arrived is None or (one.sent or one.asked) < one.arrived
        assert one.closed is None or one.closed > one.asked
    assert sum(one.closed is None for one in state.rounds) <= 1
    by_stage = Counter(one.stage for one in state.rounds)
    for stage, count in by_stage.items():
        in_error = [one for one in state.rounds if one.stage == stage and one.verdict == "cancelled"]
        assert count - len(in_error) <= pin.procedure.supplement.rounds, f"{count} rounds in {stage}"


def whatever_is_in_flight_belongs_to_somebody(pin: Pin, state: State) -> None:
    """Invariant 10."""
    ids = Counter(flight.effect.id for flight in state.effects)
    assert all(count == 1 for count in ids.values()), f"an effect is in flight twice: {ids}"
    about = [incident.effect for incident in state.incidents if incident.effect is not None]
    assert len(about) == len(set(about)) and set(about) <= set(ids), f"incidents about nothing in flight: {about}"
    live = {track.path for track in state.tracks if track.state in LIVE}
    incidents = {incident.effect for incident in state.incidents}
    for flight in state.effects:
        node = flight.effect.id.rpartition("/")[2] if flight.effect.id.startswith("_") is False else "_"
        owned = node.startswith("_") or flight.track in live or flight.effect.id in incidents or flight.cancelled
        assert owned, f"nobody waits for {flight.effect.id}"
        assert flight.effect.key == f"{state.case}/{flight.effect.id}"


def dues_follow_from_the_pin(pin: Pin, state: State) -> None:
    """Invariant 11: a due is a cache of a computation."""
    for clock in state.clocks:
        reckoning = reckoned(pin, clock)
        if clock.state is not ClockState.STOPPED:
            assert clock.due == reckoning.due, f"{clock.id}: {clock.due} is not {reckoning.due}"
        if clock.kind == "legal" and clock.state is ClockState.RUNNING and clock.due != clock.original_due:
            assert clock.adjustments and clock.adjustments[-1].new_due == clock.due, (
                f"why is {clock.id} due {clock.due}"
            )
        assert clock.stopped_at is None or clock.stopped_at >= clock.started_at, f"{clock.id} ended before it began"
        closed = None
        for interval in clock.intervals:
            assert interval.opened >= clock.started_at, f"{clock.id} stood still before it started"
            assert closed is None or interval.opened >= closed, f"{clock.id} stood still twice at once"
            assert interval.closed is None or interval.closed >= interval.opened
            assert clock.kind == "step" or interval.ground or interval.document, (
                f"{clock.id} stood still without ground"
            )
            closed = interval.closed


def time_stands_still_only_for_a_sent_round_or_a_pause(pin: Pin, state: State) -> None:
    """Invariant 15: from an incomplete answer to the sending of what is asked again it goes on standing still."""
    legal = next((clock for clock in state.clocks if clock.kind == "legal"), None)
    if legal is None:
        return
    still = [interval for interval in legal.intervals if interval.closed is None and not interval.void]
    assert (legal.state is ClockState.SUSPENDED) == bool(still) or legal.state is ClockState.STOPPED
    asked_again = [one for one in state.rounds[:-1] if one.verdict == "incomplete"] and state.rounds[-1].closed is None
    waiting = [one for one in state.rounds if one.sent is not None and one.closed is None and one.effect != "none"]
    pausing = [one.id for one in state.pauses if one.closed is None]
    if legal.state is ClockState.SUSPENDED:
        [interval] = still
        reasons = pausing if interval.pause else waiting or asked_again
        assert reasons, "the limit stands still and nobody was asked"
    elif legal.state is ClockState.RUNNING:
        assert not pausing, f"the limit runs while {pausing} holds it"
    if legal.late and legal.due is not None:
        assert all(interval.opened <= legal.due for interval in legal.intervals), "suspended after it was late"


def fees_hold_what_waits_for_them(pin: Pin, state: State) -> None:
    """A fee that is owed has its time and what it pauses; one that is settled holds nothing any more."""
    running = {clock.id for clock in state.clocks if clock.kind == "fee" and is_on(clock)}
    pausing = {one.id for one in state.pauses if one.closed is None}
    tracks = {track.path: track for track in state.tracks}
    for fee in state.fees:
        clock = f"fee:{fee.no}"
        if fee.state != "asked":
            assert clock not in running and clock not in pausing and fee.track is None, f"{fee} still holds something"
            continue
        assert state.stage not in (Stage.DELIVERED, Stage.CLOSED, Stage.REFUSED, Stage.WITHDRAWN, Stage.STOPPED), fee
        if fee.track is not None:
            assert tracks[fee.track].state in (TrackState.WAITING, TrackState.HELD), f"{fee.track} waits for no fee"
    asked = Counter(fee.id for fee in state.fees if fee.state == "asked")
    assert all(count == 1 for count in asked.values()), f"a fee is asked twice: {asked}"


def an_ended_case_leaves_nothing_running(pin: Pin, state: State) -> None:
    """Invariant 18."""
    where = phase(state)
    if where in ENDED:
        assert not [track for track in state.tracks if joining.is_open(track)]
        running = [clock.id for clock in state.clocks if clock.state in (ClockState.RUNNING, ClockState.SUSPENDED)]
        assert not [id for id in running if id.partition(":")[0] in ("legal", "step", "reply", "wait")], running
        # Only what is written down can still be corrected.
        assert {one.command.verb for one in state.proposals} <= {"correct_entry"}
        assert not [one.id for one in state.handovers if one.state == "offered" and one.what != "result"]
    if where is Phase.CLOSED:
        assert not state.effects and not state.incidents and not state.proposals


def the_unrecorded_is_the_end_of_the_journal(pin: Pin, state: State) -> None:
    """Invariant 24."""
    assert state.recorded <= state.seq
    assert [*range(state.recorded + 1, state.seq + 1)] == [entry.seq for entry in state.unrecorded]
    recorded = replace(state, recorded=state.seq, unrecorded=())
    assert len(canonical_json(machine.dump(recorded))) < 200_000


def the_pin_is_the_pinned_one(pin: Pin, state: State) -> None:
    """Invariant 25."""
    assert state.stage == "new" or pin.digest == state.pin_digest


def one_unit_answers_for_each_live_token(pin: Pin, state: State) -> None:
    """Invariant 27: an offered file is still the sender's."""
    units = {task.track: task.unit for task in state.tasks if task.kind == "step"}
    standing = [one for one in state.handovers if one.state == "offered" and one.what == "file"]
    offers = Counter(one.track for one in standing if not paths.is_lines(one.track or ""))
    assert all(count == 1 for count in offers.values()), "one file is offered twice"
    for track in state.tracks:
        if track.state is TrackState.WAITING and track.task is not None:
            assert units.get(track.path), f"no unit answers for {track.task}"
            assert track.path not in offers, f"{track.task} is worked on while its file is offered"
        if track.state is TrackState.OFFERED:
            assert track.moving in [one.id for one in standing], f"{track.path} waits for a hand-over that nobody made"


def originals_never_change(before: State, after: State) -> None:
    """Invariants 11 and 12: original dues stay, adjustments only grow, late is for ever."""
    former = {clock.id: clock for clock in before.clocks}
    for clock in after.clocks:
        old = former.pop(clock.id, None)
        if old is not None:
            anew = old.started_at != clock.started_at
            assert anew or old.original_due == clock.original_due, f"the original due of {clock.id} changed"
            assert anew or old.adjustments == clock.adjustments[: len(old.adjustments)]
            assert clock.late or not old.late, f"{clock.id} is late no more"
    # Budgets of lines are forgotten when they are over: their journal is enough.
    vanished = [id for id in former if paths.line(paths.path_of(id.partition(":")[2])) is None]
    assert not vanished, f"clocks vanished: {vanished}"
    assert after.late or not before.late


def identity_never_changes(before: State, after: State) -> None:
    """Codes, visits and seqs only come; what was decided stays decided while nothing is built that reopens."""
    assert before.case == after.case and before.engine_rev == after.engine_rev
    reopened = (before.stage, after.stage) == (Stage.RESOLVED, Stage.HANDLING)
    passing = () if reopened else ("decided_at", "finished_at")
    for name in ("code", "receipt", "submitted_at", *passing, "ended_at"):
        old = getattr(before, name)
        assert old is None or old == getattr(after, name), f"{name} changed"
    assert before.seq <= after.seq
    assert all(after.visits.get(node, 0) >= count for node, count in before.visits.items()), "a visit went down"


def what_is_decided_stays_decided(before: State, after: State) -> None:
    """Invariant 16: and while a signer has been asked, only the answer decides."""
    if before.decided_at is not None:
        assert after.stage not in (Stage.REFUSED, Stage.WITHDRAWN, Stage.STOPPED, Stage.GUIDED), after.stage
        open_still = {track.path for track in before.tracks if track.path != paths.ROOT and not track.decided}
        for request in after.rounds[len(before.rounds) :]:
            assert request.track in open_still, "a supplement was asked after the decision"
    deciding = {track.path for track in before.tracks if track.deciding}
    kept = {flight.effect.id: flight.cancelled for flight in after.effects}
    for flight in before.effects:
        if flight.track in deciding and not flight.cancelled:
            assert not kept.get(flight.effect.id, False), f"{flight.effect.id} was called back"


def the_pin_changes_only_by_acceptance_or_recomputing(before: State, after: State) -> None:
    """Invariant 25."""
    if before.pin_digest and before.pin_digest != after.pin_digest:
        recomputed = any(one.kind == "recomputed" for one in after.unrecorded if one.seq > before.seq)
        assert recomputed or (not before.pinned and after.pinned)


def is_on(clock: Clock) -> bool:
    return clock.state in (ClockState.RUNNING, ClockState.NO_LIMIT)


OF_STATE: tuple[Callable[[Pin, State], None], ...] = (
    an_open_case_waits_for_something,
    no_mark_is_left_behind,
    code_and_receipt_come_together_with_acceptance,
    tokens_and_tasks_match,
    no_token_is_lost,
    no_join_is_overdue,
    what_began_in_a_step_ends_with_it,
    handling_has_a_token_or_a_result_on_its_way,
    budgets_run_with_their_tasks,
    an_unanswered_round_has_its_window,
    whatever_is_in_flight_belongs_to_somebody,
    dues_follow_from_the_pin,
    time_stands_still_only_for_a_sent_round_or_a_pause,
    fees_hold_what_waits_for_them,
    an_ended_case_leaves_nothing_running,
    the_unrecorded_is_the_end_of_the_journal,
    the_pin_is_the_pinned_one,
    one_unit_answers_for_each_live_token,
)
OF_STEP: tuple[Callable[[State, State], None], ...] = (
    originals_never_change,
    identity_never_changes,
    what_is_decided_stays_decided,
    the_pin_changes_only_by_acceptance_or_recomputing,
)
