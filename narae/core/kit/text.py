"""Text made clean before it is stored: NFC, no control characters, within its limit."""

from __future__ import annotations

import re
import unicodedata

from narae.core.kit import limits
from narae.core.kit.errors import Invalid, TooLarge

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"\s+")
_EMAIL = re.compile(r"[^@\s<>,;\"']{1,64}@[^@\s<>,;\"']{1,190}")
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def clean(text: str) -> str:
    """`text` in NFC with Unix line ends, without control characters; spaces inside are kept."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", unicodedata.normalize("NFC", text))


def body(text: str, *, field: str = "text", limit: int = limits.MESSAGE_CHARS) -> str:
    """Several lines of text, at most `limit` characters."""
    text = clean(text)
    if len(text) > limit:
        raise TooLarge(f"This text has {len(text):,} characters; at most {limit:,} fit.", field=field)
    return text


def line(text: str, *, field: str, limit: int = limits.NAME_CHARS, empty: bool = False) -> str:
    """One line of text: trimmed, inner white space folded, no direction overrides, at most `limit` characters."""
    text = _SPACES.sub(" ", _BIDI.sub("", clean(text))).strip()
    if not text and not empty:
        raise Invalid("This can't be empty.", code="empty", field=field)
    if len(text) > limit:
        raise TooLarge(f"At most {limit} characters fit here.", field=field)
    return text


def email(text: str, *, field: str = "email") -> str:
    """A mail address, in lower case; checked for its form only."""
    text = line(text, field=field, limit=limits.EMAIL_CHARS).lower()
    if not _EMAIL.fullmatch(text) or "." not in text.rpartition("@")[2]:
        raise Invalid("This is not a mail address, like name@example.com.", code="not_email", field=field)
    return text


def initials(text: str) -> str:
    """Hangul syllables as their initial consonants, everything else as it is: 진료실 → ㅈㄹㅅ."""
    return "".join(_INITIALS[(ord(c) - 0xAC00) // 588] if "가" <= c <= "힣" else c for c in text)


def search_key(*texts: str) -> str:
    """What a name is found by: folded, followed by its initial consonants."""
    folded = unicodedata.normalize("NFKC", " ".join(t for t in texts if t)).casefold()
    return f"{folded}\n{initials(folded)}"


def excerpt(text: str, limit: int = limits.EXCERPT_CHARS) -> str:
    """The beginning of `text` on one line."""
    flat = _SPACES.sub(" ", text[: limit * 4]).strip()
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"
