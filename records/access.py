"""Who may see a case, in one place.

A party (submitter, owner, subject, payer, recipient) sees its own case.
An officer sees it while a duty of today is at a unit that holds or held the file, was offered it, or had a task of it.
Operators and designers look after the house: their duty opens no dossier; an operator may act on incidents unread.
"""

from dataclasses import dataclass

from records.accounts import Account
from records.pool import Db, Sql

HOUSEKEEPING = frozenset({"operator", "designer"})
OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccess:
    """What an account may do with a case; `units`: the units of the case where the account has a duty today."""

    case: str
    phase: str
    pin_digest: str
    roles: tuple[str, ...]
    units: tuple[str, ...]
    operates: bool

    @property
    def is_party(self) -> bool:
        return bool(self.roles)

    @property
    def reads(self) -> bool:
        return bool(self.roles or self.units)


def desk_units(account: Account) -> list[str]:
    """Answer the units where the account works on cases today."""
    return sorted({duty.unit for duty in account.duties if duty.function not in HOUSEKEEPING})


async def case_access(db: Db, account: Account, case: str) -> CaseAccess | None:
    """Answer in one read what the account may do with the case; None where there is no such case."""
    cursor = await db.execute(_ACCESS, {"case": case, "account": account.id, "units": desk_units(account)})
    row = await cursor.fetchone()
    if row is None:
        return None
    phase, pin_digest, roles, units = row
    return CaseAccess(
        case=case,
        phase=phase,
        pin_digest=pin_digest,
        roles=tuple(roles),
        units=tuple(units),
        operates=account.does(OPERATOR),
    )


_ACCESS: Sql = """
select c.phase, c.pin_digest,
       array(select p.role from case_party p where p.case_id = c.id and p.account = %(account)s order by p.role),
       array(select u.unit from case_unit u where u.case_id = c.id and u.unit = any(%(units)s::text[]) order by u.unit)
from case_file c where c.id = %(case)s
"""
