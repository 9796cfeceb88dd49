"""Disks that are full or read-only, and a database that goes away in the middle."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event

from narae.core.kit.errors import Misconfigured, NaraeError, Unavailable
from narae.core.kit.settings import Settings
from narae.core.rooms.actions import rooms
from narae.server import running
from tests.kit.postgres import Postgres
from tests.kit.world import World

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_refuses_and_what_was_there_stays(world: World) -> None:
    room = await world.room()
    kept = await world.send(world.owner, room, "앞의 글")
    with world.db.engine.connect() as conn:
        pages = conn.exec_driver_sql("PRAGMA page_count").scalar()
    limit = int(pages or 0) + 20
    event.listen(world.db.engine, "connect", lambda conn, _: conn.execute(f"PRAGMA max_page_count = {limit}"))
    world.db.engine.dispose()
    await _limit_pages(world, limit)
    results = await asyncio.gather(*(world.send(world.owner, room, "글" * 5_000) for _ in range(100)), return_exceptions=True)
    refused = [r for r in results if isinstance(r, Unavailable)]
    sent = [r for r in results if not isinstance(r, BaseException)]
    assert refused
    assert len(refused) + len(sent) == 100
    limit = 1_000_000
    world.db.engine.dispose()
    await _limit_pages(world, limit)
    after = await world.send(world.owner, room, "다시 됩니다")
    assert after.seq == kept.seq + len(sent) + 1


async def _limit_pages(world: World, pages: int) -> None:
    """Make SQLite say "disk full" beyond so many pages, on the lane's own connection."""

    def limit(tx, _who):  # type: ignore[no-untyped-def]
        tx.conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    await world.db.write(limit, world.owner)


async def test_a_folder_that_can_not_be_written_is_said_in_words(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.write_text("a file where a folder should be")
    with pytest.raises(Misconfigured, match="data folder"):
        async with running(Settings(data=closed / "inside")):
            pass


async def test_postgres_killed_in_commits_loses_nothing_acknowledged(tmp_path: Path) -> None:
    postgres = Postgres()
    postgres.start()
    try:
        async with running(Settings(data=tmp_path, database=postgres.create(), send_rate=1e6, send_burst=10**6)) as server:
            world = await World(server).found()
            room = await world.room()
            stop, acknowledged = asyncio.Event(), {}

            async def send(number: int) -> None:
                count = 0
                while not stop.is_set():
                    nonce = f"{number}-{count}"
                    try:
                        acknowledged[nonce] = (await world.send(world.owner, room, nonce, nonce=nonce)).seq
                        count += 1
                    except NaraeError:
                        await asyncio.sleep(0.05)  # blind retry with the same nonce

            tasks = [asyncio.create_task(send(n)) for n in range(16)]
            for _ in range(4):
                await asyncio.sleep(0.5)
                await asyncio.to_thread(postgres.kill)
                await asyncio.to_thread(postgres.start)
            await asyncio.sleep(1)
            stop.set()
            await asyncio.gather(*tasks)
            stored = await world.seqs_by_nonce(room)
        assert len(acknowledged) > 100
        assert stored == {nonce: [seq] for nonce, seq in acknowledged.items()}
    finally:
        postgres.stop()


async def test_a_write_while_postgres_is_away_is_refused_in_words(tmp_path: Path) -> None:
    postgres = Postgres()
    postgres.start()
    try:
        async with running(Settings(data=tmp_path, database=postgres.create())) as server:
            world = await World(server).found()
            room = await world.room()
            await asyncio.to_thread(postgres.kill)
            with pytest.raises(Unavailable):
                await world.db.write(rooms.change_room, world.owner, room, name="새 이름")
            with pytest.raises(Unavailable):
                await world.head(world.owner, room)
            await asyncio.to_thread(postgres.start)
            assert (await world.db.write(rooms.change_room, world.owner, room, name="새 이름")).name == "새 이름"
    finally:
        postgres.stop()


def test_a_start_on_a_half_migrated_database_says_what_to_do(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "narae.db") as conn:
        conn.execute("CREATE TABLE people_person (id TEXT)")
    environment = {**os.environ, "NARAE_DATA": str(tmp_path)}
    words = [sys.executable, "-m", "narae.cli", "serve"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "half migrated" in done.stderr
    assert "Restore a back-up" in done.stderr
