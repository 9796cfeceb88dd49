"""The whole surface that an app plugs into Narae by, in one file.

An app is a value, not a registration: a frozen `App(…)` that says what it brings. The kernel's own parts use the same
surface. Importing an app only makes values; nothing runs until the server is built from them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from narae.core.db import Database
    from narae.core.kit.settings import Settings


class LiveCommand(msgspec.Struct, frozen=True, kw_only=True):
    """A frame that clients may send over the live socket: its tagged struct and who takes it."""

    frame: type[msgspec.Struct]
    take: Callable[[Any, Any], Awaitable[None] | None]


class Line(Protocol):
    """The server's end of one WebSocket connection."""

    @property
    def peer(self) -> str:
        """The other end's IP address."""
        ...

    def say(self, text: bytes) -> None:
        """Send a text message, given in UTF-8."""
        ...

    def close(self, code: int, reason: str = "") -> None:
        """Close the connection; what is on its way goes out first."""
        ...


class Talk(Protocol):
    """What an app does on one WebSocket connection of its own."""

    def opened(self) -> None:
        """Called once the connection is open."""
        ...

    def take(self, text: bytes) -> None:
        """Take a text message."""
        ...

    def lost(self) -> None:
        """Called once when nothing more can be said."""
        ...

    def part(self) -> None:
        """Called when the server stops: say goodbye, and close within a moment."""
        ...


class Knock(msgspec.Struct, frozen=True, kw_only=True):
    """A request for a WebSocket: the query of its address, its headers in lower case, and the line that it would speak on."""

    query: str
    headers: Mapping[bytes, bytes]
    line: Line


class Socket(msgspec.Struct, frozen=True, kw_only=True):
    """A WebSocket at a path of its own. `welcome` lets somebody in, or answers with the HTTP status that refuses them."""

    path: str
    welcome: Callable[[Database, Settings, Knock], Awaitable[Talk | bytes]]


class CardKind(msgspec.Struct, frozen=True, kw_only=True):
    """A type of card whose buttons call its app.

    `press(tx, who, press)` gets a `narae.core.rooms.public.Press` in the transaction that stores it, once for each nonce. It says
    whether all is done; when it is not, the presser gets an `answered` frame later, with the press's nonce.
    """

    type: str
    press: Callable[[Any, Any, Any], bool]


class CardKinds(msgspec.Struct, frozen=True):
    """Who answers for which type of card."""

    by_type: dict[str, CardKind]


def card_kinds(apps: Sequence[App]) -> CardKinds:
    """All that `apps` bring; ValueError when two answer for the same type."""
    found = [kind for app in apps for kind in app.cards]
    by_type = {kind.type: kind for kind in found}
    if len(by_type) != len(found):
        raise ValueError("Two apps answer for cards of the same type.")
    return CardKinds(by_type)


class App(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one app, or one part of the kernel, brings.

    name      short, lower case; prefixes its tables (`name_…`), routes (`/api/…`) and words
    needs     names of the apps that must be there too
    routes    Litestar handlers
    events    structs that it sends over the live socket, for the protocol's description
    live      frames that it takes from the live socket
    sockets   WebSockets of its own, for programs that speak another protocol than our clients
    cards     types of cards whose buttons call it
    works     what it does beside requests: async context managers over the database and the settings, open while the server runs
    commands  typer apps, shown as `narae <name> …`
    tables    names of its tables; with `migrations` (a package name) for those that have any
    """

    name: str
    needs: tuple[str, ...] = ()
    routes: Sequence[Any] = ()
    events: Sequence[type[msgspec.Struct]] = ()
    live: Sequence[LiveCommand] = ()
    sockets: Sequence[Socket] = ()
    cards: Sequence[CardKind] = ()
    works: Sequence[Callable[[Database, Settings], AbstractAsyncContextManager[None]]] = ()
    commands: Mapping[str, Any] = {}
    tables: Sequence[str] = ()
    migrations: str = ""


def in_order(apps: Sequence[App]) -> tuple[App, ...]:
    """`apps` so that each stands behind what it needs; ValueError for a missing app, a name twice, or a circle."""
    by_name = {app.name: app for app in apps}
    if len(by_name) != len(apps):
        raise ValueError("Two apps have the same name.")
    placed: dict[str, App] = {}

    def place(app: App, path: tuple[str, ...]) -> None:
        if app.name in path:
            raise ValueError(f"These apps need each other in a circle: {' → '.join((*path, app.name))}.")
        for need in app.needs:
            if need not in by_name:
                raise ValueError(f"The app {app.name} needs {need}, which is not installed.")
            place(by_name[need], (*path, app.name))
        placed.setdefault(app.name, app)

    for app in apps:
        place(app, ())
    return tuple(placed.values())
