"""Notes an uploaded file in its room."""

from __future__ import annotations

import re

from sqlalchemy import insert, select

from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import text
from narae.core.kit.errors import Conflict
from narae.core.kit.who import Who
from narae.core.orgs import actions as orgs_actions
from narae.core.orgs.public import Me
from narae.core.orgs.queries import me
from narae.core.people.actions import set_avatar
from narae.core.rooms.public import File
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.queries.log import as_file
from narae.core.rooms.tables import file

_UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f]+')


def clean_name(name: str) -> str:
    """A file's name without a path or anything that a file system or header would stumble over."""
    cleaned = text.line(_UNSAFE.sub("_", text.clean(name)[:1000]), field="name", limit=1000, empty=True).lstrip(".")
    stem, dot, ending = cleaned.rpartition(".")
    return (stem[: 200 - len(ending)] + dot + ending)[:200] if dot and len(ending) < 20 else cleaned[:200] or "file"


def note_file(tx: Tx, who: Who, room_id: str, *, file_id: str, name: str, mime: str, size: int, pixels: tuple[int, int] | None) -> File:
    """Note a stored file; it belongs to `who` until they send it."""
    place = require_room(tx.conn, room_id, who.person)
    if place.archived_at is not None:
        raise Conflict("This room is archived.", code="room_archived")
    width, height = pixels or (None, None)
    row = {"id": file_id, "room": room_id, "owner": who.person, "name": clean_name(name), "mime": mime, "size": size, "at": tx.now}
    tx.run(insert(file).values(**row, width=width, height=height, thumb=pixels is not None))
    record(tx, who, "files.upload", file_id, org=place.org, room=room_id, size=size)
    return as_file(tx.first(select(file).where(file.c.id == file_id)))  # type: ignore[arg-type]


def change_avatar(tx: Tx, who: Who, version: str | None) -> Me:
    """Show another picture of oneself everywhere."""
    set_avatar(tx, who, version)
    orgs_actions.show_me(tx, who.person)
    orgs_actions.publish_me(tx, who.person)
    return me(tx.conn, who.person)
