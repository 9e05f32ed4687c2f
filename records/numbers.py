"""Numbers without gap and without double: case codes, receipts, the books of outgoing papers.

A number is taken by raising a row of its series in the transaction that uses it: who comes next waits, and a
transaction that fails gives its number back.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from records.errors import NoCodeSeries
from records.pool import Db, Sql

VIETNAM = timezone(timedelta(hours=7))
PLACEHOLDER = re.compile(r"\{(identifier|yyyy|yy|mm|dd|number(?::(\d{1,2}))?)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What acceptance gives a case, once for ever."""

    code: str
    receipt: str


async def register(db: Db, *, case: str, unit: str, at: datetime) -> Registration:
    """Give the case its code and its receipt number, counted at the unit that accepted; a repeat answers the same.

    `db` is in the transaction of the acceptance.
    """
    await db.execute("select pg_advisory_xact_lock(hashtextextended('registration ' || %s, 0))", (case,))
    known = await registration_of(db, case)
    if known is not None:
        return known
    templates = await _templates(db, unit)
    day = at.astimezone(VIETNAM).date()
    code = await _next_code(db, templates, day)
    number = await _next(db, f"receipt {templates.unit} {day.year}")
    receipt = render(templates.receipt, day, identifier=templates.identifier, number=number)
    await db.execute(
        "insert into registration (case_id, code, receipt, unit, at) values (%s, %s, %s, %s, %s)",
        (case, code, receipt, unit, at),
    )
    return Registration(code=code, receipt=receipt)


async def registration_of(db: Db, case: str) -> Registration | None:
    cursor = await db.execute("select code, receipt from registration where case_id = %s", (case,))
    row = await cursor.fetchone()
    return None if row is None else Registration(code=row[0], receipt=row[1])


async def number_paper(db: Db, *, effect: str, case: str, unit: str, book: str, at: datetime) -> str:
    """Enter a paper in a book of the unit and answer its number; books begin anew each year. Idempotent by `effect`."""
    await db.execute("select pg_advisory_xact_lock(hashtextextended('paper ' || %s, 0))", (effect,))
    cursor = await db.execute("select text from book_number where effect = %s", (effect,))
    row = await cursor.fetchone()
    if row is not None:
        return str(row[0])
    keeper = await (await db.execute(_BOOK, {"unit": unit, "book": book})).fetchone()
    if keeper is None:
        raise NoCodeSeries(
            f"Neither unit {unit} nor one above it keeps a book {book!r}: add it to `codes.books` of the organisation.",
            data={"unit": unit, "book": book},
        )
    day = at.astimezone(VIETNAM).date()
    number = await _next(db, f"book {keeper[0]} {book} {day.year}")
    text = render(keeper[2], day, identifier=keeper[1], number=number)
    await db.execute(_ENTER, (effect, case, keeper[0], book, day.year, number, text, at))
    return text


def render(template: str, day: date, *, identifier: str, number: int | None) -> str:
    """Fill in a template: `{identifier}-{yy}{mm}{dd}-{number:4}`; without a number it is the name of a series."""
    parts = {
        "identifier": identifier,
        "yyyy": f"{day.year:04}",
        "yy": f"{day.year % 100:02}",
        "mm": f"{day.month:02}",
        "dd": f"{day.day:02}",
    }

    def fill(found: re.Match[str]) -> str:
        if not found[1].startswith("number"):
            return parts[found[1]]
        return "#" if number is None else str(number).zfill(int(found[2] or 1))

    return PLACEHOLDER.sub(fill, template)


def template_problem(template: str) -> str | None:
    """Say what is wrong with a template, or None."""
    rest = PLACEHOLDER.sub("", template)
    if "{" in rest or "}" in rest:
        return "knows {identifier}, {yyyy}, {yy}, {mm}, {dd}, {number} and {number:<digits>} only"
    if len(re.findall(r"\{number[:}]", template)) != 1:
        return "needs {number} exactly once"
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Templates:
    unit: str
    identifier: str
    code: str
    receipt: str


async def _templates(db: Db, unit: str) -> _Templates:
    row = await (await db.execute(_TEMPLATES, (unit,))).fetchone()
    if row is None:
        raise NoCodeSeries(
            f"Unit {unit} has no template of case codes, nor has a unit above it: add `codes` to the organisation.",
            data={"unit": unit},
        )
    return _Templates(unit=row[0], identifier=row[1], code=row[2], receipt=row[3])


async def _next_code(db: Db, templates: _Templates, day: date) -> str:
    # The series is named by the code without its number: it begins anew exactly when the rest of the code changes.
    series = render(templates.code, day, identifier=templates.identifier, number=None)
    number = await _next(db, f"code {series}")
    return render(templates.code, day, identifier=templates.identifier, number=number)


async def _next(db: Db, series: str) -> int:
    cursor = await db.execute(_RAISE, (series,))
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


_RAISE: Sql = """
insert into series as s (key, last) values (%s, 1) on conflict (key) do update set last = s.last + 1 returning last
"""

_ENTER: Sql = """
insert into book_number (effect, case_id, unit, book, year, number, text, at) values (%s, %s, %s, %s, %s, %s, %s, %s)
"""

# The unit's own templates, else those of the nearest unit above it.
_TEMPLATES: Sql = """
with recursive above (id, depth) as (
    select %s::text, 0
    union all
    select u.parent, a.depth + 1 from above a join unit u on u.id = a.id where u.parent is not null
)
select u.id, coalesce(u.code_identifier, ''), u.code_template, u.receipt_template
from above a join unit u on u.id = a.id
where u.code_template is not null
order by a.depth limit 1
"""

_BOOK: Sql = """
with recursive above (id, depth) as (
    select %(unit)s::text, 0
    union all
    select u.parent, a.depth + 1 from above a join unit u on u.id = a.id where u.parent is not null
)
select u.id, coalesce(u.code_identifier, ''), u.book_templates ->> %(book)s
from above a join unit u on u.id = a.id
where u.book_templates ->> %(book)s is not null
order by a.depth limit 1
"""
