"""What records refuse, each with a code, a sentence that says what to do, and data.

RecordsError
├── CommandIdReused
├── JournalRefused
│   ├── JournalGap
│   ├── JournalConflict
│   └── JournalForked
├── NotFound
├── NoAccess
├── TaskRefused                task-closed, claimed-by-another, not-claimed, wrong-duty, wrong-holder
├── NoCodeSeries
├── LoginRefused
├── TooManyAttempts
├── FileRefused                file-empty, file-too-large, file-type-unknown, file-type-mismatch
├── VersionRefused             version-differs, period-overlaps-version
└── OrganisationRefused
"""

from typing import ClassVar

from procedures.json_types import JsonObject


class RecordsError(Exception):
    """`code` is for programs, `sentence` for people; `data` names no person."""

    default_code: ClassVar[str] = "records-error"

    def __init__(self, sentence: str, *, code: str | None = None, data: JsonObject | None = None) -> None:
        super().__init__(sentence)
        self.code = code or self.default_code
        self.sentence = sentence
        self.data: JsonObject = data or {}


class CommandIdReused(RecordsError):
    default_code = "command-id-reused"


class JournalRefused(RecordsError):
    """The journal would no longer say what happened; nothing was written, somebody must look."""

    default_code = "journal-refused"


class JournalGap(JournalRefused):
    default_code = "journal-gap"

    @property
    def have(self) -> int:
        """The last entry that is there."""
        have = self.data["have"]
        assert isinstance(have, int)
        return have


class JournalConflict(JournalRefused):
    default_code = "journal-conflict"


class JournalForked(JournalRefused):
    default_code = "journal-forked"


class NotFound(RecordsError):
    default_code = "not-found"


class NoAccess(RecordsError):
    default_code = "no-access"


class TaskRefused(RecordsError):
    default_code = "task-closed"


class NoCodeSeries(RecordsError):
    default_code = "no-code-series"


class LoginRefused(RecordsError):
    default_code = "login-refused"


class TooManyAttempts(RecordsError):
    default_code = "too-many-attempts"


class FileRefused(RecordsError):
    default_code = "file-type-mismatch"


class VersionRefused(RecordsError):
    default_code = "version-differs"


class OrganisationRefused(RecordsError):
    default_code = "organisation-invalid"
