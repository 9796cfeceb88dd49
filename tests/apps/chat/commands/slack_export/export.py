"""Makes export archives for the tests, as holed as real ones, and imports them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from narae.apps.chat.actions.history import Import
from narae.apps.chat.commands.slack_export.archive import Day, open_archive
from narae.apps.chat.commands.slack_export.bring import Options, bring_export
from narae.apps.chat.commands.slack_export.report import Report
from narae.core.people.queries import credentials
from narae.core.people.tables import person
from narae.core.rooms.public import Message, RoomHead
from narae.core.rooms.queries.heads import heads
from narae.core.rooms.queries.log import messages
from narae.server import Server

DAY = "2020-03-02"
NOON = 1583150400


def ts(second: int = 0, micro: int = 0) -> str:
    """A time on DAY, `second` after noon."""
    return f"{NOON + second}.{micro:06d}"


def user(key: str, name: str, **more: Any) -> dict[str, Any]:
    """Somebody of users.json; `email=None` for no address."""
    profile = {"real_name": name, "display_name": "", "email": more.pop("email", f"{key.lower()}@example.com"), **more.pop("profile", {})}
    return {"id": key, "team_id": "T1", "name": key.lower(), "deleted": False, "profile": profile, **more}


def said(key: str, text: str | None, second: int = 0, **more: Any) -> dict[str, Any]:
    """A message of a day."""
    return {"type": "message", "user": key, "text": text, "ts": ts(second), **more}


USERS = [
    user("U1", "김하나", is_admin=True, is_owner=True, is_primary_owner=True),
    user("U2", "이둘", is_admin=True),
    user("U3", "Anna Smith"),
    user("U4", "Gone Person", deleted=True),
    user("U5", "Visitor", is_restricted=True),
    user("B1U", "Builder", is_bot=True, profile={"bot_id": "B1"}),
]
CHANNELS = [
    {"id": "C1", "name": "general", "is_general": True, "created": NOON - 86400, "creator": "U1", "members": ["U1", "U2", "U3"],
     "topic": {"value": "News"}, "purpose": {"value": "For all"}},
    {"id": "C2", "name": "random", "is_general": False, "created": NOON - 86400, "creator": "U4", "members": ["U2", "U3", "U4"]},
]  # fmt: skip


class Export:
    """The files of an archive, by name."""

    def __init__(self, **lists: Any) -> None:
        self.files: dict[str, Any] = {"users.json": USERS, "channels.json": CHANNELS}
        self.files |= {f"{name}.json": value for name, value in lists.items()}

    def day(self, folder: str, *entries: Any, date: str = DAY) -> Export:
        """Add a day of a room."""
        self.files[f"{folder}/{date}.json"] = list(entries)
        return self

    def file(self, name: str, content: Any) -> Export:
        """Add, or with None take away, a file: bytes as they are, all else as JSON."""
        if content is None:
            self.files.pop(name)
        else:
            self.files[name] = content
        return self

    def write(self, path: Path, top: str = "") -> Path:
        """Write the archive."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.files.items():
                archive.writestr(top + name, content if isinstance(content, bytes) else json.dumps(content))
        return path


class Imported:
    """A server with an import in it, read as its people read it."""

    def __init__(self, server: Server, into: Import, report: Report) -> None:
        self.server = server
        self.into = into
        self.report = report

    async def person(self, who: str) -> str:
        """The id of whoever has the address "<who>@example.com", else the name `who`."""
        found = await self.server.db.read(credentials, f"{who.lower()}@example.com")
        if found is not None:
            return str(found.id)
        return str(await self.server.db.read(lambda conn: conn.execute(select(person.c.id).where(person.c.name == who)).scalar_one()))

    async def rooms(self, who: str) -> dict[str, RoomHead]:
        """The rooms that `who` sees, by name."""
        return {head.name: head for head in await self.server.db.read(heads, await self.person(who))}

    async def log(self, who: str, room: str, **more: Any) -> list[Message]:
        """What `who` reads in a room, without the lines about the room itself."""
        head = (await self.rooms(who))[room]
        found = await self.server.db.read(messages, await self.person(who), head.id, limit=200, **more)
        return [message for message in found.items if message.kind != "event"]

    async def texts(self, who: str, room: str) -> list[str]:
        """The texts that `who` reads in a room."""
        return [message.text for message in await self.log(who, room)]


async def bring(
    server: Server, export: Export, tmp_path: Path, *, org: str | None = None, owner: str | None = None, top: str = "",
    on_day: Callable[[Day], None] = lambda _day: None, db: Any = None,
) -> Imported:  # fmt: skip
    """Import `export`."""
    report = Report()
    path = export.write(tmp_path / "export.zip", top)
    with open_archive(path, report) as archive:
        into = await bring_export(db or server.db, archive, Options(name="Acme", lang="en", org=org, owner=owner), report, on_day)
    return Imported(server, into, report)
