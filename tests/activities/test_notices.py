"""What people read: whole dates, nothing left open, nothing about illness, money or persons, in both languages."""

import re
import tomllib
from typing import get_args

import pytest

from activities.notices import TEXTS, UnknownNotice, compose
from procedures.json_types import Json
from procedures.language.model.parts import Notice
from workflows.core.notices import NoticeName

KNOWN: dict[str, Json] = {
    "code": "H99.07-261102-0042",
    "due": "2026-11-27T16:59:59.999999Z",
    "answer_by": "2026-11-26T16:59:59.999999Z",
    "clock": {"vi": "Hạn xác nhận bàn giao", "en": "Confirmation of the hand-over"},
    "clock_due": "2026-11-12T09:30:00Z",
    "unit": {"vi": "BHXH cơ sở Bến Mây", "en": "Base unit of Bến Mây"},
    "link": "https://motcua.example/cases/1",
    "incidents": "https://motcua.example/incidents",
    "problem": "connector-unknown",
}
# Words that a stranger who sees a mail must not find in it.
PRIVATE = re.compile(r"bệnh|viện|thuốc|tiền|đồng|giám định|chi phí|illness|hospital|medical|money|amount|payment", re.I)


@pytest.mark.parametrize("name", get_args(NoticeName))
def test_every_notice_of_the_core_has_words_in_both_languages(name: str) -> None:
    text = compose(name, given=KNOWN)

    assert set(text) == {"vi", "en"}
    assert all(part["title"] and part["body"] for part in text.values())


@pytest.mark.parametrize("name", get_args(NoticeName))
def test_a_notice_reads_well_before_anything_is_known_of_the_case(name: str) -> None:
    """Before acceptance there is no code and no due date; nothing of a text may stay open."""
    text = compose(
        name, given={"link": "https://motcua.example/cases/1", "code": None, "problem": "x", "incidents": "y"}
    )

    written = "\n".join(f"{part['title']}\n{part['body']}" for part in text.values())
    assert "{" not in written
    assert "None" not in written
    assert all(part["body"] for part in text.values())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_text_speaks_of_illness_or_money(language: str) -> None:
    texts = tomllib.loads((TEXTS / f"notices.{language}.toml").read_text(encoding="utf-8"))

    assert PRIVATE.findall(str(texts)) == []


def test_both_languages_say_the_same_notices_with_the_same_places() -> None:
    vi, en = (
        tomllib.loads((TEXTS / f"notices.{language}.toml").read_text(encoding="utf-8")) for language in ("vi", "en")
    )

    def places(texts: dict[str, Json]) -> dict[str, set[str]]:
        return {name: set(re.findall(r"\{\w+\}", str(text))) for name, text in texts.items()}

    assert places(vi) == places(en)


def test_a_day_is_shown_as_a_day_and_an_hour_with_its_minute() -> None:
    text = compose("accepted", given=KNOWN)["vi"]["body"]
    warning = compose("warned", given=KNOWN)["vi"]["body"]

    assert "chậm nhất Thứ\N{NO-BREAK SPACE}Sáu 27/11/2026." in text
    assert "Hạn xác nhận bàn giao: đến 16:30 Thứ\N{NO-BREAK SPACE}Năm 12/11/2026." in warning


def test_english_readers_get_english_dates_and_names() -> None:
    text = compose("apology", given={**KNOWN, "phone": "1900 0000"})["en"]["body"]

    assert "by Friday 27/11/2026" in text
    assert "Base unit of Bến Mây, telephone 1900 0000" in text


def test_a_sentence_about_something_unknown_is_left_out() -> None:
    text = compose("accepted", given={**KNOWN, "due": None})["vi"]["body"]

    assert "chậm nhất" not in text
    assert text.startswith("Ông/bà không phải làm gì lúc này.")


def test_the_words_of_the_procedure_go_before_ours() -> None:
    own = Notice(id="site_visit", to="owner", text={"vi": "Hồ sơ {case.code} cần xác minh; thời hạn mới: {due}."})

    text = compose("site_visit", given=KNOWN, own=own)

    assert text["vi"]["title"] == "H99.07-261102-0042"
    assert text["en"]["body"].startswith("Hồ sơ H99.07-261102-0042 cần xác minh; thời hạn mới: ")


def test_an_unknown_notice_is_not_sent_as_something_else() -> None:
    with pytest.raises(UnknownNotice):
        compose("no_such_notice", given=KNOWN)
