"""Brings the messages of a room in, some hundreds in one transaction.

They are not sent one by one through `send`, `edit`, `react` and `pin`: a message that is years old arrives in its last
form, so each is written once, as that form, with the same row-maker and the same hot statements as a message that is
sent. (Replaying them was tried on paper and rejected: twenty statements for a thread's answer with three reactions, and
an edit whose former text nobody knows.) Followers are told once for a transaction: they see the gap in `rev` and ask for
what they missed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import bindparam, insert, select, update

from narae.apps.chat.actions.history import Brought, Import, Lost, Place, Said, Stretch
from narae.apps.chat.actions.history.people import bring_people, note
from narae.apps.chat.actions.history.rooms import let_in, read_on
from narae.core.db import Tx
from narae.core.kit import limits, markdown, text
from narae.core.kit.markdown import At
from narae.core.kit.who import Who
from narae.core.rooms.actions.change import store_fields
from narae.core.rooms.actions.send import EMPTY, NOBODY, as_row, mention_rows
from narae.core.rooms.hot import store_of
from narae.core.rooms.public import Mentions, Message, Reaction
from narae.core.rooms.tables import edit, mention, message, reaction

_encode = msgspec.json.Encoder().encode
_PEOPLE = msgspec.json.Decoder(list[str])


def bring_messages(tx: Tx, who: Who, into: Import, place: Place, stretch: Stretch) -> Brought:
    """Write `stretch` into its room. What is there already stays as it is. `place` is only read: see `Brought.settle`."""
    new = [newcomer for newcomer in stretch.newcomers if newcomer.key not in place.people]
    people = bring_people(tx, who, into, new) if new else {}
    everybody = {**place.people, **people} if people else place.people
    members = let_in(tx, into, place, everybody, stretch.joined) if place.talk.members is None else set()
    writing = _Writing(tx, into, place, everybody, place.members | members if members else place.members)
    for said in stretch.said:
        writing.add(said)
    writing.write()
    note(tx, into.org, into.source, "day", [(f"{place.talk.key}/{day}", digest) for day, digest in stretch.days])
    return Brought(
        roots=writing.roots,
        replies=writing.replies,
        people=people,
        members=members,
        pins=writing.pins,
        messages=len(writing.made),
        reactions=len(writing.reactions),
        known=writing.known,
        lost=writing.lost,
    )


class _Writing:
    """What one transaction will write: messages by their seq, and the rows beside them."""

    def __init__(self, tx: Tx, into: Import, place: Place, people: Mapping[str, str], members: set[str]) -> None:
        self.tx = tx
        self.prefix = f"{into.messenger}:{place.talk.key}:"
        self.place = place
        self.people = people
        self.members = members
        self.room = store_of(tx).lock_rooms(tx, [place.room])[place.room]
        self.before = self.room.last_seq
        self.made: dict[int, Message] = {}
        self.roots: dict[str, int] = {}
        self.replies: set[str] = set()
        self.grown: dict[int, list[Message]] = {}
        self.reactions: list[dict[str, Any]] = []
        self.edits: list[dict[str, Any]] = []
        self.pins = 0
        self.known = 0
        self.lost: list[tuple[Lost, str]] = []

    def add(self, said: Said) -> None:
        """Take one message, unless it is there already."""
        place = self.place
        if said.key in place.roots or said.key in self.roots or said.key in place.replies or said.key in self.replies:
            self.known += 1
            return
        thread = self._root(said)
        made = self._compose(said, thread)
        self.made[made.seq] = made
        if thread is None:
            self.roots[said.key] = made.seq
        else:
            self.replies.add(said.key)
            self.grown.setdefault(thread, []).append(made)
        for version, (earlier, at) in enumerate(said.earlier[-limits.EDITS_KEPT :], start=1):
            self.edits.append({"room": made.room, "seq": made.seq, "version": version, "text": text.clean(earlier), "at": at})

    def _root(self, said: Said) -> int | None:
        """The seq of the message that this one answers in a thread; None for the room itself."""
        if not said.thread:
            return None
        found = self.roots.get(said.thread) or self.place.roots.get(said.thread)
        if found is None:
            self.lost.append(("lost_parent", said.key))
        return found

    def _compose(self, said: Said, thread: int | None) -> Message:
        self.room.last_at = max(self.room.last_at, said.at)
        seq = self.room.take_seq()
        mentions, names = self._meant(said)
        shown = "" if said.recalled else said.text
        return msgspec.structs.replace(
            EMPTY,
            room=self.room.id,
            seq=seq,
            rev=self.room.take_rev(),
            sender=self.people.get(said.by),
            kind="event" if said.event else "text",
            text=shown,
            body=markdown.parse(shown, names),
            event=said.event,
            thread=thread,
            also_room=said.also_room and thread is not None,
            reactions=self._reactions(said, seq),
            mentions=mentions,
            at=said.at,
            edited_at=said.edited_at,
            recalled_at=said.at if said.recalled else None,
            nonce=self.prefix + said.key,
            **self._pin(said),
        )

    def _meant(self, said: Said) -> tuple[Mentions, dict[str, At]]:
        """Whom the text mentions: everybody known is drawn as a mention, and those in the room are found by it."""
        if not said.mentions and not said.everybody:
            return NOBODY, {}
        ids = {name: self.people[key] for name, key in said.mentions.items() if key in self.people}
        names = {name: At("person", person_id, name) for name, person_id in ids.items()}
        if said.everybody:
            names[said.everybody] = At("all", "", said.everybody)
        inside = list(dict.fromkeys(p for p in ids.values() if p in self.members))[: limits.MENTIONS_A_MESSAGE]
        return Mentions(inside, [], bool(said.everybody)), names

    def _reactions(self, said: Said, seq: int) -> list[Reaction]:
        counted: list[Reaction] = []
        for emoji, keys in said.reactions:
            people = list(dict.fromkeys(self.people[key] for key in keys if key in self.people))
            if not people:
                continue
            counted.append(Reaction(emoji, len(people), people[: limits.REACTORS_SHOWN]))
            row = {"room": self.room.id, "seq": seq, "emoji": emoji, "at": said.at + len(counted)}
            self.reactions += [{**row, "person": person_id} for person_id in people]
        return counted

    def _pin(self, said: Said) -> dict[str, Any]:
        if said.pinned_at is None or said.recalled:
            return {}
        if self.place.pins + self.pins >= limits.PINS_A_ROOM:
            self.lost.append(("many_pins", said.key))
            return {}
        self.pins += 1
        return {"pinned_at": said.pinned_at, "pinned_by": self.people.get(said.pinned_by)}

    def write(self) -> None:
        """Store everything, and tell the followers."""
        if not self.made:
            return
        older = self._grow_threads()
        store_of(self.tx).write(self.tx, [as_row(made) for made in self.made.values()], [self.room], [])
        self._update(_LATER, [_later(made) for made in self.made.values() if _is_more_than_sent(made)])
        self._update(_THREAD, older)
        mentioned = [row for made in self.made.values() if made.mentions != NOBODY for row in mention_rows(made)]
        for table, rows in ((reaction, self.reactions), (edit, self.edits), (mention, mentioned)):
            if rows:
                self.tx.run(insert(table), rows)
        read_on(self.tx, self.room.id, before=self.before, after=self.room.last_seq)
        store_fields(self.tx, self.room.id)

    def _grow_threads(self) -> list[dict[str, Any]]:
        """Count answers at their roots; what is to be stored for roots that earlier transactions wrote."""
        for seq in self.grown.keys() & self.made.keys():
            self.made[seq] = msgspec.structs.replace(self.made[seq], **_grown(0, 0, [], self.grown[seq]))
        known = list(self.grown.keys() - self.made.keys())
        columns = select(message.c.seq, message.c.thread_count, message.c.thread_people, message.c.thread_last_at)
        older: list[dict[str, Any]] = []
        for row in self.tx.all(columns.where(message.c.room == self.room.id, message.c.seq.in_(known))) if known else []:
            people = _PEOPLE.decode(row.thread_people) if row.thread_people else []
            thread = _grown(row.thread_count, row.thread_last_at or 0, people, self.grown[row.seq])
            thread["thread_people"] = _json(thread["thread_people"])
            older.append({"of_seq": row.seq, "rev": self.room.take_rev(), **thread})
        return older

    def _update(self, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            one = update(message).where(message.c.room == self.room.id, message.c.seq == bindparam("of_seq"))
            self.tx.run(one.values({column: bindparam(column) for column in columns}), rows)


_THREAD = ("rev", "thread_count", "thread_last_at", "thread_people")
_LATER = ("thread_count", "thread_last_at", "thread_people", "reactions", "edited_at", "recalled_at", "pinned_at", "pinned_by")


def _grown(count: int, last_at: int, people: Sequence[str], answers: Sequence[Message]) -> dict[str, Any]:
    """A root's thread fields with `answers` added: who answered last stands first."""
    latest = [answer.sender for answer in reversed(answers) if answer.sender]
    return {
        "thread_count": count + len(answers),
        "thread_last_at": max(last_at, *(answer.at for answer in answers)),
        "thread_people": list(dict.fromkeys([*latest, *people]))[: limits.THREAD_PEOPLE_SHOWN],
    }


def _is_more_than_sent(made: Message) -> bool:
    return bool(made.thread_count or made.reactions or made.edited_at or made.recalled_at or made.pinned_at)


def _later(made: Message) -> dict[str, Any]:
    """What a message that is just sent never has: its thread, reactions and marks."""
    row = {column: getattr(made, column) for column in _LATER}
    return {**row, "thread_people": _json(made.thread_people), "reactions": _json(made.reactions), "of_seq": made.seq}


def _json(value: object) -> str | None:
    return _encode(value).decode() if value else None
