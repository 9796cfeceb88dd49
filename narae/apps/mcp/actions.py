"""Notes that an assistant did something in a person's name."""

from __future__ import annotations

from narae.apps.mcp.queries import orgs_of
from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit.who import Who


def note_call(tx: Tx, who: Who, tool: str, *, room: str | None) -> None:
    """An audit line for a call, in each organisation that it is about. What was asked or said is not in it."""
    for org in orgs_of(tx.conn, who.person, room):
        record(tx, who, "mcp.call", room or who.person, org=org, tool=tool)
