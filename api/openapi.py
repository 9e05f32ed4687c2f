"""The document of the API: what FastAPI derives from the endpoints, and what only we know of them."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import MEDIA_TYPE

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string"}
_PROBLEM: Schema = {
    "type": "object",
    "description": "RFC 9457: `code` names what went wrong, `detail` says what to do, `errors` points at fields.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "code": _TEXT,
        "detail": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {"pointer": _TEXT, "code": _TEXT, "detail": _TEXT},
            },
        },
        "data": {"type": "object"},
    },
}
_PROGRESS: Schema = {
    "type": "object",
    "description": "Where the case is, since when, what next, by when; nothing about persons.",
    "required": ["case", "seq", "code", "procedure", "phase", "national_code", "words", "unit", "due", "steps"],
    "properties": {
        "case": _TEXT,
        "seq": {"type": "integer"},
        "code": {"type": ["string", "null"]},
        "phase": _TEXT,
        "national_code": {"type": ["integer", "null"]},
        "words": {"type": "object", "description": "By language: `state`, `additions`, `following`."},
        "due": {"type": ["string", "null"], "format": "date-time"},
        "steps": {"type": "array", "items": {"type": "object"}},
    },
}
_KNOWN_BY_TAG: Schema = {"name": "If-None-Match", "in": "header", "required": False, "schema": _TEXT}


def describe(app: FastAPI, *, prefix: str) -> Schema:
    """Answer OpenAPI: problems as they are told, keys and sessions as they are asked, and the portal's hot reads."""
    document = get_openapi(title=app.title, version=app.version, routes=app.routes)
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas |= {"Problem": _PROBLEM, "Progress": _PROGRESS}
    for operations in document["paths"].values():
        for operation in operations.values():
            _complete(operation)
    document["paths"] |= {
        f"{prefix}/cases/{{case}}/progress": {"get": _progress("case", where="path")},
        f"{prefix}/progress": {"get": _progress("code", where="query")},
    }
    return document


def _complete(operation: Schema) -> None:
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = _told_as_problem()
    for parameter in operation.get("parameters", []):
        if parameter["name"] == "idempotency-key":
            parameter |= {"required": True, "schema": {"type": "string", "minLength": 1, "maxLength": 200}}


def _progress(by: str, *, where: str) -> Schema:
    headers = {"ETag": {"schema": _TEXT}, "Cache-Control": {"schema": _TEXT}}
    return {
        "tags": ["progress"],
        "summary": f"Progress by {by}",
        "description": "For anybody who has it; strong ETag, and a lifetime that ends at the next boundary.",
        "operationId": f"progress_by_{by}",
        "parameters": [{"name": by, "in": where, "required": True, "schema": _TEXT}, _KNOWN_BY_TAG],
        "responses": {
            "200": {
                "description": "Where the case is",
                "headers": headers,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Progress"}}},
            },
            "304": {"description": "It is as the caller knows it", "headers": headers},
            "default": _told_as_problem(),
        },
    }


def _told_as_problem() -> Schema:
    return {"description": "A problem", "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
