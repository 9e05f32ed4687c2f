"""A refusal says what to do, in both languages, and never lacks a sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflows.core import refusals


def test_every_refusal_speaks_both_languages_with_the_same_facts() -> None:
    for code, text in refusals.REFUSALS.items():
        assert text.vi and text.en, code
        assert set(re.findall(r"\{\w+\}", text.vi)) == set(re.findall(r"\{\w+\}", text.en)), code
        assert text.http in (403, 404, 409, 422, 501), code


def test_a_sentence_fills_in_what_is_known() -> None:
    said = refusals.sentence("case-ended", "vi", {"date": "2026-03-26T17:00:00+00:00", "phase": "stopped"})

    assert said.startswith("Hồ sơ đã kết thúc ngày 27/03/2026 (dừng giải quyết).")


def test_a_list_is_said_with_commas_and_the_unknown_as_an_ellipsis() -> None:
    assert "invoices, identity" in refusals.sentence("unchecked-papers", "en", {"papers": ["invoices", "identity"]})
    assert "no verdict yet: …" in refusals.sentence("unchecked-papers", "en")


def test_what_is_not_known_of_a_task_falls_away() -> None:
    assert "Việc này không còn mở." in refusals.sentence("task-closed", "vi", {"actor": None})
    assert "no longer open: an completed it." in refusals.sentence("task-closed", "en", {"actor": "an"})


def test_what_is_not_built_is_refused_with_one_code() -> None:
    assert 501 == refusals.http_status(refusals.NOT_BUILT)


def test_an_unknown_code_is_a_defect() -> None:
    with pytest.raises(KeyError):
        refusals.sentence("no-such-code", "vi")


def test_refused_carries_code_sentence_and_facts() -> None:
    refused = refusals.Refused("already-accepted", code="G18.2026.000001")

    assert ("already-accepted", {"code": "G18.2026.000001"}) == (refused.code, refused.data)
    assert "mã G18.2026.000001" in refused.sentence


def test_every_code_the_core_refuses_with_has_a_sentence() -> None:
    codes = {code for file in Path(refusals.__file__).parent.glob("*.py") for code in _codes_in(file)}

    assert len(codes) > 30
    assert codes <= set(refusals.REFUSALS)


def _codes_in(file: Path) -> Iterator[str]:
    """Find the code in `Refused(code, ...)` and `guards.that(condition, code, ...)`."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = {"Refused": 0, "that": 1}.get(name)
        if place is None or len(node.args) <= place:
            continue
        code = node.args[place]
        if isinstance(code, ast.Constant) and isinstance(code.value, str):
            yield code.value
