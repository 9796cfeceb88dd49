"""POST /robot/send: what was written for DingTalk's custom robots works here by changing the address.

It is always answered by HTTP 200, a number as `errcode`, and in `errmsg` the words that clients and their users look for.
A plain ASGI handler: the framework's own way from a request to a function took longer than all that is done here.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Iterator
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, parse_qsl

import msgspec
from litestar import asgi
from litestar.types import Receive, Scope, Send

from narae.apps.bots import rules
from narae.apps.bots.api.desk import CallRefused, Desk, desk_of, is_allowed, signing_secret, why_not
from narae.apps.bots.api.dingtalk.bodies import post_of
from narae.apps.bots.api.native import heard as native
from narae.apps.bots.public import Way
from narae.apps.bots.queries import Guarded
from narae.core.kit.errors import NaraeError, NotFound, TooMany, Unavailable
from narae.core.kit.limits import BODY_BYTES, ROBOT_BODY_BYTES

OK, BUSY, NO_JSON, NO_TOKEN, NO_ROBOT = 0, -1, 40035, 400101, 400106
OFF, TOO_FAST, GUARDED, TOO_LONG, DISSOLVED = 400102, 410100, 310000, 460101, 400013
_LATER = [(b"retry-after", b"60")]
_CODES = {"room_archived": DISSOLVED, "posting_limited": OFF}


class Answer(msgspec.Struct, frozen=True):
    """What clients read."""

    errcode: int
    errmsg: str


@asgi("/robot/send", copy_scope=False)
async def send(scope: Scope, receive: Receive, send: Send) -> None:
    """Let a robot say what a program asks, in DingTalk's form."""
    state = scope["litestar_app"].state
    if scope.get("method") != "POST":
        await _reply(send, 405, Answer(NO_JSON, "POST is wanted here"), [(b"allow", b"POST")])
        return
    raw = await _read(receive)
    if raw is None:
        return
    client = scope["client"]
    call = _Call(scope["query_string"], scope["headers"], raw, client[0] if client else "")
    desk = desk_of(state.db)
    answer = await answer_to(_take(desk, call, state.server_key))
    if call.robot is not None:
        way: Way = "native" if call.is_native else "dingtalk"
        desk.note(call.robot, way, ip=call.ip, code=answer.errcode, answer=call.noted or answer.errmsg, said=call.beginning)
    await _reply(send, 200, answer, _LATER if answer.errcode == TOO_FAST else [])


async def _read(receive: Receive) -> bytes | None:
    """The body, no more of it than BODY_BYTES and what came with the last of them; None when the caller has gone."""
    chunks, size, more = [], 0, True
    while more and size <= BODY_BYTES:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunks.append(message["body"])
        size, more = size + len(chunks[-1]), message["more_body"]
    return b"".join(chunks)


async def _reply(send: Send, status: int, answer: Answer, headers: list[tuple[bytes, bytes]]) -> None:
    body = msgspec.json.encode(answer)
    known = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*known, *headers]})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def answer_to(work: Coroutine[Any, Any, None]) -> Answer:
    """Do it; what is answered, whether it was done or refused."""
    try:
        await work
    except CallRefused as refusal:
        return Answer(refusal.code, str(refusal))
    except NotFound:
        return Answer(NO_ROBOT, "robot does not exist in this room any more")
    except Unavailable as error:
        return Answer(BUSY, f"system busy, try again: {error.message}")
    except TooMany as error:
        return Answer(TOO_FAST, why_not(error))
    except NaraeError as error:
        return Answer(_CODES.get(error.code, NO_JSON), why_not(error))
    return Answer(OK, "ok")


class _Call:
    """What came, which robot it is for, and what is noted of it beside the answer.

    It is decoded once, and not before somebody asks: a robot that is over its limit is refused without.
    """

    def __init__(self, query: bytes, headers: Iterable[tuple[bytes, bytes]], raw: bytes, ip: str) -> None:
        self.query = dict(parse_qsl(query.decode("latin-1")))
        self.raw = raw
        self.ip = ip
        self._headers = headers
        self.is_native = False
        self.robot: Guarded | None = None
        self.noted = ""

    @cached_property
    def body(self) -> dict[str, Any] | None:
        """The body as it was decoded."""
        return body_of(self.raw)

    @cached_property
    def native(self) -> native.Heard | None:
        """What another system said in its own form."""
        told = native.heard(self._headers, self.body)
        self.is_native = told is not None
        return told

    @property
    def token(self) -> str:
        """The token, from the address or else from the body."""
        inside = self.body if "access_token" not in self.query and len(self.raw) <= ROBOT_BODY_BYTES else None
        return self.query.get("access_token") or str((inside or {}).get("access_token") or "")

    @property
    def beginning(self) -> str:
        """The first of what came, for the list of calls."""
        return self.raw[:2000].decode("utf-8", "replace")[:1000]


async def _take(desk: Desk, call: _Call, server_key: bytes) -> None:
    robot = call.robot = await desk.robot(call.token, ip=call.ip)
    if robot is None:
        raise CallRefused(NO_TOKEN, "access_token does not exist: token is not exist")
    if not robot.enabled:
        raise CallRefused(OFF, "this robot is switched off")
    if not is_allowed(robot, call.ip):
        raise CallRefused(GUARDED, f"ip {call.ip} not in whitelist")
    if desk.is_over(robot):
        raise CallRefused(TOO_FAST, _too_fast(robot))
    _check_signature(desk, robot, call, server_key)
    if call.native is not None:
        call.noted = await native.take(desk, robot, call.native, ip=call.ip, guarded=GUARDED, too_fast=TOO_FAST)
        return
    if len(call.raw) > ROBOT_BODY_BYTES:
        raise CallRefused(TOO_LONG, f"message too long, exceed {ROBOT_BODY_BYTES} bytes")
    if call.body is None:
        raise CallRefused(NO_JSON, "missing parameter: json")
    said = post_of(call.body)
    if robot.keywords and not rules.has_keyword(robot.keywords, "\n".join(_words(call.body))):
        raise CallRefused(GUARDED, "keywords not in content")
    if not desk.has_turn(robot):
        raise CallRefused(TOO_FAST, _too_fast(robot))
    await desk.say(robot, said, ip=call.ip)


def _too_fast(robot: Guarded) -> str:
    return f"send too fast, exceed {robot.per_minute} times per minute"


def _check_signature(desk: Desk, robot: Guarded, call: _Call, server_key: bytes) -> None:
    if not robot.sign:
        return
    secret = signing_secret(server_key, robot.id, robot.sign)
    if call.native is not None:
        if not native.is_proven(call.native, call.raw, secret):
            raise CallRefused(GUARDED, f"sign not match: the secret that {call.native.system} was given is not this robot's")
        return
    timestamp, sign = (call.query.get(name) or "" for name in ("timestamp", "sign"))
    if not rules.is_timely(timestamp, now=desk.db.clock.now()):
        raise CallRefused(GUARDED, "invalid timestamp")
    if not rules.is_signed(secret, timestamp, sign):
        raise CallRefused(GUARDED, "sign not match")


def _words(value: Any) -> Iterator[str]:
    """Everything that a body says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _words(one)


def body_of(raw: bytes) -> dict[str, Any] | None:
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
