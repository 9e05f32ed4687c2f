"""What the world outside answers in a scenario: what each of the core's own effects gives, always the same."""

import hashlib
from collections.abc import Mapping

from pydantic import JsonValue

from workflows.core.effects import Perform

CODE = "000.00.00.H00-260101-0001"
RECEIPT = "0001/TNHS"


def answer(effect: Perform, pin_digest: str) -> Mapping[str, JsonValue]:
    """Give the result of an effect that asks nobody outside the house; units bear the names of their places."""
    match effect.activity:
        case "Intake.register":
            return {"code": CODE, "receipt": RECEIPT, "pin": pin_digest, "routes": _routes(effect.with_["functions"])}
        case "Route.resolve":
            return {"unit": effect.with_["place"]}
        case "Document.render":
            return {"document": f"document:{effect.id}", "digest": hashlib.sha256(effect.id.encode()).hexdigest()}
        case "Document.number":
            return {"number": "1"}
        case "Document.issue":
            return {"document": effect.with_["document"], "digest": effect.with_["digest"]}
        case "Delivery.dispatch":
            return {"delivered": True}
        case "Connector.call":
            return {"outcome": "done", "values": {"bill": f"bill:{effect.id}"}}
        case _:
            return {}


def _routes(functions: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(functions, list):
        return {}
    pairs = [one for one in functions if isinstance(one, dict)]
    return {f"{pair['function']}@{pair['place']}": pair["place"] for pair in pairs}
