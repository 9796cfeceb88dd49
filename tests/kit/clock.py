"""A clock that tests move."""


class FakeClock:
    """Tells the time that it was set to, in ms."""

    def __init__(self, now: int = 1_600_000_000_000) -> None:
        self._now = now

    def now(self) -> int:
        """Milliseconds since the epoch."""
        return self._now

    def pass_(self, ms: int) -> None:
        """Let time go by."""
        self._now += ms
