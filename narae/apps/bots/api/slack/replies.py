"""POST /hooks/reply/…: the response_url that a robot's call carried, good for half an hour and five answers."""

from __future__ import annotations

import hmac
from typing import Any

from litestar import MediaType, Request, Response, post

from narae.apps.bots.actions.replies import take_late
from narae.apps.bots.api.desk import why_not
from narae.apps.bots.forms.answers import read_later
from narae.apps.bots.rules import proof
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit.errors import NaraeError, NotFound
from narae.core.kit.who import Who

_STATUS = {"expired_url": 404, "used_url": 404}


@post("/hooks/reply/{ask_id:str}/{mac:str}", status_code=200, include_in_schema=False)
async def reply(request: Request[Any, Any, Any], db: Database, server_key: bytes, ask_id: str, mac: str) -> Response[str]:
    """Take a late answer."""
    if not hmac.compare_digest(proof(server_key, "reply", ask_id).encode(), mac.encode()):
        return _told(404, "no_service")
    asked = read_later(await request.body())
    if asked is None:
        return _told(400, "no_text")
    try:
        await db.write(take_late, Who(person="", ip=address(request)), ask_id, reply=asked)
    except NotFound:
        return _told(404, "no_service")
    except NaraeError as error:
        return _told(_STATUS.get(error.code, error.status), error.code if error.code in _STATUS else why_not(error))
    return _told(200, "ok")


def _told(status: int, words: str) -> Response[str]:
    return Response(words, status_code=status, media_type=MediaType.TEXT)
