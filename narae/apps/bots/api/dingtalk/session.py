"""POST /robot/sendBySession: what a robot answers to a message that it was told, for 90 minutes, without any other secret.

The address names the robot, the message and the end, sealed under the server's key, so nothing is stored for what is never answered.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post

from narae.apps.bots.api.desk import CallRefused, Desk, desk_of, is_allowed
from narae.apps.bots.api.dingtalk.bodies import post_of
from narae.apps.bots.api.dingtalk.send import GUARDED, NO_JSON, OFF, TOO_FAST, TOO_LONG, Answer, answer_to, body_of
from narae.apps.bots.public import Post
from narae.apps.bots.queries import Guarded, by_id
from narae.apps.bots.queries.hearing import thread_of
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit.keys import opened, sealed
from narae.core.kit.limits import ROBOT_API_A_SECOND, ROBOT_BODY_BYTES, ROBOT_SESSION_MINUTES
from narae.core.rooms.public import Message

_PURPOSE = "bots.session"
NO_SESSION = 300001


def session_until(message: Message) -> int:
    """When the answers to a message end (ms)."""
    return message.at + ROBOT_SESSION_MINUTES * 60_000


def session_of(key: bytes, robot: Guarded, message: Message) -> str:
    """What answers to `message` are sent with."""
    return sealed(key, _PURPOSE, robot.id, robot.app, message.room, message.seq, session_until(message))


@post("/robot/sendBySession", status_code=200, include_in_schema=False)
async def answer(request: Request[Any, Any, Any], db: Database, server_key: bytes) -> Response[Answer]:
    """Let a robot answer what it was told."""
    desk, raw = desk_of(db), await request.body()
    words = opened(server_key, _PURPOSE, request.query_params.get("session") or "")
    robot = await db.read(by_id, words[0], words[2]) if words else None
    known = words is not None and robot is not None and str(robot.app) == words[1]
    seq = int(words[3]) if words and known and int(words[4]) > db.clock.now() else 0
    said = await answer_to(_take(desk, robot, seq, raw, ip=address(request)))
    if known and robot is not None:
        desk.note(robot, "session", ip=address(request), code=said.errcode, answer=said.errmsg, said=raw.decode("utf-8", "replace")[:1000])
    return Response(said)


async def _take(desk: Desk, robot: Guarded | None, seq: int, raw: bytes, *, ip: str) -> None:
    if robot is None or not seq:
        raise CallRefused(NO_SESSION, "session does not exist or has expired")
    if not robot.enabled:
        raise CallRefused(OFF, "this robot is switched off")
    if not is_allowed(robot, ip):
        raise CallRefused(GUARDED, f"ip {ip} not in whitelist")
    if desk.asked.wait(robot.id):
        raise CallRefused(TOO_FAST, f"send too fast, exceed {ROBOT_API_A_SECOND} times per second")
    if len(raw) > ROBOT_BODY_BYTES:
        raise CallRefused(TOO_LONG, f"message too long, exceed {ROBOT_BODY_BYTES} bytes")
    body = body_of(raw)
    if body is None:
        raise CallRefused(NO_JSON, "missing parameter: json")
    await say_answer(desk, robot, seq, body, ip=ip)


async def say_answer(desk: Desk, robot: Guarded, seq: int, body: dict[str, Any], *, ip: str, nonce: str | None = None) -> None:
    """Say what answers message `seq` of the robot's room, in its thread if it stands in one; `nonce` if the body has no msgUuid."""
    if body.get("msgtype") == "empty":
        return
    said = post_of(body)
    thread = await desk.db.read(thread_of, robot.room, seq)
    await desk.say(robot, _in(said, thread, said.nonce or nonce), ip=ip)


def _in(said: Post, thread: int | None, nonce: str | None) -> Post:
    return Post(text=said.text, card=said.card, people=said.people, all=said.all, nonce=nonce, thread=thread)
