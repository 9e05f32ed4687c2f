"""What other systems tell a case: taken once by what waits for it, else held and shown."""

import pytest

from tests.workflows.core.life import Life, accepted, resolved, submit
from workflows.core.events import Message
from workflows.core.state import Alias


def _code(id: str, alias: str | None = "H26.1") -> Message:
    return Message(id=id, source="portal", name="alias_given", data={} if alias is None else {"alias": alias})


def test_another_systems_code_for_the_case_is_kept_once() -> None:
    life = accepted()
    seq = life.state.seq

    life.tell(_code("m1"))
    life.tell(_code("m1"))
    life.tell(_code("m2"))

    assert ["alias_added"] == life.kinds(seq)
    assert {"alias": "H26.1", "source": "portal"} == life.last("alias_added").data
    assert (Alias(code="H26.1", source="portal"),) == life.state.aliases


@pytest.mark.parametrize("begin", [submit, accepted, None])
def test_a_code_is_taken_in_any_phase(begin: object) -> None:
    life = resolved() if begin is None else Life()
    if begin is submit:
        submit(life)
    elif begin is accepted:
        accepted(life)

    life.tell(_code("m1"))

    assert "alias_added" == life.journal[-1].kind


def test_a_message_that_names_no_code_is_held() -> None:
    life = accepted()

    life.tell(_code("m1", alias=None))
    life.tell(_code("m1", alias=None))

    assert ["message_held"] == [entry.kind for entry in life.journal if entry.cause == "portal/m1"]
    assert "no-alias" == life.last("message_held").data["why"]
