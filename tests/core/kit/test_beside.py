"""Work beside requests."""

from __future__ import annotations

import asyncio

import pytest

from narae.core.kit.beside import beside

pytestmark = pytest.mark.anyio


async def test_work_ends_with_what_it_stands_beside() -> None:
    ended = []

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    async with beside(work()):
        await asyncio.sleep(0)
    assert ended == [True]


async def test_work_that_fails_is_told_at_once_and_ends_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise RuntimeError("the index is broken")

    async with beside(work()):
        await asyncio.sleep(0.01)
        assert "work beside requests has stopped" in caplog.text
