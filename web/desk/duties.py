"""Who sits at the desk: the duties of today in words, each with its unit."""

from records.organisation import units
from web.pages import Visitor


async def duties_of(visitor: Visitor) -> list[str]:
    duties = visitor.me.duties
    async with visitor.desk.pool.connection() as db:
        known = await units(db, sorted({duty.unit for duty in duties}))
    return [
        f"{_function(visitor, duty.function)}, {visitor.words.of(known[duty.unit].name) if duty.unit in known else ''}"
        for duty in duties
    ]


def _function(visitor: Visitor, function: str) -> str:
    key = f"function.{function}"
    return str(visitor.words(key)) if visitor.words.has(key) else function
