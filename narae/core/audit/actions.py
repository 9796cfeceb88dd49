"""Writes audit lines."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import insert

from narae.core.audit.tables import line
from narae.core.db import Tx
from narae.core.kit.who import Who


def record(tx: Tx, who: Who, verb: str, subject: str, *, org: str | None = None, **detail: Any) -> None:
    """Add a line: `who` did `verb` ("people.invite") to `subject` (an id), in `org` if it concerns one."""
    row = {"org": org, "at": tx.now, "actor": who.person or None, "verb": verb, "subject": subject}
    where = {"request_id": who.request_id, "ip": who.ip}
    tx.run(insert(line).values(**row, **where, detail=msgspec.json.encode(detail).decode()))
