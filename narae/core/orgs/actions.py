"""What changes an organisation: its name, members, departments and invitations."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import delete, func, insert, select, update

from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits, text
from narae.core.kit.clock import DAY
from narae.core.kit.errors import Conflict, Invalid, NotFound, Refused
from narae.core.kit.ids import fingerprint, new_id, new_secret
from narae.core.kit.who import Who
from narae.core.orgs import queries, rules
from narae.core.orgs.public import Department, DepartmentsChanged, Invite, Me, MeChanged, Member, MyOrg, OrgChanged, PersonChanged, Role
from narae.core.orgs.tables import department, department_member, invite, member, org
from narae.core.people.actions import change_profile, create_link, end_everything
from narae.core.people.public import Lang, Settings
from narae.core.people.tables import person


def create_org(tx: Tx, who: Who, *, name: str) -> MyOrg:
    """Found an organisation; `who` becomes its owner."""
    if len(queries.me(tx.conn, who.person).orgs) >= limits.ORGS_A_PERSON:
        raise Conflict("You are in as many organisations as one can be.", code="too_many_orgs")
    made = MyOrg(new_id(tx.now), text.line(name, field="name"), "owner")
    tx.run(insert(org).values(id=made.id, name=made.name, created_at=tx.now))
    record(tx, who, "orgs.create", made.id, org=made.id, name=made.name)
    add_member(tx, who, made.id, who.person, role="owner")
    return made


def rename_org(tx: Tx, who: Who, org_id: str, *, name: str) -> MyOrg:
    """Give the organisation another name."""
    role = queries.require_manager(tx.conn, org_id, who.person)
    changed = MyOrg(org_id, text.line(name, field="name"), role)
    tx.run(update(org).where(org.c.id == org_id).values(name=changed.name))
    for topic in (f"org:{org_id}", f"guests:{org_id}"):
        tx.publish(topic, OrgChanged(org_id, changed.name))
    record(tx, who, "orgs.rename", org_id, org=org_id, name=changed.name)
    return changed


def add_member(tx: Tx, who: Who, org_id: str, person_id: str, *, role: Role, title: str = "", departments: Sequence[str] = ()) -> Member:
    """Make `person_id` a member, or active again; whether `who` may is for the caller to have checked."""
    row = tx.first(select(member.c.person).where(member.c.org == org_id, member.c.person == person_id))
    if row is None:
        values = {"role": role, "title": title, "search": "", "joined_at": tx.now}
        tx.run(insert(member).values(org=org_id, person=person_id, **values))
    else:
        tx.run(_member(org_id, person_id).values(role=role, deactivated_at=None))
    _place(tx, org_id, person_id, departments)
    record(tx, who, "orgs.add", person_id, org=org_id, role=role)
    publish_me(tx, person_id, follow=rules.org_topic(org_id, role))
    return refresh(tx, org_id, person_id)


def _member(org_id: str, person_id: str):  # type: ignore[no-untyped-def]
    return update(member).where(member.c.org == org_id, member.c.person == person_id)


def refresh(tx: Tx, org_id: str, person_id: str) -> Member:
    """Bring what a member is found by up to date, and tell the organisation."""
    seen = queries.members(tx.conn, org_id, [person_id])[0]
    tx.run(_member(org_id, person_id).values(search=text.search_key(seen.name, seen.title, seen.email or "")))
    tx.publish(f"org:{org_id}", PersonChanged(org_id, seen))
    return seen


def _is_elsewhere(tx: Tx, org_id: str, person_id: str) -> bool:
    """Whether somebody is active in another organisation, whose administrators are not ours."""
    elsewhere = select(member.c.org).where(member.c.person == person_id, member.c.org != org_id, member.c.deactivated_at.is_(None))
    return tx.first(elsewhere) is not None


def publish_me(tx: Tx, person_id: str, *, follow: str = "", unfollow: str = "") -> None:
    """Tell all devices of `person_id` what their account looks like now."""
    tx.publish(f"person:{person_id}", MeChanged(queries.me(tx.conn, person_id)), follow=follow, unfollow=unfollow)


def change_me(tx: Tx, who: Who, *, name: str | None = None, lang: Lang | None = None, settings: Settings | None = None) -> Me:
    """Change one's own profile, and everywhere it is shown."""
    change_profile(tx, who, name=name, lang=lang, settings=settings)
    if name is not None:
        show_me(tx, who.person)
    publish_me(tx, who.person)
    return queries.me(tx.conn, who.person)


def show_me(tx: Tx, person_id: str) -> None:
    """Tell every organisation of `person_id` that they look different now."""
    for mine in tx.all(select(member.c.org).where(member.c.person == person_id)):
        refresh(tx, mine.org, person_id)


def change_member(
    tx: Tx, who: Who, org_id: str, person_id: str, *, role: Role | None = None, title: str | None = None,
    departments: Sequence[str] | None = None,
) -> Member:  # fmt: skip
    """Change a member's role, title or departments; what is None stays."""
    mine = queries.require_manager(tx.conn, org_id, who.person)
    old = _existing(tx, org_id, person_id)
    if role is not None and role != old.role:
        if not rules.may_set_role(mine, old=old.role, new=role):
            raise Refused("You can't give or take a role above your own.", code="role_above", field="role")
        _keep_an_owner(tx, org_id, old, leaves=role != "owner")
        tx.run(_member(org_id, person_id).values(role=role))
        before, now = rules.org_topic(org_id, old.role), rules.org_topic(org_id, role)
        publish_me(tx, person_id, follow=now, unfollow=before if before != now else "")
    if title is not None:
        label = text.line(title, field="title", limit=limits.TITLE_CHARS, empty=True)
        tx.run(_member(org_id, person_id).values(title=label))
    if departments is not None:
        _place(tx, org_id, person_id, departments)
    record(tx, who, "orgs.change_member", person_id, org=org_id, role=role, title=title)
    return refresh(tx, org_id, person_id)


def _existing(tx: Tx, org_id: str, person_id: str) -> Member:
    found = queries.members(tx.conn, org_id, [person_id])
    if not found:
        raise NotFound("There is no such person in this organisation.")
    return found[0]


def _keep_an_owner(tx: Tx, org_id: str, leaving: Member, *, leaves: bool) -> None:
    owners = select(func.count()).where(member.c.org == org_id, member.c.role == "owner", member.c.deactivated_at.is_(None))
    if leaves and leaving.role == "owner" and leaving.active and tx.value(owners) == 1:
        raise Conflict("An organisation needs an owner. Make somebody else an owner first.", code="last_owner")


def _place(tx: Tx, org_id: str, person_id: str, departments: Sequence[str]) -> None:
    wanted = set(departments)
    known = set(tx.conn.execute(select(department.c.id).where(department.c.org == org_id)).scalars())
    if wanted - known:
        raise NotFound("There is no such department.", field="departments")
    tx.run(delete(department_member).where(department_member.c.person == person_id, department_member.c.department.in_(known)))
    for department_id in sorted(wanted):
        tx.run(insert(department_member).values(department=department_id, person=person_id))
    tx.publish(f"org:{org_id}", DepartmentsChanged(org_id))


def deactivate(tx: Tx, who: Who, org_id: str, person_id: str) -> Member:
    """Shut a member out. Their sessions, tokens and sockets end now, unless they are in another organisation as well:

    then only this one closes to them. Their rooms are for the caller to clear.
    """
    mine = queries.require_manager(tx.conn, org_id, who.person)
    old = _existing(tx, org_id, person_id)
    if not rules.may_set_role(mine, old=old.role, new="guest"):
        raise Refused("You can't deactivate somebody with a role above your own.", code="role_above")
    _keep_an_owner(tx, org_id, old, leaves=True)
    tx.run(_member(org_id, person_id).values(deactivated_at=tx.now))
    if _is_elsewhere(tx, org_id, person_id):
        publish_me(tx, person_id, unfollow=f"org:{org_id}")
    else:
        end_everything(tx, who, person_id)
    record(tx, who, "orgs.deactivate", person_id, org=org_id)
    tx.publish(f"org:{org_id}", DepartmentsChanged(org_id))
    return refresh(tx, org_id, person_id)


def retire(tx: Tx, who: Who, org_id: str, person_id: str) -> Member:
    """Take a robot out of its organisation; whether `who` may is for the caller to have checked. NotFound for people."""
    if not _existing(tx, org_id, person_id).robot:
        raise NotFound("There is no such robot in this organisation.")
    tx.run(_member(org_id, person_id).values(deactivated_at=tx.now))
    end_everything(tx, who, person_id)
    record(tx, who, "orgs.retire", person_id, org=org_id)
    tx.publish(f"org:{org_id}", DepartmentsChanged(org_id))
    return refresh(tx, org_id, person_id)


def reactivate(tx: Tx, who: Who, org_id: str, person_id: str) -> Member:
    """Let a deactivated member in again."""
    mine = queries.require_manager(tx.conn, org_id, who.person)
    old = _existing(tx, org_id, person_id)
    if not rules.may_set_role(mine, old=old.role, new=old.role):
        raise Refused("You can't change somebody with a role above your own.", code="role_above")
    return add_member(tx, who, org_id, person_id, role=old.role, departments=old.departments)


def create_department(tx: Tx, who: Who, org_id: str, *, name: str, parent: str | None = None) -> Department:
    """Add a department below `parent`, as its last."""
    queries.require_manager(tx.conn, org_id, who.person)
    count = tx.value(select(func.count()).where(department.c.org == org_id)) or 0
    if count >= limits.DEPARTMENTS_AN_ORG:
        raise Conflict(f"An organisation has at most {limits.DEPARTMENTS_AN_ORG} departments.", code="too_many_departments")
    _check_parent(tx, org_id, None, parent)
    made = Department(new_id(tx.now), text.line(name, field="name"), parent, count, 0)
    row = {"id": made.id, "org": org_id, "parent": parent, "name": made.name, "position": made.position}
    tx.run(insert(department).values(**row))
    tx.publish(f"org:{org_id}", DepartmentsChanged(org_id))
    record(tx, who, "orgs.create_department", made.id, org=org_id, name=made.name)
    return made


def change_department(
    tx: Tx, who: Who, org_id: str, department_id: str, *, name: str | None = None, parent: str | UnsetType | None = UNSET,
    position: int | None = None,
) -> Department:  # fmt: skip
    """Rename, move or reorder a department."""
    queries.require_manager(tx.conn, org_id, who.person)
    _department(tx, org_id, department_id)
    changes: dict[str, object] = {}
    if name is not None:
        changes["name"] = text.line(name, field="name")
    if not isinstance(parent, UnsetType):
        _check_parent(tx, org_id, department_id, parent)
        changes["parent"] = parent
    if position is not None:
        changes["position"] = position
    if changes:
        tx.run(update(department).where(department.c.id == department_id).values(**changes))
    tx.publish(f"org:{org_id}", DepartmentsChanged(org_id))
    record(tx, who, "orgs.change_department", department_id, org=org_id, **changes)
    return _department(tx, org_id, department_id)


def _department(tx: Tx, org_id: str, department_id: str) -> Department:
    row = tx.first(select(department).where(department.c.org == org_id, department.c.id == department_id))
    if row is None:
        raise NotFound("There is no such department.")
    people = tx.value(select(func.count()).where(department_member.c.department == department_id))
    return Department(row.id, row.name, row.parent, row.position, people or 0)


def _check_parent(tx: Tx, org_id: str, department_id: str | None, parent: str | None) -> None:
    """Refuse a parent that is missing, below the department itself, or too deep."""
    depth, at = 0, parent
    while at is not None:
        depth += 1
        if at == department_id or depth >= limits.DEPARTMENT_DEPTH:
            raise Invalid("A department can't stand below itself, nor that deep.", code="bad_parent", field="parent")
        at = _department(tx, org_id, at).parent


def delete_department(tx: Tx, who: Who, org_id: str, department_id: str) -> None:
    """Dissolve a department; its people stay, and its sub-departments move up."""
    queries.require_manager(tx.conn, org_id, who.person)
    gone = _department(tx, org_id, department_id)
    tx.run(update(department).where(department.c.parent == department_id).values(parent=gone.parent))
    tx.run(delete(department_member).where(department_member.c.department == department_id))
    tx.run(delete(department).where(department.c.id == department_id))
    tx.publish(f"org:{org_id}", DepartmentsChanged(org_id))
    record(tx, who, "orgs.delete_department", department_id, org=org_id, name=gone.name)


def create_invites(
    tx: Tx, who: Who, org_id: str, *, role: Role, department_id: str | None = None, room: str | None = None,
    emails: Sequence[str] = (), uses: int = 1, days: int = 7,
) -> list[tuple[Invite, str]]:  # fmt: skip
    """Make one invitation for each address, or one open link for `uses` people; each with its secret."""
    mine = queries.require_manager(tx.conn, org_id, who.person)
    if not rules.may_invite(mine, role):
        raise Refused("You can't invite somebody to a role above your own.", code="role_above", field="role")
    if role == "guest" and room is None:
        raise Invalid("A guest sees only the rooms they are invited to: choose one.", code="guest_needs_room", field="room")
    if not 1 <= days <= limits.INVITE_DAYS or not 1 <= uses <= limits.INVITE_USES:
        raise Invalid(f"An invitation lasts 1 to {limits.INVITE_DAYS} days.", field="days")
    if len(emails) > limits.INVITES_AT_ONCE:
        raise Invalid(f"At most {limits.INVITES_AT_ONCE} people can be invited at once.", field="emails")
    if department_id is not None:
        _department(tx, org_id, department_id)
    made = [_invite(tx, who, org_id, role, department_id, room, address, 1 if address else uses, days) for address in (*emails,) or (None,)]
    record(tx, who, "orgs.invite", org_id, org=org_id, role=role, count=len(made))
    return made


def _invite(
    tx: Tx, who: Who, org_id: str, role: Role, department_id: str | None, room: str | None, address: str | None, uses: int, days: int
) -> tuple[Invite, str]:
    secret = new_secret()
    made = Invite(new_id(tx.now), role, department_id, room, address, uses, tx.now, tx.now + days * DAY)
    row = {"id": made.id, "org": org_id, "secret": fingerprint(secret), "role": role, "department": department_id, "room": room}
    times = {"created_at": made.created_at, "expires_at": made.expires_at}
    tx.run(insert(invite).values(**row, **times, email=address, uses_left=uses, created_by=who.person))
    return made, secret


_LISTED = re.compile(r"<([^<>]+)>|([^\s<>,;]+@[^\s<>,;]+)")


def listed_emails(pasted: str) -> list[str]:
    """The addresses in a pasted list ("name <mail>", or bare; by line, comma or semicolon), each once."""
    found: dict[str, None] = {}
    for number, row in enumerate(re.split(r"[\n,;]+", text.clean(pasted)), start=1):
        if not row.strip():
            continue
        match = _LISTED.search(row)
        if match is None:
            raise Invalid(f"Line {number} has no mail address: {text.excerpt(row, 40)!r}.", code="not_email", field="emails")
        found[text.email(match[1] or match[2], field="emails")] = None
    return list(found)


def delete_invite(tx: Tx, who: Who, org_id: str, invite_id: str) -> None:
    """Take an invitation back."""
    queries.require_manager(tx.conn, org_id, who.person)
    if not tx.run(delete(invite).where(invite.c.org == org_id, invite.c.id == invite_id)):
        raise NotFound("There is no such invitation.")
    record(tx, who, "orgs.delete_invite", invite_id, org=org_id)


class Accepted(msgspec.Struct, frozen=True):
    """What an accepted invitation opens."""

    org: str
    room: str | None
    role: Role


def accept_invite(tx: Tx, who: Who, secret: str) -> Accepted:
    """Let `who` into the organisation that the invitation is for. A higher role that they have already stays."""
    found = queries.open_invite(tx.conn, secret, now=tx.now)
    role = queries.role_in(tx.conn, found.org, who.person)
    if role is None:
        if found.email and tx.value(select(person.c.email).where(person.c.id == who.person)) != found.email:
            raise Refused("This invitation is for another mail address.", code="other_email")
        tx.run(update(invite).where(invite.c.id == found.id).values(uses_left=found.uses_left - 1))
        there = tx.value(select(department.c.id).where(department.c.id == found.department))
        add_member(tx, who, found.org, who.person, role=found.role, departments=[there] if there else [])
    return Accepted(found.org, found.room, role or found.role)


def link_for_member(tx: Tx, who: Who, org_id: str, person_id: str) -> str:
    """The secret of a one-time sign-in link for a member of no higher role than one's own."""
    mine = queries.require_manager(tx.conn, org_id, who.person)
    member_ = _existing(tx, org_id, person_id)
    if not member_.active or not rules.may_set_role(mine, old=member_.role, new=member_.role):
        raise Refused("You can't make a link for this person.", code="role_above")
    if _is_elsewhere(tx, org_id, person_id):
        message = "This person is in other organisations too, so only they can let themselves in. Their password does it."
        raise Refused(message, code="in_other_orgs")
    return create_link(tx, who, purpose="sign_in", person_id=person_id)
