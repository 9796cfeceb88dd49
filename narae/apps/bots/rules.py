"""What makes a call to a robot a good one: pure functions."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from narae.core.kit.keys import derived

SIGN_HOURS = 1


def signature(secret: str, timestamp: str) -> str:
    """The base64 of HMAC-SHA256 over "timestamp\\nsecret", as DingTalk's custom robots are signed."""
    said = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), said, hashlib.sha256).digest()).decode()


def is_timely(timestamp: str, *, now: int) -> bool:
    """Whether `timestamp` (ms) is within an hour of `now`. A pair may be used again meanwhile: clients do."""
    return timestamp.isdecimal() and len(timestamp) < 16 and abs(now - int(timestamp)) <= SIGN_HOURS * 3_600_000


def is_signed(secret: str, timestamp: str, sign: str) -> bool:
    """Whether `sign` fits, compared in constant time."""
    return hmac.compare_digest(signature(secret, timestamp).encode(), sign.encode())


def has_keyword(keywords: Iterable[str], said: str) -> bool:
    """Whether `said` holds one of `keywords`; always when there are none."""
    wanted = list(keywords)
    return not wanted or any(word in said for word in wanted)


def may_come_from(addresses: Iterable[str], ip: str) -> bool:
    """Whether `ip` is in one of `addresses`; always when there are none."""
    allowed = [ip_network(address, strict=False) for address in addresses]
    return not allowed or any(_is_in(ip, network) for network in allowed)


def _is_in(ip: str, network: object) -> bool:
    try:
        return ip_address(ip) in network  # type: ignore[operator]
    except ValueError:
        return False


def is_network(address: str) -> bool:
    """Whether `address` is an IP address or a network like 10.0.0.0/8."""
    try:
        ip_network(address, strict=False)
    except ValueError:
        return False
    return True


def trigger(said: str, words: Iterable[str], *, starts: bool) -> str | None:
    """The word that makes a hook tell `said`: its first word is one of `words`, or `starts` like it; "" when there are no words."""
    wanted = list(words)
    if not wanted:
        return ""
    begins = said.lstrip()
    first = begins.split(maxsplit=1)[0] if begins else ""
    return next(
        (word for word in wanted if (begins.startswith(word) if starts else first == word or begins.split("\n")[0].strip() == word)), None
    )


def token_of(key: bytes, robot_id: str, number: int) -> str:
    """The token with this number by which other servers know a robot's calls. It is derived, so it is stored nowhere."""
    return derived(key, f"bots.token {robot_id} {number}")


def proof(key: bytes, purpose: str, ask_id: str) -> str:
    """What shows that a call was made to who speaks of it: 128 bits."""
    return derived(key, f"bots.{purpose} {ask_id}")[:32]
