"""The one table from what went wrong to what the caller reads: problem+json (RFC 9457) with a code and a sentence.

`errors` points at the fields at fault: `{pointer: "#/form/card_number", code, detail}`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from api.field_sentences import field_sentence
from api.sentences import SENTENCES
from procedures.json_types import Json, JsonObject
from records.errors import RecordsError
from workflows.core.refusals import Refused, http_status
from workflows.door import DoorError

MEDIA_TYPE = "application/problem+json"

# What records refuse; a code that is missing here is a defect and answers 500.
RECORDS_STATUS: Mapping[str, int] = {
    "command-id-reused": 422,
    "not-found": 404,
    "no-such-task": 404,
    "task-closed": 409,
    "claimed-by-another": 409,
    "not-claimed": 409,
    "wrong-duty": 403,
    "wrong-holder": 403,
    "login-refused": 401,
    "too-many-attempts": 429,
    "file-empty": 422,
    "file-too-large": 413,
    "file-type-unknown": 415,
    "file-type-mismatch": 422,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """`pointer` is a JSON pointer into the body, as a fragment."""

    pointer: str
    code: str
    detail: str


@dataclass(slots=True)
class Problem(Exception):
    """What the API itself refuses."""

    status: int
    code: str
    detail: str
    errors: Sequence[FieldError] = ()
    data: JsonObject = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def below(problem: Problem, place: str) -> Problem:
    """Answer the same for a caller who sent what is wrong at `place` of the body (`#/arguments`)."""
    moved = [replace(one, pointer=place + one.pointer.removeprefix("#")) for one in problem.errors]
    return replace(problem, errors=moved)


def not_signed_in() -> Problem:
    return Problem(401, "not-signed-in", "Đăng nhập trước (POST /api/v1/session), rồi gửi lại yêu cầu này.")


def invalid(errors: Sequence[FieldError], *, code: str = "invalid") -> Problem:
    """Answer the problem of a body that was understood but cannot be taken."""
    return Problem(422, code, "Có chỗ cần sửa; mỗi chỗ được nêu trong errors.", errors)


def unavailable(detail: str, *, seconds: int = 5) -> Problem:
    return Problem(503, "unavailable", detail, headers={"Retry-After": str(seconds)})


def problem_of(error: Exception) -> Problem | None:
    """Answer how an error is told to the caller; None for a defect."""
    match error:
        case Problem():
            return error
        case Refused():
            return Problem(http_status(error.code), error.code, error.sentence, data=dict(error.data))
        case RecordsError() if error.code in RECORDS_STATUS:
            return _of_records(error)
        case DoorError():
            return unavailable("Chưa gửi được việc này đi và chưa có gì thay đổi; gửi lại với cùng Idempotency-Key.")
        case OperationalError() | PoolTimeout():
            return unavailable("Cơ sở dữ liệu đang không trả lời; thử lại sau ít giây.")
        case RequestValidationError():
            return _of_body(error)
        case ValidationError():
            return invalid([_field_error(entry) for entry in error.errors()])
        case HTTPException():
            return Problem(
                error.status_code,
                _CODES.get(error.status_code, "http"),
                _SENTENCES.get(error.status_code, error.detail),
                headers=error.headers or {},
            )
        case _:
            return None


async def answer_problem(request: Request, error: Exception) -> JSONResponse:
    """Tell a problem; of a defect nothing is told but that it is one, since its words may be somebody's data."""
    problem = problem_of(error) or _DEFECT
    return JSONResponse(document(problem), problem.status, dict(problem.headers), MEDIA_TYPE)


def document(problem: Problem) -> dict[str, Json]:
    body: dict[str, Json] = {
        "type": f"/problems/{problem.code}",
        "title": problem.detail,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = [
            {"pointer": error.pointer, "code": error.code, "detail": error.detail} for error in problem.errors
        ]
    if problem.data:
        body["data"] = problem.data
    return body


def as_bytes(problem: Problem) -> bytes:
    """Answer the body for callers without a framework around them."""
    return orjson.dumps(document(problem))


_DEFECT = Problem(
    500, "defect", "Có lỗi trong hệ thống, đã được ghi lại. Thử lại sau; nếu vẫn vậy, báo người vận hành."
)
_CODES = {400: "malformed", 404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "media-type"}
_SENTENCES = {
    400: "Không đọc được nội dung gửi lên: gửi JSON đúng cú pháp, mã UTF-8.",
    404: "Không có địa chỉ này; xem /api/v1/openapi.json.",
    405: "Địa chỉ này không nhận phương thức đó; xem /api/v1/openapi.json.",
    415: "Gửi JSON, với Content-Type: application/json.",
}


def _of_records(error: RecordsError) -> Problem:
    status = RECORDS_STATUS[error.code]
    headers = {"Retry-After": str(error.data["retry_after"])} if "retry_after" in error.data else {}
    return Problem(status, error.code, SENTENCES[error.code], data=error.data, headers=headers)


def _of_body(error: RequestValidationError) -> Problem:
    entries = error.errors()
    if any(entry["type"] == "json_invalid" for entry in entries):
        return Problem(400, "malformed", _SENTENCES[400])
    if isinstance(error.body, bytes):
        return Problem(415, "media-type", _SENTENCES[415])
    return invalid([_field_error(entry) for entry in entries])


def _field_error(entry: Mapping[str, Any]) -> FieldError:
    places = [str(part) for part in entry["loc"] if part not in ("body", "query", "path", "header")]
    pointer = "#" + "".join("/" + place.replace("~", "~0").replace("/", "~1") for place in places)
    detail = field_sentence(entry["type"], entry["msg"], entry.get("ctx", {}))
    return FieldError(pointer=pointer, code=entry["type"].replace("_", "-"), detail=detail)
