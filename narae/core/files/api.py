"""Uploads and downloads. What is downloaded can't run: no HTML or SVG is ever shown, and a sandbox policy goes with it."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import AsyncIterator
from typing import Annotated, Any
from urllib.parse import quote

from litestar import Request, Response, delete, get, post, put
from litestar.params import Parameter
from litestar.response import Stream
from sqlalchemy import Row

from narae.core.db import Database
from narae.core.files import actions, queries
from narae.core.files.images import SHOWN, shrink
from narae.core.files.store import Blobs, avatar_of, thumb_of
from narae.core.kit import limits
from narae.core.kit.errors import Invalid, TooMany
from narae.core.kit.ids import new_id
from narae.core.kit.who import Who, without_once
from narae.core.orgs.public import Me
from narae.core.rooms.public import File
from narae.core.rooms.queries.heads import require_room

_MIME = re.compile(r"[a-z0-9][a-z0-9.+-]{0,50}/[a-z0-9][a-z0-9.+-]{0,60}")
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_INLINE = SHOWN | {"application/pdf", "audio/mpeg", "audio/ogg", "audio/webm", "audio/mp4", "video/mp4", "video/webm", "video/ogg"}
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
_CHUNK = 1_000_000
_IMAGE_BYTES = 30_000_000
_uploading: dict[str, int] = {}


@post("/api/rooms/{room_id:str}/files", request_max_body_size=limits.UPLOAD_BYTES)
async def upload(
    request: Request[Any, Any, Any],
    who: Who,
    db: Database,
    blobs: Blobs,
    room_id: str,
    name: Annotated[str, Parameter(max_length=1000)],
) -> File:
    """Store the raw body as a file of the room; a message that names its id then brings it there."""
    await db.read(require_room, room_id, who.person)
    file_id = new_id(db.clock.now())
    with _Slot(who.person):
        await db.write(actions.expect, without_once(who), file_id)
        size = await blobs.keep(file_id, request.stream(), limit=limits.UPLOAD_BYTES)
    if size == 0:
        await blobs.drop(file_id)
        raise Invalid("This file is empty.", code="file_empty", field="name")
    mime = mime_of(name, request.headers.get("content-type"))
    pixels = await make_thumb(blobs, file_id, size) if mime in SHOWN else None
    return await db.write(actions.note_file, who, room_id, file_id=file_id, name=name, mime=mime, size=size, pixels=pixels)


class _Slot:
    """One of the few uploads that a person may have under way."""

    def __init__(self, person: str) -> None:
        self.person = person

    def __enter__(self) -> None:
        if _uploading.get(self.person, 0) >= limits.UPLOADS_A_PERSON_AT_ONCE:
            raise TooMany("Wait until your other uploads are done.", retry_after=2)
        _uploading[self.person] = _uploading.get(self.person, 0) + 1

    def __exit__(self, *_: object) -> None:
        _uploading[self.person] -= 1
        if not _uploading[self.person]:
            del _uploading[self.person]


def mime_of(name: str, said: str | None) -> str:
    """What kind of file it is: as its sender says, else by its name; anything odd is plain bytes."""
    mime = (said or "").partition(";")[0].strip().lower()
    if not _MIME.fullmatch(mime) or mime == "application/x-www-form-urlencoded":
        mime = mimetypes.guess_type(name)[0] or ""
    return mime if _MIME.fullmatch(mime) else "application/octet-stream"


async def make_thumb(blobs: Blobs, file_id: str, size: int) -> tuple[int, int] | None:
    """Store a small version of a stored picture; the width and height of the picture, or None when it is none."""
    if size > _IMAGE_BYTES:
        return None
    made = await shrink(await blobs.get(file_id))
    if made is None:
        return None
    await blobs.put(thumb_of(file_id), made[2])
    return made[0], made[1]


@get("/files/{file_id:str}/{name:str}", include_in_schema=False)
async def download(
    request: Request[Any, Any, Any], who: Who, db: Database, blobs: Blobs, file_id: str, name: str, thumb: bool = False
) -> Response[Any]:
    """The bytes of a file, whole or a range of them, or its small picture."""
    row = await db.read(queries.readable, who.person, file_id)
    if thumb and row.thumb:
        return _picture(await blobs.get(thumb_of(file_id)))
    return sent(request, blobs, row)


def sent(request: Request[Any, Any, Any], blobs: Blobs, row: Row[Any]) -> Response[Any]:
    """The bytes of a file whose row the caller may see, whole or the range that the request asks for."""
    start, end = _range(request.headers.get("range"), row.size)
    inline = row.mime in _INLINE
    headers = {
        "Content-Disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{quote(row.name)}",
        "Content-Security-Policy": _POLICY,
        "Cache-Control": "private, max-age=86400",
        "Accept-Ranges": "bytes",
        "Content-Length": str(end - start),
    }
    partial = end - start < row.size
    if partial:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{row.size}"
    media = row.mime if inline else "application/octet-stream"
    return Stream(_parts(blobs, row.id, start, end), headers=headers, media_type=media, status_code=206 if partial else 200)


def _range(asked: str | None, size: int) -> tuple[int, int]:
    """(start, end) of what is asked; everything for a range that makes no sense."""
    match = _RANGE.fullmatch(asked or "")
    if match is None or not (match[1] or match[2]):
        return 0, size
    if not match[1]:
        return max(0, size - int(match[2])), size
    start, end = int(match[1]), min(int(match[2]) + 1, size) if match[2] else size
    return (start, end) if start < end else (0, size)


async def _parts(blobs: Blobs, key: str, start: int, end: int) -> AsyncIterator[bytes]:
    while start < end:
        upto = min(start + _CHUNK, end)
        yield await blobs.part(key, start, upto)
        start = upto


def _picture(data: bytes) -> Response[bytes]:
    headers = {"Cache-Control": "private, max-age=31536000, immutable", "Content-Security-Policy": _POLICY}
    return Response(data, headers=headers, media_type="image/webp")


@get("/files/avatar/{person_id:str}", include_in_schema=False)
async def avatar(who: Who, db: Database, blobs: Blobs, person_id: str) -> Response[bytes]:
    """Somebody's picture."""
    version = await db.read(queries.avatar_version, who.person, person_id)
    return _picture(await blobs.get(avatar_of(person_id, version)))


@put("/api/me/avatar", request_max_body_size=limits.AVATAR_BYTES, opt={"scope": "session"})
async def set_avatar(request: Request[Any, Any, Any], who: Who, db: Database, blobs: Blobs) -> Me:
    """Show this picture (the raw body) of oneself."""
    made = await shrink(await request.body(), square=256)
    if made is None:
        raise Invalid("This is not a picture that can be read. Use PNG, JPEG, WebP or GIF.", code="not_a_picture", field="body")
    version = new_id(db.clock.now())
    key = avatar_of(who.person, version)
    await db.write(actions.expect, who, key)
    await blobs.put(key, made[2])
    return await db.write(actions.change_avatar, who, version)


@delete("/api/me/avatar", status_code=200, opt={"scope": "session"})
async def clear_avatar(who: Who, db: Database) -> Me:
    """Show no picture."""
    return await db.write(actions.change_avatar, who, None)


ROUTES = (upload, download, avatar, set_avatar, clear_avatar)
