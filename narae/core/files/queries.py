"""Which files a person may read: those of their rooms; before it is sent, only its owner's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, and_, select

from narae.core.kit.errors import NotFound
from narae.core.kit.limits import SWEEP_BATCH
from narae.core.orgs.tables import member as org_member
from narae.core.people.tables import person
from narae.core.rooms.tables import discarded, file, member


def readable(conn: Connection, viewer: str, file_id: str) -> Row[Any]:
    """The file's row; NotFound for those outside the room. A recall has deleted it."""
    inside = and_(member.c.room == file.c.room, member.c.person == viewer, member.c.left_at.is_(None))
    row = conn.execute(select(file).join(member, inside).where(file.c.id == file_id)).first()
    if row is None or (row.seq is None and row.owner != viewer):
        raise NotFound("There is no such file, or you are not in its room.")
    return row


def avatar_version(conn: Connection, viewer: str, person_id: str) -> str:
    """The stored picture of somebody in one of the viewer's organisations."""
    theirs = select(org_member.c.org).where(org_member.c.person == person_id)
    mine = select(org_member.c.org).where(
        org_member.c.person == viewer, org_member.c.deactivated_at.is_(None), org_member.c.org.in_(theirs)
    )
    version = conn.execute(select(person.c.avatar).where(person.c.id == person_id)).scalar()
    if version is None or (conn.execute(mine).first() is None and viewer != person_id):
        raise NotFound("There is no such picture.")
    return str(version)


def discarded_by(conn: Connection, now: int) -> list[str]:
    """Keys of bytes that may be deleted, the oldest first, at most SWEEP_BATCH."""
    due = select(discarded.c.key).where(discarded.c.at <= now)
    return list(conn.execute(due.order_by(discarded.c.at).limit(SWEEP_BATCH)).scalars())
