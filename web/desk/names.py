"""What officers call the parts of a case: units, functions, steps, papers, people, instead of their ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from api.reading import CaseReading
from procedures.json_types import Json
from procedures.language.model.steps import CallStep, DocumentStep, Step
from records.cases import names_of
from records.pool import Pool
from web.dates import Dates
from web.texts import Words
from workflows.core.refusals import REFUSALS, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    reading: CaseReading
    dates: Dates
    people: Mapping[str, str]

    @property
    def words(self) -> Words:
        return self.dates.words

    def unit(self, id: str | None) -> str:
        name = self.reading.page.units.get(id or "", {}).get("name")
        return (
            self.words.of({str(key): str(value) for key, value in name.items()}) if isinstance(name, dict) else id or ""
        )

    def function(self, id: str | None) -> str:
        key = f"function.{id}"
        known = self.reading.pin.procedure.functions.get(id or "")
        return self.words.of(known) if known else str(self.words(key)) if self.words.has(key) else id or ""

    def step(self, id: str | None) -> str:
        """Name a step by its title; one of machines by what is said of it publicly, else by its id."""
        procedure = self.reading.pin.procedure
        if id is None or not procedure.has_step(id):
            return id or ""
        step = procedure.step(id)
        return self.words.of(getattr(step, "title", None) or step.public.text) or self._machine(step)

    def _machine(self, step: Step) -> str:
        """Name the work of machines: the paper that is written, what another system is asked."""
        if isinstance(step, DocumentStep):
            key = f"document.{step.template}"
        elif isinstance(step, CallStep):
            key = f"operation.{step.connector}.{step.operation}"
        else:
            return step.id
        return str(self.words(key)) if self.words.has(key) else step.id

    def node(self, key: str | None) -> str:
        """Name the visit an entry speaks of; statutory work has no name but its kind."""
        step = (key or "").rpartition("/")[2].partition(":")[0]
        return self.step(step) if self.reading.pin.procedure.has_step(step) else ""

    def paper(self, id: str) -> str:
        document = self.reading.pin.procedure.document(id)
        field = self.reading.pin.procedure.field(id.removeprefix("form."))
        return self.words.of(document.label if document else field.label if field else None) or id

    def person(self, reference: str | None) -> str:
        return self.people.get(reference or "", "")

    def refusal(self, code: str, data: Mapping[str, Json]) -> Markup:
        """Say why something is refused, with names for ids."""
        if code not in REFUSALS:
            return Markup("{}").format(code)
        named: dict[str, Json] = {name: self._named(name, value) for name, value in data.items()}
        return Markup("{}").format(sentence(code, self.words.language, named))

    def _named(self, name: str, value: Json) -> Json:
        if isinstance(value, list):
            return [self._named(name, one) for one in value]
        if not isinstance(value, str):
            return value
        match name:
            case "unit":
                return self.unit(value)
            case "function":
                return self.function(value)
            case "step" | "steps":
                return self.step(value)
            case "papers" | "fact":
                return self.paper(value)
            case "fields":
                return self._field(value)
            case "actor":
                return self.person(value) or str(self.words("desk.colleague"))
            case "waits":
                return self.node(value) or value
        return value

    def _field(self, id: str) -> str:
        key = f"desk.field.{id}"
        return str(self.words(key)) if self.words.has(key) else self.paper(id)


async def names_in(pool: Pool, reading: CaseReading, dates: Dates) -> Names:
    """Read the names of those who did something that still matters: separation and closed tasks speak of them."""
    proposers = [one.proposer for one in reading.snapshot.proposals]
    refs = sorted({*(ref for refs in reading.state.doers.values() for ref in refs), *proposers})
    async with pool.connection() as db:
        people = await names_of(db, refs) if refs else {}
    return Names(reading=reading, dates=dates, people=people)
