"""Which unit does what, and who may do it there, on a given day.

A unit serves the area of the units below it, so from the receiving unit most places are found by walking up.
`receiving` is that unit; `competent` the unit that decides what it receives; any other place is the nearest unit of the
named agency and level, or, where an area of the form decides, the unit of that agency and level which serves the area.
A function the place does not have is looked for in the units above it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psycopg.rows import class_row

from records.pool import Db, Sql

RECEIVING = "receiving"
COMPETENT = "competent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a step is done: `receiving`, `competent`, or a unit the procedure declares by agency and level.

    `areas`: the codes of the area that decides, the narrowest first (`01/00004`, `01`); None: where it was received.
    """

    name: str = COMPETENT
    agency: str | None = None
    level: str | None = None
    areas: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    id: str
    agency: str
    level: str
    parent: str | None
    name: dict[str, str]
    contact: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person with a duty, as colleagues see them."""

    id: str
    name: str
    email: str | None
    head: bool


async def units_for(db: Db, *, function: str, place: Place, receiving: str, on: date) -> list[str]:
    """Answer the units that do `function` at `place` for what `receiving` received, nearest first; empty if none."""
    cursor = await db.execute(
        _UNITS_FOR,
        {
            "function": function,
            "receiving": receiving,
            "place": place.name,
            "agency": place.agency,
            "level": place.level,
            "areas": None if place.areas is None else list(place.areas),
            "on": on,
        },
    )
    return [row[0] for row in await cursor.fetchall()]


async def route(db: Db, *, function: str, place: Place, receiving: str, on: date) -> str | None:
    """Answer the one unit a case goes to; None sends its task to the dispatch queue of the one-stop."""
    units = await units_for(db, function=function, place=place, receiving=receiving, on=on)
    return units[0] if units else None


async def receiving_units(db: Db, *, function: str, on: date) -> list[Unit]:
    """Answer the units where a dossier may be handed in, in the order their names are sorted."""
    async with db.cursor(row_factory=class_row(Unit)) as cursor:
        await cursor.execute(_RECEIVING, {"function": function, "on": on})
        return await cursor.fetchall()


async def units(db: Db, ids: list[str]) -> dict[str, Unit]:
    async with db.cursor(row_factory=class_row(Unit)) as cursor:
        await cursor.execute(
            "select id, agency, level, parent, name, contact from unit where id = any(%s::text[])", (ids,)
        )
        return {unit.id: unit for unit in await cursor.fetchall()}


async def holders(db: Db, *, unit: str, function: str, on: date, of: Literal["all", "heads"] = "all") -> list[Holder]:
    """Answer who may do the function at the unit that day, sorted by name."""
    async with db.cursor(row_factory=class_row(Holder)) as cursor:
        await cursor.execute(_HOLDERS, {"unit": unit, "function": function, "on": on, "heads": of == "heads"})
        return await cursor.fetchall()


# `start` is the unit at the place: every unit from it upwards that has the function follows, nearest first.
_UNITS_FOR: Sql = """
with recursive above (id, depth) as (
    select %(receiving)s::text, 0
    union all
    select u.parent, a.depth + 1 from above a join unit u on u.id = a.id where u.parent is not null and a.depth < 20
), start (id) as (
    select case
        when %(place)s::text = 'receiving' then %(receiving)s::text
        when %(place)s::text = 'competent' then coalesce((
            select c.competent from competence c
            where c.unit = %(receiving)s and c.valid_from <= %(on)s and (c.valid_to is null or c.valid_to >= %(on)s)
            order by c.valid_from desc limit 1), %(receiving)s)
        when %(areas)s::text[] is null then (
            select u.id from above a join unit u on u.id = a.id
            where u.agency = %(agency)s and u.level = %(level)s order by a.depth limit 1)
        else (
            select u.id from unit_area s join unit u on u.id = s.unit
            where s.area = any(%(areas)s) and u.agency = %(agency)s and u.level = %(level)s
              and s.valid_from <= %(on)s and (s.valid_to is null or s.valid_to >= %(on)s)
            order by array_position(%(areas)s, s.area), u.id limit 1)
    end
), chain (id, depth) as (
    select id, 0 from start where id is not null
    union all
    select u.parent, c.depth + 1 from chain c join unit u on u.id = c.id where u.parent is not null and c.depth < 20
)
select c.id
from chain c
join unit u on u.id = c.id and u.valid_from <= %(on)s and (u.valid_to is null or u.valid_to >= %(on)s)
join unit_function f on f.unit = c.id and f.function = %(function)s
     and f.valid_from <= %(on)s and (f.valid_to is null or f.valid_to >= %(on)s)
order by c.depth
"""

_RECEIVING: Sql = """
select u.id, u.agency, u.level, u.parent, u.name, u.contact
from unit u join unit_function f on f.unit = u.id and f.function = %(function)s
     and f.valid_from <= %(on)s and (f.valid_to is null or f.valid_to >= %(on)s)
where u.valid_from <= %(on)s and (u.valid_to is null or u.valid_to >= %(on)s)
order by u.name_key, u.id
"""

_HOLDERS: Sql = """
select a.id, a.name, a.email, d.head
from duty d join account a on a.id = d.account and a.active
where d.unit = %(unit)s and d.function = %(function)s
  and d.valid_from <= %(on)s and (d.valid_to is null or d.valid_to >= %(on)s)
  and (d.head or not %(heads)s)
order by a.name_key, a.id
"""
