"""Serves the built client from memory: hashed assets for ever, index.html for every address of a page."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, route

from narae.core.kit.errors import NotFound

STATIC = Path(__file__).parents[2] / "static"
_COMPRESSED = (".js", ".css", ".html", ".json", ".svg", ".webmanifest")
mimetypes.add_type("application/manifest+json", ".webmanifest")


@dataclass(frozen=True)
class Asset:
    """A file of the client, ready to be sent."""

    body: bytes
    zipped: bytes | None
    mime: str
    cache: str
    tag: str


@lru_cache(maxsize=512)
def _asset(path: str) -> Asset | None:
    file = (STATIC / path).resolve()
    if not file.is_relative_to(STATIC.resolve()) or not file.is_file():
        return None
    body = file.read_bytes()
    zipped = gzip.compress(body, 9) if file.suffix in _COMPRESSED else None
    forever = path.startswith("assets/")
    cache = "public, max-age=31536000, immutable" if forever else "no-cache"
    mime = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Asset(body, zipped, mime, cache, f'"{hashlib.sha256(body).hexdigest()[:16]}"')


@route(["/", "/{path:path}"], http_method=["GET", "HEAD"], include_in_schema=False, sync_to_thread=False)
def page(request: Request[Any, Any, Any], path: str = "") -> Response[bytes]:
    """A file of the client, or its first page, which finds its own way from the address."""
    path = path.lstrip("/")
    if path.startswith(("api/", "files/", "health/", "assets/")) and _asset(path) is None:
        raise NotFound("There is nothing at this address.")
    asset = (_asset(path) if path else None) or _asset("index.html")
    if asset is None:
        return Response(b"Narae's pages have not been built. Run ./run once.", status_code=503, media_type=MediaType.TEXT)
    headers = {"Cache-Control": asset.cache, "ETag": asset.tag, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == asset.tag:
        return Response(b"", status_code=304, headers=headers)
    if asset.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.zipped, headers=headers | {"Content-Encoding": "gzip"}, media_type=asset.mime)
    return Response(asset.body, headers=headers, media_type=asset.mime)
