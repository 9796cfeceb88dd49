"""SQLite's log goes into its file beside the lane."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from narae.core.db.checkpoints import checkpoint
from tests.kit.world import World

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_was_committed_is_moved_into_the_file_by_itself(world: World, tmp_path: Path) -> None:
    room = await world.room()
    await world.send(world.owner, room, "여기 있습니다")
    async with asyncio.timeout(10):
        while "여기 있습니다".encode() not in (tmp_path / "narae.db").read_bytes():
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_checkpoint_beside_an_open_write_disturbs_nobody(world: World) -> None:
    room = await world.room()
    pages: list[tuple[int, int]] = []

    def slow(tx, _who) -> None:  # type: ignore[no-untyped-def]
        tx.conn.exec_driver_sql("UPDATE rooms_room SET topic = '쓰는 중'")
        pages.append(checkpoint(world.db.engine))

    await world.db.write(slow, world.owner)
    assert pages[0][1] > 0
    assert (await world.head(world.owner, room)).topic == "쓰는 중"
