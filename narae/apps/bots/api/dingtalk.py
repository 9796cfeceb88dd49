"""POST /robot/send: what was written for DingTalk's custom robots works here by changing the address.

It is always answered by HTTP 200, a number as `errcode`, and in `errmsg` the words that clients and their users look for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import msgspec
from litestar import Request, Response, post

from narae.apps.bots import rules
from narae.apps.bots.api.desk import CallRefused, Desk, desk_of, is_allowed, signing_secret, why_not
from narae.apps.bots.api.dingtalk_bodies import post_of
from narae.apps.bots.api.native import heard as native
from narae.apps.bots.public import Way
from narae.apps.bots.queries import Guarded
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit.errors import NaraeError, NotFound, Unavailable
from narae.core.kit.limits import ROBOT_BODY_BYTES

OK, BUSY, NO_JSON, NO_TOKEN, NO_ROBOT = 0, -1, 40035, 400101, 400106
OFF, TOO_FAST, GUARDED, TOO_LONG, DISSOLVED = 400102, 410100, 310000, 460101, 400013
_CODES = {"room_archived": DISSOLVED, "posting_limited": OFF}


class Answer(msgspec.Struct, frozen=True):
    """What clients read."""

    errcode: int
    errmsg: str


@post("/robot/send", status_code=200, include_in_schema=False)
async def send(request: Request[Any, Any, Any], db: Database, server_key: bytes) -> Response[Answer]:
    """Let a robot say what a program asks, in DingTalk's form."""
    desk, ip, raw = desk_of(db), address(request), await request.body()
    body, robot, noted = _body_of(raw), None, ""
    told = native.heard(request.scope["headers"], body)
    try:
        token = request.query_params.get("access_token") or str((body or {}).get("access_token") or "")
        robot = await desk.robot(token)
        noted = await _take(desk, request, robot, raw, body, told, server_key)
        answer = Answer(OK, "ok")
    except CallRefused as refusal:
        answer = Answer(refusal.code, str(refusal))
    except NotFound:
        answer = Answer(NO_ROBOT, "robot does not exist in this room any more")
    except Unavailable as error:
        answer = Answer(BUSY, f"system busy, try again: {error.message}")
    except NaraeError as error:
        answer = Answer(_CODES.get(error.code, NO_JSON), why_not(error))
    if robot is not None:
        way: Way = "native" if told else "dingtalk"
        desk.note(robot, way, ip=ip, code=answer.errcode, answer=noted or answer.errmsg, said=raw[:2000].decode("utf-8", "replace")[:1000])
    return Response(answer)


async def _take(
    desk: Desk, request: Request[Any, Any, Any], robot: Guarded | None, raw: bytes, body: dict[str, Any] | None,
    told: native.Heard | None, server_key: bytes,
) -> str:  # fmt: skip
    if robot is None:
        raise CallRefused(NO_TOKEN, "access_token does not exist: token is not exist")
    if not robot.enabled:
        raise CallRefused(OFF, "this robot is switched off")
    _check_sender(request, desk, robot, raw, told, server_key)
    if told is not None:
        return await native.take(desk, robot, told, ip=address(request), guarded=GUARDED, too_fast=TOO_FAST)
    if len(raw) > ROBOT_BODY_BYTES:
        raise CallRefused(TOO_LONG, f"message too long, exceed {ROBOT_BODY_BYTES} bytes")
    if body is None:
        raise CallRefused(NO_JSON, "missing parameter: json")
    said = post_of(body)
    if not rules.has_keyword(robot.keywords, "\n".join(_words(body))):
        raise CallRefused(GUARDED, "keywords not in content")
    if not desk.has_turn(robot):
        raise CallRefused(TOO_FAST, f"send too fast, exceed {robot.per_minute} times per minute")
    await desk.say(robot, said, ip=address(request))
    return "ok"


def _words(value: Any) -> Iterator[str]:
    """Everything that a body says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words(one)


def _check_sender(
    request: Request[Any, Any, Any], desk: Desk, robot: Guarded, raw: bytes, told: native.Heard | None, server_key: bytes
) -> None:
    ip = address(request)
    if not is_allowed(robot, ip):
        raise CallRefused(GUARDED, f"ip {ip} not in whitelist")
    if robot.sign and told is not None:
        if not native.is_proven(told, raw, signing_secret(server_key, robot.id, robot.sign)):
            raise CallRefused(GUARDED, f"sign not match: the secret that {told.system} was given is not this robot's")
    elif robot.sign:
        timestamp, sign = (request.query_params.get(name) or "" for name in ("timestamp", "sign"))
        if not rules.is_timely(timestamp, now=desk.db.clock.now()):
            raise CallRefused(GUARDED, "invalid timestamp")
        if not rules.is_signed(signing_secret(server_key, robot.id, robot.sign), timestamp, sign):
            raise CallRefused(GUARDED, "sign not match")


def _body_of(raw: bytes) -> dict[str, Any] | None:
    """JSON, or a form whose fields may hold JSON, whatever the content type says; None when it is neither."""
    try:
        read = msgspec.json.decode(raw)
        return read if isinstance(read, dict) else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:
        form = parse_qs(raw.decode(), strict_parsing=True, max_num_fields=50)
    except ValueError:
        return None
    return {name: _field(values[0]) for name, values in form.items()}


def _field(value: str) -> Any:
    try:
        return msgspec.json.decode(value) if value[:1] in "{[" else value
    except msgspec.DecodeError:
        return value
