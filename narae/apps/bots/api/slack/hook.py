"""POST /hooks/TOKEN: what was written for Slack's or Mattermost's incoming hooks works here by changing the address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar import MediaType, Request, Response, post

from narae.apps.bots import rules
from narae.apps.bots.api.desk import CallRefused, Desk, desk_of, is_allowed, signing_secret, why_not
from narae.apps.bots.api.native import heard as native
from narae.apps.bots.forms.slack import posts_of
from narae.apps.bots.public import Way
from narae.apps.bots.queries import Guarded
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit.errors import NaraeError

NOT_THERE, BAD, FORBIDDEN, TOO_MANY = 404, 400, 403, 429


@post("/hooks/{token:str}", status_code=200, include_in_schema=False)
async def hook(request: Request[Any, Any, Any], db: Database, server_key: bytes, token: str) -> Response[str]:
    """Let a robot say what a program asks, in Slack's form, or in that of its own system."""
    desk, ip, raw = desk_of(db), address(request), await request.body()
    robot, told, status = None, None, 200
    try:
        robot = await desk.robot(token, ip=ip)
        admitted = _admitted(desk, robot, ip)
        body = _body_of(raw)
        told = native.heard(request.scope["headers"], body)
        _check_signature(admitted, told, raw, server_key)
        noted = await (
            native.take(desk, admitted, told, ip=ip, guarded=FORBIDDEN, too_fast=TOO_MANY) if told else _take(desk, admitted, body, ip)
        )
    except CallRefused as refusal:
        status, noted = refusal.code, str(refusal)
    except NaraeError as error:
        status, noted = error.status, why_not(error)
    if robot is not None:
        way: Way = "native" if told else "slack"
        desk.note(robot, way, ip=ip, code=0 if status == 200 else status, answer=noted, said=raw[:2000].decode("utf-8", "replace")[:1000])
    said = "ok" if status == 200 else noted
    return Response(said, status_code=status, media_type=MediaType.TEXT, headers={"Retry-After": "60"} if status == TOO_MANY else None)


def _admitted(desk: Desk, robot: Guarded | None, ip: str) -> Guarded:
    """The robot, once all is checked that needs no look at what is said."""
    if robot is None:
        raise CallRefused(NOT_THERE, "no_service")
    if not robot.enabled or not is_allowed(robot, ip):
        raise CallRefused(FORBIDDEN, "action_prohibited")
    if desk.is_over(robot):
        raise CallRefused(TOO_MANY, "rate_limited")
    return robot


def _check_signature(robot: Guarded, told: native.Heard | None, raw: bytes, server_key: bytes) -> None:
    if robot.sign and not (told and native.is_proven(told, raw, signing_secret(server_key, robot.id, robot.sign))):
        raise CallRefused(FORBIDDEN, "this robot takes signed calls only, which this form has not")


async def _take(desk: Desk, robot: Guarded, body: dict[str, Any] | None, ip: str) -> str:
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
    return "ok"


def _body_of(raw: bytes) -> dict[str, Any] | None:
    """JSON, or a form with JSON in `payload`, whatever the content type says."""
    if raw[:8] == b"payload=":
        raw = parse_qs(raw.decode("utf-8", "replace"), max_num_fields=50).get("payload", [""])[0].encode()
    try:
        read = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return read if isinstance(read, dict) else None
