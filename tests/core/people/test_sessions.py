"""How long a session lasts."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from narae.core.kit.clock import DAY, HOUR, MINUTE
from narae.core.kit.limits import COOKIE_DAYS, SESSION_DAYS
from narae.core.kit.who import SYSTEM
from narae.core.people.actions import create_link
from narae.core.people.tables import session
from tests.kit.clock import FakeClock
from tests.kit.world import World

pytestmark = pytest.mark.anyio


async def status(world: World) -> int:
    """What the owner's browser is answered."""
    return (await world.client(world.owner).get("/api/me")).status_code


async def test_a_session_that_is_not_used_ends(world: World, clock: FakeClock) -> None:
    clock.forward(SESSION_DAYS * DAY - HOUR)
    assert await status(world) == 200
    clock.forward(SESSION_DAYS * DAY + MINUTE)
    assert [await status(world) for _ in range(2)] == [401, 401]


async def test_a_session_that_is_used_goes_on(world: World, clock: FakeClock) -> None:
    answers = []
    for _ in range(5):
        clock.forward((SESSION_DAYS - 1) * DAY)
        answers.append(await status(world))
    assert answers == [200] * 5


async def test_many_requests_move_the_end_once(world: World, clock: FakeClock) -> None:
    clock.forward(HOUR)
    ends = set()
    for _ in range(20):
        await status(world)
        ends.add(await world.db.read(lambda conn: conn.execute(select(session.c.expires_at)).scalar()))
    assert len(ends) == 1


async def test_the_cookie_outlives_the_session(world: World) -> None:
    secret = await world.db.write(create_link, SYSTEM, purpose="sign_in", person_id=world.owner.person)
    answer = await world.client().post("/api/sign-in/link", json={"token": secret})
    assert f"Max-Age={COOKIE_DAYS * DAY // 1000}" in answer.headers["set-cookie"]
