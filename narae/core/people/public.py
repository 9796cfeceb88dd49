"""What others may know of people: their accounts, settings, sessions, and the events that end a session."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Lang = Literal["ko", "en", "zh"]
Scope = Literal["read", "write", "admin"]
Hour = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """A person's own settings, the same on all of their devices."""

    theme: Literal["auto", "light", "dark"] = "auto"
    density: Literal["compact", "normal", "large"] = "normal"
    enter_sends: bool = True
    show_typing: bool = True
    quiet_from: Hour | None = None
    quiet_to: Hour | None = None
    timezone: Annotated[str, msgspec.Meta(max_length=60)] = "Asia/Seoul"


class Person(msgspec.Struct, frozen=True):
    """An account, as its owner sees it. `avatar` is an address on this server."""

    id: str
    name: str
    email: str | None
    lang: Lang
    avatar: str | None
    settings: Settings


class Session(msgspec.Struct, frozen=True):
    """A signed-in device. Times in ms."""

    id: str
    device: str
    ip: str
    created_at: int
    seen_at: int
    current: bool


class Token(msgspec.Struct, frozen=True):
    """A personal access token, without its secret."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: int
    used_at: int | None
    expires_at: int | None


class NewToken(msgspec.Struct, frozen=True):
    """A token just made: the only time its secret is shown."""

    id: str
    name: str
    scopes: list[Scope]
    created_at: int
    used_at: int | None
    expires_at: int | None
    secret: str
