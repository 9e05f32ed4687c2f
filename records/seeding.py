"""Puts an organisation into the database: what is there is renewed, what the file lacks stays, passwords are kept."""

from datetime import date

from psycopg.types.json import Jsonb

from records.accounts import hashed
from records.names import name_key
from records.organisation_file import AccountPart, Organisation, UnitPart
from records.pool import Db, Sql


async def load_organisation(db: Db, organisation: Organisation) -> None:
    """Idempotent by the ids of the file; a password is set only where an account is new."""
    async with db.transaction():
        for unit in _parents_first(organisation.units):
            await _load_unit(db, unit)
        for unit in organisation.units:
            if unit.competent is not None:
                await db.execute(_COMPETENCE, (unit.id, unit.valid.first, unit.competent, unit.valid.last))
        for account in organisation.accounts:
            await _load_account(db, account)


def _parents_first(units: tuple[UnitPart, ...]) -> list[UnitPart]:
    ordered: list[UnitPart] = []
    waiting = list(units)
    while waiting:
        ready = [unit for unit in waiting if unit.parent is None or unit.parent in {done.id for done in ordered}]
        ordered += ready
        waiting = [unit for unit in waiting if unit not in ready]
    return ordered


async def _load_unit(db: Db, unit: UnitPart) -> None:
    codes = unit.codes
    await db.execute(
        _UNIT,
        {
            "id": unit.id,
            "agency": unit.agency,
            "level": unit.level,
            "parent": unit.parent,
            "name": Jsonb(unit.name),
            "name_key": name_key(unit.name["vi"]),
            "contact": Jsonb(unit.contact),
            "identifier": codes.identifier if codes else None,
            "code": codes.case if codes else None,
            "receipt": codes.receipt if codes else None,
            "books": Jsonb(codes.books if codes else {}),
            "from": unit.valid.first,
            "to": unit.valid.last,
        },
    )
    for function, span in unit.functions.items():
        await db.execute(_FUNCTION, (unit.id, function, span.first, span.last))
    for area in unit.areas:
        await db.execute(_AREA, (unit.id, area, unit.valid.first, unit.valid.last))


async def _load_account(db: Db, account: AccountPart) -> None:
    cursor = await db.execute("select 1 from account where id = %s", (account.id,))
    is_new = await cursor.fetchone() is None
    await db.execute(
        _ACCOUNT,
        {
            "id": account.id,
            "kind": account.kind,
            "login": account.login,
            "name": account.name,
            "name_key": name_key(account.name),
            "email": account.email,
            "phone": account.phone,
            "password": await hashed(account.password) if is_new and account.password else None,
        },
    )
    for duty in account.duties:
        last: date | None = duty.last
        await db.execute(_DUTY, (account.id, duty.unit, duty.function, duty.first, last, duty.head))


_UNIT: Sql = """
insert into unit (id, agency, level, parent, name, name_key, contact, code_identifier, code_template, receipt_template,
                  book_templates, valid_from, valid_to)
values (%(id)s, %(agency)s, %(level)s, %(parent)s, %(name)s, %(name_key)s, %(contact)s, %(identifier)s, %(code)s,
        %(receipt)s, %(books)s, %(from)s, %(to)s)
on conflict (id) do update set
    agency = excluded.agency, level = excluded.level, parent = excluded.parent, name = excluded.name,
    name_key = excluded.name_key, contact = excluded.contact, code_identifier = excluded.code_identifier,
    code_template = excluded.code_template, receipt_template = excluded.receipt_template,
    book_templates = excluded.book_templates, valid_from = excluded.valid_from, valid_to = excluded.valid_to
"""

_FUNCTION: Sql = """
insert into unit_function (unit, function, valid_from, valid_to) values (%s, %s, %s, %s)
on conflict (unit, function, valid_from) do update set valid_to = excluded.valid_to
"""

_AREA: Sql = """
insert into unit_area (unit, area, valid_from, valid_to) values (%s, %s, %s, %s)
on conflict (unit, area, valid_from) do update set valid_to = excluded.valid_to
"""

_COMPETENCE: Sql = """
insert into competence (unit, valid_from, competent, valid_to) values (%s, %s, %s, %s)
on conflict (unit, valid_from) do update set competent = excluded.competent, valid_to = excluded.valid_to
"""

_ACCOUNT: Sql = """
insert into account (id, kind, login, name, name_key, email, phone, password)
values (%(id)s, %(kind)s, %(login)s, %(name)s, %(name_key)s, %(email)s, %(phone)s, %(password)s)
on conflict (id) do update set
    kind = excluded.kind, login = excluded.login, name = excluded.name, name_key = excluded.name_key,
    email = excluded.email, phone = excluded.phone
"""

_DUTY: Sql = """
insert into duty (account, unit, function, valid_from, valid_to, head) values (%s, %s, %s, %s, %s, %s)
on conflict (account, unit, function, valid_from) do update set valid_to = excluded.valid_to, head = excluded.head
"""
