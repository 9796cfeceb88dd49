"""Commands after a slash: which there are in a room, and giving one."""

from __future__ import annotations

import msgspec
from litestar import get, post

from narae.apps.bots.actions.ways import give
from narae.apps.bots.public import CommandHere
from narae.apps.bots.queries.ways import commands_here
from narae.core.db import Database
from narae.core.kit.ids import new_id
from narae.core.kit.pace import Pace
from narae.core.kit.paging import Page
from narae.core.kit.who import Who, without_once
from narae.core.rooms.api.rooms import Seq


class GivenCommand(msgspec.Struct, frozen=True):
    """A command as it was typed, with its slash. The same `nonce` is the same command."""

    text: str
    thread: Seq | None = None
    nonce: str | None = None


class CommandTaken(msgspec.Struct, frozen=True):
    """The command is on its way; `answered` and what its robot says come with this `ref` over the live socket."""

    ref: str


@get("/api/rooms/{room_id:str}/commands")
async def list_commands(who: Who, db: Database, room_id: str) -> Page[CommandHere]:
    """The commands that I can give in a room."""
    return await db.read(commands_here, who.person, room_id)


@post("/api/rooms/{room_id:str}/commands", status_code=202)
async def give_command(who: Who, db: Database, pace: Pace, room_id: str, data: GivenCommand) -> CommandTaken:
    """Give a command; its server is called in the background."""
    pace.take(who.person)
    ref = data.nonce if data.nonce is not None else new_id(db.clock.now())
    return CommandTaken(await db.write(give, without_once(who), room_id, said=data.text, ref=ref, thread=data.thread))


ROUTES = (list_commands, give_command)
