"""A scenario played twice: by a real case on a real server, and by the pure core at the same instants."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import JsonValue

from procedures.json_types import JsonObject
from procedures.language.model.procedure import Procedure
from procedures.language.scenarios.scenario import Happening, Scenario
from records.cases import stored_case
from records.commands import NewCommand, NewForm
from records.forms import PREFIX
from tests.support import assert_eventually
from tests.workflows.house import House
from workflows.core import phases
from workflows.core.documents import load_state, parse_command
from workflows.core.effects import Perform
from workflows.core.entries import Entry, load_entry
from workflows.core.events import EffectDone, EffectFailed
from workflows.core.pin import Pin
from workflows.core.refusals import Refused
from workflows.core.state import State
from workflows.core.timekeeping import Clock
from workflows.door import Reply
from workflows.simulate import filing
from workflows.simulate.plays import Play
from workflows.simulate.verbs import command_document, event_of
from workflows.simulate.world import World

DESK, APPLICANT = "ben-may", "account:c01"
# What the servers answer by themselves: the treasury pays as soon as it is asked.
ANSWERED = ("answer_call", "pass")
VERBS = frozenset({"accept", "complete_task", "send_back", "forward", "record_payment", "switch_limit", *ANSWERED})


@dataclass(frozen=True, slots=True)
class Life:
    """Where a case is when everything asked of it is done, and how it got there."""

    state: State
    journal: tuple[Entry, ...]


def playable(scenarios: tuple[Scenario, ...]) -> Scenario:
    """Choose the first story that ends with a result and needs no stand-in to misbehave."""
    granted = [one for one in scenarios if one.do[-1].expect.get("verdict") in ("granted", "partly")]
    return next(one for one in granted if {happening.verb for happening in one.do} <= VERBS)


async def play_for_real(house: House, pin: Pin, scenario: Scenario) -> tuple[Life, Scenario]:
    """Carry a case through a scenario; answer its life, and the scenario with the instants things really happened."""
    world = World(pin, by_hand=frozenset())
    document = filing.submission_document(
        pin.procedure, scenario.given, world.forms, receiving=desk_of(pin.procedure), applicant=APPLICANT
    )
    case = str(uuid.uuid4())
    reply = await house.door.submit(_command(case, {**document, "id": str(uuid.uuid4())}, world), pin)
    assert isinstance(reply, Reply), reply
    last, done = scenario.given.submitted, list[tuple[Happening, str]]()
    for happening in scenario.do:
        await _rest(house, case)
        await house.skipper.fast_forward(house.skipper.client.get_workflow_handle(case), happening.at - last)
        await _rest(house, case)
        last = happening.at
        if happening.verb not in ANSWERED:
            id = str(uuid.uuid4())
            await _do(house, case, Play(world, scenario.given, happening, id))
            done.append((happening, id))
        else:
            done.append((happening, ""))
    await _rest(house, case)
    life = Life(await _state(house, case), await _journal(house, case))
    return life, _retimed(scenario, done, life.journal)


def play_on_the_virtual_clock(pin: Pin, scenario: Scenario, real: Life) -> Life:
    """Play the same story at the same instants; only where the organisation sends work is taken from the real case."""
    world = Twin(pin, real.state)
    document = filing.submission_document(
        pin.procedure, scenario.given, world.forms, receiving=desk_of(pin.procedure), applicant=APPLICANT
    )
    world.tell(parse_command(document), scenario.given.submitted)
    for number, happening in enumerate(scenario.do):
        world.pass_time(happening.at)
        try:
            event = event_of(Play(world, scenario.given, happening, f"do-{number}"))
            if event is not None:
                world.tell(event, happening.at)
        except Refused as refused:
            assert happening.expect.get("refused") == refused.code, refused
    assert real.state.now is not None
    world.pass_time(real.state.now)
    return Life(world.state, tuple(world.journal))


class Twin(World):
    """A virtual case whose organisation answers as the real one did."""

    def __init__(self, pin: Pin, real: State) -> None:
        super().__init__(pin, by_hand=frozenset())
        self._routes = dict(real.routes)

    def _outside(self, effect: Perform) -> EffectDone | EffectFailed:
        answer = super()._outside(effect)
        if not isinstance(answer, EffectDone):
            return answer
        if effect.activity == "Intake.register":
            return replace(answer, result={**answer.result, "routes": dict[str, JsonValue](self._routes)})
        if effect.activity == "Route.resolve":
            place = f"{effect.with_['function']}@{effect.with_['place']}"
            return replace(answer, result={"unit": self._routes.get(place)})
        return answer


def desk_of(procedure: Procedure) -> str:
    """Handed in where the procedure's own agency has a desk."""
    return "xa-ben-may" if any(unit.agency == "commune" for unit in procedure.units) else DESK


def essence(life: Life) -> dict[str, object]:
    """What must be equal in both worlds.

    Left out: ids, digests and references that records give, and instants at which machines answered.
    """
    state = life.state
    return {
        "phase": phases.phase(state),
        "verdict": state.verdict,
        "code": state.sent_code,
        "late": state.late,
        "variant": state.variant,
        "facts": dict(state.facts),
        "lines": state.lines,
        "missed": state.missed,
        "submitted": state.submitted_at,
        "accepted": state.accepted_at,
        "tracks": [(one.path, one.step, one.visit, one.state, one.verdict, one.unit) for one in state.tracks],
        "tasks": sorted((one.key, one.kind, one.function, one.unit) for one in state.tasks),
        "visits": {node: count for node, count in state.visits.items() if not node.startswith("_")},
        "results": sorted((one.id, one.step, one.visit, one.state, one.kind, one.delivery) for one in state.results),
        "papers": [(one.id, one.demanded, one.satisfied_by, one.verdict, one.foreign) for one in state.papers],
        "fees": [(one.id, one.amount, one.state) for one in state.fees],
        "handovers": [(one.what, one.sender, one.receiver, one.state) for one in state.handovers],
        "incidents": [one.code for one in state.incidents],
        "limit": [(one.id, one.due, one.late) for one in state.clocks if one.kind == "legal"],
        "clocks": Counter((one.kind, one.state, one.late) for one in state.clocks if _is_told(one)),
        "entries": Counter(entry.kind for entry in life.journal),
    }


def _is_told(clock: Clock) -> bool:
    return clock.kind not in ("confirm", "transfer")


async def _do(house: House, case: str, play: Play) -> None:
    play.world.state = await _state(house, case)
    document = command_document(play)
    try:
        await house.send(_command(case, document, play.world, texts=dict(_texts(play))))
    except Refused as refused:
        assert play.happening.expect.get("refused") == refused.code, (play.happening.place, refused)
        return
    assert "refused" not in play.happening.expect, play.happening.place


def _command(case: str, document: JsonObject, world: World, texts: Mapping[str, str] | None = None) -> NewCommand:
    """Every form the scenario has filled in so far goes along: those that are kept already change nothing."""
    forms = [NewForm(digest=ref.removeprefix(PREFIX), values=values) for ref, values in world.forms.items()]
    actor = document["actor"]
    assert isinstance(actor, dict)
    return NewCommand(
        id=str(document["id"]),
        case=case,
        actor=str(actor["ref"]),
        verb=str(document["verb"]),
        document={key: value for key, value in document.items() if value is not None},
        texts=dict(texts or {}),
        forms=forms,
    )


def _texts(play: Play) -> Iterator[tuple[str, str]]:
    said = play.happening.reason or play.arguments.get("reason")
    yield "reason", str(said or "Theo hồ sơ")
    yield "ground", "Theo quy định"
    yield "evidence", "Phiếu ký nhận"


async def _rest(house: House, case: str) -> None:
    """Wait until nothing is under way; who receives a file confirms it, as in a scenario."""
    while True:
        await house.is_quiet(case)
        await assert_eventually(lambda: _is_recorded(house, case), within=30)
        state = await _state(house, case)
        offered = next((one for one in state.handovers if one.state == "offered"), None)
        if offered is None:
            return
        receiver: dict[str, JsonValue] = {
            "ref": f"officer:{offered.function}",
            "function": offered.function,
            "unit": offered.receiver,
        }
        await house.do(case, "confirm_handover", receiver, {"handover": offered.id})


async def _is_recorded(house: House, case: str) -> bool:
    """Is every entry in the database, and every outside part asked and answered?"""
    state = await _state(house, case)
    return len(await house.kinds(case)) == state.seq and not state.effects and await house.is_at_rest(case)


async def _state(house: House, case: str) -> State:
    async with house.pool.connection() as db:
        stored = await stored_case(db, case)
    assert stored is not None
    return load_state(stored.dump)


async def _journal(house: House, case: str) -> tuple[Entry, ...]:
    async with house.pool.connection() as db:
        cursor = await db.execute("select entry from journal where case_id = %s order by seq", (case,))
        return tuple(load_entry(json.loads(row[0])) for row in await cursor.fetchall())


def _retimed(scenario: Scenario, done: list[tuple[Happening, str]], journal: tuple[Entry, ...]) -> Scenario:
    began = {entry.cause: entry.at for entry in reversed(journal)}
    called = iter([entry.at for entry in journal if entry.kind == "called"])
    last = journal[0].at
    happenings = []
    for happening, id in done:
        at: datetime = next(called) if happening.verb == "answer_call" else began.get(id, last)
        last = max(last, at)
        happenings.append(replace(happening, at=last))
    return replace(scenario, given=replace(scenario.given, submitted=journal[0].at), do=tuple(happenings))
