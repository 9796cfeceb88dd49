"""What a device knows: a state read once, and kept up by applying the events that its person hears.

The reducer is the client's, in short. A device that has every event must know what a fresh one reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import asdict, replace
from sqlalchemy import Connection

from narae.core.db import Event
from narae.core.kit.who import SessionEnded
from narae.core.orgs import public as orgs
from narae.core.orgs import queries as orgs_queries
from narae.core.orgs.rules import org_topic
from narae.core.rooms import public
from narae.core.rooms.queries import heads, log, members

ROOM_WIDE = ("topic", "is_public", "archived", "posting", "mention_all", "owner", "member_count", "top")


class Room:
    """A room as one device knows it: its head, its messages by seq, its members' roles and read pointers."""

    def __init__(self, head: public.RoomHead) -> None:
        self.head = head
        self.messages: dict[int, public.Message] = {}
        self.roles: dict[str, str] = {}
        self.reads: dict[str, tuple[int, int]] = {}

    def catch_up(self, conn: Connection, viewer: str, since: int) -> None:
        """Ask what changed since a rev, a small page at a time."""
        more = True
        while more:
            page = log.changes(conn, viewer, self.head.id, since=since, limit=7)
            for message in page.messages:
                self.say(message, viewer)
            for change in page.members:
                self.move(change.person, change.role, left=change.left)
            self.fields(page.room, page.rev)
            since, more = page.rev, page.more

    def say(self, message: public.Message, viewer: str) -> None:
        """A message is new or changed."""
        known = self.messages.get(message.seq)
        if known is None or known.rev < message.rev:
            self.messages[message.seq] = message
        head = self.head
        if message.seq > head.last_seq:
            head = replace(head, last_seq=message.seq, last_at=message.at)
            if message.sender == viewer:
                head = replace(head, read_seq=message.seq)
            if message.sender in self.reads:
                self.reads[message.sender] = (self.reads[message.sender][0], message.seq)
        self.head = replace(head, last_rev=max(head.last_rev, message.rev))

    def fields(self, fields: public.RoomFields, rev: int) -> None:
        """The room's own fields changed; a direct talk keeps the other's name."""
        wide = {key: getattr(fields, key) for key in ROOM_WIDE}
        name = self.head.name if self.head.direct else fields.name
        self.head = replace(self.head, **wide, name=name, last_rev=max(self.head.last_rev, rev))

    def move(self, person: str, role: str, *, left: bool) -> None:
        """Somebody came, left or changed role. Who comes has read what was there."""
        if left:
            self.roles.pop(person, None)
            self.reads.pop(person, None)
        else:
            if person not in self.roles:
                self.reads[person] = (self.head.last_seq, self.head.last_seq)
            self.roles[person] = role

    def mentions(self, viewer: str, departments: set[str]) -> int:
        """How many unread messages mean the viewer, counted one by one."""
        unread = [m for m in self.messages.values() if m.seq > max(self.head.read_seq, self.head.join_seq)]
        return sum(_means(m, viewer, departments) for m in unread)


def _means(message: public.Message, viewer: str, departments: set[str]) -> bool:
    named = viewer in message.mentions.people and message.sender != viewer
    return named or message.mentions.all or bool(departments & set(message.mentions.departments))


class Mirror:
    """Everything that one person's device knows."""

    def __init__(self, conn: Connection, viewer: str) -> None:
        self.viewer = viewer
        self.ended = False
        self.me = orgs_queries.me(conn, viewer)
        self.rooms: dict[str, Room] = {}
        self.joined: set[str] = set()
        self.entered: set[str] = set()
        self.drafts: dict[tuple[str, int | None], str] = {}
        for head in heads.heads(conn, viewer):
            self._open(conn, head)
        self.people: dict[str, dict[str, orgs.Member]] = {}
        self.departments: dict[str, list[orgs.Department]] = {}
        for org in self.me.orgs:
            self._read_org(conn, org)
        self.topics = {f"person:{viewer}", "control", *(f"room:{r}" for r in self.rooms), *map(_topic, self.me.orgs)}

    def _open(self, conn: Connection, head: public.RoomHead) -> None:
        room = Room(head)
        room.catch_up(conn, self.viewer, 0)
        room.head = head
        room.reads = {r.person: (r.join_seq, r.read_seq) for r in members.reads(conn, self.viewer, head.id).items}
        self.drafts |= {(head.id, d.thread): d.text for d in members.drafts(conn, self.viewer, head.id).items}
        self.rooms[head.id] = room

    def _read_org(self, conn: Connection, org: orgs.MyOrg) -> None:
        self.departments[org.id] = orgs_queries.departments(conn, self.viewer, org.id).items
        if org.role != "guest":
            pages = [orgs_queries.people(conn, self.viewer, org.id, active=active, limit=200) for active in (True, False)]
            self.people[org.id] = {m.id: m for page in pages for m in page.items}

    def hear(self, events: Iterable[Event]) -> None:
        """Apply what the person follows, in order."""
        for event in events:
            if event.topic in self.topics:
                self._take(event.body)
                self.topics -= {event.unfollow}
                self.topics |= {event.follow} - {""}

    def _take(self, body: Any) -> None:
        match body:
            case public.MessageChanged(message=message) if message.room in self.rooms:
                self.rooms[message.room].say(message, self.viewer)
            case public.RoomChanged(room=fields, rev=rev) if fields.id in self.rooms:
                self.rooms[fields.id].fields(fields, rev)
            case public.MemberChanged() if body.room in self.rooms:
                self._move(body)
            case public.Joined(room=head):
                self.rooms[head.id] = Room(head)
                self.joined.add(head.id)
            case public.Left(room=room_id):
                self.rooms.pop(room_id, None)
                self.drafts = {place: text for place, text in self.drafts.items() if place[0] != room_id}
            case _:
                self._take_mine(body)

    def _move(self, body: public.MemberChanged) -> None:
        room = self.rooms[body.room]
        room.move(body.person, body.role, left=body.left)
        room.head = replace(room.head, last_rev=max(room.head.last_rev, body.rev), member_count=body.member_count)
        if body.person == self.viewer and not body.left:
            room.head = replace(room.head, role=body.role)

    def _take_mine(self, body: Any) -> None:
        match body:
            case public.Mine(room=room_id) if room_id in self.rooms:
                room = self.rooms[room_id]
                room.head = replace(room.head, read_seq=body.read_seq, muted=body.muted, starred=body.starred)
            case public.DraftChanged():
                self.drafts[body.room, body.thread] = body.text
                if not body.text:
                    del self.drafts[body.room, body.thread]
                if body.thread is None and body.room in self.rooms:
                    self.rooms[body.room].head = replace(self.rooms[body.room].head, draft=body.text)
            case public.ReadMoved(room=room_id, person=person, seq=seq) if room_id in self.rooms:
                reads = self.rooms[room_id].reads
                reads[person] = (reads[person][0], seq)
            case SessionEnded(person=person, session=None) if person == self.viewer:
                self.ended = True
            case _:
                self._take_org(body)

    def _take_org(self, body: Any) -> None:
        match body:
            case orgs.MeChanged(me=me):
                self.entered |= {o.id for o in me.orgs} - {o.id for o in self.me.orgs}
                self.me = me
            case orgs.OrgChanged(org=org_id, name=name):
                self.me = replace(self.me, orgs=[replace(o, name=name) if o.id == org_id else o for o in self.me.orgs])
            case orgs.PersonChanged(org=org_id, person=member):
                self.people.setdefault(org_id, {})[member.id] = member
                for room in self.rooms.values():
                    if room.head.other == member.id:
                        room.head = replace(room.head, name=member.name)
            case orgs.DepartmentsChanged(org=org_id):
                self.departments.pop(org_id, None)

    def ask(self, conn: Connection) -> None:
        """Ask for what events only say to ask for: rooms and organisations just entered, trees of departments."""
        for room_id in self.joined & set(self.rooms):
            self._open(conn, heads.head(conn, self.viewer, room_id))
        self.joined = set()
        for org in self.me.orgs:
            if org.id in self.entered:
                self._read_org(conn, org)
            if org.id not in self.departments:
                self.departments[org.id] = orgs_queries.departments(conn, self.viewer, org.id).items
        self.entered = set()

    def catch_up(self, conn: Connection) -> None:
        """Come back after having heard nothing: fresh heads, and of each room only what changed."""
        fresh = {head.id: head for head in heads.heads(conn, self.viewer)}
        self.rooms = {room_id: room for room_id, room in self.rooms.items() if room_id in fresh}
        for room_id, head in fresh.items():
            if room_id in self.rooms:
                self.rooms[room_id].catch_up(conn, self.viewer, self.rooms[room_id].head.last_rev)
                self.rooms[room_id].head = head
                self.rooms[room_id].reads = {r.person: (r.join_seq, r.read_seq) for r in members.reads(conn, self.viewer, room_id).items}
            else:
                self._open(conn, head)
        self.topics = {f"person:{self.viewer}", "control", *(f"room:{r}" for r in self.rooms), *map(_topic, self.me.orgs)}

    def known(self) -> dict[str, Any]:
        """All of it, to compare; mentions as counted from the messages, departments as the tree has them."""
        return {
            "me": self.me,
            "rooms": {i: _room_as_known(r, r.mentions(self.viewer, self._above(r.head.org))) for i, r in self.rooms.items()},
            "drafts": self.drafts,
            "people": {org: {i: self._in_tree(org, m) for i, m in people.items()} for org, people in self.people.items()},
            "departments": self.departments,
        }

    def _in_tree(self, org: str, member: orgs.Member) -> orgs.Member:
        tree = {d.id for d in self.departments.get(org, [])}
        return replace(member, departments=[d for d in member.departments if d in tree])

    def _above(self, org: str) -> set[str]:
        """My departments and those above them."""
        parents = {d.id: d.parent for d in self.departments.get(org, [])}
        mine = self.people.get(org, {}).get(self.viewer)
        found, at = set(), list(self._in_tree(org, mine).departments if mine else [])
        while at:
            one = at.pop()
            found.add(one)
            at += [parents[one]] if parents.get(one) else []
        return found


def _topic(org: orgs.MyOrg) -> str:
    return org_topic(org.id, org.role)


def _room_as_known(room: Room, mentions: int) -> dict[str, Any]:
    return {
        "head": asdict(replace(room.head, mentions=mentions)),
        "messages": room.messages,
        "roles": room.roles,
        "reads": room.reads,
    }
