"""What can be watched."""

from __future__ import annotations

import strawberry

from api.resolve import alert, live
from api.resolve import job as of_job
from api.schema.alert import Alarm
from api.schema.field import watched
from api.schema.job import Job
from api.schema.live import Metrics


@strawberry.type(description="What can be watched: answered as events of a stream (`Accept: text/event-stream`).")
class Subscription:
    """What can be watched."""

    metrics: Metrics = watched(live.watch, description="A new value at every change, at most one a second.")
    alerts: Alarm = watched(
        alert.alarm,
        description="What the viewer's watches have that is not acknowledged; then what fires, as it comes. After a "
        "stream has ended the next one begins with what is not acknowledged by then, so that nothing is lost.",
    )
    job: Job | None = watched(
        of_job.watch,
        description="A job of one's own whenever it has come further, until it is over. It goes on without a watcher.",
    )
