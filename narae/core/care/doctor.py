"""Finds what would keep Narae from working, says what to do, and mends what can be mended without asking anybody."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, func, select

from narae.core.db import Database, Tx
from narae.core.files.store import Blobs
from narae.core.kit.errors import NaraeError
from narae.core.kit.who import SYSTEM, Who
from narae.core.rooms.actions.change import store_fields
from narae.core.rooms.tables import file, member, room

_PROBE = "doctor"


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at: whether it is as it should be, and what to say of it."""

    name: str
    fine: bool
    about: str


async def look(db: Database, blobs: Blobs, *, fix: bool) -> list[Finding]:
    """Look at the database, the counts in it, the file store and the files."""
    return [await _database(db), await _counts(db, fix=fix), await _store(blobs), await _files(db, blobs)]


async def _database(db: Database) -> Finding:
    kind = db.engine.dialect.name
    harm = await db.read(_harm)
    return Finding("database", harm is None, f"{kind}: damaged ({harm}). Restore a back-up." if harm else kind)


def _harm(conn: Connection) -> str | None:
    """What is broken inside a SQLite file, in its own words. (PostgreSQL looks after itself.)"""
    if conn.dialect.name != "sqlite":
        return None
    said = conn.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    lost = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
    return f"{lost[0]} refers to a row of {lost[2]} that is not there" if lost else None if said == "ok" else str(said)


async def _counts(db: Database, *, fix: bool) -> Finding:
    wrong = await db.read(miscounted)
    if fix:
        for room_id in wrong:
            await db.write(recount, SYSTEM, room_id)
    if not wrong:
        return Finding("rooms", True, "every room knows how many are in it")
    return Finding("rooms", fix, f"{len(wrong)} had a wrong number of members" + ("; mended" if fix else ". `narae doctor --fix` mends it"))


def miscounted(conn: Connection) -> list[str]:
    """Rooms that say another number of members than they have."""
    here = select(member.c.room, func.count().label("n")).where(member.c.left_at.is_(None)).group_by(member.c.room).subquery()
    counted = select(room.c.id).outerjoin(here, here.c.room == room.c.id)
    return list(conn.execute(counted.where(room.c.member_count != func.coalesce(here.c.n, 0))).scalars())


def recount(tx: Tx, who: Who, room_id: str) -> None:
    """Count a room's members anew, and tell them."""
    count = tx.value(select(func.count()).where(member.c.room == room_id, member.c.left_at.is_(None)))
    store_fields(tx, room_id, member_count=count)


async def _store(blobs: Blobs) -> Finding:
    try:
        await blobs.put(_PROBE, b"well")
        await blobs.get(_PROBE)
        await blobs.delete(_PROBE)
    except NaraeError as error:
        return Finding("file store", False, f"{error} Look at NARAE_FILES.")
    return Finding("file store", True, "writes, reads and deletes")


async def _files(db: Database, blobs: Blobs) -> Finding:
    named = await db.read(lambda conn: set(conn.execute(select(file.c.id)).scalars()))
    try:
        lost = named.difference(blobs.all_keys())
    except NaraeError as error:
        return Finding("files", False, str(error))
    if lost:
        return Finding("files", False, f"{len(lost):,} of {len(named):,} are not in the store. Look at NARAE_FILES, or restore a back-up.")
    return Finding("files", True, f"all {len(named):,} are there")
