"""A server that may call programs on this machine, and knows the address that it is reached by."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from narae.core.kit.settings import Settings
from tests.kit.live import listening
from tests.kit.postgres import free_port
from tests.kit.world import World


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of such a server."""
    return Settings(
        data=tmp_path, database=database_url, port=free_port(), send_rate=10_000, send_burst=100_000, outside_allowed="127.0.0.1"
    )


@pytest.fixture
async def site(world: World, settings: Settings) -> AsyncIterator[str]:
    """Where the server listens."""
    async with listening(world.server, port=settings.port):
        yield settings.public_url
