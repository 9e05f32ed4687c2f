from tests.workflows.core.joint import Joint, pin
from tests.workflows.core.life import GROUND, LAN, REASON, at
from workflows.core.events import (
    AskSupplement,
    CompleteSupplement,
    CompleteTask,
    Forward,
    Item,
    SendBack,
    SendSupplement,
    Withdraw,
)
from workflows.core.phases import file_unit
from workflows.core.state import TrackState, Verdict

RESIDENCE, CARD = "agencies/residence", "agencies/card"
CHECKS = ["check_residence", "check_card"]


def asked(*, by_hand: tuple[str, ...] = ()) -> Joint:
    """The birth is registered and signed; police and Social Security are at work."""
    life = Joint(pin("birth"), by_hand=by_hand).accept()
    life.complete("2026-03-02T10:30", "register", "approve", by="an")
    return life.complete("2026-03-02T11:00", "sign_birth", "sign", by="binh")


def test_branches_begin_in_the_order_of_the_file_each_at_its_unit_under_its_own_clock() -> None:
    life = asked()

    assert ["agencies/residence/check_residence:1", "agencies/card/check_card:1"] == life.open_tasks()
    assert (RESIDENCE, CARD) == tuple(track.path for track in life.state.tracks[1:])
    assert TrackState.JOINING is life.track("").state
    assert at("2026-03-17T23:59:59.999999") == life.due(f"reply:{RESIDENCE}")
    assert at("2026-03-12T23:59:59.999999") == life.due(f"reply:{CARD}")
    assert ("police", "vss") == (file_unit(life.state, RESIDENCE), file_unit(life.state, CARD))
    assert {"branches": ["residence", "card"]} == life.last("branched").data


def test_while_only_other_agencies_have_work_they_are_being_consulted() -> None:
    life = asked()
    assert "consulting" == life.phase()

    life.complete("2026-03-09T09:00", "check_residence", "incomplete")
    assert ("processing", ["check_card", "complete_residence"]) == (life.phase(), life.open_steps())


def test_a_refused_branch_leaves_the_others_what_they_have() -> None:
    """core.md section 9, scenario 8: the join waits for answers, never for consent."""
    life = asked()
    life.complete("2026-03-09T09:00", "check_card", "approve")
    life.complete("2026-03-16T09:00", "check_residence", "reject", by="dung")
    assert "signing" == life.phase()
    own = life.actor("sign_residence", by="dung")
    signing = life.completing("sign_residence", "sign")
    assert "same-person" == life.refused("2026-03-16T10:00", CompleteTask, own, **signing)

    life.complete("2026-03-16T14:00", "sign_residence", "sign", by="giang")

    assert {"residence": "refused", "card": "granted"} == life.last("joined").data["branches"]
    assert Verdict.PARTLY is life.state.verdict
    issued = [result.id for result in life.state.results if result.state == "issued"]
    assert ["birth_certificate", "card", "residence_refusal"] == issued
    assert ("delivered", [1, 2, 4, 9, 10]) == (life.phase(), life.codes())
    assert at("2026-03-02T11:00") == life.state.decided_at


def test_silence_is_urged_and_is_no_answer() -> None:
    life = asked()

    life.wait_until("2026-03-18T08:00")

    assert CHECKS == life.open_steps()
    late = [clock.id for clock in life.state.clocks if clock.kind == "reply" and clock.late]
    assert [f"reply:{RESIDENCE}", f"reply:{CARD}"] == late
    urged = [
        (entry.data["clock"], entry.at)
        for entry in life.journal
        if entry.kind == "urged" and entry.data["clock"] == f"reply:{CARD}"
    ]
    assert [at("2026-03-13T00:00"), at("2026-03-17T07:30")] == [instant for _, instant in urged]
    told = [effect.with_ for effect in life.orders("Notification.send") if effect.with_["notice"] == "urged"]
    assert [{"function": "collection_book_card", "unit": "vss"}] == told[0]["to"]
    assert not life.state.late


def test_a_supplement_asked_in_a_branch_holds_that_branch_and_suspends_the_limit() -> None:
    life = asked()
    item = Item(id="residence_form", kind="incorrect")
    life.do(
        "2026-03-03T09:00",
        AskSupplement,
        life.actor("check_residence"),
        items=(item,),
        ground=GROUND,
        task=life.task("check_residence").key,
    )
    assert ("supplementing", ["check_card"]) == (life.phase(), life.open_steps())
    assert life.due() is None

    life.complete("2026-03-04T09:00", "check_card", "approve")
    assert Verdict.GRANTED is life.track(CARD).verdict
    life.do("2026-03-05T09:00", SendSupplement, LAN, form="form:f2")
    check = next(task for task in life.state.tasks if task.kind == "check")
    life.do("2026-03-06T09:00", CompleteSupplement, life.actor(check.key))

    assert [f"{RESIDENCE}/check_residence:2"] == life.open_tasks()
    assert at("2026-04-02T23:59:59.999999") == life.due()


def test_nothing_is_decided_while_papers_are_outstanding() -> None:
    life = asked()
    life.complete("2026-03-03T09:00", "check_residence", "approve")
    life.do(
        "2026-03-03T10:00",
        AskSupplement,
        life.actor("check_card"),
        items=(Item(id="residence_form", kind="missing"),),
        ground=GROUND,
        task=life.task("check_card").key,
    )

    signing = life.completing("sign_residence", "sign")
    signer = life.actor("sign_residence")
    assert "supplement-outstanding" == life.refused("2026-03-03T11:00", CompleteTask, signer, **signing)


def test_a_branch_goes_to_the_desk_and_back_while_the_others_work_on() -> None:
    life = asked()
    task = life.task("check_residence")
    life.do("2026-03-03T09:00", SendBack, life.actor(task.key), task=task.key, to="desk", reason=REASON)
    assert [f"{CARD}/check_card:1", f"{RESIDENCE}/_desk:1"] == life.open_tasks()
    assert ("processing", "receiving") == (life.phase(), file_unit(life.state, RESIDENCE))
    assert life.due(f"transfer:{RESIDENCE}") is not None

    life.do("2026-03-03T10:00", Forward, life.actor(f"{RESIDENCE}/_desk:1"), task=f"{RESIDENCE}/_desk:1", reason=REASON)
    life.take_over("2026-03-03T10:30")

    assert [f"{CARD}/check_card:1", f"{RESIDENCE}/check_residence:2"] == life.open_tasks()


def test_in_a_branch_work_is_sent_back_only_until_its_own_result_is_decided() -> None:
    """core.md, rule 7: the birth is decided, the residence is not."""
    life = asked()
    life.complete("2026-03-03T09:00", "check_residence", "approve", by="dung")
    sign = life.task("sign_residence")
    life.do("2026-03-03T10:00", SendBack, life.actor(sign.key), task=sign.key, to="check_residence", reason=REASON)

    assert [f"{CARD}/check_card:1", f"{RESIDENCE}/check_residence:2"] == life.open_tasks()
    assert "superseded" == next(one.state for one in life.state.results if one.step == "residence_notice")


def test_who_has_been_granted_a_part_cannot_withdraw_the_whole() -> None:
    life = asked()

    assert "decision-exists" == life.refused("2026-03-03T09:00", Withdraw, LAN)
