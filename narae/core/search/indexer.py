"""Keeps the index up to date behind the log's back: it follows the change feed, so nothing that was committed is missed.

Indexing shares the lane with people's writes. It works in small bites with a pause between them, so that under a flood
the index lags for a while and sending does not.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence

from narae.core.db import Database, Event
from narae.core.kit.beside import beside
from narae.core.kit.errors import NaraeError
from narae.core.kit.limits import INDEX_PAUSE_SECONDS
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM
from narae.core.search.actions import index_room
from narae.core.search.queries import behind

log = logging.getLogger("narae.search")


@contextlib.asynccontextmanager
async def indexing(db: Database, _settings: Settings) -> AsyncIterator[None]:
    """Index what is behind, and then whatever changes, for as long as this is open."""
    late: dict[str, None] = {}
    wake = asyncio.Event()

    def note(events: Sequence[Event]) -> None:
        for event in events:
            if event.rev:
                late[event.topic.partition(":")[2]] = None
                wake.set()

    db.listeners.append(note)
    try:
        async with beside(_keep_up(db, late, wake)):
            yield
    finally:
        db.listeners.remove(note)


async def _keep_up(db: Database, late: dict[str, None], wake: asyncio.Event) -> None:
    late.update(dict.fromkeys(await db.read(behind)))
    while True:
        while late:
            room_id = next(iter(late))
            del late[room_id]
            try:
                if await db.write(index_room, SYSTEM, room_id):
                    late[room_id] = None
            except NaraeError as error:
                log.warning("the index waits: %s", error)
                late[room_id] = None
            await asyncio.sleep(INDEX_PAUSE_SECONDS)
        wake.clear()
        await wake.wait()
