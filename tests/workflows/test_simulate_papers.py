"""Papers demanded line by line, as a scenario names them: of each line, or of the one whose key it says."""

from dataclasses import replace
from datetime import date

import pytest

from cli.catalogue import play
from procedures.json_types import JsonObject
from procedures.language.check import check_procedure
from procedures.language.resolving.sources import HOME
from procedures.language.scenarios.scenario import Given, Happening, Scenario
from procedures.time.instants import at

FIRST, SECOND = "0110000001", "0110000002"
MONDAY = date(2026, 3, 2)


def _line(key: str) -> JsonObject:
    return {
        "insurance_number": key,
        "name": "Nguyễn Văn A",
        "days": 3,
        "back_on": "2026-02-20",
        "papers_on": "2026-02-20",
        "variant": "inpatient",
    }


@pytest.mark.parametrize(
    ("documents", "refused"),
    [
        (("inpatient_proof.discharge_paper",), None),
        ((f"inpatient_proof.discharge_paper/{FIRST}", f"inpatient_proof.discharge_paper/{SECOND}"), None),
        ((f"inpatient_proof.discharge_paper/{FIRST}",), "unchecked-papers"),
    ],
    ids=["of each", "of both, one by one", "of the first alone"],
)
def test_a_paper_of_a_line_is_handed_in_by_the_key_of_the_line(documents: tuple[str, ...], refused: str | None) -> None:
    checked = check_procedure(HOME / "catalogue/bhxh/1.014163/v1/procedure.yaml")
    assert checked.procedure is not None and checked.scenarios is not None
    account: JsonObject = {"bank": "VCB", "number": "0123456789", "holder": "Công ty A"}
    given = Given(
        "here",
        at(MONDAY, 8 * 60),
        "online",
        "employer",
        form={"account": account, "workers": [_line(FIRST), _line(SECOND)]},
        documents=("list", *documents),
    )
    expect: JsonObject = {"refused": refused} if refused else {"open": [f"assess/{FIRST}", f"assess/{SECOND}"]}
    accept = Happening("here", at(MONDAY, 9 * 60), "accept", {}, expect=expect)

    [outcome] = play(
        checked.procedure, replace(checked.scenarios, scenarios=(Scenario("here", "papers", given, (accept,)),))
    )

    assert [] == [failure.sentence for failure in outcome.failures]
