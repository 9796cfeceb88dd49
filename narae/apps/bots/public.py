"""What others may know of robots: who they are, how they are guarded, and their last calls."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from narae.core.kit.markdown import Block
from narae.core.rooms.public import Card

Way = Literal["dingtalk", "slack", "native", "test", "press", "hook", "command", "dialog", "reply", "callback", "stream", "session", "api"]
RobotKind = Literal["plain", "hook", "command"]


class Robot(msgspec.Struct, frozen=True, kw_only=True):
    """A robot in the one room where it may speak. Times in ms.

    It posts when it is `enabled` and the call holds one of its `keywords` (if there are any), comes from one of its
    `addresses` (IP addresses or networks, if there are any), is `signed` as it must be, and is not above `per_minute`. One of the
    `kind` "hook" follows its room, one of the kind "command" answers to a word after a slash.
    It hears what is said to it when it `listens`; at the address `callback` unless that is empty or a stream is open.
    """

    id: str
    org: str
    room: str
    name: str
    enabled: bool
    signed: bool
    keywords: list[str]
    addresses: list[str]
    per_minute: int
    made_by: str
    created_at: int
    called_at: int | None
    listens: bool
    callback: str
    kind: RobotKind


class RobotMade(msgspec.Struct, frozen=True):
    """A robot with its secret addresses, which are shown this once: DingTalk's form, and Slack's and Mattermost's form."""

    robot: Robot
    address: str
    hook: str


class Signing(msgspec.Struct, frozen=True):
    """The secret by which calls are signed, shown this once; None when they need not be any more."""

    secret: str | None


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """What a robot was asked, and the answer: `code` is 0 when it spoke. `at` in ms."""

    at: int
    way: Way
    ip: str
    code: int
    answer: str
    excerpt: str


class Credentials(msgspec.Struct, frozen=True):
    """What a program proves by that it is a robot's; the secret is shown this once, and None when they were taken away."""

    client_id: str
    client_secret: str | None


class Listening(msgspec.Struct, frozen=True, kw_only=True):
    """How a robot hears: its client id, whether it has a secret, its callback ("" for none), its open stream connections."""

    client_id: str
    listens: bool
    callback: str
    connections: int


class RobotChanged(msgspec.Struct, frozen=True):
    """Said inside the server: a robot's guards, credentials or callback are others now, or it is gone."""

    robot: str


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind a card's button: the sender's own words for it. `url` and `context` are Mattermost's integration."""

    shape: Literal["mattermost", "legacy", "button", "select", "overflow", "card"]
    name: str
    value: str = ""
    label: str = ""
    block: str = ""
    options: dict[str, str] = {}
    url: str = ""
    context: dict[str, Any] = {}


class Offer(msgspec.Struct, frozen=True):
    """What a card's buttons do, by their ids, and the body that it was made from; never shown to clients."""

    actions: dict[str, Offered]
    source: dict[str, Any]


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """What a robot is to say: Markdown, whom it calls (ids or mail addresses), the caller's own name for it, and what its buttons do.

    `files` are its own in the room; `thread` answers in a thread; `confirm` asks its readers to confirm.
    """

    text: str
    card: Card | None = None
    people: list[str] = []
    all: bool = False
    nonce: str | None = None
    offer: Offer | None = None
    files: list[str] = []
    thread: int | None = None
    confirm: bool = False


class Hook(msgspec.Struct, frozen=True):
    """What a robot tells to other servers: messages that begin with one of `words` (as a whole word, or `starts` like it).

    Without words it tells every message. `urls` are called in the form "form" or "json".
    """

    words: list[str]
    starts: bool
    urls: list[str]
    form: Literal["form", "json"]


class Command(msgspec.Struct, frozen=True):
    """A word after a slash that calls `url`: in the robot's room, or `everywhere` in its organisation."""

    name: str
    url: str
    hint: str
    about: str
    everywhere: bool


class CommandHere(msgspec.Struct, frozen=True):
    """A command that can be given in a room, as its members see it."""

    name: str
    hint: str
    about: str
    robot: str


class Ways(msgspec.Struct, frozen=True):
    """What a robot calls: its hook, its command, and the address that presses of its Slack-form buttons go to."""

    hook: Hook | None
    command: Command | None
    request: str | None


class AskingMade(msgspec.Struct, frozen=True):
    """A robot that calls other servers. They know it by `token`, which signs its calls too and is shown this once."""

    robot: Robot
    token: str


class TokenMade(msgspec.Struct, frozen=True):
    """The token by which other servers know a robot's calls, shown this once."""

    token: str


class Told(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="told"):
    """A robot says something that only I see; it is kept nowhere."""

    id: str
    room: str
    thread: int | None
    robot: str
    name: str
    text: str
    body: list[Block]
    at: int


class DialogOption(msgspec.Struct, frozen=True):
    """Something to choose in a dialog."""

    text: str
    value: str


class DialogElement(msgspec.Struct, frozen=True, kw_only=True):
    """A field of a dialog. Lengths in characters."""

    name: str
    display_name: str
    type: Literal["text", "textarea", "select", "bool", "radio"]
    subtype: Literal["text", "email", "number", "password", "tel", "url"] = "text"
    default: str = ""
    placeholder: str = ""
    help_text: str = ""
    optional: bool = False
    min_length: int = 0
    max_length: int = 0
    options: list[DialogOption] = []


class DialogAsked(msgspec.Struct, frozen=True, kw_only=True, tag_field="t", tag="dialog"):
    """A robot asks me to fill a dialog, because of what I asked of it (`ref`). The device that asked shows it."""

    id: str
    ref: str
    room: str
    robot: str
    name: str
    title: str
    introduction: str
    elements: list[DialogElement]
    submit_label: str


class DialogAnswer(msgspec.Struct, frozen=True):
    """Whether a dialog was taken: not while there are `errors` of its fields, or one of the whole."""

    errors: dict[str, str]
    error: str = ""
