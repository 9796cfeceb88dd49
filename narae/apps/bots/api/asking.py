"""Looking after what robots call: outgoing hooks, commands, the address for presses, their tokens."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from litestar import get, post, put

from narae.apps.bots.actions import ways
from narae.apps.bots.api.manage import Name
from narae.apps.bots.public import AskingMade, Command, Hook, Robot, TokenMade, Ways
from narae.apps.bots.queries.ways import ways as read_ways
from narae.apps.bots.rules import token_of
from narae.core.db import Database
from narae.core.kit.limits import ADDRESS_CHARS
from narae.core.kit.who import Who, without_once

Address = Annotated[str, msgspec.Meta(max_length=ADDRESS_CHARS)]


class HookWish(msgspec.Struct, frozen=True, kw_only=True):
    """Which messages to tell to whom: those whose first word is one of `words`, or that start like it; without words all."""

    urls: list[Address]
    words: list[str] = []
    starts: bool = False
    form: Literal["form", "json"] = "form"


class NewHook(HookWish, frozen=True, kw_only=True):
    """An outgoing hook to put into a room; its robot has this name."""

    name: Name


class CommandWish(msgspec.Struct, frozen=True, kw_only=True):
    """A command: the word after the slash and what it calls; `everywhere` makes it one of the organisation (administrators only)."""

    command: str
    url: Address
    hint: str = ""
    about: str = ""
    everywhere: bool = False


class NewCommand(CommandWish, frozen=True, kw_only=True):
    """A command to define in a room; its robot has this name."""

    name: Name


class RequestWish(msgspec.Struct, frozen=True):
    """Where presses of a robot's buttons in Slack's form go; None for nowhere."""

    url: Address | None


def _hook(data: HookWish) -> Hook:
    return Hook(data.words, data.starts, data.urls, data.form)


def _command(data: CommandWish) -> Command:
    return Command(data.command, data.url, data.hint, data.about, data.everywhere)


def _made(server_key: bytes, robot: Robot, number: int) -> AskingMade:
    return AskingMade(robot, token_of(server_key, robot.id, number))


@post("/api/rooms/{room_id:str}/hooks")
async def create_hook(who: Who, db: Database, server_key: bytes, room_id: str, data: NewHook) -> AskingMade:
    """Put an outgoing hook into a room that I run."""
    made = await db.write(ways.create_hook, without_once(who), room_id, name=data.name, wanted=_hook(data))
    return _made(server_key, *made)


@post("/api/rooms/{room_id:str}/slash-commands")
async def create_command(who: Who, db: Database, server_key: bytes, room_id: str, data: NewCommand) -> AskingMade:
    """Define a command in a room that I run."""
    made = await db.write(ways.create_command, without_once(who), room_id, name=data.name, wanted=_command(data))
    return _made(server_key, *made)


@get("/api/robots/{robot_id:str}/ways")
async def list_ways(who: Who, db: Database, robot_id: str) -> Ways:
    """What a robot calls."""
    return await db.read(read_ways, who.person, robot_id)


@put("/api/robots/{robot_id:str}/hook")
async def change_hook(who: Who, db: Database, robot_id: str, data: HookWish) -> Hook:
    """Let a hook listen for other words, or tell others."""
    return await db.write(ways.change_hook, who, robot_id, wanted=_hook(data))


@put("/api/robots/{robot_id:str}/command")
async def change_command(who: Who, db: Database, robot_id: str, data: CommandWish) -> Command:
    """Change a command."""
    return await db.write(ways.change_command, who, robot_id, wanted=_command(data))


@put("/api/robots/{robot_id:str}/request")
async def set_request(who: Who, db: Database, server_key: bytes, robot_id: str, data: RequestWish) -> TokenMade:
    """Send presses of a robot's buttons in Slack's form to an address, or nowhere; the token signs them."""
    number = await db.write(ways.set_request, without_once(who), robot_id, url=data.url)
    return TokenMade(token_of(server_key, robot_id, number) if number else "")


@post("/api/robots/{robot_id:str}/token", status_code=200)
async def renew_token(who: Who, db: Database, server_key: bytes, robot_id: str) -> TokenMade:
    """Let a robot's calls be known by a new token, which is shown this once; the old one is not sent any more."""
    number = await db.write(ways.renew_token, without_once(who), robot_id)
    return TokenMade(token_of(server_key, robot_id, number))


@post("/api/robots/{robot_id:str}/try", status_code=204)
async def try_out(who: Who, db: Database, robot_id: str) -> None:
    """Call what a robot calls with a word that says that it is a test."""
    await db.write(ways.try_out, who, robot_id)


ROUTES = (create_hook, create_command, list_ways, change_hook, change_command, set_request, renew_token, try_out)
