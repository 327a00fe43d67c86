"""How long it took: what so many in a hundred were not above."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def percentile(times: Sequence[float], percent: int) -> float:
    """The percentile of two times or more, between them where it falls between two."""
    return statistics.quantiles(times, n=100, method="inclusive")[percent - 1]
