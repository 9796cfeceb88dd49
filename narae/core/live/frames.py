"""What client and server say on the live socket that no part of its own brings; docs/build/live.md describes all of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from narae.core.kit.limits import WATCHED_PEOPLE


class HelloFrame(msgspec.Struct, frozen=True, tag_field="t", tag="hello"):
    """The first frame of a client. `session` and `seq` (counted frames received) ask to resume."""

    v: int
    session: str | None = None
    seq: int = 0


class Ping(msgspec.Struct, frozen=True, tag_field="t", tag="ping"):
    """Still here."""


class Watch(msgspec.Struct, frozen=True, tag_field="t", tag="watch"):
    """Whose presence the client shows; replaces what it watched before."""

    people: Annotated[list[str], msgspec.Meta(max_length=WATCHED_PEOPLE)]


class Away(msgspec.Struct, frozen=True, tag_field="t", tag="away"):
    """Whether the person has left this device alone."""

    on: bool


class Welcome(msgspec.Struct, frozen=True, tag_field="t", tag="welcome"):
    """The answer to hello. `resumed`: the missed frames follow, and there is no snapshot."""

    session: str
    seq: int
    resumed: bool
    now: int
    beat: int
    me: Any
    rooms: list[Any]


class Ok(msgspec.Struct, frozen=True, tag_field="t", tag="ok"):
    """The message that the client sent as `id` is durable."""

    id: int
    room: str
    seq: int
    rev: int
    at: int


class Failed(msgspec.Struct, frozen=True, tag_field="t", tag="error", omit_defaults=True):
    """What the client sent (as `id`, if it had one) was refused."""

    code: str
    message: str
    id: int | None = None
    field: str | None = None


class Pong(msgspec.Struct, frozen=True, tag_field="t", tag="pong"):
    """The answer to ping."""


class Presence(msgspec.Struct, frozen=True, tag_field="t", tag="presence"):
    """Who of the watched is here now."""

    people: dict[str, Literal["on", "away", "off"]]


class Behind(msgspec.Struct, frozen=True, tag_field="t", tag="behind"):
    """The client read too slowly: these rooms are at these revs, ask for their changes."""

    rooms: dict[str, int]


class Bye(msgspec.Struct, frozen=True, tag_field="t", tag="bye"):
    """The socket closes, and why."""

    code: str
    message: str


SERVER = (Welcome, Ok, Failed, Pong, Presence, Behind, Bye)
CLIENT = (HelloFrame, Ping, Watch, Away)
