"""What is new on subjects: records, links, words about who is whom, and golden values, in the order in which they came.

The time of a change is when it was loaded or decided here, not when it is said to have happened or become known. What
came in the running second is told in the next, so that nothing can come before a cursor that was given out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from graph.answer import EntityView, LinkView, Page, RecordView
from graph.errors import BadInput, NotFound, TooCostly
from graph.open import Graph
from graph.read.entity import entities_by_id, entity, groups
from graph.read.link import view_of
from graph.read.page import Window
from graph.read.record import DecisionView, decisions_about, records_by_id
from resolution.golden import Golden
from resolution.survivor import field_of, golden_of, golden_text
from security.viewer import Viewer

MOST_SUBJECTS = 100
MOST_LOCALITIES = 5_000
AREAS = ("Area", "Postcode", "Place", "Address")

Position = tuple[int, str, str]
# For each thing that is watched, whose change a change of it is.
Owners = Mapping[str, Sequence[str]]


class ChangeType(StrEnum):
    """What kind of change it is."""

    NEW_RECORD = "NEW_RECORD"
    CHANGED_RECORD = "CHANGED_RECORD"
    NEW_LINK = "NEW_LINK"
    RETRACTED_LINK = "RETRACTED_LINK"
    DECISION = "DECISION"
    RETRACTED_DECISION = "RETRACTED_DECISION"
    GOLDEN_VALUE = "GOLDEN_VALUE"


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change: when it came to be here (epoch), whose it is, and the record, link or decision that it is.

    Of a golden value: its record, its property in GraphQL, and its texts before (None for none) and now.
    """

    at: int
    what: ChangeType
    id: str
    of: frozenset[str]
    subjects: tuple[EntityView, ...] = ()
    record: RecordView | None = None
    link: LinkView | None = None
    decision: DecisionView | None = None
    property: str | None = None
    before: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """Whose changes: subjects by their ids, or the places of an area."""

    ids: tuple[str, ...] | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Changes behind a moment or a position, until the last second that is over."""

    since: int
    until: int
    behind: Position | None

    def __contains__(self, change: ChangeView) -> bool:
        later = self.behind is None or position(change) > self.behind
        return self.since < change.at <= self.until and later


def position(change: ChangeView) -> Position:
    """Where a change stands in the order: by time, then what it is, then by id."""
    return change.at, change.what.value, change.id


def changes_since(
    graph: Graph, viewer: Viewer, watched: Watched, since: int | None, first: int = 50, after: str | None = None
) -> Page[ChangeView]:
    """What came after `since` (epoch), or after a cursor, the oldest first; then by what it is, then by id.

    A cursor stays good: asked again later it gives what came since. Of an area its places are watched: what happened
    and who lives there. Raises BadInput for neither or both of `ids` and `area`, for neither `since` nor `after`, and
    for what is no area; NotFound for what is hidden or absent, TooCostly for too many subjects or places.
    """
    window = Window(graph, viewer, f"changes:{watched!r}", first, after)
    if window.position is not None:
        at, what, id_ = window.position
        span = Span(at - 1, graph.clock() - 1, (at, what, id_))
    elif since is not None:
        span = Span(since, graph.clock() - 1, None)
    else:
        raise BadInput("since: give a time, or in `after` the cursor of an earlier answer")
    shown = changes_within(graph, viewer, owners_of(graph, viewer, watched), span, window.limit)
    return window.page(
        [{"change": each} for each in shown], lambda row: row["change"], lambda row: [*position(row["change"])]
    )


def changes_within(graph: Graph, viewer: Viewer, owners: Owners, span: Span, limit: int) -> list[ChangeView]:
    """The first so many changes of a span, in order."""
    found = [*_links(graph, viewer, owners, span, limit), *_of_records(graph, viewer, owners, span)]
    return _shown(graph, viewer, sorted(found, key=position)[:limit])


def owners_of(graph: Graph, viewer: Viewer, watched: Watched) -> Owners:
    """All that is watched, their groups and the places of an area included; raises as `changes_since`."""
    if (watched.ids is None) == (watched.area is None):
        raise BadInput("ids: give either `ids` or an `area`")
    if watched.area is not None:
        return _localities(graph, viewer, watched.area)
    asked = list(dict.fromkeys(watched.ids or ()))
    if len(asked) > MOST_SUBJECTS:
        raise TooCostly(f"ids: {len(asked)} are more than {MOST_SUBJECTS}; ask in several questions")
    return owners_among(groups(graph, viewer, asked), asked)


def owners_among(groups_of: Mapping[str, Sequence[EntityView]], asked: Sequence[str]) -> Owners:
    """All that is watched where these are, their groups included, of groups by id; raises NotFound for one without."""
    found = {id_: groups_of[id_] for id_ in asked if id_ in groups_of}
    for id_ in asked:
        if id_ not in found:
            raise NotFound(f"ids: nothing by the id {id_!r}")
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for id_, members in found.items():
        own = next(view.id for view in members if id_ in (view.id, view.moved_from))
        for member in members:
            owners[member.id].append(own)
    return owners


def _localities(graph: Graph, viewer: Viewer, id_: str) -> Owners:
    area = entity(graph, viewer, id_)
    if area is None:
        raise NotFound(f"area: nothing by the id {id_!r}")
    if area.kind not in AREAS:
        raise BadInput(f"area: {id_!r} is a {area.kind}; give one of {', '.join(AREAS)}")
    rows = graph.store.read(viewer, "change/localities", area=area.id, most=MOST_LOCALITIES + 1)
    if len(rows) > MOST_LOCALITIES:
        raise TooCostly(f"area: more than {MOST_LOCALITIES:,} places lie in {id_!r}; watch a smaller one")
    return {row["id"]: (row["id"],) for row in rows}


def _links(graph: Graph, viewer: Viewer, owners: Owners, span: Span, limit: int) -> Iterator[ChangeView]:
    at, what, id_ = span.behind or (None, None, None)
    behind = {"after_at": at, "after_what": what, "after_id": id_}
    given = {"ids": sorted(owners), "since": span.since, "until": span.until, "limit": limit}
    for row in graph.store.read(viewer, "change/links", **given, **behind):
        link = view_of(row)
        of = frozenset(own for end in (link.origin.id, link.target.id) for own in owners.get(end, ()))
        yield ChangeView(row["at"], ChangeType(row["what"]), row["id"], of, link=link)


def _of_records(graph: Graph, viewer: Viewer, owners: Owners, span: Span) -> Iterator[ChangeView]:
    """What came of the records of what is watched: themselves, words about them, and golden values that follow."""
    came: dict[str, list[int]] = {}
    of: defaultdict[str, set[str]] = defaultdict(set)
    for row in graph.store.read(viewer, "change/records", ids=sorted(owners), until=span.until):
        came[row["id"]] = row["times"]
        of[row["id"]].update(owners[row["entity"]])
    changes = (*_records(came, of), *_decisions(graph, viewer, of), *_golden(graph, viewer, came, of, span.since))
    yield from (change for change in changes if change in span)


def _records(came: Mapping[str, Sequence[int]], of: Mapping[str, set[str]]) -> Iterator[ChangeView]:
    for id_, (first, *later) in came.items():
        yield ChangeView(first, ChangeType.NEW_RECORD, id_, frozenset(of[id_]))
        for at in later:
            yield ChangeView(at, ChangeType.CHANGED_RECORD, id_, frozenset(of[id_]))


def _decisions(graph: Graph, viewer: Viewer, of: Mapping[str, set[str]]) -> Iterator[ChangeView]:
    for word in decisions_about(graph, viewer, sorted(of)):
        # What a new model leaves as it was is no change.
        if word.basis != "ANALYST":
            continue
        own = frozenset(of.get(word.a, set()) | of.get(word.b, set()))
        yield ChangeView(word.at, ChangeType.DECISION, word.id, own, decision=word)
        if word.retracted_at is not None:
            yield ChangeView(word.retracted_at, ChangeType.RETRACTED_DECISION, word.id, own, decision=word)


def _golden(
    graph: Graph, viewer: Viewer, came: Mapping[str, Sequence[int]], of: Mapping[str, set[str]], since: int
) -> Iterator[ChangeView]:
    """The golden values that are others once a record has come than they were before it."""
    changed = {own for id_, times in came.items() if times[0] > since for own in of[id_]}
    wanted = {own: [id_ for id_, owning in of.items() if own in owning] for own in sorted(changed)}
    ids = sorted({id_ for some in wanted.values() for id_ in some})
    records = records_by_id(graph, viewer, ids) if ids else {}
    for own, some in wanted.items():
        held = [records[id_] for id_ in some if id_ in records]
        times = sorted({came[record.id][0] for record in held})
        for before, at in pairwise(times):
            if at > since:
                was = golden_of(graph, held[0].kind, [record for record in held if came[record.id][0] <= before])
                now = golden_of(graph, held[0].kind, [record for record in held if came[record.id][0] <= at])
                yield from _differences(own, held[0].kind, at, (was, now), records)


def _differences(
    own: str, kind: str, at: int, golden: tuple[Golden, Golden], records: Mapping[str, RecordView]
) -> Iterator[ChangeView]:
    was, now = golden
    for name, chosen in now.provenance.items():
        before = was.values.get(name)
        if before != now.values[name]:
            field = field_of(kind, name)
            yield ChangeView(
                at,
                ChangeType.GOLDEN_VALUE,
                f"{own}:{field}",
                frozenset((own,)),
                record=records[chosen.record],
                property=field,
                before=None if before is None else golden_text(before),
                now=golden_text(now.values[name]),
            )


def _shown(graph: Graph, viewer: Viewer, changes: Sequence[ChangeView]) -> list[ChangeView]:
    """The same with subjects and records as they are shown."""
    subjects = entities_by_id(graph, viewer, sorted({id_ for change in changes for id_ in change.of}))
    kinds = (ChangeType.NEW_RECORD, ChangeType.CHANGED_RECORD)
    records = records_by_id(graph, viewer, [change.id for change in changes if change.what in kinds])
    return [
        replace(
            change,
            subjects=tuple(subjects[id_] for id_ in sorted(change.of) if id_ in subjects),
            record=records.get(change.id, change.record),
        )
        for change in changes
    ]
