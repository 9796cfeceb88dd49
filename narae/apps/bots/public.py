"""What others may know of robots: who they are, how they are guarded, and their last calls."""

from __future__ import annotations

from typing import Literal

import msgspec

Way = Literal["dingtalk", "slack", "native", "test"]


class Robot(msgspec.Struct, frozen=True, kw_only=True):
    """A robot in the one room where it may speak. Times in ms.

    It posts when it is `enabled` and the call holds one of its `keywords` (if there are any), comes from one of its
    `addresses` (IP addresses or networks, if there are any), is `signed` as it must be, and is not above `per_minute`.
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


class RobotChanged(msgspec.Struct, frozen=True):
    """Said inside the server: how this robot is guarded has changed; what is remembered of it is old."""

    robot: str
