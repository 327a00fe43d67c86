"""How to load."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from loaders.run import Going
from security.marking import FLOOR

_LEAST_ROWS_FOR_A_SHARE = 1_000


@dataclass(frozen=True, slots=True)
class Bad:
    """How many rejected rows are too many: a number, or a share of the rows read; neither where any may be."""

    rows: int | None = None
    share: float | None = None

    @property
    def given(self) -> bool:
        """Whether there is a limit."""
        return self.rows is not None or self.share is not None

    def passed(self, rejected: int, read: int, *, finished: bool) -> bool:
        """True where that many rejects are too many; a share is only judged over a thousand rows, or all of them."""
        if self.rows is not None and rejected > self.rows:
            return True
        enough = finished or read >= _LEAST_ROWS_FOR_A_SHARE
        return self.share is not None and enough and rejected > self.share * read


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How to load. `as_of`: the delivery's own date, `today`: the load's, for two-digit years; both epoch seconds.

    `full`: what the delivery does not hold is gone. `marking`: what all of it is marked at least, canonical.
    `settle_s`: how long rows are written before entities and links are settled in between. `patience_s`: how long a
    database that went away is waited for.
    """

    data: Path
    today: int
    as_of: int | None = None
    dry_run: bool = False
    full: bool = False
    marking: str = FLOOR.text
    going: Going = Going.ANEW
    max_bad: Bad = field(default_factory=Bad)
    rejects: Path | None = None
    resolve: bool = True
    batch_rows: int = 2_000
    settle_s: float = 30.0
    patience_s: float = 180.0
