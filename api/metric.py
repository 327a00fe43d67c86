"""Numbers for Prometheus: requests and operations, with labels out of closed sets.

Whoever comes may read them, so none counts what is stored: how much is hidden would be a difference of two.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

MEDIA_TYPE = CONTENT_TYPE_LATEST
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The numbers of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "polegraph_http_requests",
            "HTTP requests by route and status.",
            ("route", "status"),
            registry=self._registry,
        )
        self._durations = Histogram(
            "polegraph_operation_seconds",
            "How long GraphQL operations took, by root field.",
            ("question",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._errors = Counter(
            "polegraph_operation_errors",
            "GraphQL operations with errors, by root field and code.",
            ("question", "code"),
            registry=self._registry,
        )

    def requested(self, route: str, status: int) -> None:
        """Count a request."""
        self._requests.labels(route, str(status)).inc()

    def asked(self, question: str, seconds: float, codes: tuple[str, ...]) -> None:
        """Count an operation."""
        self._durations.labels(question).observe(seconds)
        for code in codes:
            self._errors.labels(question, code).inc()

    def text(self) -> bytes:
        """All numbers in Prometheus' text format."""
        return generate_latest(self._registry)
