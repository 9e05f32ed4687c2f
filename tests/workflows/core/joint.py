"""Cases whose route has branches, lines, waits and data that decide, played by hand; units bear the names of places."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import JsonValue

from procedures.language.loader import load_procedure
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.sources import HOME
from tests.workflows.core.life import LAN, REASON, Life, pin_of
from workflows.core import events, machine
from workflows.core.effects import Perform
from workflows.core.events import Actor, Submit
from workflows.core.pin import Pin
from workflows.core.state import Task, Track
from workflows.core.views import Wait
from workflows.simulate import outside

TEXTS = Path(__file__).with_name("texts")
RECEIVING = "receiving"

HEAD = """
procedure: "9.000001"
version: 1
title: {vi: Thủ tục thử, en: A procedure to try}
basis: ["1/QĐ-THỬ"]
in_force: {from: 2025-07-01}
profile: nd118
channels: [online, post]
submitters: [citizen]
documents:
  request: {label: {vi: Đơn, en: Request}, original: 1}
deadline: {within: 20 working days}
supplement: {effect: restart, answer_within: 20 calendar days}
"""


def load(text: str, *, code: str = "9.000001") -> Procedure:
    """Load a text beside the profile and the registry of the house, and the registry of these tests."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "procedures"
        shutil.copytree(HOME / "profiles", root / "profiles")
        shutil.copytree(HOME / "registry", root / "registry")
        shutil.copytree(TEXTS / "registry", root / "registry", dirs_exist_ok=True)
        file = root / "catalogue" / "test" / code / "v1" / "procedure.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(text)
        loaded = load_procedure(file)
    assert loaded.procedure is not None, [str(problem) for problem in loaded.problems]
    return loaded.procedure


@cache
def declared(name: str) -> Procedure:
    """Load one of the texts of these tests."""
    text = (TEXTS / f"{name}.yaml").read_text()
    return load(text, code=text.split('procedure: "')[1].split('"')[0])


@cache
def pin(name: str) -> Pin:
    return pin_of(declared(name))


def routed(steps: str, *, head: str = HEAD, results: str = "") -> Pin:
    """Pin a procedure that is nothing but its route."""
    own = results or "  paper: {code: KQ.G99.000001, label: {vi: Kết quả, en: Result}}"
    return pin_of(load(f"{head}\nresults:\n{own}\nsteps:\n{steps}\nscenarios: scenarios.yaml\n"))


class Joint(Life):
    """Who acts is whoever has the task; `by` names another person where it matters."""

    def accept(self, when: str = "2026-03-02T10:00", **submission: object) -> "Joint":
        """Submit and accept, with everything in order; hand-overs are confirmed as they are offered."""
        procedure = self.pin.procedure
        arguments: dict[str, object] = {
            "receiving": RECEIVING,
            "channel": procedure.channels[0],
            "submitter": procedure.submitters[0].id,
            "parties": (events.Party(role="submitter", ref=LAN.ref),),
            "form": "form:f1",
            "papers": tuple(events.GivenPaper(id=one.id) for one in procedure.documents),
        }
        self.do(when, Submit, LAN, **{**arguments, **submission})
        verdicts = tuple(events.CheckedPaper(id=one.id, verdict="ok") for one in procedure.documents)
        self.do(when, events.Accept, Actor(ref="officer:mai", function="one_stop", unit=RECEIVING), verdicts=verdicts)
        return self.take_over(when)

    def take_over(self, when: str) -> "Joint":
        for offer in [one for one in self.state.handovers if one.state == "offered"]:
            receiver = Actor(ref=f"officer:{offer.function}", function=offer.function, unit=offer.receiver)
            self.do(when, events.ConfirmHandover, receiver, handover=offer.id)
        return self

    def complete(self, when: str, task: str, outcome: str, *, by: str | None = None, **more: object) -> "Joint":
        """Complete a task named by its key or step; it has a form, and a reason where it needs one."""
        self.do(when, events.CompleteTask, self.actor(task, by), **self.completing(task, outcome, **more))
        return self.take_over(when)

    def completing(self, task: str, outcome: str, **more: object) -> dict[str, object]:
        return {"task": self.task(task).key, "outcome": outcome, "form": "form:step", "reason": REASON, **more}

    def actor(self, task: str, by: str | None = None) -> Actor:
        found = self.task(task)
        return Actor(ref=f"officer:{by or found.function}", function=found.function, unit=found.unit)

    def task(self, name: str) -> Task:
        found = [one for one in self.state.tasks if name in (one.key, one.step)]
        assert len(found) == 1, f"{name}: {[one.key for one in self.state.tasks]}"
        return found[0]

    def waits(self) -> tuple[Wait, ...]:
        return machine.waits(self.pin, self.state)

    def open_steps(self) -> list[str]:
        return [task.step for task in self.state.tasks if task.step is not None]

    def track(self, path: str) -> Track:
        return next(track for track in self.state.tracks if track.path == path)

    def _result(self, effect: Perform) -> dict[str, JsonValue]:
        if effect.activity in ("Intake.register", "Route.resolve"):
            return dict(outside.answer(effect, self.pin.digest))
        return super()._result(effect)
