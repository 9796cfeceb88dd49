"""Files of robots: uploaded before they are said, and downloaded without a session by who has been told of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile

from narae.apps.bots.actions.speaking import note_media
from narae.apps.bots.api.desk import desk_of
from narae.apps.bots.api.dingtalk.forms import NEWER, OLDER, ApiRefused, as_id, read
from narae.apps.bots.api.dingtalk.tokens import by_access_token, caller
from narae.apps.bots.api.dingtalk.told import DOWNLOAD
from narae.apps.bots.queries import by_id
from narae.apps.bots.queries.speaking import media_of
from narae.core.db import Database
from narae.core.files.actions import clean_name, expect, note_file
from narae.core.files.api import make_thumb, mime_of, sent
from narae.core.files.images import SHOWN
from narae.core.files.queries import readable
from narae.core.files.store import Blobs
from narae.core.http.who import address
from narae.core.kit.clock import HOUR, MINUTE
from narae.core.kit.errors import Invalid, NotFound, TooLarge
from narae.core.kit.ids import new_id
from narae.core.kit.keys import opened, sealed
from narae.core.kit.limits import ROBOT_DOWNLOAD_MINUTES, ROBOT_MEDIA_BYTES, ROBOT_MEDIA_HOURS
from narae.core.kit.settings import Settings
from narae.core.kit.who import Who

_PURPOSE = "bots.download"
_TYPES = ("image", "voice", "video", "file")
_FORM_BYTES = ROBOT_MEDIA_BYTES + 100_000


@post("/media/upload", status_code=200, include_in_schema=False, exception_handlers=OLDER, request_max_body_size=_FORM_BYTES)
async def upload(request: Request[Any, Any, Any], db: Database, blobs: Blobs, server_key: bytes) -> dict[str, Any]:
    """Keep a file that a robot is going to say."""
    robot = await by_access_token(desk_of(db), server_key, request.query_params.get("access_token") or "", ip=address(request))
    form = await request.form()
    kind, file = request.query_params.get("type") or form.get("type"), form.get("media")
    if kind not in _TYPES or not isinstance(file, UploadFile):
        raise Invalid("missing parameter: type (image, voice, video or file), and the file as media")
    data = await file.read()
    if not 0 < len(data) <= ROBOT_MEDIA_BYTES:
        raise TooLarge(f"A file has 1 to {ROBOT_MEDIA_BYTES // 1_000_000} MB.", code="file_too_large")
    who, media_id, name = Who(person=robot.id, ip=address(request)), new_id(db.clock.now()), clean_name(file.filename)
    await db.write(expect, who, media_id)
    await blobs.put(media_id, data)
    await db.write(note_media, who, media_id=media_id, name=name, mime=mime_of(name, file.content_type), size=len(data))
    return {"errcode": 0, "errmsg": "ok", "type": kind, "media_id": f"@{media_id}", "created_at": db.clock.now()}


async def bring(db: Database, blobs: Blobs, who: Who, room_id: str, media_id: str, name: str) -> str:
    """Put what was uploaded into a room, where a message can name it; the file's id."""
    since = db.clock.now() - ROBOT_MEDIA_HOURS * HOUR
    row = await db.read(media_of, who.person, as_id(media_id.removeprefix("@")), since=since)
    if row is None:
        raise ApiRefused(400, "mediaNotExist", "There is no such media. Upload it again.")
    file_id = new_id(db.clock.now())
    await db.write(expect, who, file_id)
    await blobs.put(file_id, await blobs.get(row.id))
    pixels = await make_thumb(blobs, file_id, row.size) if row.mime in SHOWN else None
    await db.write(note_file, who, room_id, file_id=file_id, name=name or row.name, mime=row.mime, size=row.size, pixels=pixels)
    return file_id


class Wanted(msgspec.Struct, frozen=True, rename="camel"):
    """The file of a message, by the code that was told with it."""

    robot_code: str = ""
    download_code: str = ""


@post("/v1.0/robot/messageFiles/download", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def find_download(request: Request[Any, Any, Any], db: Database, settings: Settings, server_key: bytes) -> dict[str, str]:
    """Where a file that a robot was told of can be downloaded, for ROBOT_DOWNLOAD_MINUTES."""
    robot = await caller(request, desk_of(db), server_key)
    words = opened(server_key, DOWNLOAD, read(await request.body(), Wanted).download_code)
    if words is None or words[:2] != [robot.id, str(robot.app)]:
        raise ApiRefused(400, "invalidParameter.downloadCode", "This download code is not one of this robot's.")
    row = await db.read(readable, robot.id, words[2])
    until = db.clock.now() + ROBOT_DOWNLOAD_MINUTES * MINUTE
    code = sealed(server_key, _PURPOSE, robot.id, robot.app, row.id, until)
    return {"downloadUrl": f"{settings.public_url}/robot/files/{code}/{quote(row.name, safe='')}"}


@get("/robot/files/{code:str}/{name:str}", include_in_schema=False)
async def download(request: Request[Any, Any, Any], db: Database, blobs: Blobs, server_key: bytes, code: str, name: str) -> Response[Any]:
    """The bytes of such a file."""
    words = opened(server_key, _PURPOSE, code)
    robot = await db.read(by_id, words[0]) if words and int(words[3]) > db.clock.now() else None
    if words is None or robot is None or str(robot.app) != words[1]:
        raise NotFound("This address is too old. Ask for a new one.")
    return sent(request, blobs, await db.read(readable, robot.id, words[2]))


ROUTES = (upload, find_download, download)
