"""Counts for /metrics, in the text format that Prometheus reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable


class Metrics:
    """Counters of requests, and gauges that are asked when somebody looks."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._seconds = 0.0
        self._gauges: dict[str, tuple[str, Callable[[], float]]] = {}

    def request(self, method: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        self._requests[method, status] += 1
        self._seconds += seconds

    def gauge(self, name: str, about: str, value: Callable[[], float]) -> None:
        """Show `value()` as narae_<name>."""
        self._gauges[name] = (about, value)

    def text(self) -> str:
        """Everything, one line a figure."""
        lines = ["# HELP narae_requests_total HTTP requests answered.", "# TYPE narae_requests_total counter"]
        lines += [f'narae_requests_total{{method="{m}",status="{s}"}} {n}' for (m, s), n in sorted(self._requests.items())]
        lines += ["# TYPE narae_request_seconds_total counter", f"narae_request_seconds_total {self._seconds:.6f}"]
        for name, (about, value) in sorted(self._gauges.items()):
            lines += [f"# HELP narae_{name} {about}", f"# TYPE narae_{name} gauge", f"narae_{name} {value():g}"]
        return "\n".join(lines) + "\n"
