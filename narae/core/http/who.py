"""Who sends a request: handed to endpoints as `who: Who`, found by whatever the server was built with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection

from narae.core.kit.errors import Refused, SignInNeeded
from narae.core.kit.limits import ONCE_KEY_CHARS, USER_AGENT_CHARS
from narae.core.kit.who import Who

COOKIE = "narae_session"
DEVICE_COOKIE = "narae_device"
Authenticate = Callable[[str], Awaitable[Who | None]]


def secret_of(cookies: Mapping[str, str], authorization: str | None) -> str | None:
    """The session's or token's secret that a request carries."""
    if authorization and authorization[:7].lower() == "bearer ":
        return authorization[7:].strip()
    return cookies.get(COOKIE)


async def provide_who(request: Request[Any, Any, Any]) -> Who:
    """The signed-in person behind `request`; SignInNeeded without one, Refused when their token may not do this."""
    secret = secret_of(request.cookies, request.headers.get("authorization"))
    who: Who | None = await request.app.state.authenticate(secret) if secret else None
    if who is None:
        raise SignInNeeded("Sign in first.")
    if who.scopes is not None:
        _check_scope(request, who.scopes)
    return msgspec.structs.replace(who, request_id=request_id(request), ip=address(request), once=_once_key(request))


def _check_scope(request: Request[Any, Any, Any], scopes: frozenset[str]) -> None:
    asked = request.route_handler.opt.get("scope")
    if asked == "session":
        raise Refused("A token can't do this; sign in with a browser.", code="session_only")
    if (needed := _scope_needed(request.method, asked)) not in scopes:
        raise Refused(f'This token lacks the scope "{needed}".', code="scope_missing")


def _scope_needed(method: str, asked: str | None) -> str:
    """The scope that a request by token needs: what its route asks for, else by its method."""
    return asked or ("read" if method in ("GET", "HEAD") else "write")


def _once_key(request: Request[Any, Any, Any]) -> str | None:
    key = request.headers.get("idempotency-key")
    if key and len(key) > ONCE_KEY_CHARS:
        raise Refused(f"An Idempotency-Key has at most {ONCE_KEY_CHARS} characters.", field="Idempotency-Key")
    return key if key and request.method == "POST" else None


def provide_visitor(request: Request[Any, Any, Any]) -> Who:
    """Somebody who need not be signed in."""
    return Who(person="", request_id=request_id(request), ip=address(request))


def request_id(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The id of a request, as logs and error pages show it."""
    return str(connection.scope.get("narae_request_id", ""))


def address(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Where a request comes from."""
    return connection.client.host if connection.client else ""


def user_agent(request: Request[Any, Any, Any]) -> str:
    """What the browser calls itself."""
    return request.headers.get("user-agent", "")[:USER_AGENT_CHARS]
