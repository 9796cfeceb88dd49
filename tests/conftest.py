"""Fixtures of all server tests: each runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from narae.core.db.engine import open_engine
from narae.core.db.migrate import migrate
from narae.core.kit.settings import Settings
from narae.server import Server, everything, migration_packages, running
from tests.kit.clock import FakeClock
from tests.kit.postgres import Postgres
from tests.kit.world import World


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """The event loop that the server runs on."""
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run."""
    server = Postgres()
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables, to copy."""
    path = tmp_path_factory.mktemp("template") / "narae.db"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """The same on PostgreSQL: the name of a template."""
    url = postgres.create()
    _make_tables(url)
    return url.rpartition("/")[2]


def _make_tables(url: str) -> None:
    engine = open_engine(url)
    migrate(engine, migration_packages(everything()))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh database with all tables."""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        return server.create(request.getfixturevalue("migrated_postgres"))
    shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "narae.db")
    return f"sqlite:///{tmp_path / 'narae.db'}"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings with which nobody sends too fast."""
    return Settings(data=tmp_path, database=database_url, send_rate=10_000, send_burst=100_000)


@pytest.fixture
def clock() -> FakeClock:
    """The server's clock."""
    return FakeClock()


@pytest.fixture
async def server(settings: Settings, clock: FakeClock) -> AsyncIterator[Server]:
    """A server that does not listen."""
    async with running(settings, clock=clock) as made:
        yield made


@pytest.fixture
async def world(server: Server) -> AsyncIterator[World]:
    """An organisation with its owner."""
    made = await World(server).found()
    yield made
    await made.close()
