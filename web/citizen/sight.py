"""A case as its citizen sees it: what the core says of it, the names of its units, and to its parties a little more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.public import PublicReading
from api.reading import CaseReading
from api.warnings import Warned
from procedures.json_types import Json, JsonObject
from procedures.language.model.steps import SignStep, TaskStep
from records.cases import CasePage
from web.dates import Dates
from web.texts import Words
from web.why import Why, why
from workflows.core import machine
from workflows.core.pin import Pin
from workflows.core.state import State
from workflows.core.views import ClockView, RoundView, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """`page` is there for parties only: names, papers and texts come from it and from nowhere else."""

    snapshot: Snapshot
    state: State
    pin: Pin
    units: Mapping[str, JsonObject]
    page: CasePage | None
    warnings: Sequence[Warned] = ()

    @property
    def round(self) -> RoundView | None:
        return self.snapshot.round

    def unit(self, id: str | None, words: Words) -> str:
        return words.of(_texts(self.units.get(id or "", {}).get("name")))

    def contact(self, id: str | None, name: str) -> str:
        contact = self.units.get(id or "", {}).get("contact")
        return str(contact.get(name, "")) if isinstance(contact, dict) else ""

    def function(self, id: str | None, words: Words) -> str:
        return words.of(self.pin.procedure.functions.get(id or ""))

    def clock(self, id: str) -> ClockView | None:
        return next((clock for clock in self.snapshot.clocks if clock.id == id), None)

    def running(self, kind: str) -> ClockView | None:
        """Answer the latest clock of a kind that has not stopped."""
        found = [one for one in self.snapshot.clocks if one.kind == kind and one.stopped_at is None]
        return found[-1] if found else None

    def why(self, clock: str, dates: Dates) -> Why | None:
        if self.clock(clock) is None:
            return None
        return why(machine.explain(self.pin, self.state, clock), self.pin.procedure, dates)

    def place_of(self, step: TaskStep | SignStep) -> str | None:
        """Answer the unit that does a step for this case, once it is known."""
        return self.state.routes.get(f"{step.by}@{step.at}")

    def paper(self, id: str, words: Words) -> str:
        """Name what may be asked for: a document, or a field of the form."""
        document = self.pin.procedure.document(id)
        if document is not None:
            return words.of(document.label)
        field = self.pin.procedure.field(id.removeprefix("form."))
        return words.of(field.label) if field is not None else id

    def text(self, reference: str | None) -> str:
        """Answer what somebody wrote to the parties; empty for everybody else."""
        return self.page.texts.get(reference or "", "") if self.page is not None else ""


def seen_by_party(reading: CaseReading) -> Sight:
    return Sight(
        snapshot=reading.snapshot,
        state=reading.state,
        pin=reading.pin,
        units=reading.page.units,
        page=reading.page,
        warnings=reading.warnings,
    )


def seen_by_anybody(reading: PublicReading) -> Sight:
    named: dict[str, JsonObject] = {
        unit.id: {"name": {**unit.name}, "contact": {**unit.contact}} for unit in reading.units.values()
    }
    return Sight(snapshot=reading.snapshot, state=reading.state, pin=reading.pin, units=named, page=None)


def _texts(name: Json) -> Mapping[str, str]:
    return {str(key): str(value) for key, value in name.items()} if isinstance(name, dict) else {}
