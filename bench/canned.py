"""Activities of ours that answer at once: what is compared is the way of a command, not papers and mail."""

from collections.abc import Callable
from typing import Any

from temporalio import activity

from activities.contracts import Order

DECIDING = "song-lam"


def code_of(case: str) -> str:
    return f"H99.07-{case[:11]}"


@activity.defn(name="Intake.register")
async def register(order: Order) -> dict[str, Any]:
    routes = {f"{function}@competent": DECIDING for function in ("medical_review", "leader")}
    return {"code": code_of(order.case), "receipt": order.case, "pin": order.pin, "routes": routes}


@activity.defn(name="Document.render")
async def render(order: Order) -> dict[str, Any]:
    return {"document": f"document:{order.effect}", "digest": "0" * 64}


@activity.defn(name="Document.number")
async def number(order: Order) -> dict[str, Any]:
    return {"number": "1/QĐ-BHXH"}


@activity.defn(name="Document.issue")
async def issue(order: Order) -> dict[str, Any]:
    return {"document": order.with_["document"], "digest": "0" * 64}


@activity.defn(name="Notification.send")
async def notify(order: Order) -> dict[str, Any]:
    return {}


@activity.defn(name="Connector.call")
async def call(order: Order) -> dict[str, Any]:
    return {"outcome": "done", "values": {}}


CANNED: tuple[Callable[..., Any], ...] = (register, render, number, issue, notify, call)
