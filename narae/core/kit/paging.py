"""Cursor paging: a page of items and where the next one starts."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from narae.core.kit.errors import Invalid

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some items; `next` is the cursor of the following page, or None at the end."""

    items: list[T]
    next: str | None = None


def page_of(rows: Sequence[T], limit: int, key: Callable[[T], tuple[Any, ...]]) -> Page[T]:
    """A page of `limit` from `rows`, which holds one more when there is a next page."""
    items = list(rows[:limit])
    return Page(items, encoded(key(items[-1])) if len(rows) > limit else None)


def encoded(key: tuple[Any, ...]) -> str:
    """A cursor that holds `key`. It is no secret: what a person may see is checked on every page."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode()


def decoded(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The key in `cursor`, of these types; None for no cursor, Invalid for one that we did not make."""
    if not cursor:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=tuple[kinds])  # type: ignore[valid-type]
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise Invalid("This page mark is broken. Begin again without it.", code="bad_cursor", field="cursor") from error
