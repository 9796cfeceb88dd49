"""A rate limit per key."""

from __future__ import annotations

from narae.core.kit.throttle import Throttle
from tests.kit.clock import FakeClock


def test_looking_ahead_takes_nothing_and_agrees_with_taking() -> None:
    clock = FakeClock()
    throttle = Throttle(clock, rate=0.1, burst=2)
    assert [throttle.ahead("a") for _ in range(5)] == [0.0] * 5
    assert [throttle.wait("a"), throttle.wait("a")] == [0.0, 0.0]
    assert 9 < throttle.ahead("a") <= 10
    assert 9 < throttle.wait("a") <= 10
    assert throttle.ahead("b") == 0.0
    clock.forward(10_000)
    assert (throttle.ahead("a"), throttle.wait("a")) == (0.0, 0.0)
