"""POST /hooks/TOKEN: what was written for Slack's or Mattermost's incoming hooks works here by changing the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar import MediaType, Request, Response, post

from narae.apps.bots import rules
from narae.apps.bots.api.desk import CallRefused, Desk, desk_of, is_allowed, why_not
from narae.apps.bots.forms.slack import posts_of
from narae.apps.bots.queries import Guarded
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit.errors import NaraeError

NOT_THERE, BAD, FORBIDDEN, TOO_MANY = 404, 400, 403, 429


@post("/hooks/{token:str}", status_code=200, include_in_schema=False)
async def hook(request: Request[Any, Any, Any], db: Database, token: str) -> Response[str]:
    """Let a robot say what a program asks, in Slack's form."""
    desk, ip, raw = desk_of(db), address(request), await request.body()
    robot = await desk.robot(token)
    status, said = await _answer(desk, robot, raw, ip)
    if robot is not None:
        desk.note(robot, "slack", ip=ip, code=0 if status == 200 else status, answer=said, said=raw.decode("utf-8", "replace")[:1000])
    return Response(said, status_code=status, media_type=MediaType.TEXT, headers={"Retry-After": "60"} if status == TOO_MANY else None)


async def _answer(desk: Desk, robot: Guarded | None, raw: bytes, ip: str) -> tuple[int, str]:
    try:
        await _take(desk, robot, raw, ip)
    except CallRefused as refusal:
        return refusal.code, str(refusal)
    except NaraeError as error:
        return error.status, why_not(error)
    return 200, "ok"


async def _take(desk: Desk, robot: Guarded | None, raw: bytes, ip: str) -> None:
    if robot is None:
        raise CallRefused(NOT_THERE, "no_service")
    if not robot.enabled or not is_allowed(robot, ip):
        raise CallRefused(FORBIDDEN, "action_prohibited")
    if robot.sign:
        raise CallRefused(FORBIDDEN, "this robot takes signed calls only, which this form has not")
    body = _body_of(raw)
    if body is None:
        raise CallRefused(BAD, "invalid_payload")
    posts = posts_of(body)
    if not posts:
        raise CallRefused(BAD, "no_text")
    if not rules.has_keyword(robot.keywords, "\n".join(said.text for said in posts)):
        raise CallRefused(FORBIDDEN, "keywords not in content")
    if not desk.has_turn(robot):
        raise CallRefused(TOO_MANY, "rate_limited")
    for said in posts:
        await desk.say(robot, said, ip=ip)


def _body_of(raw: bytes) -> dict[str, Any] | None:
    """JSON, or a form with JSON in `payload`, whatever the content type says."""
    if raw[:8] == b"payload=":
        raw = parse_qs(raw.decode("utf-8", "replace"), max_num_fields=50).get("payload", [""])[0].encode()
    try:
        read = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return read if isinstance(read, dict) else None
