"""Deletes stored bytes that nothing names any more, behind requests' backs: of recalled messages, of uploads never sent.

What is to be deleted stands in a table that the transactions fill (rooms/actions/discarding.py), so that it survives
a crash; deleting twice does no harm. What the store can't delete just now is tried again later.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from narae.core.db import Database
from narae.core.files import actions, queries
from narae.core.files.store import Blobs, thumb_of
from narae.core.kit.beside import beside
from narae.core.kit.errors import NaraeError
from narae.core.kit.limits import SWEEP_BATCH, SWEEP_SECONDS
from narae.core.kit.settings import Settings
from narae.core.kit.who import SYSTEM

log = logging.getLogger("narae.files")


@contextlib.asynccontextmanager
async def sweeping(db: Database, settings: Settings) -> AsyncIterator[None]:
    """Delete what is to be deleted, every SWEEP_SECONDS, for as long as this is open."""
    async with beside(_keep_clean(db, Blobs(settings.files_url))):
        yield


async def _keep_clean(db: Database, blobs: Blobs) -> None:
    while True:
        try:
            await sweep(db, blobs)
        except NaraeError as error:
            log.warning("deleting files waits: %s", error)
        await asyncio.sleep(SWEEP_SECONDS)


async def sweep(db: Database, blobs: Blobs) -> None:
    """Delete all that may be deleted now, SWEEP_BATCH at a time."""
    while await db.write(actions.forget_unsent, SYSTEM) == SWEEP_BATCH:
        pass
    while keys := await db.read(queries.discarded_by, db.clock.now()):
        gone = [key for key in keys if await _is_deleted(blobs, key)]
        await db.write(actions.settle, SYSTEM, gone=gone, stuck=sorted(set(keys) - set(gone)))


async def _is_deleted(blobs: Blobs, key: str) -> bool:
    """Delete an object and its small picture; whether they are gone."""
    try:
        await blobs.delete(key)
        await blobs.delete(thumb_of(key))
    except NaraeError as error:
        log.warning("%s is not deleted yet: %s", key, error)
        return False
    return True
