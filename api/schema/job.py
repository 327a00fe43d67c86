"""The type of jobs: long questions about networks that are answered in the background."""

from __future__ import annotations

from datetime import datetime

import strawberry

from api.resolve import job as of_job
from api.schema.analysis import Community, EmergingNetwork, KeyPlayer
from api.schema.field import served, shown
from graph.job import JobState

strawberry.enum(
    JobState,
    description="How a job stands. WAITING for its turn, RUNNING, DONE; FAILED with an error; CANCELLED by its owner; "
    "LOST: the process that worked at it has ended.",
)


@strawberry.type(
    description="A long question that is answered in the background, its owner's alone, and kept for an hour after it "
    "is over. It is answered as its owner might see the graph when it began; while they do not hold all that they held "
    "then, it is not there, and whoever was hidden or erased since is left out."
)
class Job:
    """A long question that is answered in the background."""

    id: strawberry.ID
    question: str = shown("The question that it answers: keyPlayers, communities or emergingNetworks.")
    state: JobState
    step: str = shown("What is being done, in words.")
    done: float = shown("The share of the work that is done, 0..1.")
    begun: datetime
    ended: datetime | None
    kept: datetime = shown("Until when it is there at most.")
    error: str | None = shown("Why there is no answer.")
    key_players: list[KeyPlayer] | None = served(
        of_job.key_players, description="Its answer, once it is DONE, where keyPlayers was asked."
    )
    communities: list[Community] | None = served(
        of_job.communities, description="Its answer, once it is DONE, where communities was asked."
    )
    emerging_networks: list[EmergingNetwork] | None = served(
        of_job.emerging_networks, description="Its answer, once it is DONE, where emergingNetworks was asked."
    )
