"""Reading JSON that nobody promised anything about: a path into it, and always a value of the type that was asked for."""

from __future__ import annotations

import math
from typing import Any

from narae.core.kit import limits, text

Part = dict[str, Any]


def at(of: Any, *path: str) -> Any:
    """What stands at the end of `path`; None when the way there breaks off."""
    for name in path:
        of = of.get(name) if isinstance(of, dict) else None
    return of


def part(of: Any, *path: str) -> Part:
    """The object there, or an empty one."""
    found = at(of, *path)
    return found if isinstance(found, dict) else {}


def parts(of: Any, *path: str) -> list[Part]:
    """The objects of the list there."""
    found = at(of, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def word(of: Any, *path: str, most: int = limits.NATIVE_LINE_CHARS) -> str:
    """The text there on one line of at most `most` characters; numbers as text, "" for everything else."""
    return text.excerpt(text.line(_written(at(of, *path))[: most * 4], field="body", limit=most * 20, empty=True), most)


def lines(of: Any, *path: str) -> list[str]:
    """The lines of the text there, without empty ones at either end; at most NATIVE_QUOTE_LINES, and "…" when there are more."""
    said = text.clean(_written(at(of, *path))[: limits.NATIVE_QUOTE_CHARS * 4]).strip()
    short = said[: limits.NATIVE_QUOTE_CHARS].rstrip()
    found = short.split("\n")
    kept = found[: limits.NATIVE_QUOTE_LINES]
    return [*kept, "…"] if said != "\n".join(kept) else kept if said else []


def title(of: Any, *path: str) -> str:
    """The first line of the text there."""
    said = _written(at(of, *path)).strip().split("\n")[0]
    return word({"": said}, "")


def address(of: Any, *path: str) -> str:
    """The address there; "" when it is none, or longer than addresses are."""
    found = at(of, *path)
    return found if isinstance(found, str) and len(found) <= limits.ADDRESS_CHARS else ""


def count(of: Any, *path: str) -> int:
    """The whole number there; 0 when there is none."""
    found = at(of, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**12 else 0


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, float):
        return f"{value:g}" if math.isfinite(value) else ""
    return str(value) if abs(value) < 10**18 else ""
