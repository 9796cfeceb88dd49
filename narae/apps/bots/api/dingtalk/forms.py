"""The two ways in which DingTalk's programming interfaces say no, and how their bodies are read.

The newer one answers with an HTTP status and {code, message, requestid}, the older one with HTTP 200 and a number as `errcode`.
"""

from __future__ import annotations

import math
import re
from typing import Any, TypeVar

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from narae.core.http.who import request_id
from narae.core.kit.errors import Invalid, NaraeError

T = TypeVar("T")
_ID = re.compile(r"[0-9a-z]{20}")
_ERRCODES = {
    "invalidAuthentication": 40014,
    "invalidClientIdOrSecret": 40089,
    "too_many": 90018,
    "busy": -1,
    "unavailable": -1,
    "storage": -1,
}
_OTHER = 40035


class ApiRefused(NaraeError):
    """A refusal with the code and the HTTP status that programs know."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message, code=code)
        self.status = status


def read(raw: bytes, kind: type[T]) -> T:
    """A body of the newer interface; Invalid says what is wrong in it."""
    try:
        return msgspec.json.decode(raw or b"{}", type=kind, strict=False)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"This body is not of the right form: {error}", code="invalidParameter") from error


def as_id(given: str) -> str:
    """`given` if it can be an id of ours, else "", which nothing has."""
    return given if _ID.fullmatch(given) else ""


def conversation(room_id: str) -> str:
    """The name of a room in these interfaces."""
    return f"cid{room_id}"


def room_of(conversation_id: str) -> str:
    """The room that is named so, or ""."""
    return as_id(conversation_id.removeprefix("cid"))


def _newer(request: Request[Any, Any, Any], error: NaraeError) -> Response[dict[str, str]]:
    wait = getattr(error, "retry_after", None)
    headers = {"Retry-After": str(max(1, math.ceil(wait)))} if wait else None
    body = {"code": error.code, "message": error.message, "requestid": request_id(request)}
    return Response(body, status_code=error.status, headers=headers)


def _newer_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, str]]:
    body = {"code": "invalidRequest", "message": error.detail, "requestid": request_id(request)}
    return Response(body, status_code=error.status_code)


def _older(request: Request[Any, Any, Any], error: NaraeError) -> Response[dict[str, Any]]:
    body = {"errcode": _ERRCODES.get(error.code, _OTHER), "errmsg": error.message, "request_id": request_id(request)}
    return Response(body, status_code=200)


def _older_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[dict[str, Any]]:
    return Response({"errcode": _OTHER, "errmsg": error.detail, "request_id": request_id(request)}, status_code=200)


NEWER: ExceptionHandlersMap = {NaraeError: _newer, HTTPException: _newer_http}
OLDER: ExceptionHandlersMap = {NaraeError: _older, HTTPException: _older_http}
