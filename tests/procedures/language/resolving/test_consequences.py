"""One cause, one message: what only follows from another problem is not told beside it, what stands by itself is."""

import pytest

from tests.procedures.language.house import House

PAY = "with: {amount: review.payable, account: form.account}"
ACCOUNT = "  account: {like: account}\n"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{like: account}", "{like: acount}", "unknown-name"),
        ("self_bought: {type: boolean, default: false", "self_bought: {tpye: boolean, default: false", "unknown-key"),
        ("self_bought: {type: boolean, default: false", "self_bought: {type: bolean, default: false", "unknown-word"),
        ("  higher_rate: {", "  HigherRate: {", "bad-id"),
        ("deadline: {within: 25", "deadline: {witin: 25", "unknown-key"),
        ("received}\nsupplement", "received, channels: post}\nsupplement", "channel-not-offered"),
        ("received}\nsupplement", "received, submitters: nobody}\nsupplement", "unknown-name"),
        ("profile: nd118", "profile: nd181", "unknown-name"),
        ("- id: decision\n", "- id: review\n", "duplicate-step"),
        ("- id: decision\n", "- id: Decision\n", "bad-id"),
        (
            "    document: {template: decision, number_from: decisions}",
            "    documents: {template: decision}",
            "unknown-key",
        ),
        ("outcomes: approve, label", "outcomes: aprove, label", "unknown-outcome"),
        (PAY, PAY.replace("amount:", "sum:"), "unknown-name"),
        (PAY, PAY.replace("amount:", "amont:"), "unknown-name"),
        ("connector: treasury", "connector: tresury", "unknown-name"),
        ("{like: account}", "{lke: account}", "unknown-key"),
        ("profile: nd118", "prfile: nd118", "unknown-key"),
        ("results:\n", "reslts:\n", "unknown-key"),
        ("title: {vi: Giám định", "title: {vix: Giám định", "unknown-key"),
        ("    outcomes: {approve: decision", "    outcmes: {approve: decision", "unknown-key"),
        ("request: {label:", "request: {labl:", "unknown-key"),
        ("    sign: {by: leader", "    sgn: {by: leader", "unknown-key"),
        ("- id: review\n", "- id: revew\n", "unknown-step"),
        ("sign: pay, return", "sign: end, return", "end-without-result"),
        ("approve: decision, reject", "approve: end, reject", "end-without-result"),
        ("code: deadline-contradicts-catalogue", "code: deadline-contradict-catalogue", "unknown-word"),
    ],
)
def test_one_mistake_gives_one_message(house: House, old: str, new: str, code: str) -> None:
    house.change(old, new)

    assert [code] == house.codes(), house.problems()


def test_two_mistakes_give_two_messages(house: House) -> None:
    house.change("  higher_rate: {", "  HigherRate: {").change("when: form.self_bought", "when: form.self_bougth")

    assert ["bad-id", "bad-expression"] == house.codes()


def test_the_flow_is_looked_at_whatever_is_wrong_in_the_form(house: House) -> None:
    house.change("  higher_rate: {type: boolean", "  higher_rate: {type: bolean").change(
        "sign: pay, return", "sign: end, return"
    )

    assert ["unknown-word", "end-without-result"] == house.codes()


def test_steps_behind_a_step_nothing_leads_to_are_not_told(house: House) -> None:
    house.change("approve: decision, reject: refuse", "approve: pay, reject: refuse")

    assert ["step-unreachable"] == house.codes(), house.problems()
