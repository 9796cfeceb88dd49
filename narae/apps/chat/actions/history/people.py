"""Brings the people of a history in, and founds the organisation that they come into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select, update

from narae.apps.chat.actions.history import Import, Newcomer
from narae.apps.chat.queries import brought, owner_of
from narae.apps.chat.tables import imported
from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit.who import Who
from narae.core.orgs import actions as orgs_actions
from narae.core.orgs.tables import member
from narae.core.people.actions import create_person
from narae.core.people.public import Lang
from narae.core.people.queries import credentials


def found(tx: Tx, who: Who, *, name: str, source: str, owner: Newcomer, lang: Lang) -> Import:
    """Found the organisation of an import; `owner` owns it."""
    person_id = account(tx, who, owner, lang)
    founder = Who(person=person_id)
    org = orgs_actions.create_org(tx, founder, name=name).id
    orgs_actions.change_member(tx, founder, org, person_id, title=owner.title)
    note(tx, org, source, "person", [(owner.key, person_id)])
    note(tx, org, source, "founded", [("", person_id)])
    record(tx, who, "chat.import", org, org=org, source=source)
    return Import(org=org, source=source, owner=person_id, lang=lang, founded=True)


def account(tx: Tx, who: Who, newcomer: Newcomer, lang: Lang) -> str:
    """The account of `newcomer`: the one with their address, or a new one that nobody can sign in to yet."""
    known = credentials(tx.conn, newcomer.email) if newcomer.email else None
    if known is not None:
        return str(known.id)
    return create_person(tx, who, name=newcomer.name, email=newcomer.email, lang=lang, robot=newcomer.robot)


def bring_people(tx: Tx, who: Who, into: Import, newcomers: Sequence[Newcomer]) -> dict[str, str]:
    """Make these people members of the organisation; their ids by key. Somebody who is one already stays as they are."""
    ids = {newcomer.key: account(tx, who, newcomer, into.lang) for newcomer in newcomers}
    inside = select(member.c.person).where(member.c.org == into.org, member.c.person.in_(ids.values()))
    members = set(tx.conn.execute(inside).scalars())
    for newcomer in newcomers:
        if ids[newcomer.key] not in members:
            _add(tx, who, into, newcomer, ids[newcomer.key])
            members.add(ids[newcomer.key])
    note(tx, into.org, into.source, "person", ids.items())
    return ids


def _add(tx: Tx, who: Who, into: Import, newcomer: Newcomer, person_id: str) -> None:
    """A member in one go: those who have left are never active, not even for a moment."""
    orgs_actions.add_member(tx, who, into.org, person_id, role=newcomer.role, title=newcomer.title)
    if not newcomer.active:
        tx.run(update(member).where(member.c.org == into.org, member.c.person == person_id).values(deactivated_at=tx.now))
        orgs_actions.refresh(tx, into.org, person_id)


def note(tx: Tx, org: str, source: str, kind: str, pairs: Iterable[tuple[str, str]]) -> None:
    """Remember (key, value) of `kind` as brought in, in place of what was known of the same keys."""
    rows = [{"org": org, "source": source, "kind": kind, "key": key, "value": value} for key, value in pairs]
    if rows:
        mine = imported.c.org == org, imported.c.source == source, imported.c.kind == kind
        tx.run(delete(imported).where(*mine, imported.c.key.in_([row["key"] for row in rows])))
        tx.run(insert(imported), rows)


def start(tx: Tx, who: Who, *, org: str, source: str, lang: Lang) -> Import:
    """Begin an import into an organisation that exists, or go on with one."""
    record(tx, who, "chat.import", org, org=org, source=source)
    is_founded = bool(brought(tx.conn, org, source, "founded"))
    return Import(org=org, source=source, owner=owner_of(tx.conn, org), lang=lang, founded=is_founded)
