"""What others may know of rooms: heads, messages, members, and the events of the change feed."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from narae.core.kit.markdown import Block

Posting = Literal["all", "owners"]
RoomRole = Literal["owner", "admin", "member"]
Verb = Literal["created", "renamed", "topic", "added", "removed", "left", "archived", "unarchived", "owner"]


class RoomHead(msgspec.Struct, frozen=True, kw_only=True):
    """A room as one member sees it in the list. Unread messages are `last_seq - max(read_seq, join_seq)`.

    In a direct talk `name` is the other person's and `other` their id. `top` is the seq of the top card. `mentions`
    counts unread messages that mention me. Times in ms.
    """

    id: str
    org: str
    name: str
    topic: str
    direct: bool
    other: str | None
    is_public: bool
    archived: bool
    posting: Posting
    mention_all: Posting
    owner: str | None
    last_seq: int
    last_rev: int
    last_at: int
    member_count: int
    top: int | None
    role: RoomRole
    join_seq: int
    read_seq: int
    mentions: int
    muted: bool
    starred: bool
    draft: str


class RoomFields(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for every member of a room."""

    id: str
    org: str
    name: str
    topic: str
    is_public: bool
    archived: bool
    posting: Posting
    mention_all: Posting
    owner: str | None
    member_count: int
    top: int | None


class PublicRoom(msgspec.Struct, frozen=True):
    """A room that any member of the organisation may join."""

    id: str
    name: str
    topic: str
    member_count: int
    joined: bool


class RoomMember(msgspec.Struct, frozen=True, kw_only=True):
    """A person in a room. Has read message n if `join_seq < n <= read_seq`."""

    person: str
    name: str
    title: str
    avatar: str | None
    role: RoomRole
    join_seq: int
    read_seq: int
    rev: int
    guest: bool


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file in a room. `size` in bytes, `width` and `height` in pixels of images; `thumb` says that url?thumb=1 works."""

    id: str
    name: str
    mime: str
    size: int
    width: int | None
    height: int | None
    thumb: bool
    url: str


class Mentions(msgspec.Struct, frozen=True):
    """Who is meant by the @names in a text."""

    people: list[str] = []
    departments: list[str] = []
    all: bool = False


class Reaction(msgspec.Struct, frozen=True):
    """An emoji and who reacted with it (at most REACTORS_SHOWN ids)."""

    emoji: str
    count: int
    by: list[str]


class Quote(msgspec.Struct, frozen=True):
    """The message that a reply answers, in short."""

    seq: int
    sender: str | None
    excerpt: str


class Fact(msgspec.Struct, frozen=True):
    """A line of a card."""

    label: str
    value: str


class Button(msgspec.Struct, frozen=True):
    """A button of a card: opens `url`, or else calls the card's app, after asking `sure` where it says something."""

    id: str
    label: str
    kind: Literal["primary", "plain", "danger"] = "plain"
    url: str | None = None
    sure: str = ""


class Option(msgspec.Struct, frozen=True):
    """Something to choose."""

    value: str
    label: str


class Choice(msgspec.Struct, frozen=True):
    """A menu of a card: choosing calls the card's app with the button `id` and {"option": value}."""

    id: str
    label: str
    options: list[Option]
    chosen: str = ""


class Card(msgspec.Struct, frozen=True):
    """A card as it stands in a room: icon, title, two facts, at most two buttons; `data` is its app's own.

    What an app offers beside the two buttons stands in a menu, `more`, and in `choices`.
    """

    type: str
    icon: str
    title: str
    facts: list[Fact] = []
    buttons: list[Button] = []
    data: dict[str, Any] = {}
    more: list[Button] = []
    choices: list[Choice] = []


class Press(msgspec.Struct, frozen=True, kw_only=True):
    """A button of a card was pressed, or something was chosen: what the card's app gets. `nonce` is the presser's name for it."""

    room: str
    org: str
    seq: int
    card: Card
    button: str
    nonce: str
    values: dict[str, str]


class Pressed(msgspec.Struct, frozen=True):
    """The press is durable. Unless it is `done`, an `answered` frame tells the presser how it went."""

    nonce: str
    done: bool


class RoomEvent(msgspec.Struct, frozen=True):
    """A line in the log about the room itself; the client says it in words. `people` are ids, `text` a name or topic."""

    verb: Verb
    people: list[str] = []
    text: str = ""


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a room's log. `seq` never changes, `rev` grows with every change. Times in ms.

    `text` is the Markdown as it was written ("" once recalled), `body` the tree to draw. A thread reply has its root's
    seq in `thread`, and stands in the room itself only with `also_room`.
    """

    room: str
    seq: int
    rev: int
    sender: str | None
    kind: Literal["text", "card", "event"]
    text: str
    body: list[Block]
    files: list[File]
    card: Card | None
    event: RoomEvent | None
    reply_to: Quote | None
    thread: int | None
    also_room: bool
    thread_count: int
    thread_last_at: int | None
    thread_people: list[str]
    reactions: list[Reaction]
    mentions: Mentions
    confirm: bool
    at: int
    edited_at: int | None
    recalled_at: int | None
    recalled_by: str | None
    pinned_at: int | None
    pinned_by: str | None
    nonce: str | None


class Messages(msgspec.Struct, frozen=True):
    """A stretch of a log in order of seq, and whether there is more on either side."""

    items: list[Message]
    has_before: bool
    has_after: bool


class MemberChange(msgspec.Struct, frozen=True):
    """Somebody joined, left or changed role at `rev`."""

    person: str
    rev: int
    left: bool
    role: RoomRole


class Changes(msgspec.Struct, frozen=True):
    """Everything that changed in a room after a rev, up to `rev`; `more` says that there is a further page."""

    room: RoomFields
    messages: list[Message]
    members: list[MemberChange]
    rev: int
    more: bool


class CaughtUp(msgspec.Struct, frozen=True, tag_field="t", tag="changes"):
    """The answer to "catch_up" for one room: what changed after `since`."""

    room: str
    since: int
    changes: Changes


class Edit(msgspec.Struct, frozen=True):
    """An earlier text of a message."""

    version: int
    text: str
    at: int


class Reader(msgspec.Struct, frozen=True):
    """Somebody who has read, not read, or confirmed a message."""

    id: str
    name: str
    avatar: str | None
    read_seq: int


class Readers(msgspec.Struct, frozen=True):
    """One side of a message's read list, a page at a time, with the counts of all three, and whether I have confirmed it."""

    items: list[Reader]
    next: str | None
    read: int
    unread: int
    confirmed: int
    confirmed_by_me: bool


class ReadPointer(msgspec.Struct, frozen=True):
    """How far one member has read."""

    person: str
    join_seq: int
    read_seq: int


class Reads(msgspec.Struct, frozen=True):
    """Every pointer of a room of at most READS_PUSHED_UP_TO members; of a larger one none, and `large`."""

    items: list[ReadPointer]
    large: bool


class Draft(msgspec.Struct, frozen=True):
    """An unsent text; `thread` is None for the room's own composer."""

    thread: int | None
    text: str
    at: int


class RoomFile(msgspec.Struct, frozen=True):
    """A file with the message that brought it."""

    file: File
    seq: int
    sender: str | None
    at: int


class MessageChanged(msgspec.Struct, frozen=True, tag_field="t", tag="message"):
    """A message is new or changed; apply it if its rev is newer."""

    message: Message


class RoomChanged(msgspec.Struct, frozen=True, tag_field="t", tag="room"):
    """The room's own fields changed."""

    room: RoomFields
    rev: int


class MemberChanged(msgspec.Struct, frozen=True, tag_field="t", tag="member"):
    """Somebody joined, left or changed role; `member_count` is how many there are now."""

    room: str
    rev: int
    person: str
    left: bool
    role: RoomRole
    member_count: int


class Joined(msgspec.Struct, frozen=True, tag_field="t", tag="joined"):
    """I am in this room now."""

    room: RoomHead


class Left(msgspec.Struct, frozen=True, tag_field="t", tag="left"):
    """I am no longer in this room."""

    room: str


class Mine(msgspec.Struct, frozen=True, tag_field="t", tag="mine"):
    """My own place in a room changed on one of my devices."""

    room: str
    read_seq: int
    mentions: int
    muted: bool
    starred: bool


class DraftChanged(msgspec.Struct, frozen=True, tag_field="t", tag="draft"):
    """My draft in a room changed on one of my devices."""

    room: str
    thread: int | None
    text: str
    at: int


class ReadMoved(msgspec.Struct, frozen=True, tag_field="t", tag="read"):
    """A member of a small room has read up to `seq`."""

    room: str
    person: str
    seq: int


class Answered(msgspec.Struct, frozen=True, tag_field="t", tag="answered"):
    """What I asked of an app (`ref`: a press's nonce, a command's) has been answered, or `code` says why not; `url` is to be opened."""

    room: str
    ref: str
    code: str | None = None
    message: str = ""
    url: str | None = None
