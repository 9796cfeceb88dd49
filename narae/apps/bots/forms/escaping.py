"""Words of others put into Markdown so that they stay words, and addresses that may be followed."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")
_UNSAFE = re.compile(r"[\s()<>\\]")
_LINE_START = re.compile(r"(?m)^(\s*\d*)([-+.)])(?=\s)")


def plain(text: str) -> str:
    """`text` so that Markdown shows it as it is written."""
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def followed(url: object) -> str | None:
    """An http(s) address that may be opened, unwrapped from the client's own scheme; None for anything else."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # "http://[" and the like
        return None
    if parts.scheme == "dingtalk":
        asked = parse_qs(parts.query)
        return followed((asked.get("url") or asked.get("redirect_url") or [""])[0])
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else None


def link(label: str, url: object) -> str:
    """A Markdown link; the label alone when the address may not be followed."""
    address = followed(url)
    if address is None:
        return plain(label)
    address = _UNSAFE.sub(lambda found: quote(found[0]), address)
    return f"[{plain(label) or address}]({address})"
