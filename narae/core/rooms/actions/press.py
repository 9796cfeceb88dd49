"""Pressing the buttons of cards: each press is stored and handed to the card's app in one transaction, once for its nonce.

The presser names a press by a nonce, as a sender names a message. So a press whose answer got lost can be sent again blindly; a second
one finds the row of the first and does nothing. See docs/decisions/0013.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import delete, insert, select

from narae.core.app import CardKinds
from narae.core.db import Tx
from narae.core.kit import limits
from narae.core.kit.clock import HOUR
from narae.core.kit.errors import Conflict, Invalid
from narae.core.kit.who import Who
from narae.core.rooms import public
from narae.core.rooms.actions.change import open_message
from narae.core.rooms.hot import store_of
from narae.core.rooms.public import Card, Pressed
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.tables import press as press_table


def press(
    tx: Tx, who: Who, room_id: str, seq: int, *, button: str, nonce: str, values: Mapping[str, str], kinds: CardKinds,
) -> Pressed:  # fmt: skip
    """Press a button of a card that `who` sees; the nonce of an earlier press answers as that one did."""
    require_room(tx.conn, room_id, who.person)
    store_of(tx).lock_rooms(tx, [room_id])
    if not 0 < len(nonce) <= limits.NONCE_CHARS:
        raise Invalid(f"A nonce has 1 to {limits.NONCE_CHARS} characters.", field="nonce")
    known = tx.first(select(press_table).where(press_table.c.person == who.person, press_table.c.nonce == nonce))
    if known is not None:
        if (known.room, known.seq, known.button) != (room_id, seq, button):
            raise Conflict("This nonce was used for another press.", code="nonce_reused", field="nonce")
        return Pressed(nonce, known.done)
    place, found = open_message(tx, who.person, room_id, seq)
    card = _pressable(found.card, button, values)
    kind = kinds.by_type.get(card.type)
    if kind is None:
        raise Conflict("Nothing answers for this card any more.", code="no_app")
    pressed = public.Press(room=room_id, org=place.org, seq=seq, card=card, button=button, nonce=nonce, values=dict(values))
    tx.run(delete(press_table).where(press_table.c.at < tx.now - limits.PRESS_KEPT_HOURS * HOUR))
    done = kind.press(tx, who, pressed)
    row = {"person": who.person, "nonce": nonce, "room": room_id, "seq": seq, "button": button, "done": done, "at": tx.now}
    tx.run(insert(press_table).values(**row))
    return Pressed(nonce, done)


def _pressable(stored: str | None, button: str, values: Mapping[str, str]) -> Card:
    """The card whose button may be pressed with these values."""
    if stored is None:
        raise Conflict("This message has no card.", code="no_card", field="seq")
    if len(values) > limits.PRESS_VALUES or any(len(word) > limits.PRESS_VALUE_CHARS for pair in values.items() for word in pair):
        raise Invalid(f"A press has at most {limits.PRESS_VALUES} values of {limits.PRESS_VALUE_CHARS} characters.", field="values")
    card = msgspec.json.decode(stored, type=Card)
    if any(b.id == button and b.url is None for b in [*card.buttons, *card.more]):
        return card
    choice = next((c for c in card.choices if c.id == button), None)
    if choice is None:
        raise Invalid("This card has no such button; it may have changed.", code="no_button", field="button")
    if values.get("option") not in {option.value for option in choice.options}:
        raise Invalid("This can't be chosen here.", code="no_option", field="values")
    return card
