"""The one table of problems."""

from api.problems import RECORDS_STATUS
from api.sentences import SENTENCES


def test_everything_records_refuse_has_a_status_and_a_sentence() -> None:
    assert set(RECORDS_STATUS) == set(SENTENCES)
