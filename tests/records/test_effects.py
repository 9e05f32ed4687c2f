from records.effects import effect_result, remember_effect
from records.pool import Db
from tests.records.support import case_number

CASE = case_number(1)


async def test_an_effect_answers_for_ever_what_it_answered_first(db: Db) -> None:
    key = f"{CASE}/pay:1"
    before = await effect_result(db, key)

    first = await remember_effect(db, key=key, case=CASE, activity="Connector.call", result={"outcome": "done"})
    second = await remember_effect(db, key=key, case=CASE, activity="Connector.call", result={"outcome": "other"})

    assert before is None
    assert {"outcome": "done"} == first == second == await effect_result(db, key)
