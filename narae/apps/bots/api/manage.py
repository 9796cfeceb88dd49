"""Looking after robots: for those who run the rooms that they are in."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

import msgspec
from litestar import delete, get, patch, post, put

from narae.apps.bots import actions, queries
from narae.apps.bots.actions import apps
from narae.apps.bots.api.desk import client_secret, desk_of, signing_secret
from narae.apps.bots.api.dingtalk.stream import streams_of
from narae.apps.bots.public import Call, Credentials, Listening, Post, Robot, RobotMade, Signing
from narae.core.db import Database
from narae.core.kit import limits
from narae.core.kit.errors import Refused
from narae.core.kit.outside import Outside, check_address
from narae.core.kit.paging import Page
from narae.core.kit.settings import Settings
from narae.core.kit.who import Who, without_once

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=limits.NAME_CHARS)]


class NewRobot(msgspec.Struct, frozen=True):
    """A robot to put into a room."""

    name: Name


class RobotChange(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be different; what is left out stays. `addresses` are IP addresses or networks."""

    name: Name | None = None
    enabled: bool | None = None
    keywords: list[str] | None = None
    addresses: list[str] | None = None
    per_minute: Annotated[int, msgspec.Meta(ge=1, le=limits.ROBOT_PER_MINUTE_MAX)] | None = None


class ListeningWish(msgspec.Struct, frozen=True):
    """Whether the robot is to have credentials. `on` when it has some gives it new ones."""

    on: bool


class CallbackWish(msgspec.Struct, frozen=True):
    """Where what the robot hears is posted to; "" for nowhere."""

    url: Annotated[str, msgspec.Meta(max_length=limits.ADDRESS_CHARS)]


class SigningWish(msgspec.Struct, frozen=True):
    """Whether calls must be signed."""

    on: bool


def _made(settings: Settings, robot: Robot, token: str) -> RobotMade:
    return RobotMade(robot, f"{settings.public_url}/robot/send?access_token={quote(token)}", f"{settings.public_url}/hooks/{quote(token)}")


@get("/api/orgs/{org_id:str}/robots")
async def list_in_org(who: Who, db: Database, org_id: str) -> Page[Robot]:
    """The robots of the rooms that I run."""
    return await db.read(queries.in_org, who.person, org_id)


@get("/api/rooms/{room_id:str}/robots")
async def list_in_room(who: Who, db: Database, room_id: str) -> Page[Robot]:
    """The robots of a room that I run."""
    return await db.read(queries.in_room, who.person, room_id)


@post("/api/rooms/{room_id:str}/robots")
async def create(who: Who, db: Database, settings: Settings, room_id: str, data: NewRobot) -> RobotMade:
    """Put a robot into a room that I run; its addresses are shown this once."""
    return _made(settings, *await db.write(actions.create, without_once(who), room_id, name=data.name))


@patch("/api/robots/{robot_id:str}")
async def change(who: Who, db: Database, robot_id: str, data: RobotChange) -> Robot:
    """Rename a robot, switch it on or off, guard it, limit it."""
    return await db.write(actions.change, who, robot_id, **msgspec.structs.asdict(data))


@post("/api/robots/{robot_id:str}/rotate", status_code=200)
async def rotate(who: Who, db: Database, settings: Settings, robot_id: str) -> RobotMade:
    """Give a robot new addresses; the old ones stop at once."""
    return _made(settings, *await db.write(actions.rotate, without_once(who), robot_id))


@post("/api/robots/{robot_id:str}/sign", status_code=200)
async def sign(who: Who, db: Database, server_key: bytes, robot_id: str, data: SigningWish) -> Signing:
    """Have calls signed by a new secret, which is shown this once, or not any more."""
    number = await db.write(actions.set_signing, without_once(who), robot_id, on=data.on)
    return Signing(signing_secret(server_key, robot_id, number) if number else None)


@get("/api/robots/{robot_id:str}/app")
async def read_app(who: Who, db: Database, robot_id: str) -> Listening:
    """How a robot hears."""
    return _listening(db, await db.read(queries.require_robot, who.person, robot_id))


@post("/api/robots/{robot_id:str}/app", status_code=200)
async def set_app(who: Who, db: Database, server_key: bytes, robot_id: str, data: ListeningWish) -> Credentials:
    """Give a robot new credentials, whose secret is shown this once, or take them away; the old ones stop at once."""
    number = await db.write(apps.set_app, without_once(who), robot_id, on=data.on)
    return Credentials(robot_id, client_secret(server_key, robot_id, number) if number else None)


@put("/api/robots/{robot_id:str}/callback")
async def set_callback(who: Who, db: Database, outside: Outside, robot_id: str, data: CallbackWish) -> Listening:
    """Post what a robot hears to an address, which must not lead into the server's own network."""
    await db.read(queries.require_robot, who.person, robot_id)
    if data.url:
        await outside.check(check_address(data.url))
    return _listening(db, await db.write(apps.set_callback, who, robot_id, url=data.url))


def _listening(db: Database, robot: Robot) -> Listening:
    count = streams_of(db).count(robot.id)
    return Listening(client_id=robot.id, listens=robot.listens, callback=robot.callback, connections=count)


@post("/api/robots/{robot_id:str}/test", status_code=204)
async def test(who: Who, db: Database, robot_id: str) -> None:
    """Let a robot say a line in its room."""
    found = await db.read(queries.require_robot, who.person, robot_id)
    if not found.enabled:
        raise Refused("This robot is switched off.", code="robot_off")
    desk = desk_of(db)
    robot = queries.Guarded(
        id=found.id, room=found.room, sign=0, keywords=[], addresses=[], per_minute=found.per_minute, enabled=True, may_call_all=False,
        org=found.org,
    )  # fmt: skip
    await desk.say(robot, Post(text="👋"), ip=who.ip)
    desk.note(robot, "test", ip=who.ip, code=0, answer="ok", said="👋")


@delete("/api/robots/{robot_id:str}")
async def remove(who: Who, db: Database, robot_id: str) -> None:
    """Take a robot away."""
    await db.write(actions.remove, who, robot_id)


@get("/api/robots/{robot_id:str}/calls")
async def list_calls(who: Who, db: Database, robot_id: str) -> Page[Call]:
    """The last calls of a robot with their answers, the newest first."""
    await desk_of(db).notes.written(robot_id)
    return await db.read(queries.calls, who.person, robot_id)


ROUTES = (list_in_org, list_in_room, create, change, rotate, sign, read_app, set_app, set_callback, test, remove, list_calls)
