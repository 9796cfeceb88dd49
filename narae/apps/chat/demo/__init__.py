"""A living organisation to look around in: a shop, a school or a clinic, in Korean, English or Chinese.

Everything is made through the real actions, in one transaction, with the clock set back to when it was said: so the demo
is whole or not there at all, and it breaks when an action breaks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from narae.core.db import Tx
from narae.core.kit.ids import new_id
from narae.core.kit.who import SYSTEM, Who
from narae.core.orgs import actions as orgs_actions
from narae.core.orgs.public import Role
from narae.core.people.actions import create_person
from narae.core.people.public import Lang
from narae.core.rooms.actions import change, reading, rooms
from narae.core.rooms.actions.members import set_role
from narae.core.rooms.actions.send import Send, send
from narae.core.rooms.public import Mentions
from narae.core.rooms.queries.heads import heads

Kind = Literal["shop", "school", "clinic"]
NoteFile = Callable[[Tx, Who, str, str, "FileText"], str]


class FileText(msgspec.Struct, frozen=True):
    """A file that somebody brings into a talk."""

    name: str
    kind: str
    body: str


class Said(msgspec.Struct, frozen=True):
    """Something said: `day` counts from today, `reply` and `thread` name another entry's `id` in the same talk."""

    day: int
    time: str
    by: str
    text: str = ""
    mentions: list[str] = []
    reply: str | None = None
    thread: str | None = None
    react: dict[str, list[str]] = {}
    pin: bool = False
    top: bool = False
    edit: str | None = None
    recall: bool = False
    confirm: bool = False
    file: FileText | None = None
    id: str | None = None


class DemoDepartment(msgspec.Struct, frozen=True):
    """A department of the demo."""

    key: str
    name: str
    parent: str | None


class DemoPerson(msgspec.Struct, frozen=True):
    """Somebody in the demo; `mail` is the part before @example.com."""

    key: str
    name: str
    title: str
    departments: list[str]
    role: Role
    mail: str


class DemoRoom(msgspec.Struct, frozen=True):
    """A room with its talk. `people` are keys, "*" for everybody but guests."""

    key: str
    name: str
    topic: str
    people: list[str]
    talk: list[Said]
    public: bool = False
    posting: Literal["all", "owners"] = "all"


class DemoDirect(msgspec.Struct, frozen=True):
    """A direct talk."""

    people: list[str]
    talk: list[Said]


class DemoOrg(msgspec.Struct, frozen=True):
    """The organisation."""

    name: str
    about: str


class Script(msgspec.Struct, frozen=True):
    """A whole demo organisation."""

    org: DemoOrg
    departments: list[DemoDepartment]
    people: list[DemoPerson]
    rooms: list[DemoRoom]
    direct: list[DemoDirect]


class Filled(msgspec.Struct, frozen=True):
    """What was made: the organisation, and the people by their keys, the visitor first."""

    org: str
    people: dict[str, str]
    files: dict[str, str]
    rooms: int
    messages: int


def read_script(kind: Kind, lang: Lang) -> Script:
    """The demo organisation of this kind in this language."""
    return msgspec.json.decode((Path(__file__).parent / f"{kind}.{lang}.json").read_bytes(), type=Script)


def fill(tx: Tx, who: Who, script: Script, lang: Lang, note_file: NoteFile) -> Filled:
    """Make the organisation with weeks of talk. `note_file` notes an upload and answers its id."""
    return _Filling(tx, script, lang, note_file).run()


class _Filling:
    def __init__(self, tx: Tx, script: Script, lang: Lang, note_file: NoteFile) -> None:
        self.tx = tx
        self.script = script
        self.lang = lang
        self.note_file = note_file
        self.today = tx.now
        self.people: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.messages = 0
        self.org = ""

    def run(self) -> Filled:
        start = min(_moment(self.today, said) for said in self._everything_said())
        self.tx.now = start - 3 * 86_400_000
        self._people()
        talks = [(room_id, talk) for room_id, talk in self._rooms()]
        for at, room_id, said, named in sorted(self._in_time(talks), key=lambda step: step[0]):
            self.tx.now = at
            self._say(room_id, said, named)
        self.tx.now = self.today
        self._read()
        return Filled(self.org, self.people, self.files, len(talks), self.messages)

    def _everything_said(self) -> Iterator[Said]:
        for room in self.script.rooms:
            yield from room.talk
        for direct in self.script.direct:
            yield from direct.talk

    def _people(self) -> None:
        first = self.script.people[0]
        for p in self.script.people:
            self.people[p.key] = create_person(self.tx, SYSTEM, name=p.name, email=f"{p.mail}@example.com", lang=self.lang)
        owner = self._who(first.key)
        self.org = orgs_actions.create_org(self.tx, owner, name=self.script.org.name).id
        departments: dict[str, str] = {}
        for d in self.script.departments:
            parent = departments[d.parent] if d.parent else None
            departments[d.key] = orgs_actions.create_department(self.tx, owner, self.org, name=d.name, parent=parent).id
        for p in self.script.people:
            if p is not first:
                orgs_actions.add_member(self.tx, owner, self.org, self.people[p.key], role=p.role)
            inside = [departments[key] for key in p.departments]
            orgs_actions.change_member(self.tx, owner, self.org, self.people[p.key], title=p.title, departments=inside)

    def _who(self, key: str) -> Who:
        return Who(person=self.people[key])

    def _rooms(self) -> Iterator[tuple[str, list[Said]]]:
        members = [p.key for p in self.script.people if p.role != "guest"]
        for room in self.script.rooms:
            keys = members if "*" in room.people else room.people
            head = next((k for k in keys if k in members), members[0])
            others = [self.people[key] for key in keys if key != head]
            who = self._who(head)
            made = rooms.create_room(
                self.tx, who, self.org, name=room.name, topic=room.topic, is_public=room.public, everyone="*" in room.people, people=others
            )
            if room.posting == "owners":
                for key in {said.by for said in room.talk if said.thread is None} - {head}:
                    set_role(self.tx, made.id, self.people[key], "admin")
                rooms.change_room(self.tx, who, made.id, posting=room.posting)
            yield made.id, room.talk
        for direct in self.script.direct:
            one, other = direct.people
            yield rooms.open_direct(self.tx, self._who(one), self.org, other=self.people[other]).id, direct.talk

    def _in_time(self, talks: list[tuple[str, list[Said]]]) -> Iterator[tuple[int, str, Said, dict[str, int]]]:
        for room_id, talk in talks:
            named: dict[str, int] = {}
            for said in talk:
                yield _moment(self.today, said), room_id, said, named

    def _say(self, room_id: str, said: Said, named: dict[str, int]) -> None:
        who = self._who(said.by)
        files = []
        if said.file is not None:
            file_id = self.note_file(self.tx, who, room_id, new_id(self.tx.now), said.file)
            self.files[file_id] = said.file.body
            files = [file_id]
        mentions = Mentions([self.people[k] for k in said.mentions if k != "*"], [], "*" in said.mentions)
        sent = send(
            self.tx,
            who,
            Send(
                who=who,
                room=room_id,
                nonce=None,
                text=said.text,
                files=files,
                mentions=mentions,
                confirm=said.confirm,
                reply_to=named[said.reply] if said.reply else None,
                thread=named[said.thread] if said.thread else None,
            ),
        )
        self.messages += 1
        if said.id:
            named[said.id] = sent.seq
        self._afterwards(room_id, sent.seq, said)

    def _afterwards(self, room_id: str, seq: int, said: Said) -> None:
        who = self._who(said.by)
        self.tx.now += 90_000
        if said.edit is not None:
            change.edit_message(self.tx, who, room_id, seq, new=said.edit)
        for emoji, keys in said.react.items():
            for key in keys:
                change.react(self.tx, self._who(key), room_id, seq, emoji)
        if said.pin:
            change.pin(self.tx, who, room_id, seq)
        if said.top:
            rooms.set_top(self.tx, who, room_id, seq)
        if said.recall:
            change.recall(self.tx, who, room_id, seq)

    def _read(self) -> None:
        """Everybody has read most of it; the visitor finds a few rooms with this morning's news."""
        dice = random.Random(self.script.org.name)
        visitor = self.script.people[0].key
        for key in self.people:
            for head in heads(self.tx.conn, self.people[key]):
                unread = dice.choice((0, 2, 5)) if key == visitor and dice.random() < 0.4 else 0
                if key != visitor and dice.random() < 0.25:
                    unread = dice.randint(1, 12)
                if (seq := head.last_seq - unread) > 0:
                    reading.mark_read(self.tx, self._who(key), head.id, seq)


def _moment(today: int, said: Said) -> int:
    """When something was said, in ms: never later than now."""
    day = datetime.fromtimestamp(today / 1000).replace(second=0, microsecond=0) + timedelta(days=said.day)
    hour, minute = map(int, said.time.split(":"))
    at = int(day.replace(hour=hour, minute=minute).timestamp() * 1000)
    return min(at, today - 120_000)
