"""One answer for all who ask the same question at the same time, as a thousand clients do that come back together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, TypeVar

T = TypeVar("T")
Begun = Callable[[], None]


class Together:
    """Questions that wait to be read, by what they ask."""

    def __init__(self) -> None:
        self._waiting: dict[Hashable, asyncio.Future[Any]] = {}

    async def ask(self, key: Hashable, read: Callable[[Begun], Coroutine[Any, Any, T]]) -> T:
        """What `read(begun)` answers. It calls `begun`, from any thread, when it begins to look: who asks later looks anew."""
        waiting = self._waiting.get(key)
        if waiting is None:
            waiting = self._waiting[key] = asyncio.ensure_future(read(lambda: self._close(key)))
            waiting.add_done_callback(lambda done: self._close(key, done))
        answer: T = await asyncio.shield(waiting)
        return answer

    def _close(self, key: Hashable, ended: asyncio.Future[Any] | None = None) -> None:
        if ended is None or self._waiting.get(key) is ended:
            self._waiting.pop(key, None)
