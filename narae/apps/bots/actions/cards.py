"""Interactive cards: making one under its robot's own name for it, putting it into a room once, changing its data, taking presses."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import delete, func, insert, select, update

from narae.apps.bots.actions.asks import close, note, tell_done
from narae.apps.bots.actions.offers import keep, say_offering
from narae.apps.bots.forms.cards import CardAnswer, Drawn, drawn
from narae.apps.bots.tables import ask, card, route
from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits
from narae.core.kit.clock import HOUR
from narae.core.kit.errors import Conflict, Invalid, NaraeError, NotFound
from narae.core.kit.who import Who
from narae.core.rooms.actions.change import change_card
from narae.core.rooms.actions.send import Send

Params = dict[str, str]


class NewCard(msgspec.Struct, frozen=True):
    """A card to make: its robot's name for it, its data, and the route that presses go by (None: streams)."""

    track: str
    params: Params
    route: str | None


def _stored(params: Params) -> str:
    said = msgspec.json.encode(params)
    if len(said) > limits.CARD_DATA_BYTES:
        raise Invalid(f"A card has at most {limits.CARD_DATA_BYTES} bytes of data.", code="invalidParameter.cardData")
    return said.decode()


def _mine(robot_id: str, track: str) -> Any:
    return (card.c.robot == robot_id) & (card.c.track == track)


def require_card(tx: Tx, who: Who, track: str) -> Any:
    """A robot's own card by its name; NotFound for any other."""
    row = tx.first(select(card).where(_mine(who.person, track)))
    if row is None:
        raise NotFound("This robot has no card with this outTrackId.", code="cardNotExist")
    return row


def create(tx: Tx, who: Who, org: str, new: NewCard) -> Drawn:
    """Make a card; one that is there already stays as it is. What is drawn of it."""
    if not 0 < len(new.track) <= limits.CARD_TRACK_CHARS:
        raise Invalid(f"outTrackId has 1 to {limits.CARD_TRACK_CHARS} characters.", code="invalidParameter.outTrackId")
    there = tx.first(select(card).where(_mine(who.person, new.track)))
    if there is not None:
        return drawn(msgspec.json.decode(there.params))
    stored = _stored(new.params)
    if new.route is not None and tx.first(select(route.c.key).where(route.c.robot == who.person, route.c.key == new.route)) is None:
        raise Invalid("Register this callbackRouteKey first.", code="invalidParameter.callbackRouteKey")
    waiting = card.c.robot == who.person, card.c.seq.is_(None)
    tx.run(delete(card).where(*waiting, card.c.at < tx.now - limits.CARD_WAITING_HOURS * HOUR))
    if (tx.value(select(func.count()).where(*waiting)) or 0) >= limits.CARDS_WAITING:
        raise Conflict(f"At most {limits.CARDS_WAITING} cards of a robot wait to be delivered.", code="tooManyCards")
    tx.run(insert(card).values(robot=who.person, track=new.track, params=stored, route=new.route, at=tx.now))
    record(tx, who, "bots.card", who.person, org=org)
    return drawn(new.params)


def deliver(tx: Tx, who: Who, track: str, item: Send) -> None:
    """Put a card into a room; again into the same one changes nothing. `item` says where, and whom it calls."""
    row = require_card(tx, who, track)
    if row.room is not None:
        if row.room != item.room:
            raise Conflict("This card stands in another conversation already. Make another one.", code="cardDelivered")
        return
    made = drawn(msgspec.json.decode(row.params))
    text = "\n\n".join(part for part in (made.text, item.text) if part)
    said = say_offering(tx, who, msgspec.structs.replace(item, text=text, card=made.card), made.offer)
    tx.run(update(card).where(_mine(who.person, track)).values(room=said.room, seq=said.seq))


def create_and_deliver(tx: Tx, who: Who, org: str, new: NewCard, item: Send) -> None:
    """Both, or neither."""
    create(tx, who, org, new)
    deliver(tx, who, new.track, item)


def change(tx: Tx, who: Who, track: str, *, params: Params, by_key: bool) -> None:
    """Give a card other data, `by_key` only what is named; where it stands it looks so at once."""
    row = require_card(tx, who, track)
    new = {**msgspec.json.decode(row.params), **params} if by_key else params
    tx.run(update(card).where(_mine(who.person, track)).values(params=_stored(new)))
    if row.seq is not None:
        made = drawn(new)
        keep(tx, change_card(tx, who, row.room, row.seq, card=made.card, said=made.text), who.person, made.offer)


def append(tx: Tx, who: Who, track: str, *, key: str, content: str, full: bool) -> None:
    """Put more text (or, `full`, another one) under one name of a card's data, while it is being written."""
    old = "" if full else msgspec.json.decode(require_card(tx, who, track).params).get(key, "")
    change(tx, who, track, params={key: old + content}, by_key=True)


def register(tx: Tx, who: Who, org: str, *, key: str, url: str, secret: str, force: bool) -> None:
    """Have presses of cards with this route posted to an address; Conflict for another one than before, unless `force`."""
    if not 0 < len(key) <= limits.CARD_TRACK_CHARS or len(secret) > limits.CARD_TRACK_CHARS:
        raise Invalid(f"callbackRouteKey and apiSecret have at most {limits.CARD_TRACK_CHARS} characters.", code="invalidParameter")
    mine = (route.c.robot == who.person) & (route.c.key == key)
    there = tx.first(select(route).where(mine))
    if there is not None and (there.url, there.secret) == (url, secret):
        return
    if there is not None and not force:
        raise Conflict("This callbackRouteKey has another address. Set forceUpdate to change it.", code="callbackRouteKeyExisted")
    if there is None and (tx.value(select(func.count()).where(route.c.robot == who.person)) or 0) >= limits.CARD_ROUTES:
        raise Conflict(f"A robot has at most {limits.CARD_ROUTES} routes.", code="tooManyRoutes")
    tx.run(delete(route).where(mine))
    tx.run(insert(route).values(robot=who.person, key=key, url=url, secret=secret))
    record(tx, who, "bots.route", who.person, org=org)


def finish_card(tx: Tx, who: Who, ask_id: str, *, said: CardAnswer) -> None:
    """A press was answered: change its card, once however often the answer comes, and tell who pressed."""
    row = tx.first(select(ask).where(ask.c.id == ask_id))
    if row is None or row.due_at is None:
        return
    close(tx, row)
    try:
        if said.params is not None:
            track = msgspec.json.decode(row.said)["track"]
            change(tx, Who(person=row.robot), track, params=said.params, by_key=said.by_key)
    except NaraeError as error:
        note(tx, row, code=1, answer=f"{error.code}: {error.message}")
        tell_done(tx, row, code=error.code, message=error.message)
        return
    note(tx, row, code=0, answer="ok")
    tell_done(tx, row)
