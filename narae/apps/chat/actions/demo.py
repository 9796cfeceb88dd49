"""Takes a demo organisation away with everything in it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, or_, select

from narae.apps.chat.tables import imported
from narae.core.audit import record
from narae.core.audit.tables import line
from narae.core.db import Tx
from narae.core.db.schema import once
from narae.core.kit.who import Who
from narae.core.orgs import tables as orgs
from narae.core.people import tables as people
from narae.core.people.actions import end_everything
from narae.core.rooms import tables as rooms
from narae.core.search import tables as search


def forget_demo(tx: Tx, who: Who, org_id: str, person_ids: Sequence[str]) -> None:
    """Delete an organisation and the people who were made for it, unless they have joined another one."""
    inside = select(rooms.room.c.id).where(rooms.room.c.org == org_id)
    for table in (
        rooms.message, rooms.mention, rooms.reaction, rooms.confirmation, rooms.edit, rooms.draft, rooms.file, rooms.member, rooms.press,
        search.doc, search.place,
    ):  # fmt: skip
        tx.run(delete(table).where(table.c.room.in_(inside)))
    tx.run(delete(rooms.room).where(rooms.room.c.org == org_id))
    departments = select(orgs.department.c.id).where(orgs.department.c.org == org_id)
    tx.run(delete(orgs.department_member).where(orgs.department_member.c.department.in_(departments)))
    for table in (orgs.department, orgs.invite, orgs.member, imported, line):
        tx.run(delete(table).where(table.c.org == org_id))
    tx.run(delete(orgs.org).where(orgs.org.c.id == org_id))
    for person_id in person_ids:
        _forget_person(tx, who, person_id)
    record(tx, who, "chat.clear_demo", org_id)


def _forget_person(tx: Tx, who: Who, person_id: str) -> None:
    if tx.first(select(orgs.member.c.org).where(orgs.member.c.person == person_id)) is not None:
        return
    end_everything(tx, who, person_id)
    tx.run(delete(line).where(or_(line.c.actor == person_id, line.c.subject == person_id)))
    tx.run(delete(once).where(once.c.person == person_id))
    tx.run(delete(people.device).where(people.device.c.person == person_id))
    tx.run(delete(people.person).where(people.person.c.id == person_id))
