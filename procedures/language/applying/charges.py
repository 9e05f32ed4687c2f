"""What a case owes: the amount of a fee for the facts and lines of a case, and what of it is waived."""

from dataclasses import dataclass

from procedures.json_types import Facts
from procedures.language.applying.selection import fits, places
from procedures.language.conditions.evaluation import ConditionError, evaluate, holds
from procedures.language.model.parts import Fee
from procedures.language.model.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Charge:
    """Whole đồng: what is owed, and what the fee's own condition waives; both are nothing where it is not due."""

    owed: int = 0
    waived: int = 0

    def __add__(self, other: "Charge") -> "Charge":
        return Charge(self.owed + other.owed, self.waived + other.waived)


def charge_of(procedure: Procedure, fee: Fee, facts: Facts) -> Charge:
    """Add up a fee over the lines it is for, or take it once. Raises ConditionError."""
    charges = [_charge(procedure, fee, known) for _, known in places(facts, fee.per)]
    return sum(charges, Charge())


def is_refunded(procedure: Procedure, fee: Fee, facts: Facts) -> bool | None:
    """Say whether a paid fee goes back at the end; None where the fee says nothing of it. Raises ConditionError."""
    if fee.refund_when is None:
        return None
    return any(holds(procedure, fee.refund_when, known) for _, known in places(facts, fee.per))


def _charge(procedure: Procedure, fee: Fee, facts: Facts) -> Charge:
    if not fits(procedure, fee.selectors, facts):
        return Charge()
    amount = evaluate(procedure, fee.amount, facts)
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < 0:
        raise ConditionError(fee.amount.text, "no amount of whole đồng")
    is_waived = fee.waive_when is not None and holds(procedure, fee.waive_when, facts)
    return Charge(waived=amount) if is_waived else Charge(owed=amount)
