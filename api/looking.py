"""Pure looks at a case: why a date is what it is, and what the caller may do now, and why not the rest."""

from fastapi import APIRouter
from pydantic import BaseModel

from api.acting import actors
from api.desk import Desk
from api.problems import Problem
from api.reading import CaseReading, read_case
from api.who import SignedIn, TheDesk
from records.accounts import Account
from workflows.core import machine
from workflows.core.explain import Explanation
from workflows.core.options import Option, options

router = APIRouter(prefix="/cases", tags=["cases"])


class Explained(BaseModel):
    clocks: list[Explanation]


class Options(BaseModel):
    """What is open to the caller under one of the duties of today, then what is not and why."""

    allowed: list[Option]
    refused: list[Option]


@router.get("/{case}/explain")
async def get_explain(case: str, account: SignedIn, desk: TheDesk, clock: str | None = None) -> Explained:
    """Answer for each clock (or for one) the rule, the inputs, and the count day by day."""
    return explained(await read_case(desk, account, case), clock)


@router.get("/{case}/options")
async def get_options(case: str, account: SignedIn, desk: TheDesk) -> Options:
    return choices(desk, account, await read_case(desk, account, case))


def explained(reading: CaseReading, clock: str | None = None) -> Explained:
    known = [one.id for one in reading.state.clocks]
    if clock is not None and clock not in known:
        raise Problem(404, "no-such-clock", f"Hồ sơ không có đồng hồ '{clock}'; có: {', '.join(known) or 'chưa có'}.")
    wanted = known if clock is None else [clock]
    return Explained(clocks=[machine.explain(reading.pin, reading.state, one) for one in wanted])


def choices(desk: Desk, account: Account, reading: CaseReading) -> Options:
    """Ask the core under every duty; what one of them may do counts as allowed."""
    allowed: dict[str, Option] = {}
    refused: dict[str, Option] = {}
    for actor in actors(account):
        for option in options(reading.pin, reading.state, actor, desk.now()):
            (allowed if option.refusal is None else refused).setdefault(option.id, option)
    return Options(allowed=list(allowed.values()), refused=[one for id, one in refused.items() if id not in allowed])
