"""A server that clients of others are pointed at."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.kit.live import listening
from tests.kit.world import World


@pytest.fixture
async def site(world: World) -> AsyncIterator[str]:
    """Where the server listens."""
    async with listening(world.server) as port:
        yield f"http://127.0.0.1:{port}"
