"""What can be watched."""

from __future__ import annotations

import strawberry

from api.resolve import live
from api.schema.field import watched
from api.schema.live import Metrics


@strawberry.type(description="What can be watched: answered as events of a stream (`Accept: text/event-stream`).")
class Subscription:
    """What can be watched."""

    metrics: Metrics = watched(live.watch, description="A new value at every change, at most one a second.")
