"""Keeps the index up to date behind the log's back: it follows the change feed, so nothing that was committed is missed.

Reading and taking words apart is done on a reading thread; only the rows are written in the lane, which people's messages share. So
the index works in small bites, when nobody waits for the lane: under a flood it lags for a while, and sending does not.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence

from narae.core.db import Database, Event
from narae.core.kit.beside import beside
from narae.core.kit.errors import NaraeError
from narae.core.kit.limits import INDEX_DELAY_SECONDS, INDEX_PATIENCE_SECONDS, INDEX_PAUSE_SECONDS
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM
from narae.core.search.actions import put
from narae.core.search.queries import behind, bite

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


async def index_room(db: Database, room_id: str) -> bool:
    """Index what changed in a room, up to INDEX_BATCH messages; whether there may be more."""
    found = await db.read(bite, room_id)
    await db.write(put, SYSTEM, found)
    return found.more


async def _keep_up(db: Database, late: dict[str, None], wake: asyncio.Event) -> None:
    late.update(dict.fromkeys(await db.read(behind)))
    while True:
        while late:
            room_id = next(iter(late))
            del late[room_id]
            try:
                if await index_room(db, room_id):
                    late[room_id] = None
            except NaraeError as error:
                log.warning("the index waits: %s", error)
                late[room_id] = None
            await _calm(db)
        wake.clear()
        await wake.wait()
        await asyncio.sleep(INDEX_DELAY_SECONDS)


async def _calm(db: Database) -> None:
    """Wait for a moment in which nobody waits for the lane; INDEX_PATIENCE_SECONDS at most."""
    for _ in range(int(INDEX_PATIENCE_SECONDS / INDEX_PAUSE_SECONDS)):
        await asyncio.sleep(INDEX_PAUSE_SECONDS)
        if not db.lane.is_busy:
            return
