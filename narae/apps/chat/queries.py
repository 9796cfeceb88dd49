"""How far an import has come, read back so that it can go on."""

from __future__ import annotations

from sqlalchemy import Connection, func, or_, select

from narae.apps.chat.tables import imported
from narae.core.kit.errors import Conflict, NotFound
from narae.core.orgs.tables import member as org_member
from narae.core.orgs.tables import org
from narae.core.rooms.tables import member, message


def org_of_source(conn: Connection, source: str) -> str | None:
    """The organisation that this workspace has been imported into; Conflict when there are several."""
    found = conn.execute(select(imported.c.org).where(imported.c.source == source).distinct()).scalars().all()
    if len(found) > 1:
        raise Conflict("This workspace has been imported into several organisations. Say which one: --org.", code="which_org")
    return found[0] if found else None


def org_by_name(conn: Connection, name_or_id: str) -> str:
    """The id of the organisation with this id or name."""
    found = conn.execute(select(org.c.id).where(or_(org.c.id == name_or_id, org.c.name == name_or_id))).scalars().all()
    if not found:
        raise NotFound(f"There is no organisation {name_or_id!r}.", field="org")
    if len(found) > 1:
        raise Conflict(f"There are {len(found)} organisations named {name_or_id!r}. Give the id: {', '.join(found)}.", field="org")
    return str(found[0])


def org_name(conn: Connection, org_id: str) -> str:
    """The name of an organisation."""
    return conn.execute(select(org.c.name).where(org.c.id == org_id)).scalar() or ""


def owner_of(conn: Connection, org_id: str) -> str:
    """The longest-serving active owner of an organisation."""
    owners = select(org_member.c.person).where(
        org_member.c.org == org_id, org_member.c.role == "owner", org_member.c.deactivated_at.is_(None)
    )
    found: str | None = conn.execute(owners.order_by(org_member.c.joined_at, org_member.c.person).limit(1)).scalar()
    if found is None:
        raise NotFound("This organisation has no active owner.", field="org")
    return found


def brought(conn: Connection, org_id: str, source: str, kind: str, *, within: str = "") -> dict[str, str]:
    """What of `kind` ("person", "room", "day", "archived") is in: key → value. `within` narrows to keys that begin so."""
    mine = select(imported.c.key, imported.c.value).where(imported.c.org == org_id, imported.c.source == source, imported.c.kind == kind)
    if within:
        mine = mine.where(imported.c.key.startswith(within, autoescape=True))
    return {row.key.removeprefix(within): row.value for row in conn.execute(mine)}


def messages_in(conn: Connection, room_id: str, prefix: str) -> tuple[dict[str, int], set[str]]:
    """The imported messages of a room by what follows `prefix` in their nonces: roots with their seq, and answers."""
    mine = select(message.c.nonce, message.c.seq, message.c.thread).where(message.c.room == room_id)
    roots: dict[str, int] = {}
    replies: set[str] = set()
    for row in conn.execute(mine.where(message.c.nonce.startswith(prefix, autoescape=True))):
        key = row.nonce.removeprefix(prefix)
        if row.thread is None:
            roots[key] = row.seq
        else:
            replies.add(key)
    return roots, replies


def members_in(conn: Connection, room_id: str) -> set[str]:
    """Who is in a room now."""
    return set(conn.execute(select(member.c.person).where(member.c.room == room_id, member.c.left_at.is_(None))).scalars())


def ever_in(conn: Connection, room_id: str) -> set[str]:
    """Who is in a room or has been."""
    return set(conn.execute(select(member.c.person).where(member.c.room == room_id)).scalars())


def pins_in(conn: Connection, room_id: str) -> int:
    """How many pins a room has."""
    pinned = select(func.count()).where(message.c.room == room_id, message.c.pinned_at.is_not(None))
    return conn.execute(pinned).scalar() or 0
