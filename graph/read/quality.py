"""How good the data of sources is, by the standard's own dimensions, counting only what the viewer may see.

The database counts, page after page by id, records that are alike in everything they are judged by; the rules are
applied to one of each sort. Of what fails the first ids are told, in the order of ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from graph.errors import BadInput
from graph.model import RESOLVED
from graph.open import Graph
from security.viewer import Viewer
from standards.completeness import ASKED, SERIOUS, completeness

MOST_FAILING = 1_000
# 20,000 records take 0.2 to 0.5 s, well within the deadline of one read.
_PAGE = 20_000
_DAY = 86_400
# The standard asks for timeliness and names no number: four weeks, so that a monthly delivery is in time.
LATE_DAYS = 28


class Dimension(StrEnum):
    """What of the data is judged."""

    COMPLETENESS = "COMPLETENESS"
    CONFORMITY = "CONFORMITY"
    TIMELINESS = "TIMELINESS"
    DUPLICATION = "DUPLICATION"


class Rule(StrEnum):
    """Rules that are no numbered standard."""

    EVENT_TO_DELIVERY = "EVENT_TO_DELIVERY"
    DELIVERY_TO_LOAD = "DELIVERY_TO_LOAD"
    AFTER_DELIVERY = "AFTER_DELIVERY"
    SAME_ENTITY = "SAME_ENTITY"


@dataclass(frozen=True, slots=True)
class QualityCheckView:
    """One rule over the records of one kind: how many it was asked of, how many fail, and the ids of the first of them.

    `rule`: P_nnn of a role, DS_nnn of an attribute, or a `Rule`; `missing`: the property that is missing, None for the
    rule as a whole; `days`: the mean, of timeliness alone.
    """

    dimension: Dimension
    rule: str
    kind: str
    missing: str | None
    of: int
    failing: int
    days: float | None
    failing_ids: tuple[str, ...]

    @property
    def share(self) -> float:
        """The failing part, 0..1."""
        return self.failing / self.of if self.of else 0.0

    @property
    def truncated(self) -> bool:
        """Whether more fail than ids are told."""
        return len(self.failing_ids) < self.failing


@dataclass(frozen=True, slots=True)
class QualityView:
    """All checks of a source, by dimension, kind, rule and property, and the epoch of its newest statement."""

    newest_as_of: int | None = None
    checks: tuple[QualityCheckView, ...] = ()


def quality(graph: Graph, viewer: Viewer, sources: Sequence[int], failing: int = 20) -> dict[int, QualityView]:
    """The quality of these sources by their numbers, with the ids of up to `failing` records for each check."""
    if not 0 <= failing <= MOST_FAILING:
        raise BadInput(f"failing: {failing} is not between 0 and {MOST_FAILING:,}")
    rows = graph.store.read(viewer, "quality/loaded")
    asked = {
        "sources": list(sources),
        "limit": _PAGE,
        "most": failing,
        "late": LATE_DAYS * _DAY,
        "loaded": {f"{row['source']} {row['mk']}": row["at"] for row in rows},
    }
    found = {source: _Source() for source in sources}
    given = {"names": list(ASKED), "serious": list(SERIOUS), "resolved": list(RESOLVED)}
    for row in _pages(graph, viewer, "quality/records", {**asked, **given}):
        found[row["source"]].take_record(row)
    for row in _pages(graph, viewer, "quality/things", {**asked, "day": _DAY}):
        found[row["source"]].take_thing(row)
    return {source: one.view(failing) for source, one in found.items()}


def _pages(graph: Graph, viewer: Viewer, name: str, params: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The groups of every page, one page a read: each has the deadline of a read for itself."""
    after = ""
    while rows := graph.store.read(viewer, name, **params, after=after):
        yield from rows
        if sum(row["count"] for row in rows) < params["limit"]:
            return
        after = max(row["last"] for row in rows)


@dataclass(slots=True)
class _Tally:
    of: int = 0
    failing: int = 0
    seconds: int | None = None
    ids: list[str] = field(default_factory=list)

    def fail(self, row: Mapping[str, Any]) -> None:
        self.failing += row["count"]
        self.ids += row["ids"]


_Place = tuple[Dimension, str, str, str | None]


class _Source:
    """The tallies of one source."""

    def __init__(self) -> None:
        self._tallies: dict[_Place, _Tally] = {}
        self._kinds: dict[str, int] = {}
        self._newest: int | None = None

    def take_record(self, row: Mapping[str, Any]) -> None:
        """Count a group of records that are alike."""
        self._take(row)
        kind = row["kind"]
        if kind == "Person":
            self._complete(row)
        if kind in RESOLVED:
            self._judge(row, Dimension.DUPLICATION, Rule.SAME_ENTITY, fails=row["twice"])

    def take_thing(self, row: Mapping[str, Any]) -> None:
        """Count a group of keyed things that are alike."""
        self._take(row)
        if row["told"]:
            told = {**row, "count": row["told"]}
            self._judge(told, Dimension.TIMELINESS, Rule.EVENT_TO_DELIVERY, fails=row["told_late"], spent=row["delay"])
            self._judge(told, Dimension.TIMELINESS, Rule.AFTER_DELIVERY, fails=row["ahead"])

    def _take(self, row: Mapping[str, Any]) -> None:
        kind = row["kind"]
        self._kinds[kind] = self._kinds.get(kind, 0) + row["count"]
        for serial in row["failed"]:
            self._tally(Dimension.CONFORMITY, serial, kind, None).fail(row)
        if row["dated"]:
            dated = {**row, "count": row["dated"]}
            self._judge(dated, Dimension.TIMELINESS, Rule.DELIVERY_TO_LOAD, fails=row["late"], spent=row["age"])
        if row["as_of"] is not None:
            self._newest = max(row["as_of"], row["as_of"] if self._newest is None else self._newest)

    def _complete(self, row: Mapping[str, Any]) -> None:
        held = dict.fromkeys(row["held"], True)
        rule, missing = completeness(row["role"], held, ("address",) if row["contact"] else ())
        self._judge(row, Dimension.COMPLETENESS, rule, fails=bool(missing))
        for name in missing:
            self._tally(Dimension.COMPLETENESS, rule, row["kind"], name).fail(row)

    def _judge(
        self, row: Mapping[str, Any], dimension: Dimension, rule: str, *, fails: bool, spent: int | None = None
    ) -> None:
        tally = self._tally(dimension, rule, row["kind"], None)
        tally.of += row["count"]
        if spent is not None:
            tally.seconds = (tally.seconds or 0) + spent
        if fails:
            tally.fail(row)

    def _tally(self, dimension: Dimension, rule: str, kind: str, missing: str | None) -> _Tally:
        return self._tallies.setdefault((dimension, str(rule), kind, missing), _Tally())

    def view(self, failing: int) -> QualityView:
        """What the tallies come to."""
        return QualityView(self._newest, tuple(self._views(sorted(self._tallies, key=_order), failing)))

    def _views(self, places: Iterable[_Place], failing: int) -> Iterator[QualityCheckView]:
        for place in places:
            dimension, rule, kind, missing = place
            tally = self._tallies[place]
            of = tally.of
            if dimension is Dimension.CONFORMITY:
                of = self._kinds[kind]
            elif missing is not None:
                of = self._tallies[dimension, rule, kind, None].of
            days = None if tally.seconds is None else round(tally.seconds / tally.of / _DAY, 2)
            ids = tuple(sorted(tally.ids)[:failing])
            yield QualityCheckView(dimension, rule, kind, missing, of, tally.failing, days, ids)


def _order(place: _Place) -> tuple[int, str, str, str]:
    dimension, rule, kind, missing = place
    return list(Dimension).index(dimension), kind, rule, missing or ""
