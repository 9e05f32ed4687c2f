"""Which calendar says how soon "soon" is where no case is asked: that of a procedure in force today."""

from api.desk import Desk
from api.procedures import ProcedureLine
from api.submission import pin_to_file_under
from procedures.time.working import WorkingTime


async def office_calendar(desk: Desk, procedures: list[ProcedureLine]) -> WorkingTime | None:
    if not procedures:
        return None
    async with desk.pool.connection() as db:
        return (await pin_to_file_under(db, desk, procedures[0].code)).working
