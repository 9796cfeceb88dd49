"""Who acts: the person behind a request, a socket or a command line, and where it came from."""

from __future__ import annotations

import msgspec


class Who(msgspec.Struct, frozen=True):
    """The actor of an action. `scopes` is None for a full session; `once` is the idempotency key of the request."""

    person: str
    session: str | None = None
    scopes: frozenset[str] | None = None
    request_id: str = ""
    ip: str = ""
    once: str | None = None


SYSTEM = Who(person="")


class SessionEnded(msgspec.Struct, frozen=True):
    """Said inside the server: `session` of `person` has ended, or all of them when None; their sockets close now."""

    person: str
    session: str | None


CONTROL = "control"


def without_once(who: Who) -> Who:
    """`who` without the idempotency key, for answers that hold a secret and must not be kept."""
    return msgspec.structs.replace(who, once=None)
