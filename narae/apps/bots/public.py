"""What others may know of robots: who they are, how they are guarded, and their last calls."""

from __future__ import annotations

from typing import Literal

import msgspec

Way = Literal["dingtalk", "slack", "native", "test", "callback", "stream", "session", "api"]


class Robot(msgspec.Struct, frozen=True, kw_only=True):
    """A robot in the one room where it may speak. Times in ms.

    It posts when it is `enabled` and the call holds one of its `keywords` (if there are any), comes from one of its
    `addresses` (IP addresses or networks, if there are any), is `signed` as it must be, and is not above `per_minute`.
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
