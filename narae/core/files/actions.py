"""Notes uploads and pictures, and which stored bytes may be deleted.

An upload is noted as to be deleted before its first byte is stored, and as wanted in the transaction that gives it a
row; so whatever a crash leaves behind is deleted too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from narae.core.audit import record
from narae.core.db import Tx
from narae.core.files.store import avatar_of
from narae.core.kit import limits, text
from narae.core.kit.clock import HOUR, MINUTE
from narae.core.kit.errors import Conflict
from narae.core.kit.who import Who
from narae.core.orgs import actions as orgs_actions
from narae.core.orgs.public import Me
from narae.core.orgs.queries import me
from narae.core.people.actions import set_avatar
from narae.core.people.tables import person
from narae.core.rooms.actions.discarding import discard, keep
from narae.core.rooms.public import File
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.queries.log import as_file
from narae.core.rooms.tables import discarded, file

_UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f]+')


def clean_name(name: str) -> str:
    """A file's name without a path or anything that a file system or header would stumble over."""
    cleaned = text.line(_UNSAFE.sub("_", text.clean(name)[:1000]), field="name", limit=1000, empty=True).lstrip(".")
    stem, dot, ending = cleaned.rpartition(".")
    return (stem[: 200 - len(ending)] + dot + ending)[:200] if dot and len(ending) < 20 else cleaned[:200] or "file"


def expect(tx: Tx, who: Who, key: str) -> None:
    """Note bytes that are about to be stored; nothing names them yet."""
    discard(tx, [key], at=tx.now + limits.UNSENT_HOURS * HOUR)


def note_file(tx: Tx, who: Who, room_id: str, *, file_id: str, name: str, mime: str, size: int, pixels: tuple[int, int] | None) -> File:
    """Note a stored file; it belongs to `who` until they send it."""
    place = require_room(tx.conn, room_id, who.person)
    if place.archived_at is not None:
        raise Conflict("This room is archived.", code="room_archived")
    width, height = pixels or (None, None)
    row = {"id": file_id, "room": room_id, "owner": who.person, "name": clean_name(name), "mime": mime, "size": size, "at": tx.now}
    keep(tx, file_id)
    tx.run(insert(file).values(**row, width=width, height=height, thumb=pixels is not None))
    record(tx, who, "files.upload", file_id, org=place.org, room=room_id, size=size)
    return as_file(tx.first(select(file).where(file.c.id == file_id)))  # type: ignore[arg-type]


def change_avatar(tx: Tx, who: Who, version: str | None) -> Me:
    """Show another picture of oneself everywhere; the old one is deleted."""
    old = tx.value(select(person.c.avatar).where(person.c.id == who.person))
    if version is not None:
        keep(tx, avatar_of(who.person, version))
    discard(tx, [avatar_of(who.person, old)] if old else [], at=tx.now)
    set_avatar(tx, who, version)
    orgs_actions.show_me(tx, who.person)
    orgs_actions.publish_me(tx, who.person)
    return me(tx.conn, who.person)


def forget_unsent(tx: Tx, who: Who) -> int:
    """Forget uploads that no message named for UNSENT_HOURS, at most SWEEP_BATCH; how many."""
    old = select(file.c.id).where(file.c.seq.is_(None), file.c.at < tx.now - limits.UNSENT_HOURS * HOUR)
    gone = [row.id for row in tx.all(old.order_by(file.c.at).limit(limits.SWEEP_BATCH))]
    tx.run(delete(file).where(file.c.id.in_(gone)))
    discard(tx, gone, at=tx.now)
    return len(gone)


def settle(tx: Tx, who: Who, *, gone: Sequence[str], stuck: Sequence[str]) -> None:
    """Strike off what has been deleted, and put off what could not be."""
    tx.run(delete(discarded).where(discarded.c.key.in_(gone)))
    tx.run(update(discarded).where(discarded.c.key.in_(stuck)).values(at=tx.now + limits.SWEEP_AGAIN_MINUTES * MINUTE))
