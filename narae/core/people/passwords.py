"""Password hashes: argon2id with OWASP's parameters, on threads of their own with a cap, so that sign-ins can't starve the rest.

Source: OWASP Password Storage Cheat Sheet (19 MiB, t = 2, p = 1); about 20 ms a check.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from narae.core.kit.errors import Unavailable
from narae.core.kit.limits import PASSWORD_CHECKS_AT_ONCE, PASSWORD_CHECKS_QUEUED

P = ParamSpec("P")
T = TypeVar("T")
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$bmFyYWVuYXJhZW5hcmFl$4q7yCpcnKPNJYAnNLV1fjTdGdHeGNTyLbGj0xVYCrXI"


def hash_now(password: str) -> str:
    """The hash of `password`, computed here and now (command line, demo)."""
    return _hasher.hash(password)


class Passwords:
    """Hashes and checks passwords without holding up the event loop."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(PASSWORD_CHECKS_AT_ONCE, thread_name_prefix="narae-password")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """The hash to store for `password`."""
        return await self._run(_hasher.hash, password)

    async def matches(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the stored one. For nobody's account (None) it takes as long and answers no."""
        matched = await self._run(_verify, stored or _NOBODY, password)
        return matched and stored is not None

    async def _run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._waiting >= PASSWORD_CHECKS_QUEUED:
            raise Unavailable("Too many people are signing in at this moment. Try again in a few seconds.", code="busy")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: function(*args, **kwargs))
        finally:
            self._waiting -= 1


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
