"""Any life on routes with branches, lines, waits and data that decide: the invariants hold all the same."""

from collections.abc import Callable, Iterator, Mapping

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from procedures.json_types import Json, JsonObject
from procedures.language.model.steps import EachStep, ParallelStep
from tests.workflows.core import moves, stages
from tests.workflows.core.joint import HEAD, pin, routed
from tests.workflows.core.life import at
from tests.workflows.core.test_handing_out import RESULTS
from tests.workflows.core.test_handing_out import STEPS as HANDED_OUT
from tests.workflows.core.test_joining import ALL, ANY, ON_GROUND, QUORUM, route
from tests.workflows.core.test_opinions import ASKED
from tests.workflows.core.test_properties import AnyLife
from tests.workflows.core.test_returning import BEHIND, HEAD_WITH_ACCOUNT
from tests.workflows.core.test_waiting import DATED, ELSEWHERE, remedy
from tests.workflows.core.watched import Watched
from workflows.core.events import Message
from workflows.core.pin import Pin
from workflows.core.state import State, TrackState
from workflows.core.tokens import node_of

NESTED = """
  - id: outer
    parallel:
      join: any
      branches:
        listed:
          label: {vi: Danh sách, en: List}
          within: 5 working days
          steps:
            - id: lines
              each:
                of: form.rows
                steps:
                  - id: line_task
                    task: {by: benefits, title: {vi: Dòng, en: Line}, within: 2 working days, batch: true}
                    outcomes: {approve: end, reject: end_refused, return: desk}
              outcomes: {granted: checked, partly: checked, refused: end_refused}
            - id: checked
              task: {by: collection, title: {vi: Kiểm tra, en: Check}, within: 1 working day}
              outcomes: {approve: end, return: lines}
        split:
          label: {vi: Tách, en: Split}
          steps:
            - id: inner
              parallel:
                join: all
                branches:
                  left:
                    label: {vi: Trái, en: Left}
                    steps:
                      - id: left
                        task: {by: benefits, title: {vi: Trái, en: Left}}
                        outcomes: {approve: end, reject: end_refused}
                  right: {label: {vi: Phải, en: Right}, steps: [{id: right, wait: {last: 3 calendar days}}]}
              outcomes: {granted: end, partly: end_refused, refused: end_refused}
    outcomes: {granted: last, refused: refuse}
  - id: last
    task: {by: benefits, title: {vi: Cuối, en: Last}, result: paper}
    outcomes: {confirm: end, return: [outer, desk]}
"""
ROWS = """
form:
  rows:
    type: rows
    label: {vi: Dòng, en: Rows}
    key: name
    min: 1
    fields: {name: {type: text, label: {vi: Tên, en: Name}}}
"""
PINS: Mapping[str, Callable[[], Pin]] = {
    "birth": lambda: pin("birth"),
    "sickness": lambda: pin("sickness"),
    "all": lambda: route(ALL, second="optional: true"),
    "any": lambda: route(ANY),
    "kept": lambda: route(f"{ANY}\n      rest: keep"),
    "quorum": lambda: route(QUORUM),
    "on ground": lambda: route(ON_GROUND),
    "remedy": lambda: remedy().pin,
    "elsewhere": lambda: routed(ELSEWHERE, head=HEAD + DATED),
    "asked": lambda: routed(ASKED),
    "behind": lambda: routed(BEHIND, head=HEAD + HEAD_WITH_ACCOUNT),
    "handed out": lambda: routed(HANDED_OUT, head=HEAD, results=RESULTS.replace("FORM", "paper")),
    "nested": lambda: routed(NESTED, head=HEAD + ROWS),
}
_LINES: dict[str, list[Json]] = {"workers": [{"days": 10}, {"days": 150}, {"days": 7}], "rows": [{}, {}]}
_MADE: dict[str, Pin] = {}


def accepted(name: str, channel: str) -> Watched:
    made = _MADE.get(name) or _MADE.setdefault(name, PINS[name]())
    case = Watched(made, at("2026-03-02T09:00"))
    procedure = made.procedure
    lists = {field.id for field in procedure.form if field.type == "rows"}
    filed: JsonObject = {
        "receiving": "receiving",
        "channel": channel if channel in procedure.channels else procedure.channels[0],
        "submitter": procedure.submitters[0].id,
        "parties": [{"role": "submitter", "ref": moves.APPLICANT}],
        "form": "form:declared",
        "facts": {"form.from": "2026-03-10"},
        "lines": {id: rows for id, rows in _LINES.items() if id in lists},
        "papers": [{"id": one.id, "documents": [f"file:{one.id}"]} for one in procedure.documents],
    }
    case.tell(moves.command("submit", moves.Move("submit", None, None, filed), moves.APPLICANT))
    verdicts: JsonObject = {"verdicts": [{"id": one.id, "verdict": "ok"} for one in procedure.documents]}
    case.tell(moves.command("accept", moves.Move("accept", "one_stop", "receiving", verdicts), "officer:mai"))
    stages.answer_all(case)
    return case


def awaited(state: State) -> Iterator[tuple[str, str]]:
    """What messages may be for: each visit at which a token waits, and one that never was."""
    for track in state.tracks:
        if track.state is TrackState.WAITING:
            yield from ((name, node_of(track)) for name in ("opinion_received", "message_received", "subcase_ended"))
    yield "message_received", "remedy_report"
    yield "opinion_received", "ask/first/nothing:1"


class AnyLifeOnTracks(AnyLife):
    """More rules for what only such routes have."""

    @initialize(name=st.sampled_from(sorted(PINS)), channel=st.sampled_from(("online", "counter", "post")))
    def begin(self, name: str, channel: str) -> None:
        self.case = accepted(name, channel)

    @rule(data=st.data())
    def confirm_and_work(self, data: st.DataObject) -> None:
        for offer in [one for one in self.case.state.handovers if one.state == "offered"]:
            move = moves.Move("confirm_handover", offer.function, offer.receiver, {"handover": offer.id})
            self.case.tell(moves.command(self.new_id(), move, "officer:an"))
        self.work_with_everything_answered(data)

    @rule(data=st.data())
    def hear(self, data: st.DataObject) -> None:
        name, key = data.draw(st.sampled_from(list(awaited(self.case.state))))
        outcome = data.draw(st.sampled_from(("granted", "partly", "ended", "agree", "disagree", "approve", "fly")))
        said: JsonObject = {"outcome": outcome, "form": "form:told", "facts": {"payable": 7}}
        self.case.tell(Message(id=self.new_id(), source="elsewhere", name=name, key=key, data=said))

    @precondition(lambda self: self.case.state.tracks)
    @rule(data=st.data())
    def go_on_without(self, data: st.DataObject) -> None:
        joins = [step for step in self.case.pin.procedure.all_steps if isinstance(step, ParallelStep)]
        if not joins:
            return
        step = data.draw(st.sampled_from(joins))
        ground: JsonObject = {"ground": "command:x/g", "document": "document:x"}
        said: JsonObject = {"step": step.id, "grounds": [{"branch": one.id, **ground} for one in step.branches]}
        move = moves.Move("join_on_ground", step.lead or "benefits", "competent", said)
        second = data.draw(st.sampled_from((None, "officer:binh")))
        self.case.tell(moves.command(self.new_id(), move, "officer:an", second))

    @rule(data=st.data())
    def think_again(self, data: st.DataObject) -> None:
        """Replace an opinion, or send part of a list or of branches back."""
        done = [f"{track.path}/{key}" for track in self.case.state.tracks for key in track.trail if track.path]
        opinion = data.draw(st.sampled_from(["", *done]))
        if opinion:
            said: JsonObject = {"opinion": opinion, "outcome": "approve", "form": "form:n"}
            reason: JsonObject = {"reason": {"code": "other", "text": "command:x/r"}}
            move = moves.Move("replace_opinion", "benefits", "competent", said | reason)
            self.case.tell(moves.command(self.new_id(), move, "officer:an"))
            return
        backs = [one for one in moves.moves(self.case.pin, self.case.state) if one.verb == "send_back"]
        if backs:
            back = data.draw(st.sampled_from(backs))
            lines: list[Json] = [*data.draw(st.sampled_from(((), ("1",), ("first",), ("listed",))))]
            move = moves.Move(back.verb, back.function, back.unit, back.arguments | {"lines": lines})
            self.case.tell(moves.command(self.new_id(), move, "officer:binh"))

    @rule(data=st.data())
    def complete_lines_together(self, data: st.DataObject) -> None:
        tasks = [task for task in self.case.state.tasks if task.kind == "step"]
        lists = [step for step in self.case.pin.procedure.all_steps if isinstance(step, EachStep)]
        if lists and tasks:
            first = data.draw(st.sampled_from(tasks))
            others: list[Json] = [task.key for task in tasks if task.key != first.key]
            outcome = data.draw(st.sampled_from(("approve", "reject")))
            said: JsonObject = {"task": first.key, "others": others, "outcome": outcome, "form": "form:e"}
            reason: JsonObject = {"facts": {"payable": 7}, "reason": {"code": "other"}}
            move = moves.Move("complete_task", first.function, first.unit, {**said, **reason})
            self.case.tell(moves.command(self.new_id(), move, "officer:an"))


TestAnyLifeOnTracks = AnyLifeOnTracks.TestCase
TestAnyLifeOnTracks.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
