"""Doing what other servers answer: posts in the room, words for who asked, another card in the place of the one that was pressed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from narae.apps.bots.actions.asks import close, note, tell_done, whisper
from narae.apps.bots.actions.offers import keep, say_offering
from narae.apps.bots.forms.answers import Reply
from narae.apps.bots.public import Offer, Post
from narae.apps.bots.tables import ask, command
from narae.apps.bots.tables import robot as robot_table
from narae.core.db import Tx
from narae.core.kit import limits
from narae.core.kit.clock import MINUTE
from narae.core.kit.errors import Conflict, NaraeError, NotFound
from narae.core.kit.who import Who
from narae.core.rooms.actions.change import change_card, recall
from narae.core.rooms.actions.members import put_in
from narae.core.rooms.actions.send import Send, say, send
from narae.core.rooms.public import RoomEvent
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.queries.log import as_message, require_message
from narae.core.rooms.tables import member, room


def finish(tx: Tx, who: Who, ask_id: str, *, reply: Reply, status: int) -> None:
    """A call was answered: do what it asks for, note it, and tell who asked."""
    row = tx.first(select(ask).where(ask.c.id == ask_id))
    if row is None or row.due_at is None:
        return
    close(tx, row)
    try:
        _follow(tx, row, reply, number=0)
    except NaraeError as error:
        note(tx, row, code=1, answer=f"{error.code}: {error.message}")
        tell_done(tx, row, code=error.code, message=error.message)
        return
    note(tx, row, code=0, answer=f"ok ({status})")
    tell_done(tx, row, url=reply.goto)


def take_late(tx: Tx, who: Who, ask_id: str, *, reply: Reply) -> None:
    """A late answer by response_url: NotFound when there was no such call, Conflict "expired_url" or "used_url" when it is too much."""
    row = tx.first(select(ask).where(ask.c.id == ask_id))
    enabled = row is not None and tx.value(select(robot_table.c.enabled).where(robot_table.c.id == row.robot))
    if row is None or not enabled:
        raise NotFound("There was no such call.")
    if row.at < tx.now - limits.RESPONSE_MINUTES * MINUTE:
        raise Conflict(f"A call can be answered for {limits.RESPONSE_MINUTES} minutes.", code="expired_url")
    if not tx.run(update(ask).where(ask.c.id == ask_id, ask.c.replies < limits.RESPONSES).values(replies=ask.c.replies + 1)):
        raise Conflict(f"A call can be answered {limits.RESPONSES} times.", code="used_url")
    _follow(tx, row, reply, number=row.replies + 1)
    note(tx, row, way="reply", code=0, answer="ok")


def _follow(tx: Tx, row: Any, reply: Reply, *, number: int) -> None:
    who = Who(person=row.robot)
    if reply.posts:
        _say(tx, row, who, reply, number)
    if reply.recall and row.kind == "press":
        recall(tx, who, row.room, row.seq)
    elif reply.change is not None and row.kind == "press":
        _change(tx, row, who, reply.change, keeps_card=reply.keeps_card)
    elif reply.change is not None:
        whisper(tx, row, reply.change.text)
    if reply.whispers and row.ref is not None:
        require_room(tx.conn, row.room, row.person)
        for said in reply.whispers[: limits.RESPONSES]:
            whisper(tx, row, said)


def _say(tx: Tx, row: Any, who: Who, reply: Reply, number: int) -> None:
    if not _enters(tx, row):
        for post in reply.posts:
            whisper(tx, row, post.text)
        return
    thread = row.thread if not reply.in_thread else row.thread or row.seq
    for place, post in enumerate(reply.posts[: limits.RESPONSES]):
        item = Send(who=who, room=row.room, nonce=f"ask-{row.id}-{number}-{place}", text=post.text, card=post.card, thread=thread)
        if post.offer is not None:
            say_offering(tx, who, item, post.offer)
        else:
            send(tx, who, item)


def _enters(tx: Tx, row: Any) -> bool:
    """Whether the robot may speak there: a command that is known everywhere comes along, but not into a talk of two."""
    here = select(member.c.person).where(member.c.room == row.room, member.c.person == row.robot, member.c.left_at.is_(None))
    if tx.first(here) is not None:
        return True
    place = tx.first(select(room.c.org, room.c.direct_key).where(room.c.id == row.room))
    everywhere = tx.value(select(command.c.everywhere).where(command.c.robot == row.robot))
    if place is None or not everywhere or place.direct_key is not None:
        return False
    put_in(tx, place.org, row.room, [row.robot])
    say(tx, row.room, row.person, RoomEvent("added", [row.robot]))
    return True


def _change(tx: Tx, row: Any, who: Who, post: Post, *, keeps_card: bool) -> None:
    old = as_message(require_message(tx.conn, row.room, row.seq))
    card = old.card if keeps_card else post.card
    changed = change_card(tx, who, row.room, row.seq, card=card, said=post.text)
    if not keeps_card:
        offer: Offer | None = post.offer
        keep(tx, changed, row.robot, offer)
