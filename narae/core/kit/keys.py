"""The installation's own key: what secrets that programs must be able to read again are derived from, so that none is stored."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from narae.core.kit.errors import Misconfigured
from narae.core.kit.settings import Settings

KEY_CHARS = 64


def server_key(settings: Settings) -> bytes:
    """NARAE_SECRET, or else what the file `secret` in the data folder holds; it is made at the first start."""
    if settings.secret:
        return settings.secret.encode()
    path = settings.data / "secret"
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise Misconfigured(f"The key can't be kept in {path}: {error.strerror}. Set NARAE_SECRET, or make the folder writable.") from error
    if len(key) < KEY_CHARS:
        raise Misconfigured(f"{path} holds no whole key. Put the one of the last back-up there, or delete the file to get a new one.")
    return key


def _make(path: Path) -> None:
    """Write a new key whole, or leave the one that another process has written meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"secret.{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_hex(KEY_CHARS // 2).encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(fresh)
    finally:
        fresh.unlink()


def derived(key: bytes, purpose: str) -> str:
    """64 hexadecimal digits for one purpose; nobody can tell them from others of the same key."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).hexdigest()


def sealed(key: bytes, purpose: str, *words: str | int) -> str:
    """`words` (of letters, digits, "-" and "_") as a token for one purpose that nobody else can make; they can be read in it."""
    said = ".".join(map(str, words))
    return f"{said}.{derived(key, f'{purpose} {said}')}"


def opened(key: bytes, purpose: str, token: str) -> list[str] | None:
    """The words of a token that was sealed for this purpose; None for any other."""
    said, _, mac = token.rpartition(".") if token.isascii() else ("", "", "")
    return said.split(".") if hmac.compare_digest(derived(key, f"{purpose} {said}"), mac) else None
