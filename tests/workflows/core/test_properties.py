"""A case to which anything may happen, in any order, at any time: the invariants hold all the same."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.workflows.core import moves, stages, variants
from tests.workflows.core.life import at
from tests.workflows.core.watched import Watched
from workflows.core import machine
from workflows.core.events import Message, Recorded, Resumed, Woke

JUMPS = tuple(timedelta(minutes=minutes) for minutes in (0, 5, 180, 24 * 60, 4 * 24 * 60, 21 * 24 * 60))


class AnyLife(RuleBasedStateMachine):
    """Each rule is one event; `Watched` looks at what becomes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.case = Watched(variants.pin("as declared"), at("2026-03-02T09:00"))
        self.messages: list[Message] = []
        self.count = 0

    @initialize(
        variant=st.sampled_from(variants.NAMES),
        channel=st.sampled_from(("online", "counter")),
        stage=st.sampled_from(stages.NAMES),
    )
    def begin(self, variant: str, channel: str, stage: str) -> None:
        """Most lives begin somewhere on the way, or few would ever come to an end."""
        self.case = Watched(variants.pin(variant), at("2026-03-02T09:00"))
        stages.reach(self.case, stage, channel=channel)

    @rule(data=st.data())
    def work(self, data: st.DataObject) -> None:
        self.case.tell(moves.work(data.draw, self.case.pin, self.case.state, self.new_id()))

    @rule(data=st.data())
    def work_with_everything_answered(self, data: st.DataObject) -> None:
        self.case.tell(moves.work(data.draw, self.case.pin, self.case.state, self.new_id()))
        stages.answer_all(self.case)

    @precondition(lambda self: self.case.state.effects)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        self.case.tell(moves.answer(data.draw, self.case.pin, self.case.state))

    @rule(data=st.data())
    def say_anything(self, data: st.DataObject) -> None:
        self.case.tell(moves.anything(data.draw, self.case.state, self.new_id()))

    @rule(data=st.data())
    def receive(self, data: st.DataObject) -> None:
        message = moves.message(data.draw, self.new_id())
        self.case.tell(message)
        held = len(self.case.journal)
        self.case.tell(message)
        assert held == len(self.case.journal), "a message was taken twice"

    @rule(jump=st.sampled_from(JUMPS))
    def pass_time(self, jump: timedelta) -> None:
        self.case.now += jump
        self.case.tell(Woke())

    @precondition(lambda self: machine.next_wake(self.case.pin, self.case.state) is not None)
    @rule(early=st.sampled_from((timedelta(0), timedelta(microseconds=1))))
    def wake(self, early: timedelta) -> None:
        wakes = machine.next_wake(self.case.pin, self.case.state)
        assert wakes is not None
        self.case.now = max(self.case.now, wakes - early)
        self.case.tell(Woke())

    @rule()
    def record(self) -> None:
        self.case.tell(Recorded(upto=self.case.state.seq))

    @rule()
    def resume(self) -> None:
        self.case.tell(Resumed(run=self.new_id()))

    @precondition(lambda self: self.case.said)
    @rule(data=st.data())
    def say_again(self, data: st.DataObject) -> None:
        self.case.repeat(data.draw(st.sampled_from(self.case.said)))

    @precondition(lambda self: self.case.said)
    @rule(data=st.data())
    def say_otherwise_under_a_known_id(self, data: st.DataObject) -> None:
        known = data.draw(st.sampled_from(self.case.said))
        other = moves.command(known.id, moves.Move("archive", "clerk", "elsewhere"), "officer:other")

        assert "command-id-reused" == self.case.tell(other)

    def new_id(self) -> str:
        self.count += 1
        return f"id-{self.count}"


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(
    max_examples=100,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
