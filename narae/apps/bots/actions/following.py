"""Following rooms for outgoing hooks: the log is the queue, and each hook has a pointer into it.

What a hook has to tell and its pointer move in one transaction, so after a crash nothing is lost and nothing is queued twice. While as
many calls wait as may, the pointer stays: the log itself holds the rest. Messages of robots are passed over: two hooks would talk to each
other for ever.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from narae.apps.bots.actions.asks import Wanted, is_full, queue
from narae.apps.bots.public import Hook
from narae.apps.bots.queries.ways import as_hook
from narae.apps.bots.rules import trigger
from narae.apps.bots.tables import hook
from narae.core.db import Tx
from narae.core.kit.limits import FOLLOWED_AT_ONCE
from narae.core.kit.who import Who
from narae.core.people.tables import person
from narae.core.rooms.tables import message


def follow(tx: Tx, who: Who, robot_id: str, room_id: str) -> bool:
    """Queue what a robot's hook has to tell of what was said since its pointer; whether there may be more."""
    row = tx.first(select(hook).where(hook.c.robot == robot_id).with_for_update())
    if row is None or is_full(tx, robot_id):
        return False
    said = select(message.c.seq, message.c.sender, message.c.text, message.c.thread, message.c.at, message.c.kind, person.c.robot)
    said = said.outerjoin(person, person.c.id == message.c.sender).where(message.c.room == room_id, message.c.seq > row.seq)
    found = tx.all(said.order_by(message.c.seq).limit(FOLLOWED_AT_ONCE))
    set_up = as_hook(row)
    for one in found:
        if one.kind == "text" and one.sender and not one.robot and one.text:
            _tell(tx, set_up, robot_id, room_id, one)
    if found:
        tx.run(update(hook).where(hook.c.robot == robot_id).values(seq=found[-1].seq))
    return len(found) == FOLLOWED_AT_ONCE


def _tell(tx: Tx, set_up: Hook, robot_id: str, room_id: str, one: Any) -> None:
    word = trigger(one.text, set_up.words, starts=set_up.starts)
    if word is None:
        return
    said = {"text": one.text, "word": word, "at": one.at, "form": set_up.form}
    mine: dict[str, Any] = {"robot": robot_id, "room": room_id, "person": one.sender, "seq": one.seq, "thread": one.thread}
    for url in set_up.urls:
        queue(tx, Wanted(kind="hook", url=url, said=said, **mine))
