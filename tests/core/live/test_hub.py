"""The hub: whatever happens, a client that comes back gets exactly what it missed, or is told that it can't."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narae.core.kit import limits
from narae.core.kit.who import Who
from narae.core.live import hub as hub_module
from narae.core.live.hub import Hub
from narae.core.live.session import Session

pytestmark = pytest.mark.anyio
TOPICS = ["person:me", "org:o", "room:a", "room:b"]


class Line:
    """A connection that keeps what is written, one byte a frame."""

    def __init__(self) -> None:
        self.heard = b""
        self.word = 0

    def write(self, data: bytes) -> None:
        self.heard += data


class Town:
    """A hub with one client, whose clock stands until it is moved."""

    def __init__(self) -> None:
        self.cut: list[Session] = []
        self.now = 0.0
        self.hub = Hub(self.cut.append, lambda: self.now)
        self.line = Line()
        self.session = Session("s", Who(person="me"), self.line)  # type: ignore[arg-type]
        self.next = 0
        for topic in TOPICS[:3]:
            self.hub.follow(self.session, topic)
        self.hub.attach(self.session)

    def say(self, topic: str) -> None:
        self.next += 1
        self.hub.publish(topic, bytes((self.next % 256,)))

    def come_back(self, had: int) -> bytes | None:
        """Lose the line, and ask for what came after the first `had` frames."""
        self.hub.park(self.session)
        missed = self.session.missed_since(had)
        return None if missed is None else b"".join(missed)


steps = st.lists(st.sampled_from([*TOPICS, "flush", "follow", "leave", "slow", "quick"]), max_size=60)


@settings(max_examples=300, deadline=None)
@given(steps, st.integers(0, 10))
async def test_who_comes_back_gets_exactly_what_the_line_lost(done: list[str], lost: int) -> None:
    town = Town()
    play = {
        "flush": town.hub.flush,
        "follow": lambda: town.hub.follow(town.session, "room:b"),
        "leave": lambda: town.hub.unfollow(town.session, "room:b"),
        "slow": lambda: town.hub.slow_down(town.session),
        "quick": lambda: town.session.behind or town.session.held or town.hub.attach(town.session),
    }
    for step in done:
        play.get(step, lambda step=step: town.say(step))()
    town.hub.flush()
    heard = town.line.heard
    had = max(0, len(heard) - lost)
    missed = town.come_back(had)
    assert town.session.seq == len(heard)
    assert missed is None or missed == heard[had:]
    assert missed is not None or {"leave", "slow"} & set(done)


async def test_frames_said_while_the_line_is_down_wait_in_their_order() -> None:
    town = Town()
    town.hub.park(town.session)
    for topic in ("room:a", "org:o", "room:a"):
        town.say(topic)
        town.hub.flush()
    assert b"".join(town.session.missed_since(0) or []) == b"\1\2\3"


async def test_more_than_a_ring_of_frames_is_not_promised() -> None:
    town = Town()
    town.hub.park(town.session)
    for _ in range(limits.RING_FRAMES + 1):
        town.say("room:a")
        town.hub.flush()
    assert town.session.missed_since(0) is None
    assert len(town.session.missed_since(1) or []) == limits.RING_FRAMES


async def test_frames_that_nobody_can_ask_for_are_let_go() -> None:
    town = Town()
    town.say("room:a")
    town.hub.flush()
    town.now = hub_module._KEPT_SECONDS + 1
    town.say("room:a")
    town.hub.flush()
    town.hub.forget_old()
    assert town.come_back(0) is None
    assert town.come_back(1) == b"\2"


async def test_a_slow_client_is_told_how_far_rooms_are_and_cut_off_at_the_limit() -> None:
    town = Town()
    town.hub.slow_down(town.session)
    town.hub.note("room:a", 7)
    town.say("room:a")
    for _ in range(limits.HELD_FRAMES + 1):
        town.say("org:o")
    await asyncio.sleep(0)
    assert town.session.behind == {"a": 7}
    assert town.cut == [town.session]
    assert town.line.heard == b""
