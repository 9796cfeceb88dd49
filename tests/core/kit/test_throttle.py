"""The rate limit per key."""

from __future__ import annotations

from narae.core.kit.throttle import Throttle
from tests.kit.clock import FakeClock


def test_a_burst_goes_through_and_looking_takes_nothing() -> None:
    clock = FakeClock()
    throttle = Throttle(clock, rate=1 / 60, burst=3)
    assert not any(throttle.is_full("a") for _ in range(10))
    assert [throttle.wait("a") == 0.0 for _ in range(4)] == [True, True, True, False]
    assert throttle.is_full("a")
    assert not throttle.is_full("b")
    clock.forward(61_000)
    assert not throttle.is_full("a")
