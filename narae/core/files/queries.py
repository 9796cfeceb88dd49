"""Which files a person may read: those of their rooms; before it is sent, only its owner's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, and_, select

from narae.core.kit.errors import NotFound
from narae.core.orgs.tables import member as org_member
from narae.core.people.tables import person
from narae.core.rooms.tables import file, member, message


def readable(conn: Connection, viewer: str, file_id: str) -> Row[Any]:
    """The file's row; NotFound for those outside the room, and once its message is recalled."""
    inside = and_(member.c.room == file.c.room, member.c.person == viewer, member.c.left_at.is_(None))
    found = select(file, message.c.recalled_at).join(member, inside)
    found = found.outerjoin(message, and_(message.c.room == file.c.room, message.c.seq == file.c.seq))
    row = conn.execute(found.where(file.c.id == file_id)).first()
    if row is None or row.recalled_at is not None or (row.seq is None and row.owner != viewer):
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
