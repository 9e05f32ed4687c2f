"""What changed between two versions: all of it, in words, told to those who notice it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from procedures.json_types import Json
from procedures.language.model.procedure import Procedure
from procedures.language.resolving.identity import digest, resolved
from procedures.language.telling.changes import Audience, changes
from procedures.language.telling.comparing import differences
from procedures.time.duration import parse_duration, parse_moment
from procedures.time.errors import BadDuration
from tests.procedures.language.house import House
from tests.procedures.language.telling.texts import EVERYTHING

REQUEST = '  request: {label: {vi: Đơn đề nghị, en: Request}, model: "Mẫu 01", original: 1}\n'
PLAN = "  plan: {label: {vi: Phương án, en: Plan}, either: 1, variants: long, channels: counter}\n"
PAIRS = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text())
AUDIENCES = {audience.value for audience in Audience}
# Numbers and file names tell versions apart; of these a version holds what it names elsewhere; the rest is worked out.
NOT_TOLD = re.compile(
    r"procedure|version|scenarios|languages/.*|(papers|units|rules)/\d+/id|operations/\d+/(connector|name)|.*/(signed_by/\d+|deciding)"
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: next(pair[one] for one in AUDIENCES if one in pair))
def test_a_change_is_told_to_those_who_notice_it(house: House, pair: dict[str, Any]) -> None:
    before = house.write(EVERYTHING).procedure()
    for old, new in pair["changes"]:
        house.change(old, new, **({"name": pair["file"]} if "file" in pair else {}))
    expected = {audience: pair[audience] for audience in AUDIENCES & set(pair)}

    told = _told(before, house.procedure())

    assert {
        audience: pair[audience] for audience in expected if pair[audience] in told.get(audience, ())
    } == expected, told


def test_the_same_is_said_in_english(house: House) -> None:
    before = house.write(EVERYTHING).procedure()
    house.change("[counter, online]", "[counter, online, post]").change(REQUEST, "")
    house.change("by: benefits, title: {vi: Xem xét", "by: collection, title: {vi: Xem xét")
    house.change("short, within: 10 working days", "short, within: 12 working days")

    assert _told(before, house.procedure(), "en") == {
        "citizens": ("Ways of submission: added sent by post.", "No more paper “Request”."),
        "officers": ("Step review “Review”, function: was “Benefits”, now “Collection”.",),
        "clocks": ("Legal limit (“Simple”): was 10 working days, now 12 working days.",),
    }


def test_comments_and_the_order_of_languages_are_noticed_by_nobody(house: House) -> None:
    before = house.write(EVERYTHING).procedure()
    house.change(
        "label: {vi: Đơn đề nghị, en: Request}", "label: {en: Request, vi: Đơn đề nghị}  # as published" + "\n    "
    )
    after = house.procedure()

    assert changes(before, after, "vi") == ()


def test_another_order_of_papers_is_told(house: House) -> None:
    before = house.write(EVERYTHING).procedure()
    house.change(PLAN, "").change(REQUEST, PLAN + REQUEST)

    assert _told(before, house.procedure()) == {"citizens": ("Thứ tự giấy tờ thay đổi.",)}


def test_every_value_of_a_version_is_told_when_it_changes(everything: Procedure) -> None:
    """Whatever gives a version another identity is a difference, and can be said in both languages."""
    document = everything.model_dump(mode="json", by_alias=False)
    tried = 0
    for path in _leaves(resolved(everything)):
        after = _with_another(document, path)
        if after is None or digest(after) == everything.digest or NOT_TOLD.fullmatch("/".join(map(str, path))):
            continue
        tried += 1
        assert differences(everything, after), path
        assert all(changes(everything, after, language) for language in ("vi", "en")), path
    assert tried > 400


def _told(before: Procedure, after: Procedure, language: str = "vi") -> dict[str, tuple[str, ...]]:
    return {group.audience.value: group.sentences for group in changes(before, after, language)}


def _leaves(node: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    match node:
        case dict():
            for key, value in node.items():
                yield from _leaves(value, (*path, key))
        case list():
            for place, value in enumerate(node):
                yield from _leaves(value, (*path, place))
        case _:
            yield path


def _with_another(document: dict[str, Json], path: tuple[str | int, ...]) -> Procedure | None:
    """Put another value of the same kind there; None where only one word is possible."""
    copy: Json = Procedure.model_validate(document).model_dump(mode="json")
    *above, last = path
    node = copy
    for step in above:
        node = node[step]  # type: ignore[index]  # the path was walked in the same document
    node[last] = _another(node[last])  # type: ignore[index]  # as above
    try:
        return Procedure.model_validate(copy)
    except ValidationError:
        return None


def _another(value: Json) -> Json:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str() if _is(parse_duration, value):
            return "7 months"
        case str() if _is(parse_moment, value):
            return "7 months after"
        case _:
            return f"{value}x"


def _is(parse: object, text: str) -> bool:
    assert callable(parse)
    try:
        parse(text)
    except BadDuration:
        return False
    return True
