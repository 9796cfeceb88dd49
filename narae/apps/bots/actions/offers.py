"""Saying something with buttons: the message, and what its buttons do, in one transaction."""

from __future__ import annotations

import msgspec
from sqlalchemy import delete, insert, select

from narae.apps.bots.public import Offer
from narae.apps.bots.tables import offer as offer_table
from narae.core.db import Tx
from narae.core.kit.who import Who
from narae.core.rooms.actions.send import Send, send
from narae.core.rooms.public import Message


def say_offering(tx: Tx, who: Who, item: Send, offer: Offer) -> Message:
    """Send a robot's card with what stands behind its buttons; a known nonce answers as the first time."""
    made = send(tx, who, item)
    there = select(offer_table.c.robot).where(offer_table.c.room == made.room, offer_table.c.seq == made.seq)
    if tx.first(there) is None:
        keep(tx, made, who.person, offer)
    return made


def keep(tx: Tx, made: Message, robot: str, offer: Offer | None) -> None:
    """Let the buttons of a message do this from now on, or nothing."""
    tx.run(delete(offer_table).where(offer_table.c.room == made.room, offer_table.c.seq == made.seq))
    if offer is not None:
        said = msgspec.json.encode(offer).decode()
        tx.run(insert(offer_table).values(room=made.room, seq=made.seq, robot=robot, offer=said))
