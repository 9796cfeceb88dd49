"""Back-ups and restores that are killed in the middle leave nothing that could be taken for a whole one."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, insert, select

from narae.core.db.engine import open_engine
from narae.core.db.migrate import is_empty
from narae.core.kit.settings import Settings
from narae.core.rooms.tables import message
from narae.server import running
from tests.kit.postgres import Postgres
from tests.kit.world import World

pytestmark = pytest.mark.anyio
MESSAGES = 60_000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A back-up that takes a while to restore."""
    folder = tmp_path_factory.mktemp("source")
    asyncio.run(_fill(Settings(data=folder)))
    assert narae("backup", str(folder / "a.narae"), data=folder).wait(60) == 0
    return folder / "a.narae"


async def _fill(settings: Settings) -> None:
    async with running(settings) as server:
        world = await World(server).found()
        sent = await world.send(world.owner, await world.room(), "글" * 200)
        row = (await world.db.read(lambda conn: conn.execute(select(message).where(message.c.seq == sent.seq)).all()))[0]._asdict()
        rows = [{**row, "seq": n, "rev": n, "nonce": f"n{n}"} for n in range(sent.seq + 1, sent.seq + MESSAGES)]
        await world.db.write(lambda tx, _who: tx.run(insert(message), rows), world.owner)


def narae(*words: str, data: Path, database: str = "") -> subprocess.Popen[str]:
    """`narae …` in a process of its own."""
    environment = {**os.environ, "NARAE_DATA": str(data), "NARAE_DATABASE": database}
    return subprocess.Popen([sys.executable, "-m", "narae.cli", *words], env=environment, stderr=subprocess.PIPE, text=True)


def kill_when(begun: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Kill -9 as soon as it is in the middle."""
    deadline = time.monotonic() + 60
    while not begun():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.kill()
    process.communicate()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """An empty database."""
    server: Postgres | None = request.getfixturevalue("postgres") if request.param == "postgres" else None
    return server.create() if server else ""


def test_a_restore_killed_by_kill_9_leaves_the_database_empty(archive: Path, tmp_path: Path, database: str) -> None:
    url = Settings(data=tmp_path, database=database).database_url
    kill_when(lambda: _is_writing(tmp_path, database), narae("restore", str(archive), data=tmp_path, database=database))
    engine = open_engine(url)
    assert is_empty(engine)
    engine.dispose()
    again = narae("restore", str(archive), data=tmp_path, database=database)
    assert again.wait(60) == 0, again.communicate()
    with engine.connect() as conn:
        assert conn.execute(select(func.count()).select_from(message)).scalar() >= MESSAGES
    engine.dispose()
    assert not list(tmp_path.glob("*.restoring*"))


def _is_writing(data: Path, database: str) -> bool:
    """Whether a restore has written some rows that are not committed."""
    if not database:
        beside = data / "narae.db.restoring-wal"
        return beside.exists() and beside.stat().st_size > 5_000_000
    with psycopg.connect(database) as conn:
        asked = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY rooms_message%'"
        return conn.execute(asked).fetchone() is not None


def test_a_back_up_killed_by_kill_9_has_no_name(archive: Path, tmp_path: Path) -> None:
    part = tmp_path / "b.narae.part"
    kill_when(lambda: part.exists(), narae("backup", str(tmp_path / "b.narae"), data=archive.parent))
    assert not (tmp_path / "b.narae").exists()
    again = narae("backup", str(tmp_path / "b.narae"), data=archive.parent)
    assert again.wait(60) == 0
    assert not part.exists()
