"""The public words of a case: one state, what else must be known, what is next."""

import pytest

from workflows.core import entries, table, words
from workflows.core.table import Phase
from workflows.core.words import Facts


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_phase_after_the_submission_has_public_words(language: str) -> None:
    facts = Facts(unit="BHXH tỉnh", due="27/03/2026", answer_by="26/03/2026", reason="x", fee_by="01/04/2026")

    for phase in Phase:
        if phase is not Phase.NEW:
            said = words.public_words(phase, language, facts)
            assert said.state and "…" not in said.state + said.following


def test_a_late_case_apologises_with_the_promised_date() -> None:
    facts = Facts(unit="BHXH tỉnh A", due="27/03/2026", late=True, promised="02/04/2026")

    said = words.public_words(Phase.PROCESSING, "vi", facts)

    assert "Đang giải quyết tại BHXH tỉnh A" == said.state
    assert ("Quá hạn; cơ quan xin lỗi, dự kiến 02/04/2026",) == said.additions


def test_an_outstanding_fee_is_added_where_the_case_does_not_wait_for_it() -> None:
    facts = Facts(unit="X", due="27/03/2026", fee_by="20/03/2026")

    assert ("Fee to be paid by 20/03/2026",) == words.public_words(Phase.PROCESSING, "en", facts).additions
    assert () == words.public_words(Phase.AWAITING_FEE, "en", facts).additions


def test_time_that_runs_on_during_a_supplement_is_said() -> None:
    asked_late = Facts(answer_by="26/03/2026", time_runs_on=True)

    assert "Papers needed; time runs on" == words.public_words(Phase.SUPPLEMENTING, "en", asked_late).state


@pytest.mark.parametrize("phase", [Phase.GUIDED, Phase.SUPPLEMENTING, Phase.ACCEPTED, Phase.PROCESSING])
def test_a_date_that_is_not_known_yet_is_not_announced(phase: Phase) -> None:
    for language in words.LANGUAGES:
        assert "" == words.public_words(phase, language, Facts(unit="X")).following


def test_every_clock_of_the_table_has_a_name_in_both_languages() -> None:
    clocks = {event.removeprefix("clock_") for event in table.EVENTS if event.startswith("clock_")}

    assert clocks == set(words.CLOCK_NAMES)
    for kind in clocks:
        assert words.clock_name(kind, "vi") != words.clock_name(kind, "en")


def test_entries_have_names_in_both_languages() -> None:
    assert set(entries.KINDS) == set(words.ENTRY_NAMES)
    assert "Đã tiếp nhận" == words.entry_name("accepted", "vi")
    assert "Accepted" == words.entry_name("accepted", "en")
