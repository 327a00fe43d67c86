"""What a load did, counted as the contract's `load --json` says it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from loaders.batch import Written
from loaders.distinct import Distinct
from loaders.encode import EncodedRow
from loaders.known import Seen
from loaders.said import VALUE_KINDS
from resolution.run import KindReport


@dataclass(slots=True)
class FileReport:
    """The counts of one delivered file; things are counted once however many rows say them.

    `stale`: rows of it that another content of the same date or a later one stands instead of; `retracted`: rows that
    are gone because a full delivery did not hold them, told with its last file.
    `told`: rejected rows by the number of their marking, with a zero for every other marking that was met.
    """

    source: str
    path: str
    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    repeated: int = 0
    rejected: int = 0
    stale: int = 0
    retracted: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)
    made_links: Counter[str] = field(default_factory=Counter)
    dangling: Counter[str] = field(default_factory=Counter)
    rows: Distinct = field(default_factory=Distinct)
    told: Counter[int] = field(default_factory=Counter)
    records: defaultdict[str, Distinct] = field(default_factory=partial(defaultdict, Distinct))
    values: defaultdict[str, Distinct] = field(default_factory=partial(defaultdict, Distinct))
    made: defaultdict[str, Distinct] = field(default_factory=partial(defaultdict, Distinct))

    def take(self, rows: Iterable[EncodedRow], written: Written, seen: Seen | None = None) -> None:
        """Count what writing these rows did, and what those of them say that no newer row has replaced.

        `seen`: rows beside them that were not read because they are known, and live.
        """
        if seen is not None:
            self._take_seen(seen)
        self.loaded += written.loaded
        self.unchanged += written.unchanged
        for row in rows:
            if row.id in written.stale:
                self.stale += 1
                continue
            self.rows.add(row.id)
            for claim in row.claims:
                if claim.kind not in VALUE_KINDS:
                    (self.made if claim.made else self.records)[claim.kind].add(claim.node)
            for value in row.values:
                (self.made if value.made else self.values)[value.kind].add(value.id)
            for type_, made in row.stated:
                (self.made_links if made else self.stated)[type_] += 1

    def _take_seen(self, seen: Seen) -> None:
        known, places = seen.known, seen.places
        self.rows.add_all(known.id_numbers(places))
        for shape, things in known.shapes(places):
            for (kind, made), column in zip(shape.things, things.T, strict=True):
                (self.made if made else self.values if kind in VALUE_KINDS else self.records)[kind].add_all(column)
            for type_, made in shape.links:
                (self.made_links if made else self.stated)[type_] += len(things)

    def add(self, other: FileReport) -> None:
        """Take over what another counted of rows that were written."""
        self.loaded += other.loaded
        self.unchanged += other.unchanged
        self.stale += other.stale
        self.rows.update(other.rows)
        self.stated.update(other.stated)
        self.made_links.update(other.made_links)
        for name in ("records", "values", "made"):
            own = getattr(self, name)
            for kind, ids in getattr(other, name).items():
                own[kind].update(ids)

    def as_json(self) -> dict[str, Any]:
        """The file's part of `load --json`."""
        links = {
            name: {"stated": stated, "loaded": stated - self.dangling[name], "dangling": self.dangling[name]}
            for name, stated in sorted(self.stated.items())
        }
        return {
            "source": self.source,
            "path": self.path,
            "rows": {
                "read": self.read,
                "loaded": self.loaded,
                "unchanged": self.unchanged,
                "repeated": self.repeated,
                "rejected": self.rejected,
            },
            "records": _sizes(self.records),
            "values": _sizes(self.values),
            "links": links,
            "made": {"records": _sizes(self.made), "links": dict(sorted(self.made_links.items()))},
            "findings": dict(sorted(self.findings.items())),
            "rejects": dict(sorted(self.codes.items())),
            "retracted": self.retracted,
        }


def _sizes(things: dict[str, Distinct]) -> dict[str, int]:
    return {kind: len(ids) for kind, ids in sorted(things.items())}


@dataclass(slots=True)
class LoadReport:
    """The counts of a whole load, the warnings, and the seconds it took by stage."""

    files: list[FileReport] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    resolved: list[KindReport] = field(default_factory=list)
    run: str | None = None

    @property
    def told(self) -> list[str]:
        """The warnings, and where to look for what too many people share."""
        crowded = max((kind.crowded for kind in self.resolved), default=0)
        shared = f"{crowded:,} keys of people have more records than may meet by them: polegraph resolve report"
        return [*self.warnings, *([shared] if crowded else [])]

    @property
    def rejected(self) -> int:
        """Rows rejected in all files."""
        return sum(file.rejected for file in self.files)

    def as_json(self) -> dict[str, Any]:
        """The report as `load --json` prints it."""
        files = [file.as_json() for file in self.files]
        return {"files": files, "warnings": self.told, "seconds": self.seconds, "run": self.run}
