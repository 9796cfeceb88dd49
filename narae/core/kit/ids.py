"""Names for rows (sortable by time) and secrets that nobody can guess."""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = tuple(a + b for a in _ALPHABET for b in _ALPHABET)
ID_CHARS = 20


def new_id(now: int) -> str:
    """A 20-character id: 48 bits of `now` (ms), 52 random bits, in Crockford's base 32."""
    number = (now & 0xFFFFFFFFFFFF) << 52 | secrets.randbits(52)
    return "".join(_PAIRS[number >> shift & 1023] for shift in range(90, -1, -10))


def new_secret(prefix: str = "") -> str:
    """A 256-bit secret, safe in addresses; `prefix` says what kind it is."""
    return prefix + secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """What is stored in a secret's place: its SHA-256. Enough for 256-bit secrets; never for passwords."""
    return hashlib.sha256(secret.encode()).hexdigest()
