"""Lets outgoing hooks follow their rooms: woken by what is said, and now and then for what was said meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence

from narae.apps.bots.actions.following import follow
from narae.apps.bots.queries.ways import behind
from narae.core.db import Database, Event
from narae.core.kit.beside import beside
from narae.core.kit.errors import NaraeError
from narae.core.kit.limits import FOLLOW_LOOK_SECONDS, FOLLOW_PAUSE_SECONDS
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM
from narae.core.rooms.public import MessageChanged

log = logging.getLogger("narae.bots")


@contextlib.asynccontextmanager
async def following(db: Database, _settings: Settings) -> AsyncIterator[None]:
    """Follow for as long as this is open."""
    wake = asyncio.Event()
    wake.set()

    def hear(events: Sequence[Event]) -> None:
        if any(isinstance(event.body, MessageChanged) for event in events):
            wake.set()

    db.listeners.append(hear)
    try:
        async with beside(_keep_up(db, wake)):
            yield
    finally:
        db.listeners.remove(hear)


async def _keep_up(db: Database, wake: asyncio.Event) -> None:
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FOLLOW_LOOK_SECONDS):
                await wake.wait()
        wake.clear()
        try:
            for robot_id, room_id in await db.read(behind):
                if await db.write(follow, SYSTEM, robot_id, room_id):
                    wake.set()
        except NaraeError as error:
            log.warning("hooks wait: %s", error)
            wake.set()
        await asyncio.sleep(FOLLOW_PAUSE_SECONDS)
