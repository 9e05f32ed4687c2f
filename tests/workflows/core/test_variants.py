"""Several situations in one procedure: which holds, what hangs on it, and when it was filed too late."""

import pytest

from tests.workflows.core.joint import RECEIVING, Joint, load
from tests.workflows.core.life import LAN, at, pin_of, submit
from workflows.core import machine
from workflows.core.events import Accept, Actor, CheckedPaper, GivenPaper, HandOver
from workflows.core.pin import Pin
from workflows.core.refusals import Refused

MAI = Actor(ref="officer:mai", function="one_stop", unit=RECEIVING)
TEXT = """
procedure: "9.000003"
version: 1
title: {vi: Thủ tục nhiều trường hợp, en: A procedure with variants}
basis: ["1/QĐ-THỬ"]
in_force: {from: 2025-07-01}
profile: nd118
channels: [counter, online]
submitters: [citizen]
variants:
  lost: {label: {vi: Mất, en: Lost}}
  changed: {label: {vi: Đổi, en: Changed}}
form:
  eligible_on: {type: date, label: {vi: Ngày đủ điều kiện, en: Eligible on}}
documents:
  request: {label: {vi: Đơn, en: Request}, original: 1}
  report: {variants: lost, label: {vi: Đơn trình báo, en: Report of loss}, original: 1, rules: [foreign]}
rules:
  foreign: {applies_to: foreign, translated: true, label: {vi: Bản dịch công chứng, en: Certified translation}}
windows:
  filing: {who: submitter, within: 20 calendar days, before: form.eligible_on}
deadline:
  - {variants: lost, within: 10 working days}
  - {variants: changed, within: 3 working days}
intake:
  form: {book_closed: {type: boolean, label: {vi: Sổ đã chốt, en: Book closed}}}
results:
  card: {code: KQ.G99.000001, as: any, label: {vi: Thẻ, en: Card}}
steps:
  - id: check
    variants: lost
    task: {by: benefits, title: {vi: Kiểm tra, en: Check}}
    outcomes: {approve: issue, reject: refuse}
  - id: close
    skip_when: intake.book_closed
    task: {by: benefits, title: {vi: Chốt sổ, en: Close the book}}
    outcomes: {confirm: issue}
  - id: issue
    document: {template: card, number_from: cards, result: card, unsigned: true}
scenarios: scenarios.yaml
"""


def _pin(**windows: str) -> Pin:
    text = TEXT.replace("before: form.eligible_on", f"before: form.eligible_on{windows.get('more', '')}")
    return pin_of(load(text, code="9.000003"))


def filed(pin: Pin | None = None, **changes: object) -> Joint:
    life = Joint(pin or _pin())
    given: dict[str, object] = {
        "receiving": RECEIVING,
        "submitter": "citizen",
        "variant": "changed",
        "facts": {"form.eligible_on": "2026-03-10"},
        "papers": (GivenPaper(id="request"),),
    }
    submit(life, "2026-03-02T08:00", **{**given, **changes})
    return life


def accepting(life: Joint, *papers: str, **changes: object) -> dict[str, object]:
    verdicts = tuple(CheckedPaper(id=id, verdict="ok") for id in ("request", *papers))
    return {"verdicts": verdicts, "form": "form:intake", "facts": {"book_closed": False}, **changes}


def test_the_limit_the_papers_and_the_steps_hang_on_the_variant() -> None:
    changed, lost = filed(), filed(variant="lost", papers=(GivenPaper(id="request"), GivenPaper(id="report")))

    changed.do("2026-03-02T09:00", Accept, MAI, **accepting(changed))
    lost.do("2026-03-02T09:00", Accept, MAI, **accepting(lost, "report"))

    assert (at("2026-03-05T23:59:59.999999"), at("2026-03-16T23:59:59.999999")) == (changed.due(), lost.due())
    assert (["request"], ["request", "report"]) == (
        [paper.id for paper in changed.state.papers if paper.demanded],
        [paper.id for paper in lost.state.papers if paper.demanded],
    )
    changed.take_over("2026-03-02T10:00")
    lost.take_over("2026-03-02T10:00")
    assert (["close"], ["check"]) == (changed.open_steps(), lost.open_steps())


def test_one_variant_is_confirmed_at_acceptance() -> None:
    life = filed(variant=None)
    when = "2026-03-02T09:00"

    assert "no-variant" == life.refused(when, Accept, MAI, **accepting(life))
    assert "no-variant" == life.refused(when, Accept, MAI, **accepting(life, variant="stolen"))
    assert "unchecked-papers" == life.refused(when, Accept, MAI, **accepting(life, variant="lost"))
    life.do(when, Accept, MAI, **accepting(life, variant="changed"))
    assert "changed" == life.state.variant


def test_no_unknown_variant_can_be_filed() -> None:
    with pytest.raises(Refused):
        filed(variant="stolen")


def test_what_the_desk_records_at_acceptance_decides_the_route() -> None:
    life = filed()
    when = "2026-03-02T09:00"
    assert "form-invalid" == life.refused(when, Accept, MAI, **accepting(life, form=None))

    life.do(when, Accept, MAI, **accepting(life, facts={"book_closed": True}))

    assert ["check", "close"] == [entry.node for entry in life.journal if entry.kind == "step_skipped"]
    assert "form:intake" == life.state.forms["intake"]


def test_a_dossier_filed_outside_its_window_is_accepted_with_a_warning() -> None:
    life = filed(facts={"form.eligible_on": "2026-02-27"})

    assert ["filing"] == life.last("submitted").data["windows"]
    [warning] = machine.snapshot(life.pin, life.state, life.now).warnings
    assert ("filing", "submitter", None) == (warning.window, warning.who, warning.line)
    life.do("2026-03-02T09:00", Accept, MAI, **accepting(life))


def test_filed_before_its_window_opens_is_outside_as_well() -> None:
    life = filed(facts={"form.eligible_on": "2026-04-30"})

    assert ("filing",) == life.state.missed


def test_a_window_that_says_refuse_keeps_the_dossier_out() -> None:
    pin = _pin(more=", if_late: refuse, ground: {vi: Điều 1, en: Article 1}")
    late, in_time = filed(pin, facts={"form.eligible_on": "2026-02-27"}), filed(pin)

    assert "filed-too-late" == late.refused("2026-03-02T09:00", Accept, MAI, **accepting(late))
    in_time.do("2026-03-02T09:00", Accept, MAI, **accepting(in_time))


def test_a_paper_from_abroad_is_known_as_such_with_the_rules_for_it() -> None:
    life = filed(variant="lost", papers=(GivenPaper(id="request"), GivenPaper(id="report", foreign=True)))

    views = {paper.id: paper for paper in machine.snapshot(life.pin, life.state, life.now).papers}

    assert (True, ["Certified translation"]) == (views["report"].foreign, [one["en"] for one in views["report"].rules])
    assert () == views["request"].rules


def test_an_entry_of_a_database_stands_in_place_of_a_paper() -> None:
    life = filed(papers=(GivenPaper(id="request", by="database", documents=("document:entry",)),))

    assert "database" == life.state.papers[0].satisfied_by


@pytest.mark.parametrize(("wish", "delivery"), [({"card": "paper"}, "ready"), ({}, "in_transit")])
def test_the_applicant_chooses_in_which_form_a_result_is_handed_over(wish: dict[str, str], delivery: str) -> None:
    life = filed(wishes=wish)
    life.by_hand = (*life.by_hand, "Delivery.dispatch")
    life.do("2026-03-02T09:00", Accept, MAI, **accepting(life))
    life.take_over("2026-03-02T10:00")
    life.complete("2026-03-03T09:00", "close", "confirm")
    if delivery == "ready":
        task = next(task for task in life.state.tasks if task.kind == "transfer")
        actor = Actor(ref="officer:x", function=task.function, unit=task.unit)
        life.do("2026-03-03T10:00", HandOver, actor, to=RECEIVING, what="result")
        life.take_over("2026-03-03T11:00")

    assert delivery == life.state.results[0].delivery


def test_who_is_named_in_the_form_is_a_party_by_reference() -> None:
    child = "parties: {owner: form.child}\nform:\n  child: {type: person, label: {vi: Trẻ, en: Child}}\n"
    text = TEXT.replace("form:\n", child, 1)
    life = filed(pin_of(load(text, code="9.000003")))

    assert {"submitter": LAN.ref, "owner": "form:f1#child"} == {one.role: one.ref for one in life.state.parties}
