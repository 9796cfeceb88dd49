"""Who may do what in a room: pure functions of roles and settings."""

from __future__ import annotations

from narae.core.kit.clock import HOUR
from narae.core.kit.limits import RECALL_HOURS
from narae.core.rooms.public import Posting, RoomRole

HEADS = ("owner", "admin")


def may_post(role: RoomRole, posting: Posting) -> bool:
    """Whether a member may write into the room itself (threads are open to all)."""
    return posting == "all" or role in HEADS


def may_mention_all(role: RoomRole, mention_all: Posting) -> bool:
    """Whether a member may call everybody, or a whole department."""
    return mention_all == "all" or role in HEADS


def may_manage(role: RoomRole) -> bool:
    """Whether a member may change the room, its members, pins of others and its top card."""
    return role in HEADS


def may_edit(sender: str | None, person: str, kind: str) -> bool:
    """Whether `person` may edit a message: their own text."""
    return sender == person and kind == "text"


def may_recall(role: RoomRole, sender: str | None, person: str, *, at: int, now: int) -> bool:
    """Whether `person` may recall a message: their own for RECALL_HOURS, and whoever runs the room always."""
    return role in HEADS or (sender == person and now - at <= RECALL_HOURS * HOUR)


def may_remove(role: RoomRole, target: RoomRole) -> bool:
    """Whether a member of `role` may remove one of `target`."""
    return role == "owner" or (role == "admin" and target == "member")
