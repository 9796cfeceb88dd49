"""Answers that are the same for everybody who asks, made and framed once for as long as nothing happens in their topic."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, NamedTuple, TypeVar

from narae.core.kit.limits import ALIKE_FRAMES

T = TypeVar("T")


class _Made(NamedTuple):
    rev: int
    answer: asyncio.Future[Any]


class Alike:
    """The latest of such answers. `rev` tells how far a topic is."""

    def __init__(self, rev: Callable[[str], int]) -> None:
        self._rev = rev
        self._made: OrderedDict[tuple[str, Hashable], _Made] = OrderedDict()

    async def answer(self, topic: str, key: Hashable, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What `make()` returned when `topic` was as far as it is now; an error is told to those who wait for it and not kept."""
        made = self._made.get((topic, key))
        if made is None or made.rev != self._rev(topic) or (made.answer.done() and made.answer.exception()):
            made = self._made[topic, key] = _Made(self._rev(topic), asyncio.ensure_future(make()))
            while len(self._made) > ALIKE_FRAMES:
                self._made.popitem(last=False)
        answer: T = await asyncio.shield(made.answer)
        return answer
