"""What a backup keeps beside rows and values: a line here, and two statements, for each further sort of node.

`PARTS` are nodes kept whole with all their properties.
"""

from __future__ import annotations

from dataclasses import dataclass

KEY = "secret.key"
# The entries of the audit log, as an export has them.
AUDIT = "audit"
MARKINGS, SOURCES, VALUES, ROWS = "markings", "sources", "values", "rows"


@dataclass(frozen=True, slots=True)
class Part:
    """Nodes of one sort: the member's name, the statement that reads them, the one that puts them back."""

    name: str
    read: str
    put: str


DECISIONS = Part("decisions", "dump/decisions", "keep/put_decisions")
MODELS = Part("models", "keep/models", "keep/put_models")
# What resolution reads: back before anything is resolved.
RESOLVED_BY = (DECISIONS, MODELS)
# Read under the writer's lock, so few enough to be held at once.
PARTS = (
    *RESOLVED_BY,
    Part("statuses", "keep/statuses", "keep/put_statuses"),
    Part("fulls", "keep/fulls", "keep/put_fulls"),
    Part("runs", "keep/runs", "keep/put_runs"),
    Part("reviews", "keep/reviews", "keep/put_reviews"),
    Part("disputes", "keep/disputes", "keep/put_disputes"),
    Part("tombstones", "keep/tombstones", "keep/put_tombstones"),
    Part("batches", "keep/batches", "keep/put_batches"),
    Part("watches", "keep/watches", "keep/put_watches"),
    Part("workspaces", "keep/workspaces", "keep/put_workspaces"),
    Part("acknowledged", "keep/acknowledged", "keep/put_acknowledged"),
    Part("deliveries", "keep/deliveries", "keep/put_deliveries"),
)
