"""What a backup keeps beside rows and values: a line here, and two statements, for each further sort of node.

`PARTS` are nodes kept whole with all their properties; `FILES` are files of the installation kept as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from graph.settings import Settings

KEY = "secret.key"
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
    Part("batches", "keep/batches", "keep/put_batches"),
)


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the installation, kept where there is one: the member's name, and where the settings have it."""

    name: str
    place: Callable[[Settings], Path | None]


FILES = (KeptFile("audit.log", lambda settings: settings.audit_path),)
