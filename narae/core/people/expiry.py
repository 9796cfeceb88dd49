"""Ends what has expired: sockets that are open close within a minute of the end of their session or token."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from narae.core.db import Database
from narae.core.kit.beside import beside
from narae.core.kit.errors import NaraeError
from narae.core.kit.limits import EXPIRY_SECONDS
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM
from narae.core.people import actions, queries

log = logging.getLogger("narae.people")


@contextlib.asynccontextmanager
async def expiring(db: Database, _settings: Settings) -> AsyncIterator[None]:
    """End what expires, every EXPIRY_SECONDS, for as long as this is open."""
    async with beside(_keep_ending(db)):
        yield


async def _keep_ending(db: Database) -> None:
    since = db.clock.now()
    while True:
        try:
            since = await end_expired(db, since)
        except NaraeError as error:
            log.warning("ending sessions waits: %s", error)
        await asyncio.sleep(EXPIRY_SECONDS)


async def end_expired(db: Database, since: int) -> int:
    """End the sessions that have expired, and tokens that have after `since`; up to when (ms) that is done."""
    now = db.clock.now()
    sessions, tokens = await db.read(queries.expired, since=since, now=now)
    if sessions or tokens:
        await db.write(actions.end_expired, SYSTEM, sessions=sessions, tokens=tokens)
    return now
