"""Another messenger's history as Narae takes it in: whoever reads an export hands over these values, and nothing else.

Every value names its things by `key`, the other messenger's own id. What has been brought in is remembered in
`chat_import` in the same transaction, so that an import that is killed goes on where it was, and one that is repeated
changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from narae.core.orgs.public import Role
from narae.core.people.public import Lang
from narae.core.rooms.public import RoomEvent


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the history: an account to be, found by `email` if there is one already. Not `active`: shown, but shut out."""

    key: str
    name: str
    email: str | None = None
    title: str = ""
    role: Role = "member"
    robot: bool = False
    active: bool = True


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """A room in the history. `members` is None where nobody knows: then whoever writes in it is in it. Times in ms."""

    key: str
    name: str
    topic: str = ""
    direct: bool = False
    is_public: bool = False
    everyone: bool = False
    archived: bool = False
    creator: str = ""
    members: tuple[str, ...] | None = ()
    created_at: int = 0


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A message in its last form. `by` and all other people are keys; `mentions` are their names in the text. Times in ms.

    `earlier` are (text, time) of its former versions; `thread` is the key of its root; `event` makes it a line about the room.
    """

    key: str
    by: str
    at: int
    text: str = ""
    mentions: Mapping[str, str] = {}
    everybody: str = ""
    thread: str = ""
    also_room: bool = False
    edited_at: int | None = None
    earlier: Sequence[tuple[str, int]] = ()
    recalled: bool = False
    pinned_at: int | None = None
    pinned_by: str = ""
    reactions: Sequence[tuple[str, Sequence[str]]] = ()
    event: RoomEvent | None = None


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """What one transaction brings into a room. `days` are (key, digest) of the export's files that end with it."""

    said: Sequence[Said]
    newcomers: Sequence[Newcomer] = ()
    days: Sequence[tuple[str, str]] = ()
    joined: Sequence[str] = ()


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """One import: from the workspace `source` ("slack:T024BE7LD") into `org`, whose `owner` acts where nobody else can."""

    org: str
    source: str
    owner: str
    lang: Lang
    founded: bool

    @property
    def messenger(self) -> str:
        """The kind of messenger, which begins the nonces of its messages."""
        return self.source.partition(":")[0]


class Place(msgspec.Struct, kw_only=True):
    """A room while messages are brought into it: `roots` and `replies` hold what is in it by key, `people` ids by key.

    Whoever drives the import adds to it what each transaction answers, and only then.
    """

    room: str
    talk: Talk
    people: dict[str, str]
    roots: dict[str, int]
    replies: set[str]
    days: dict[str, str]
    members: set[str]
    pins: int


Lost = Literal["lost_parent", "many_pins"]


class Brought(msgspec.Struct, frozen=True):
    """What a transaction did: for the `Place` once it is durable. `known` messages were there already; `lost` are (what, key)."""

    roots: dict[str, int]
    replies: set[str]
    people: dict[str, str]
    members: set[str]
    pins: int
    messages: int
    reactions: int
    known: int
    lost: list[tuple[Lost, str]]

    def settle(self, place: Place) -> None:
        """Add it to `place`."""
        place.roots.update(self.roots)
        place.replies.update(self.replies)
        place.people.update(self.people)
        place.members.update(self.members)
        place.pins += self.pins
