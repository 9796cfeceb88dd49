"""Calls to other servers that robots are to make: queued in the transaction that wants them, claimed, finished.

A press, and a command, is called once: if the process dies meanwhile, who asked is told so and may ask again. A hook, and a press of an
interactive card, is called until it is taken or given up; its receiver knows a repeat by the post_id, or by the frame's id.
"""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import delete, func, insert, or_, select, update

from narae.apps.bots.actions import Noted, note_calls
from narae.apps.bots.public import Call, Offer, Offered, Told, Way
from narae.apps.bots.tables import ask, dialog, request, route
from narae.apps.bots.tables import card as card_table
from narae.apps.bots.tables import offer as offer_table
from narae.apps.bots.tables import robot as robot_table
from narae.core.db import Tx
from narae.core.kit import limits, markdown, text
from narae.core.kit.clock import MINUTE
from narae.core.kit.errors import Conflict, TooMany
from narae.core.kit.ids import new_id
from narae.core.kit.who import Who
from narae.core.people.tables import person as person_table
from narae.core.rooms.public import Answered, Press
from narae.core.rooms.tables import message

TOPIC = "bots:asks"
AskKind = Literal["press", "hook", "command", "card"]
_AGAIN = {"hook": (limits.HOOK_TRIES, limits.HOOK_AGAIN_SECONDS), "card": (limits.CARD_TRIES, limits.CARD_AGAIN_SECONDS)}


class Queued(msgspec.Struct, frozen=True):
    """Said inside the server: there is a call to make."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A call that is wanted: by whom, for which message (`seq`) or thread, under which name of theirs (`ref`)."""

    kind: AskKind
    robot: str
    room: str
    person: str
    url: str
    said: dict[str, Any]
    ref: str | None = None
    seq: int | None = None
    thread: int | None = None


def queue(tx: Tx, wanted: Wanted) -> str:
    """Put a call into the queue: its id."""
    ask_id = new_id(tx.now)
    stored = {**msgspec.structs.asdict(wanted), "said": msgspec.json.encode(wanted.said).decode()}
    tx.run(insert(ask).values(id=ask_id, **stored, tries=0, replies=0, due_at=tx.now, at=tx.now))
    tx.publish(TOPIC, Queued())
    return ask_id


def check_pace(tx: Tx, person: str, robot: str) -> None:
    """TooMany for who asks too often; Conflict when a robot has too much to call already."""
    mine = select(func.count()).where(ask.c.person == person, ask.c.ref.is_not(None), ask.c.at > tx.now - MINUTE)
    if (tx.value(mine) or 0) >= limits.ASKS_A_MINUTE:
        raise TooMany("You are asking robots too often. Wait a moment.", retry_after=10, code="asks_too_often")
    if is_full(tx, robot):
        raise Conflict("This robot has too much to do. Try again later.", code="robot_busy")


def is_full(tx: Tx, robot: str) -> bool:
    """Whether as many calls of a robot wait as may."""
    waiting = select(func.count()).where(ask.c.robot == robot, ask.c.due_at.is_not(None))
    return (tx.value(waiting) or 0) >= limits.ASKS_QUEUED


def press(tx: Tx, who: Who, pressed: Press) -> bool:
    """A button of a robot's card was pressed: its server is called later, so the press is not done yet."""
    found = tx.first(select(offer_table).where(offer_table.c.room == pressed.room, offer_table.c.seq == pressed.seq))
    if found is None:
        raise Conflict("Nothing answers for this card any more.", code="no_app")
    place = tx.first(select(robot_table).where(robot_table.c.id == found.robot))
    if place is None or not place.enabled:
        raise Conflict("The robot of this card is switched off.", code="robot_off")
    offered = msgspec.json.decode(found.offer, type=Offer).actions.get(pressed.button)
    if offered is None:
        raise Conflict("Nothing answers for this button any more.", code="no_app")
    if offered.shape == "card":
        return _press_card(tx, who, pressed, offered)
    slack = tx.value(select(request.c.url).where(request.c.robot == found.robot))
    url = offered.url if offered.shape == "mattermost" else slack
    if not url:
        raise Conflict("This robot has no address to send presses to. Whoever runs the room can set it.", code="no_request_url")
    check_pace(tx, who.person, found.robot)
    said = {"offered": msgspec.to_builtins(offered), **({"option": pressed.values["option"]} if "option" in pressed.values else {})}
    mine: dict[str, Any] = {"robot": found.robot, "room": pressed.room, "person": who.person, "seq": pressed.seq}
    thread = tx.value(select(message.c.thread).where(message.c.room == pressed.room, message.c.seq == pressed.seq))
    queue(tx, Wanted(kind="press", url=url, said=said, ref=pressed.nonce, thread=thread, **mine))
    return False


def _press_card(tx: Tx, who: Who, pressed: Press, offered: Offered) -> bool:
    """A button of an interactive card: its robot is told over a stream (no address), or at the address of the card's route."""
    row = tx.first(select(card_table).where(card_table.c.room == pressed.room, card_table.c.seq == pressed.seq))
    if row is None:
        raise Conflict("Nothing answers for this card any more.", code="no_app")
    url = "" if row.route is None else tx.value(select(route.c.url).where(route.c.robot == row.robot, route.c.key == row.route))
    if url is None:
        raise Conflict("This card's callback is not registered any more.", code="no_request_url")
    check_pace(tx, who.person, row.robot)
    said = {"offered": msgspec.to_builtins(offered), "track": row.track, "route": row.route}
    mine: dict[str, Any] = {"robot": row.robot, "room": pressed.room, "person": who.person, "seq": pressed.seq}
    queue(tx, Wanted(kind="card", url=url, said=said, ref=pressed.nonce, **mine))
    return False


def claim(tx: Tx, who: Who, ask_id: str) -> bool:
    """Take a call that is due, so that nobody else makes it; False when it is not to be made (any more)."""
    due = update(ask).where(ask.c.id == ask_id, ask.c.due_at <= tx.now)
    if not tx.run(due.values(tries=ask.c.tries + 1, due_at=tx.now + limits.ASK_LEASE_SECONDS * 1000)):
        return False
    row = tx.first(select(ask).where(ask.c.id == ask_id))
    if row is None or row.kind in _AGAIN or row.tries == 1:
        return True
    fail(tx, who, ask_id, code="interrupted", why="Narae stopped in the middle of this call. Nobody knows whether it arrived.", again=False)
    return False


def fail(tx: Tx, who: Who, ask_id: str, *, code: str, why: str, again: bool) -> None:
    """A call was not taken: try a hook later (`again`), or give it up with a note and tell who asked."""
    row = tx.first(select(ask).where(ask.c.id == ask_id))
    if row is None:
        return
    tries, seconds = _AGAIN.get(row.kind, (0, 0))
    if again and row.tries < tries:
        wait = seconds * 4 ** (row.tries - 1) * 1000
        tx.run(update(ask).where(ask.c.id == ask_id).values(due_at=tx.now + wait))
        note(tx, row, code=1, answer=f"{why} Trying again in {wait // 1000} s.")
        return
    close(tx, row)
    note(tx, row, code=1, answer=why)
    tell_done(tx, row, code=code, message=why)


def close(tx: Tx, row: Any) -> None:
    """Nothing is due any more for a call; its row stays while it may be answered late."""
    tx.run(update(ask).where(ask.c.id == row.id).values(due_at=None))


def tell_done(tx: Tx, row: Any, *, code: str | None = None, message: str = "", url: str | None = None) -> None:
    """Tell who asked how it went; hooks are nobody's."""
    if row.ref is not None:
        tx.publish(f"person:{row.person}", Answered(row.room, row.ref, code, message, url))


def whisper(tx: Tx, row: Any, said: str) -> None:
    """Let a robot say something that only who asked sees."""
    name = tx.value(select(person_table.c.name).where(person_table.c.id == row.robot)) or ""
    clean = text.clean(said)[: limits.MESSAGE_CHARS]
    told = Told(
        id=new_id(tx.now), room=row.room, thread=row.thread, robot=row.robot, name=name, text=clean, body=markdown.parse(clean), at=tx.now
    )
    tx.publish(f"person:{row.person}", told)


def note(tx: Tx, row: Any, *, code: int, answer: str, way: Way | None = None) -> None:
    """Keep a call among the robot's last ones."""
    made = Call(
        at=tx.now,
        way=way or ("press" if row.kind == "card" else row.kind),
        ip=urlsplit(row.url).netloc[:45],
        code=code,
        answer=text.excerpt(answer, 200),
        excerpt=text.excerpt(_said(row)),
    )
    note_calls(tx, [Noted(row.robot, [made])])


def _said(row: Any) -> str:
    """What a call was about, in a line."""
    said = msgspec.json.decode(row.said)
    words = [said.get("command"), said.get("text"), said.get("offered", {}).get("label"), said.get("option")]
    return " ".join(str(word) for word in words if word)


def sweep(tx: Tx, who: Who) -> None:
    """Forget calls that can't be answered any more, and dialogs that nobody will fill."""
    old = tx.now - limits.RESPONSE_MINUTES * MINUTE
    tx.run(delete(ask).where(ask.c.at < old, ask.c.due_at.is_(None)))
    tx.run(delete(dialog).where(or_(dialog.c.closed_at < old, dialog.c.at < tx.now - limits.DIALOG_HOURS * 60 * MINUTE)))


def forget_recalled(tx: Tx, who: Who) -> None:
    """Let go of what stood behind the buttons of messages that have been recalled: it holds their words."""
    of_it = (message.c.room == offer_table.c.room, message.c.seq == offer_table.c.seq, message.c.recalled_at.is_not(None))
    tx.run(delete(offer_table).where(select(message.c.seq).where(*of_it).exists()))
    of_card = (message.c.room == card_table.c.room, message.c.seq == card_table.c.seq, message.c.recalled_at.is_not(None))
    tx.run(delete(card_table).where(select(message.c.seq).where(*of_card).exists()))
