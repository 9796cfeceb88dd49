"""The outermost layer of HTTP: request ids, security headers, the same-origin check, metrics.

Changing requests that a browser sends from another site are refused by what the browser itself says of them
(Sec-Fetch-Site, Origin), so that no token has to travel. Source: OWASP Cross-Site Request Forgery Prevention.
"""

from __future__ import annotations

import secrets
import time
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar.types import ASGIApp, Receive, Send

from narae.core.http.errors import ErrorBody
from narae.core.http.metrics import Metrics

_SAFE = ("GET", "HEAD", "OPTIONS")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; media-src 'self' blob:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    b"content-security-policy": _POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(self), microphone=(self), display-capture=(self), geolocation=()",
}
_HSTS = (b"strict-transport-security", b"max-age=31536000")


def is_foreign(headers: dict[bytes, bytes]) -> bool:
    """Whether a browser says that a request comes from a page of another site."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site not in (b"same-origin", b"none")
    origin = headers.get(b"origin")
    return origin is not None and urlsplit(origin.decode("latin-1")).netloc != headers.get(b"host", b"").decode("latin-1")


class Guard:
    """Wraps the ASGI application."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, secure: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._headers = dict([*_HEADERS.items(), *([_HSTS] if secure else [])])

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["narae_request_id"] = request_id = secrets.token_hex(8)
        started = time.perf_counter()

        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                extra = [(k, v) for k, v in self._headers.items() if k not in own]
                message["headers"] = [*message["headers"], *extra, (b"x-request-id", request_id.encode())]
                self._metrics.request(scope["method"], message["status"], time.perf_counter() - started)
            await send(message)

        headers = dict(scope["headers"])
        if scope["method"] not in _SAFE and b"authorization" not in headers and is_foreign(headers):
            await _refuse(send_guarded, request_id)
            return
        await self._app(scope, receive, send_guarded)


async def _refuse(send: Any, request_id: str) -> None:
    body = ErrorBody("foreign_origin", "This request comes from another site. Open Narae itself and try again.", request_id)
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": msgspec.json.encode(body)})
