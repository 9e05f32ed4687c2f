"""A result handed over before the end, and what carriers report of it."""

from pydantic import JsonValue

from tests.workflows.core.joint import HEAD, Joint, routed
from tests.workflows.core.life import GROUND, at
from workflows.core.events import Actor, Deliver, Message

DESK = Actor(ref="officer:mai", function="one_stop", unit="receiving")
STEPS = """
  - id: certificate
    document: {template: certificate, number_from: decisions, result: certificate, unsigned: true}
  - id: hand_over
    deliver: {results: [certificate], by: one_stop}
  - id: last
    task: {by: benefits, title: {vi: Cuối, en: Last}, result: paper}
    outcomes: {confirm: end}
"""
RESULTS = """
  certificate: {code: KQ.G99.000002, as: FORM, label: {vi: Giấy, en: Certificate}}
  paper: {code: KQ.G99.000001, as: electronic, label: {vi: Kết quả, en: Result}}
"""


def on_the_way(form: str, *, by_hand: tuple[str, ...] = ()) -> Joint:
    pin_ = routed(STEPS, head=HEAD, results=RESULTS.replace("FORM", form))
    return Joint(pin_, by_hand=by_hand).accept()


def test_an_officer_hands_a_paper_over_and_the_case_goes_on() -> None:
    life = on_the_way("paper")
    assert [("hand_over:1", "delivery")] == [(task.key, task.kind) for task in life.state.tasks]
    arguments = {"recipient": "account:lan", "evidence": GROUND}
    other = Actor(ref="officer:x", function="benefits", unit="receiving")
    assert "wrong-function" == life.refused("2026-03-03T09:00", Deliver, other, **arguments)

    life.do("2026-03-03T09:00", Deliver, DESK, **arguments)
    life.take_over("2026-03-03T09:30")

    assert (["last:1"], [1, 2, 4]) == (life.open_tasks(), life.codes())
    assert "certificate:1" == life.last("delivered").node


def test_a_result_in_electronic_form_is_sent_as_soon_as_it_is_issued() -> None:
    life = on_the_way("electronic", by_hand=("Document.issue", "Delivery.dispatch"))
    assert [] == life.orders("Delivery.dispatch")

    life.answer("_issue/certificate:1", result={"document": "document:c", "digest": "d"})
    assert ["_deliver/certificate:1"] == life.in_flight()
    life.answer("_deliver/certificate:1", "2026-03-03T09:00", result={"delivered": True})
    life.take_over("2026-03-03T09:00")

    assert ["last:1"] == life.open_tasks()


def test_where_everything_is_out_before_the_end_the_case_is_delivered_with_its_end() -> None:
    life = on_the_way("paper")
    life.do("2026-03-03T09:00", Deliver, DESK, recipient="account:lan", evidence=GROUND)
    life.take_over("2026-03-03T09:30")

    life.complete("2026-03-04T09:00", "last", "confirm")

    assert ("delivered", [1, 2, 4, 9, 10]) == (life.phase(), life.codes())


def test_what_a_carrier_reports_is_known_by_its_dispatch() -> None:
    life = on_the_way("electronic", by_hand=("Delivery.dispatch",))
    stray = Message(id="m-0", source="post", name="delivery_reported", key="_deliver/other:1")
    life.tell(stray, at("2026-03-03T09:00"))
    assert "nobody-waits" == life.state.held[0].why

    came_back: dict[str, JsonValue] = {"delivered": False, "reason": "unknown address"}
    told = Message(id="m-1", source="post", name="delivery_reported", key="_deliver/certificate:1", data=came_back)
    life.tell(told, at("2026-03-04T09:00"))

    assert "unknown address" == life.last("delivery_returned").data["why"]
    assert ["hand_over:1"] == life.open_tasks()
    assert [] == [id for id in life.in_flight() if id.startswith("_deliver")]
