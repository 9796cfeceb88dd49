"""What a person may see of an organisation; every query starts from the viewer's own membership."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from narae.core.audit.public import AuditLine
from narae.core.audit.tables import line
from narae.core.kit import limits
from narae.core.kit.errors import NotFound, Refused
from narae.core.kit.ids import fingerprint
from narae.core.kit.paging import Page, decoded, page_of
from narae.core.kit.text import initials
from narae.core.orgs import rules
from narae.core.orgs.public import Department, Invite, Me, Member, MyOrg, Role
from narae.core.orgs.tables import department, department_member, invite, member, org
from narae.core.people.queries import avatar_url, profile
from narae.core.people.tables import person

NO_ORG = "There is no such organisation, or you are not in it."


def role_in(conn: Connection, org_id: str, person_id: str) -> Role | None:
    """The role of an active member, or None."""
    mine = select(member.c.role).where(member.c.org == org_id, member.c.person == person_id)
    return conn.execute(mine.where(member.c.deactivated_at.is_(None))).scalar()


def require_member(conn: Connection, org_id: str, person_id: str) -> Role:
    """The role of `person_id`; NotFound for strangers."""
    role = role_in(conn, org_id, person_id)
    if role is None:
        raise NotFound(NO_ORG)
    return role


def require_manager(conn: Connection, org_id: str, person_id: str) -> Role:
    """The role of an administrator; NotFound for strangers, Refused for the others."""
    role = require_member(conn, org_id, person_id)
    if not rules.may_manage(role):
        raise Refused("Only an administrator of the organisation can do this.", code="admins_only")
    return role


def me(conn: Connection, person_id: str) -> Me:
    """The signed-in person with the organisations they are active in."""
    return Me(profile(conn, person_id), [MyOrg(r.id, r.name, r.role) for r in conn.execute(_MY_ORGS, {"person": person_id})])


_MY_ORGS = (
    select(org.c.id, org.c.name, member.c.role)
    .join(member, member.c.org == org.c.id)
    .where(member.c.person == bindparam("person"), member.c.deactivated_at.is_(None))
    .order_by(member.c.joined_at, org.c.id)
)


def members(conn: Connection, org_id: str, ids: Sequence[str]) -> list[Member]:
    """The members with these ids, active or not. The caller has checked who asks."""
    rows = conn.execute(_members(org_id).where(member.c.person.in_(ids))).all()
    return _as_members(conn, org_id, rows)


def people(
    conn: Connection,
    viewer: str,
    org_id: str,
    *,
    query: str | None = None,
    department_id: str | None = None,
    active: bool = True,
    cursor: str | None = None,
    limit: int = limits.PAGE_ITEMS,
    seen: Select[Any] | None = None,
) -> Page[Member]:
    """Members by name, a page at a time. `seen` narrows to the ids it selects (guests see only some)."""
    require_member(conn, org_id, viewer)
    found = _members(org_id).where(member.c.deactivated_at.is_(None) if active else member.c.deactivated_at.is_not(None))
    if seen is not None:
        found = found.where(member.c.person.in_(seen))
    if query and (words := query.casefold().split()):
        found = found.where(*[_matches(word) for word in words])
    if department_id:
        inside = select(department_member.c.person).where(department_member.c.department == department_id)
        found = found.where(member.c.person.in_(inside))
    if after := decoded(cursor, str, str):
        found = found.where((person.c.name > after[0]) | ((person.c.name == after[0]) & (person.c.id > after[1])))
    rows = conn.execute(found.order_by(person.c.name, person.c.id).limit(limit + 1)).all()
    return page_of(_as_members(conn, org_id, rows), limit, lambda m: (m.name, m.id))


def _matches(word: str) -> ColumnElement[bool]:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return member.c.search.like(f"%{initials(escaped) if _is_initials(word) else escaped}%", escape="\\")


def _is_initials(word: str) -> bool:
    return all("ㄱ" <= c <= "ㅎ" for c in word)


def _members(org_id: str) -> Select[Any]:
    columns = select(
        member.c.person, member.c.role, member.c.title, member.c.deactivated_at, person.c.name, person.c.email,
        person.c.avatar, person.c.robot,
    )  # fmt: skip
    return columns.join(person, person.c.id == member.c.person).where(member.c.org == org_id)


def _as_members(conn: Connection, org_id: str, rows: Sequence[Row[Any]]) -> list[Member]:
    inside = _departments_of(conn, org_id, [r.person for r in rows])
    return [
        Member(
            r.person,
            r.name,
            r.title,
            r.email,
            r.role,
            inside.get(r.person, []),
            avatar_url(r.person, r.avatar),
            r.deactivated_at is None,
            r.robot,
        )
        for r in rows
    ]


def _departments_of(conn: Connection, org_id: str, ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    pairs = select(department_member.c.person, department_member.c.department).join(
        department, department.c.id == department_member.c.department
    )
    for row in conn.execute(pairs.where(department.c.org == org_id, department_member.c.person.in_(ids)).order_by(department.c.id)):
        found.setdefault(row.person, []).append(row.department)
    return found


def departments(conn: Connection, viewer: str, org_id: str) -> Page[Department]:
    """The whole tree, parents' order within one level by position; guests see none of it."""
    if not rules.may_browse(require_member(conn, org_id, viewer)):
        return Page([], None)
    active = select(department_member.c.department, func.count().label("people")).join(
        member, (member.c.person == department_member.c.person) & (member.c.org == org_id) & member.c.deactivated_at.is_(None)
    )
    counted = active.group_by(department_member.c.department).subquery()
    tree = select(department, func.coalesce(counted.c.people, 0).label("people")).outerjoin(
        counted, counted.c.department == department.c.id
    )
    rows = conn.execute(tree.where(department.c.org == org_id).order_by(department.c.position, department.c.name))
    return Page([Department(r.id, r.name, r.parent, r.position, r.people) for r in rows], None)


def department_people(conn: Connection, org_id: str, ids: Sequence[str]) -> set[str]:
    """The active people in these departments and all departments below them."""
    below = _with_descendants(conn, org_id, set(ids))
    inside = select(department_member.c.person).join(
        member, (member.c.person == department_member.c.person) & (member.c.org == org_id) & member.c.deactivated_at.is_(None)
    )
    return set(conn.execute(inside.where(department_member.c.department.in_(below))).scalars())


def departments_above(conn: Connection, org_id: str, person_id: str) -> set[str]:
    """The departments of `person_id` and all departments above those."""
    parents = {r.id: r.parent for r in conn.execute(select(department.c.id, department.c.parent).where(department.c.org == org_id))}
    found: set[str] = set()
    for start in _departments_of(conn, org_id, [person_id]).get(person_id, []):
        at: str | None = start
        while at is not None and at not in found:
            found.add(at)
            at = parents.get(at)
    return found


def _with_descendants(conn: Connection, org_id: str, ids: set[str]) -> set[str]:
    rows = conn.execute(select(department.c.id, department.c.parent).where(department.c.org == org_id)).all()
    found = {r.id for r in rows} & ids
    while added := {r.id for r in rows if r.parent in found} - found:
        found |= added
    return found


def invites(conn: Connection, viewer: str, org_id: str, *, now: int) -> Page[Invite]:
    """The invitations that can still be used, the newest first; for administrators."""
    require_manager(conn, org_id, viewer)
    usable = select(invite).where(invite.c.org == org_id, invite.c.expires_at > now, invite.c.uses_left > 0)
    rows = conn.execute(usable.order_by(invite.c.id.desc()).limit(limits.INVITES_AT_ONCE))
    return Page([as_invite(r) for r in rows], None)


def as_invite(row: Row[Any]) -> Invite:
    """A stored invitation, without the address that only its maker was shown."""
    return Invite(row.id, row.role, row.department, row.room, row.email, row.uses_left, row.created_at, row.expires_at)


def audit_lines(
    conn: Connection, viewer: str, org_id: str, *, cursor: str | None = None, limit: int = limits.PAGE_ITEMS
) -> Page[AuditLine]:
    """The organisation's audit trail, the newest first; for administrators."""
    require_manager(conn, org_id, viewer)
    found = select(line, person.c.name).outerjoin(person, person.c.id == line.c.actor).where(line.c.org == org_id)
    if before := decoded(cursor, int):
        found = found.where(line.c.id < before[0])
    rows = conn.execute(found.order_by(line.c.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda r: (r.id,))
    lines = [AuditLine(r.at, r.actor, r.name or "", r.verb, r.subject, msgspec.json.decode(r.detail), r.request_id) for r in page.items]
    return Page(lines, page.next)


def was_member(conn: Connection, person_id: str) -> bool:
    """Whether `person_id` is or has been in any organisation."""
    return conn.execute(select(member.c.org).where(member.c.person == person_id)).first() is not None


def open_invite(conn: Connection, secret: str, *, now: int) -> Row[Any]:
    """The stored invitation while it can be used; NotFound afterwards."""
    usable = select(invite, org.c.name.label("org_name")).join(org, org.c.id == invite.c.org)
    usable = usable.where(invite.c.secret == fingerprint(secret), invite.c.expires_at > now, invite.c.uses_left > 0)
    found = conn.execute(usable).first()
    if found is None:
        raise NotFound("This invitation has been used or is too old. Ask for a new one.", code="invite_spent")
    return found
