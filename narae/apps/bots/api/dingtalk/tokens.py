"""Access tokens: who proves to be a robot's program gets one, for two hours.

A token is sealed, not stored: the robot, the number of its client secret and the end are in it, under the server's key. So it costs
no write, outlives a restart, and dies at once with the secret that it was got by, because that one's number is another then.
"""

from __future__ import annotations

import hmac
from typing import Any

import msgspec
from litestar import Request, get, post

from narae.apps.bots.api.desk import Desk, client_secret, desk_of, is_allowed
from narae.apps.bots.api.dingtalk.forms import NEWER, OLDER, ApiRefused, as_id, read
from narae.apps.bots.queries import Guarded, by_id
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit.errors import Invalid, TooMany
from narae.core.kit.keys import opened, sealed
from narae.core.kit.limits import ROBOT_API_A_SECOND, ROBOT_TOKEN_SECONDS

_PURPOSE = "bots.access"


class Proof(msgspec.Struct, frozen=True, rename="camel"):
    """What is sent for a token."""

    app_key: str = ""
    app_secret: str = ""


async def prove(desk: Desk, key: bytes, client_id: str, secret: str, *, ip: str) -> Guarded:
    """The robot whose credentials these are; wrong ones count against the address that they come from."""
    if seconds := desk.guesses.ahead(ip):
        raise TooMany("Too many wrong secrets came from this address. Wait a little.", retry_after=seconds)
    robot = await desk.db.read(by_id, as_id(client_id))
    right = client_secret(key, client_id, robot.app if robot else 0)
    if not hmac.compare_digest(right.encode(), secret.encode("utf-8", "replace")) or robot is None or not robot.app:
        desk.guesses.wait(ip)
        raise ApiRefused(400, "invalidClientIdOrSecret", "The client id or the client secret is wrong.")
    _check(robot, ip)
    return robot


def _check(robot: Guarded, ip: str) -> None:
    """Refuse what the robot's guards refuse."""
    if not robot.enabled:
        raise ApiRefused(403, "robotDisabled", "This robot is switched off.")
    if not is_allowed(robot, ip):
        raise ApiRefused(403, "ipNotInWhitelist", f"This robot takes no calls from {ip}: ip {ip} not in whitelist.")


def token_of(key: bytes, robot: Guarded, *, now: int) -> str:
    """A token for a robot."""
    return sealed(key, _PURPOSE, robot.id, robot.app, now + ROBOT_TOKEN_SECONDS * 1000)


async def by_access_token(desk: Desk, key: bytes, token: str, *, ip: str) -> Guarded:
    """The robot that a token speaks for; its turn is counted."""
    words = opened(key, _PURPOSE, token)
    robot = await desk.db.read(by_id, words[0]) if words and int(words[2]) > desk.db.clock.now() else None
    if words is None or robot is None or str(robot.app) != words[1]:
        raise ApiRefused(401, "invalidAuthentication", "The access token is wrong or too old. Get a new one.")
    _check(robot, ip)
    desk.asked.take(robot.id, f"A robot asks at most {ROBOT_API_A_SECOND} times a second.")
    return robot


async def caller(request: Request[Any, Any, Any], desk: Desk, key: bytes) -> Guarded:
    """The robot for which a request of the newer interface speaks."""
    return await by_access_token(desk, key, request.headers.get("x-acs-dingtalk-access-token", ""), ip=address(request))


@post("/v1.0/oauth2/accessToken", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def access_token(request: Request[Any, Any, Any], db: Database, server_key: bytes) -> dict[str, Any]:
    """Give a program a token for its credentials."""
    proof = read(await request.body(), Proof)
    if not proof.app_key or not proof.app_secret:
        raise Invalid("appKey and appSecret are needed.", code="invalidParameter")
    robot = await prove(desk_of(db), server_key, proof.app_key, proof.app_secret, ip=address(request))
    return {"accessToken": token_of(server_key, robot, now=db.clock.now()), "expireIn": ROBOT_TOKEN_SECONDS}


@get("/gettoken", include_in_schema=False, exception_handlers=OLDER)
async def get_token(request: Request[Any, Any, Any], db: Database, server_key: bytes) -> dict[str, Any]:
    """The same in the older form."""
    asked = request.query_params
    key, secret = (asked.get(name) or "" for name in ("appkey", "appsecret"))
    if not key or not secret:
        raise Invalid("missing parameter: appkey and appsecret")
    robot = await prove(desk_of(db), server_key, key, secret, ip=address(request))
    token = token_of(server_key, robot, now=db.clock.now())
    return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": ROBOT_TOKEN_SECONDS}


ROUTES = (access_token, get_token)
