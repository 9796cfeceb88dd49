"""Moves SQLite's write-ahead log into the database file beside the lane, so that hardly any commit has to wait for it.

A commit that finds the log long enough moves it itself, and whoever waits for the commit waits ten times as long. A passive checkpoint
on another connection disturbs nobody. What it can't finish under a flood the lane's own one still does, at WAL_PAGES. Source:
sqlite.org/wal.html, "Avoiding Excessively Large WAL Files".
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable

from sqlalchemy import Engine

from narae.core.kit.limits import CHECKPOINT_SECONDS

log = logging.getLogger("narae.db")


async def checkpoints(engine: Engine, commits: Callable[[], int]) -> None:
    """Every CHECKPOINT_SECONDS move what was committed; `commits` counts."""
    seen = -1
    while True:
        await asyncio.sleep(CHECKPOINT_SECONDS)
        if (now := commits()) != seen:
            seen = now
            await asyncio.to_thread(checkpoint, engine)


def checkpoint(engine: Engine) -> tuple[int, int]:
    """Move what can be moved: (pages in the log, pages of it that are in the file now). A failure is left to the lane's own."""
    held = engine.raw_connection()
    try:
        driver: sqlite3.Connection = held.driver_connection  # type: ignore[assignment]
        _busy, pages, moved = driver.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.Error as error:
        log.debug("a checkpoint has to wait: %s", error)
        return 0, 0
    finally:
        held.close()
    return int(pages), int(moved)
