from dataclasses import replace

from pydantic import JsonValue

from procedures.language.model.parts import Selectors
from tests.workflows.core.life import (
    ALL_GOOD,
    DUNG,
    GROUND,
    INVOICES,
    LAN,
    MAI,
    Life,
    at,
    pin,
    pin_of,
    procedure,
    submit,
)
from workflows.core import machine
from workflows.core.effects import UsePin
from workflows.core.events import Accept, AskSupplement, GivenPaper, ResolveIncident, SendSupplement
from workflows.core.pin import dump_pin
from workflows.core.state import Outcome

REGISTERED: dict[str, JsonValue] = {
    "code": "H-1",
    "receipt": "R-1",
    "routes": {"medical_review@competent": "unit:province"},
}


def waiting() -> Life:
    life = Life(by_hand=("Intake.register",))
    submit(life)
    life.do("2026-03-02T10:00", Accept, MAI, verdicts=ALL_GOOD)
    return life


def test_acceptance_waits_for_its_registration_and_counts_from_the_officers_command() -> None:
    life = waiting()
    assert "accepting" == life.phase()
    pending = machine.apply(life.pin, life.state, accept_again(), life.now).answer
    assert pending is not None and not pending.settled and Outcome.PENDING == pending.outcome

    life.answer("_accept:1", "2026-03-02T16:00", result={**REGISTERED, "pin": pin().digest})

    assert at("2026-03-02T10:00") == life.state.accepted_at
    assert at("2026-03-27T23:59:59.999999") == life.due()
    assert at("2026-03-09T23:59:59.999999") == life.due("ask_by")
    answer = machine.apply(life.pin, life.state, accept_again(), life.now).answer
    assert answer is not None and answer.settled and Outcome.DONE == answer.outcome
    assert {"code": "H-1", "receipt": "R-1"}.items() <= answer.data.items()
    assert [1, 2] == life.codes()


def accept_again() -> Accept:
    return Accept(id="command-2", actor=MAI, verdicts=ALL_GOOD)


def test_the_second_of_two_acceptances_is_told_so() -> None:
    """Core.md section 9, 16: one code, one receipt."""
    life = waiting()
    assert "acceptance-in-progress" == life.refused("2026-03-02T10:01", Accept, MAI, verdicts=ALL_GOOD)

    life.answer("_accept:1", result={**REGISTERED, "pin": pin().digest})

    assert "already-accepted" == life.refused("2026-03-02T10:02", Accept, MAI, verdicts=ALL_GOOD)
    assert 1 == life.kinds().count("accepted")


def test_a_dossier_that_does_not_fit_the_version_in_force_is_given_back() -> None:
    """Core.md section 9, 19: no code is used; the desk asks for what the new version demands."""
    life = waiting()
    due = life.due("intake:1")

    life.fail("_accept:1", "does-not-fit", business=True)

    assert "submitted" == life.phase()
    assert life.state.accepted_at is None and life.state.code is None
    assert due == life.due("intake:1")
    assert ["acceptance_returned", "task_opened"] == [kind for kind in life.kinds(4) if kind != "notified"]
    answer = machine.apply(life.pin, life.state, accept_again(), life.now).answer
    assert answer is not None and Outcome.RETURNED == answer.outcome
    assert "does-not-fit" == answer.data["why"]


def test_an_outage_while_accepting_is_an_incident_and_the_case_keeps_waiting() -> None:
    life = waiting()

    life.fail("_accept:1", "attempts-used-up")

    assert "accepting" == life.phase()
    incident = life.state.incidents[0]
    assert "cannot-skip" == life.refused("2026-03-02T11:00", ResolveIncident, MAI, incident=incident.id, how="skip")

    life.do("2026-03-02T11:00", ResolveIncident, DUNG, incident=incident.id, how="retry")
    assert ["_accept:1"] == [one.id for one in life.orders("Intake.register")][1:]
    life.answer("_accept:1", result={**REGISTERED, "pin": pin().digest})
    assert "accepted" in life.kinds()


def test_the_version_in_force_at_acceptance_is_pinned() -> None:
    newer = pin_of(procedure().model_copy(update={"version": 2, "digest": "v2"}))
    life = waiting()
    life.pins[newer.digest] = newer

    life.answer("_accept:1", result={**REGISTERED, "pin": newer.digest, "pin_document": dump_pin(newer)})

    assert newer.digest == life.state.pin_digest and life.state.pinned
    assert [UsePin(digest=newer.digest)] == [one for one in life.ordered if isinstance(one, UsePin)]
    accepted = life.last("accepted").data
    assert (2, pin().digest, newer.digest) == (accepted["version"], accepted["submitted_under"], accepted["pin"])


def test_fits_names_what_a_newer_version_demands_and_the_dossier_lacks() -> None:
    life = waiting()
    slip = procedure().document("shortage_slip")
    assert slip is not None
    always = slip.model_copy(update={"id": "new_paper", "selectors": procedure().documents[0].selectors})
    newer = pin_of(
        procedure().model_copy(update={"documents": (*procedure().documents, always), "channels": ("counter",)})
    )

    assert () == machine.fits(life.pin, life.state)
    assert [("channel", "online"), ("paper", "new_paper")] == [
        (misfit.code, misfit.what) for misfit in machine.fits(newer, life.state)
    ]


def test_a_field_asked_of_others_is_not_missed() -> None:
    """A date only employers give is read by their window; who files alone fits without it."""
    state = replace(waiting().state, facts={})
    given = procedure().form

    def missed(asked_of: Selectors) -> list[str]:
        fields = tuple(one.model_copy(update={"default": None, "selectors": asked_of}) for one in given)
        pin = pin_of(procedure().model_copy(update={"form": fields, "digest": ""}))
        return [misfit.what for misfit in machine.fits(pin, state) if misfit.code == "fact"]

    assert [] == missed(Selectors(submitters=("relative",)))
    assert ["form.self_bought", "form.higher_rate"] == missed(Selectors(submitters=("patient",)))


def test_a_limit_counted_from_acceptance_starts_with_the_officers_command() -> None:
    """Core.md section 9, 1: accepted on Monday the 9th, five working days end on the 16th."""
    row = procedure().deadline[0].model_copy(update={"counted_from": "acceptance", "within": "5 working days"})
    life = Life(pin_of(procedure().model_copy(update={"deadline": (row,)})))
    life.now = at("2026-03-07T21:00")
    submit(life, "2026-03-07T21:00")

    life.do("2026-03-09T09:00", Accept, MAI, verdicts=ALL_GOOD)

    assert at("2026-03-16T23:59:59.999999") == life.due()


def test_a_same_day_procedure_accepted_after_the_cutoff_is_due_the_next_day() -> None:
    """Core.md section 9, 6: strictly after 15:00 (I6)."""
    row = procedure().deadline[0].model_copy(update={"counted_from": "acceptance", "within": "within the day"})
    same_day = pin_of(procedure().model_copy(update={"deadline": (row,)}))
    dues = []
    for when in ("2026-03-04T15:30", "2026-03-04T15:00"):
        life = Life(same_day)
        life.now = at("2026-03-04T09:00")
        submit(life, "2026-03-04T09:00")
        life.do(when, Accept, MAI, verdicts=ALL_GOOD)
        dues.append(life.due())

    assert [at("2026-03-05T23:59:59.999999"), at("2026-03-04T23:59:59.999999")] == dues


def test_the_limit_starts_with_the_last_supplement_before_acceptance() -> None:
    life = Life()
    submit(life)
    life.do("2026-03-02T10:00", AskSupplement, MAI, items=INVOICES, ground=GROUND)
    life.do("2026-03-05T09:00", SendSupplement, LAN, papers=(GivenPaper(id="invoices"),))

    life.do("2026-03-05T15:00", Accept, MAI, verdicts=ALL_GOOD)

    assert at("2026-03-30T23:59:59.999999") == life.due()
