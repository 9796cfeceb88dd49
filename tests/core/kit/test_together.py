"""Who asks the same together is answered together; who asks later, anew."""

from __future__ import annotations

import asyncio

import pytest

from narae.core.kit.together import Begun, Together

pytestmark = pytest.mark.anyio


class Desk:
    """Answers with how often it was asked, once it is let go on."""

    def __init__(self) -> None:
        self.asked = 0
        self.begin = asyncio.Event()
        self.answer = asyncio.Event()

    async def read(self, begun: Begun) -> int:
        self.asked += 1
        mine = self.asked
        await self.begin.wait()
        begun()
        await self.answer.wait()
        return mine


async def test_those_who_wait_together_share_one_answer() -> None:
    together, desk = Together(), Desk()
    waiting = [asyncio.create_task(together.ask("a", desk.read)) for _ in range(3)]
    await asyncio.sleep(0)
    desk.begin.set()
    desk.answer.set()
    assert await asyncio.gather(*waiting) == [1, 1, 1]


async def test_who_comes_after_the_reading_began_gets_one_of_their_own() -> None:
    together, desk = Together(), Desk()
    first = asyncio.create_task(together.ask("a", desk.read))
    desk.begin.set()
    await asyncio.sleep(0.01)
    second = asyncio.create_task(together.ask("a", desk.read))
    await asyncio.sleep(0)
    desk.answer.set()
    assert (await first, await second) == (1, 2)


async def test_a_failure_is_told_to_those_who_waited_and_not_kept() -> None:
    together = Together()

    async def fail(_: Begun) -> int:
        await asyncio.sleep(0)
        raise ValueError("no")

    async def well(begun: Begun) -> int:
        begun()
        return 1

    told = await asyncio.gather(together.ask("a", fail), together.ask("a", fail), return_exceptions=True)
    assert [type(answer) for answer in told] == [ValueError, ValueError]
    assert await together.ask("a", well) == 1


async def test_one_who_gives_up_does_not_take_the_answer_from_the_others() -> None:
    together, desk = Together(), Desk()
    one, two = (asyncio.create_task(together.ask("a", desk.read)) for _ in range(2))
    await asyncio.sleep(0)
    one.cancel()
    desk.begin.set()
    desk.answer.set()
    assert await two == 1
