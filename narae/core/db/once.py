"""Idempotency keys: a repeated request is answered with the first result, in the same transaction as the change.

The row is written by the lane beside the action's own rows, so that there is no moment at which the change is
durable and the key is not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, get_type_hints

import msgspec
from sqlalchemy import delete, insert, select

from narae.core.db.schema import once
from narae.core.db.tx import Tx
from narae.core.kit.clock import HOUR
from narae.core.kit.errors import Conflict
from narae.core.kit.limits import ONCE_KEPT_HOURS
from narae.core.kit.who import Who


def run_once(tx: Tx, action: Callable[..., Any], who: Who, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run `action` unless this person's key has been used: then answer as the first time, or Conflict for other input."""
    print_ = _fingerprint(action, args, kwargs)
    kept = tx.first(select(once.c.fingerprint, once.c.result).where(once.c.person == who.person, once.c.key == who.once))
    if kept is None:
        result = action(tx, who, *args, **kwargs)
        row = {"person": who.person, "key": who.once, "fingerprint": print_, "at": tx.now}
        tx.run(insert(once).values(**row, result=msgspec.json.encode(result).decode()))
        tx.run(delete(once).where(once.c.at < tx.now - ONCE_KEPT_HOURS * HOUR))
        return result
    if kept.fingerprint != print_:
        raise Conflict("This Idempotency-Key was used for another request.", code="key_reused", field="Idempotency-Key")
    return msgspec.json.decode(kept.result, type=get_type_hints(action)["return"])


def _fingerprint(action: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    said = repr((action.__module__, action.__qualname__, args, sorted(kwargs.items())))
    return hashlib.sha256(said.encode()).hexdigest()
