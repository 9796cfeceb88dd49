"""Errors as JSON: `{code, message, field?, request_id}`, a code for programs and a sentence for people."""

from __future__ import annotations

import logging
import math
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DataError

from narae.core.http.who import request_id
from narae.core.kit.errors import NaraeError

log = logging.getLogger("narae.http")


class ErrorBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """What every refusal says."""

    code: str
    message: str
    request_id: str
    field: str | None = None


def _answer(request: Request[Any, Any, Any], status: int, body: ErrorBody, headers: dict[str, str] | None = None) -> Response[ErrorBody]:
    return Response(body, status_code=status, headers=headers, media_type=MediaType.JSON)


def _ours(request: Request[Any, Any, Any], error: NaraeError) -> Response[ErrorBody]:
    wait = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(max(1, math.ceil(wait)))} if wait else None
    return _answer(request, error.status, ErrorBody(error.code, error.message, request_id(request), error.field), headers)


def _invalid(request: Request[Any, Any, Any], error: ValidationException) -> Response[ErrorBody]:
    extra: Any = error.extra
    first = extra[0] if isinstance(extra, list) and extra else {}
    message = str(first.get("message", "")) or error.detail
    body = ErrorBody("invalid", f"This input is not of the right form: {message}", request_id(request), first.get("key"))
    return _answer(request, 400, body)


def _theirs(request: Request[Any, Any, Any], error: HTTPException) -> Response[ErrorBody]:
    status = HTTPStatus(error.status_code)
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        detail = error.detail if status == HTTPStatus.BAD_REQUEST else f"{status.phrase}."
        return _answer(request, status, ErrorBody(status.phrase.lower().replace(" ", "_"), detail, request_id(request)), error.headers)
    return _unexpected(request, error)


def _unstorable(request: Request[Any, Any, Any], error: DataError) -> Response[ErrorBody]:
    """What PostgreSQL can't even look up, like a NUL in an id, nobody can have."""
    log.info("request %s: %s", request_id(request), error.orig)
    return _answer(request, 400, ErrorBody("invalid", "This input holds characters or numbers that can't be.", request_id(request)))


def _unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    log.error("request %s %s %s failed", request_id(request), request.method, request.url.path, exc_info=error)
    message = "Something went wrong on the server. Tell your administrator the request id."
    return _answer(request, 500, ErrorBody("internal", message, request_id(request)))


HANDLERS: ExceptionHandlersMap = {
    NaraeError: _ours,
    ValidationException: _invalid,
    HTTPException: _theirs,
    DataError: _unstorable,
    Exception: _unexpected,
}
