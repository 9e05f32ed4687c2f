"""Who files a dossier for whom: applicants online for themselves, the desk for who came or wrote."""

from dataclasses import dataclass

from api.problems import FieldError, Problem, invalid
from procedures.json_types import JsonObject
from procedures.language.model.parts import Channel
from records.accounts import Account, citizen_named
from records.pool import Db


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """`actor` is who sends the dossier, as the case hears it; `applicant` whose dossier it is."""

    actor: JsonObject
    applicant: str


def require_applicant(account: Account) -> None:
    """Refuse an officer: what an officer sends online would be the officer's own case."""
    if account.kind == "officer":
        detail = "Nộp trực tuyến bằng tài khoản của người nộp. Hồ sơ nộp tại quầy hay gửi đến thì cán bộ một cửa nhập."
        raise Problem(403, "applicants-only", detail)


async def who_files(
    db: Db, account: Account, *, channel: Channel, by: str, receiving: str, applicant: str | None
) -> Filing:
    """Online an applicant files for themselves; what came to the desk is entered by a `by` of the receiving unit."""
    if channel == "online":
        require_applicant(account)
    if account.kind != "officer":
        return _for_oneself(account, channel=channel, applicant=applicant)
    if not account.does(by, at=receiving):
        raise Problem(403, "wrong-duty", f"Hôm nay ông/bà không nhận hồ sơ ở {receiving}; xem GET /api/v1/session.")
    named = None if applicant is None else await citizen_named(db, applicant)
    if named is None:
        detail = "Ghi tên đăng nhập của người nộp hồ sơ."
        raise invalid([FieldError(pointer="#/applicant", code="unknown-account", detail=detail)])
    return Filing(actor={"ref": account.ref, "function": by, "unit": receiving}, applicant=named)


def _for_oneself(account: Account, *, channel: Channel, applicant: str | None) -> Filing:
    if channel != "online":
        detail = "Ông/bà chọn online; hồ sơ nộp tại quầy hay gửi đến thì cán bộ một cửa nhập."
        raise invalid([FieldError(pointer="#/channel", code="desk-only", detail=detail)])
    if applicant is not None:
        detail = "Hồ sơ là của chính ông/bà; bỏ mục này."
        raise invalid([FieldError(pointer="#/applicant", code="desk-only", detail=detail)])
    return Filing(actor={"ref": account.ref}, applicant=account.ref)
