"""The organisation's file, read strictly: an unknown key, a wrong date, a name nobody has is an error at its place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from procedures.json_types import Json
from procedures.language.reading.nodes import Entries, Items, Node, Scalar, read
from procedures.language.reading.problems import Place, Problems, did_you_mean
from records.errors import OrganisationRefused
from records.numbers import template_problem

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}$")]
Area = Annotated[str, Field(pattern=r"^[0-9]{2}(/[0-9]{5})?$")]
Day = Annotated[date, BeforeValidator(lambda given: date.fromisoformat(given) if isinstance(given, str) else given)]
Texts = dict[Literal["vi", "en"], str]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Span(Part):
    first: Day = Field(alias="from", default=date(1970, 1, 1))
    last: Day | None = Field(alias="to", default=None)


class Codes(Part):
    """How numbers are written; see `records.numbers.render` for the places."""

    identifier: str
    case: str
    receipt: str
    books: dict[str, str] = {}


class UnitPart(Part):
    id: Id
    agency: Id
    level: Literal["base", "commune", "province", "ministry"]
    parent: Id | None = None
    competent: Id | None = None
    name: Texts
    contact: dict[Literal["address", "phone", "email", "place"], str] = {}
    codes: Codes | None = None
    areas: tuple[Area, ...] = ()
    functions: dict[Id, Span]
    valid: Span = Span()


class DutyPart(Span):
    unit: Id
    function: Id
    head: bool = False


class AccountPart(Part):
    id: Id
    kind: Literal["citizen", "officer"]
    login: Annotated[str, Field(pattern=r"^[a-z0-9._@-]{2,100}$")]
    name: str
    email: str | None = None
    phone: str | None = None
    password: Annotated[str, Field(min_length=8)] | None = None
    duties: tuple[DutyPart, ...] = ()


class Organisation(Part):
    organisation: Id
    title: Texts
    units: tuple[UnitPart, ...]
    accounts: tuple[AccountPart, ...] = ()


def read_organisation(path: Path) -> Organisation:
    """Read one file. Raises OrganisationRefused with every problem, each as `file:line:column: code message (hint)`."""
    problems = Problems()
    root = read(path.read_bytes(), path.name, problems)
    organisation = None if root is None else _validated(root, problems)
    if root is not None and organisation is not None:
        for place, message, hint in _wrong_names(organisation):
            problems.add(_place(root, place), "unknown-name", message, hint)
    if problems.sorted or organisation is None:
        lines = [str(problem) for problem in problems.sorted]
        raise OrganisationRefused(f"{path.name} is no organisation: " + "; ".join(lines), data={"problems": [*lines]})
    return organisation


def _validated(root: Entries, problems: Problems) -> Organisation | None:
    try:
        # Lists come as lists: strictness is about words and numbers, not about Python's tuples.
        return Organisation.model_validate(_lists_as_tuples(_plain(root)))
    except ValidationError as error:
        for line in error.errors():
            code = {"extra_forbidden": "unknown-key", "missing": "missing-key"}.get(line["type"], "wrong-type")
            name = ".".join(str(part) for part in line["loc"])
            problems.add(_place(root, line["loc"]), code, f"{name}: {line['msg']}")
        return None


def _wrong_names(organisation: Organisation) -> Iterator[tuple[tuple[int | str, ...], str, str]]:
    units = {unit.id: unit for unit in organisation.units}
    for index, unit in enumerate(organisation.units):
        for key, other in (("parent", unit.parent), ("competent", unit.competent)):
            if other is not None and other not in units:
                yield ("units", index, key), f"there is no unit '{other}'", did_you_mean(other, units)
        if _is_its_own_parent(unit.id, units):
            yield ("units", index, "parent"), f"unit '{unit.id}' stands above itself", "give it another parent"
        for path, template in _templates(unit.codes):
            problem = template_problem(template)
            if problem is not None:
                yield ("units", index, "codes", *path), f"a template {problem}", ""
    for index, account in enumerate(organisation.accounts):
        for number, duty in enumerate(account.duties):
            place = ("accounts", index, "duties", number)
            if duty.unit not in units:
                yield (*place, "unit"), f"there is no unit '{duty.unit}'", did_you_mean(duty.unit, units)
            elif duty.function not in units[duty.unit].functions:
                hint = did_you_mean(duty.function, units[duty.unit].functions)
                yield (*place, "function"), f"unit '{duty.unit}' does not do '{duty.function}'", hint
    yield from _twice("units", [unit.id for unit in organisation.units], "id")
    yield from _twice("accounts", [account.id for account in organisation.accounts], "id")
    yield from _twice("accounts", [account.login for account in organisation.accounts], "login")


def _twice(key: str, names: list[str], field: str) -> Iterator[tuple[tuple[int | str, ...], str, str]]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield (key, index, field), f"'{name}' is given twice", "take another one"


def _is_its_own_parent(id_: str, units: dict[str, UnitPart]) -> bool:
    above, seen = units[id_].parent, {id_}
    while above is not None and above in units:
        if above in seen:
            return above == id_
        seen.add(above)
        above = units[above].parent
    return False


def _templates(codes: Codes | None) -> Iterator[tuple[tuple[str, ...], str]]:
    if codes is None:
        return
    yield ("case",), codes.case
    yield ("receipt",), codes.receipt
    for book, template in codes.books.items():
        yield ("books", book), template


def _plain(node: Node) -> Json:
    match node:
        case Scalar():
            return node.value
        case Items():
            return [_plain(item) for item in node.nodes]
        case Entries():
            return {key: _plain(value) for key, value in node.values.items()}


def _lists_as_tuples(document: Json) -> object:
    match document:
        case list():
            return tuple(_lists_as_tuples(item) for item in document)
        case dict():
            return {key: _lists_as_tuples(value) for key, value in document.items()}
        case _:
            return document


def _place(root: Entries, loc: tuple[int | str, ...]) -> Place:
    """Find the nearest place in the file for a place in the data."""
    node: Node | None = root
    place = root.place
    for part in loc:
        if isinstance(node, Entries) and part in node.keys:
            place, node = node.keys[str(part)], node.get(str(part))
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node.nodes):
            node = node.nodes[part]
            place = node.place
        else:
            break
    return place
