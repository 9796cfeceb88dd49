"""Takes values out of JSON that may hold anything anywhere."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import msgspec

from narae.core.kit.text import clean

_TS = re.compile(r"(\d{1,10})(?:\.(\d{1,6})\d*)?")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """This is not JSON."""


def decode(data: bytes) -> Any:
    """The JSON value in `data`, with or without a byte-order mark, even where its characters are broken."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _decode_slowly(data)


def _decode_slowly(data: bytes) -> Any:
    try:
        return json.loads(data.decode(json.detect_encoding(data), "replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def decode_list(data: bytes) -> list[Any] | None:
    """The items of a JSON list, still encoded where that can be, so that a huge one takes little memory; None if it is no list."""
    if not data.startswith(_BOMS):
        try:
            return list(msgspec.json.decode(data, type=list[msgspec.Raw]))
        except (msgspec.DecodeError, ValueError, RecursionError):
            pass
    value = decode(data)
    return value if isinstance(value, list) else None


def item(encoded: Any) -> dict[str, Any] | None:
    """One item of `decode_list` as an object; None if it is none."""
    if isinstance(encoded, msgspec.Raw):
        try:
            encoded = decode(bytes(encoded))
        except Unreadable:
            return None
    return encoded if isinstance(encoded, dict) else None


def string(value: Any) -> str:
    """A text without control characters, or ""; numbers are texts too."""
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def table(value: Any) -> dict[str, Any]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def tables(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or none."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def strings(value: Any) -> list[str]:
    """The texts of a list that are not empty, each once."""
    found = (string(entry) for entry in value) if isinstance(value, list) else ()
    return list(dict.fromkeys(entry for entry in found if entry))


def whole(value: Any, *, most: int = 2**53) -> int:
    """A whole number from 0 to `most`, or 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else 0


def stamp(value: Any) -> str:
    """A Slack time ("1355517523.000005", also as a number) in its one form, or "" if it is none."""
    said = f"{value:.6f}" if isinstance(value, float) else str(value) if isinstance(value, str | int) else ""
    match = _TS.fullmatch(said.strip())
    if match is None or int(match[1]) == 0:
        return ""
    return f"{int(match[1])}.{(match[2] or '').ljust(6, '0')}"


def millis(ts: str) -> int:
    """A `stamp` in ms; 0 for none."""
    seconds, _, micros = ts.partition(".")
    return int(seconds) * 1000 + int(micros) // 1000 if micros else 0


def short_id(value: str, limit: int = 32) -> str:
    """An id that is safe as a key: itself, or a digest when it is longer than any id of Slack's."""
    return value if len(value) <= limit else hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()[:limit]


def one_line(value: str, limit: int) -> str:
    """`value` on one line of at most `limit` characters."""
    flat = " ".join(re.sub(r"[\u202a-\u202e\u2066-\u2069]", "", value).split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"
