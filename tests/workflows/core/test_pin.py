import pytest

from tests.workflows.core.life import pin, pin_of, procedure
from workflows.core.pin import PinDamaged, dump_pin, load_pin


def test_a_pin_is_known_by_its_digest_and_loaded_once() -> None:
    document = dump_pin(pin())

    assert load_pin(document) is load_pin(dict(document))
    assert pin().digest == document["digest"]
    assert procedure() == load_pin(document).procedure


def test_another_text_is_another_pin() -> None:
    assert pin().digest != pin_of(procedure().model_copy(update={"version": 2})).digest


def test_a_pin_that_was_changed_is_not_loaded() -> None:
    document = {**dump_pin(pin()), "digest": "sha256:forged"}

    with pytest.raises(PinDamaged):
        load_pin(document)
