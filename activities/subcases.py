"""Cases of other agencies that a case needs."""

from temporalio import activity

from activities.contracts import Order
from activities.failures import final_failure
from procedures.json_types import Json


@activity.defn(name="Case.open")
async def open_case(order: Order) -> dict[str, Json]:
    """Leave it to a person: no agency is connected yet, so the case is opened there and its end entered here."""
    procedure = order.with_["procedure"]
    raise final_failure("open-by-hand", f"Open the case of {procedure} there, and correct with how it ended.")
