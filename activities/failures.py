"""How an activity says that no attempt will help: the case follows a business failure, a person mends the rest."""

from temporalio.exceptions import ApplicationError

from activities.contracts import Failure


def business_failure(code: str, sentence: str, *, detail: str | None = None) -> ApplicationError:
    """The world's answer is no, and the procedure knows what follows; `detail` goes into the journal."""
    return ApplicationError(sentence, Failure(business=True, detail=detail), type=code, non_retryable=True)


def final_failure(code: str, sentence: str) -> ApplicationError:
    """Something must be mended first; it becomes an incident at once. The sentence names no person."""
    return ApplicationError(sentence, Failure(business=False), type=code, non_retryable=True)
