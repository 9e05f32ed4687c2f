"""A case of another agency is opened by a person as long as no agency is connected."""

import pytest
from temporalio.exceptions import ApplicationError

from activities.contracts import Failure, Order
from activities.subcases import open_case
from procedures.json_types import JsonObject


async def test_opening_a_case_elsewhere_is_left_to_a_person_at_once() -> None:
    asked: JsonObject = {"procedure": "1.004873", "place": "commune", "unit": None, "form": {}, "documents": {}}

    with pytest.raises(ApplicationError) as refusal:
        await open_case(Order(case="c", run="r", effect="e:1", key="c/e:1", activity="Case.open", with_=asked))

    assert ("open-by-hand", True) == (refusal.value.type, refusal.value.non_retryable)
    assert "1.004873" in str(refusal.value)
    assert refusal.value.details == (Failure(business=False),)
