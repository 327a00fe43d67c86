"""Involvement in events, and what several subjects have in common; questions start from the subjects' groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Generic, TypeVar

from graph.answer import EntityView, LinkView, Page, Truncation
from graph.errors import BadInput
from graph.model import EVENTS, KINDS
from graph.open import Graph
from graph.read.denied import NOTHING_FOUND
from graph.read.entity import groups
from graph.read.link import UNDATED, view_of
from graph.read.page import COUNTED, Window, check_first, left_out
from graph.read.projection import entity_view
from graph.read.walk import GENERIC_HOLDERS, MOST_STARTS
from security.viewer import Viewer

T = TypeVar("T")

# Roles of who is said to have done it; and with those of who only had a part in it.
ACCUSED_ROLES = ("SUSPECT", "OFFENDER", "ARRESTED")
OFFENDING_ROLES = (*ACCUSED_ROLES, "DETAINED", "INVOLVED_PARTY")
HELD_KINDS = ("Phone", "Email", "Account", "Document", "Address", "Vehicle", "Place")
# The ways to hold a thing: one who keeps a vehicle shares it with one who drives it.
HOLDING = ("USES", "HOLDS", "LIVES_AT", "KEEPS", "DRIVES")
MOST_THINGS = 200
OLDEST_FIRST, NEWEST_FIRST = 1, -1
_DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """A plain list in order, and what was left out of it."""

    items: tuple[T, ...]
    truncated: Truncation | None = None


@dataclass(frozen=True, slots=True)
class CoOffenderView:
    """Who acted with the subject: distinct shared events, newest first, and their first and last dates (epoch)."""

    entity: EntityView
    shared_events: int
    first: int | None
    last: int | None
    events: tuple[EntityView, ...]


@dataclass(frozen=True, slots=True)
class SharedLinkView:
    """A thing that several hold, their links to it by id, and the longest time in days that two held it at once.

    `overlap_days` compares links of different holders that say since when; one without an end goes on until now. None
    where no two of them do.
    """

    through: EntityView
    holders: tuple[LinkView, ...]
    overlap_days: int | None


@dataclass(frozen=True, slots=True)
class Involvement:
    """Which involvements in events: kinds and roles of the model, dates in epoch seconds (undated ones always pass)."""

    kinds: tuple[str, ...] | None = None
    roles: tuple[str, ...] | None = None
    since: int | None = None
    until: int | None = None
    known_at: int | None = None

    def params(self) -> dict[str, Any]:
        """What the statements take; raises BadInput for a kind that is none of events."""
        for kind in self.kinds or ():
            if kind not in EVENTS:
                raise BadInput(f"kinds: {kind!r} is no kind of event; use some of {', '.join(EVENTS)}")
        return {
            "kinds": None if self.kinds is None else list(self.kinds),
            "roles": None if self.roles is None else list(self.roles),
            "since": self.since,
            "until": self.until,
            "known_at": self.known_at,
        }


ALL_INVOLVEMENTS = Involvement()


def members(graph: Graph, viewer: Viewer, ids: Iterable[str]) -> list[str]:
    """The ids of everything in the groups of these, sorted; nothing for what is hidden or absent."""
    return sorted({view.id for group in groups(graph, viewer, check_ids(ids)).values() for view in group})


def check_ids(ids: Iterable[str]) -> list[str]:
    """These ids, each once, in their order; raises BadInput for more than 500."""
    asked = list(dict.fromkeys(ids))
    if len(asked) > MOST_STARTS:
        raise BadInput(f"ids: {len(asked)} are more than {MOST_STARTS}; ask in several questions")
    return asked


def involvements(
    graph: Graph,
    viewer: Viewer,
    ids: Sequence[str],
    which: Involvement,
    sign: int,
    first: int,
    after: str | None = None,
) -> Page[LinkView]:
    """A page of the involvements of these ids' groups: oldest or newest first, undated last, then by id."""
    window = Window(graph, viewer, f"involvements:{list(ids)!r}:{which!r}:{sign}", first, after)
    position, after_id = window.position or (None, None)
    rows = graph.store.read(
        viewer,
        "event/involvements",
        ids=members(graph, viewer, ids),
        sign=sign,
        last=-UNDATED,
        after=position,
        after_id=after_id,
        limit=window.limit,
        **which.params(),
    )
    return window.page(rows, view_of, lambda row: [row["position"], row["id"]])


def count_involvements(graph: Graph, viewer: Viewer, ids: Sequence[str], which: Involvement) -> tuple[int, bool]:
    """How many involvements these groups have, and whether there are more than the 10,000 that are counted."""
    chosen = members(graph, viewer, ids)
    rows = graph.store.read(viewer, "event/count", ids=chosen, limit=COUNTED + 1, **which.params())
    found: int = rows[0]["count"]
    return min(found, COUNTED), found > COUNTED


def timeline(
    graph: Graph,
    viewer: Viewer,
    ids: Sequence[str],
    which: Involvement = ALL_INVOLVEMENTS,
    first: int = 50,
    after: str | None = None,
) -> Page[LinkView]:
    """INVOLVED_IN of the groups of these ids: oldest first by link date, undated last, then by link id."""
    return involvements(graph, viewer, ids, which, OLDEST_FIRST, first, after)


def count_timeline(
    graph: Graph, viewer: Viewer, ids: Sequence[str], which: Involvement = ALL_INVOLVEMENTS
) -> tuple[int, bool]:
    """How many links `timeline` has in all, and whether there are more than the 10,000 that are counted."""
    return count_involvements(graph, viewer, ids, which)


def recent_events(graph: Graph, viewer: Viewer, ids: Sequence[str], first: int) -> tuple[LinkView, ...]:
    """The newest involvements of the groups of these ids, undated last, then by link id."""
    return involvements(graph, viewer, ids, ALL_INVOLVEMENTS, NEWEST_FIRST, first).items


def co_offenders(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002 - the contract's name
    since: int | None = None,
    roles: Sequence[str] | None = None,
    first: int = 20,
) -> Listed[CoOffenderView]:
    """The people and organisations outside the subject's group who had one of the roles in an event where it had one.

    Roles count on both sides; by default `OFFENDING_ROLES`. A search that found nothing is no shared event. Most
    distinct shared events first, then the latest, then by id. `since` (epoch) bounds the date of the subject's own
    link; undated ones pass.
    """
    rows = graph.store.read(
        viewer,
        "event/co_offenders",
        ids=members(graph, viewer, [id]),
        roles=list(OFFENDING_ROLES if roles is None else roles),
        nothing=NOTHING_FOUND,
        since=since,
        undated=UNDATED,
        limit=check_first(first),
    )
    return Listed(tuple(_co_offender(row) for row in rows), left_out(rows, f"first {first} are shown"))


def _co_offender(row: Mapping[str, Any]) -> CoOffenderView:
    events = tuple(entity_view(node) for node in row["events"])
    return CoOffenderView(entity_view(row["node"]), row["shared"], row["first"], row["last"], events)


def shared_links(
    graph: Graph, viewer: Viewer, ids: Sequence[str], kinds: Sequence[str] | None = None
) -> Listed[SharedLinkView]:
    """What at least two of these hold, through their groups; for a single id, what it shares with anybody.

    By default phones, e-mail addresses, accounts, documents, addresses, vehicles and places. Of several: held by most
    of them first, then fewest links, then by id; of one: fewest others first, then by id. Of one thing at most 100
    links (of one id: of others) are given, the first by id.
    """
    wanted = _held_kinds(kinds)
    asked_ids = check_ids(ids)
    found = groups(graph, viewer, asked_ids)
    owners = _owners({asked: [view.id for view in group] for asked, group in found.items()})
    params = {"kinds": wanted, "things": MOST_THINGS, "limit": GENERIC_HOLDERS}
    if len(asked_ids) == 1:
        rows = graph.store.read(viewer, "subject/held_with_others", ids=sorted(owners), holding=list(HOLDING), **params)
    else:
        pairs = [{"id": member, "owner": owner} for member, owner in sorted(owners.items())]
        rows = graph.store.read(viewer, "subject/held_by_several", members=pairs, **params)
    views = tuple(_shared(row, owners, graph.clock()) for row in rows)
    return Listed(views, left_out(rows, f"{MOST_THINGS} things are shown") or _holders_cut(rows))


def _held_kinds(kinds: Sequence[str] | None) -> list[str]:
    for kind in kinds or ():
        if kind not in KINDS:
            raise BadInput(f"kinds: {kind!r} is none of {', '.join(KINDS)}")
    return list(HELD_KINDS if kinds is None else kinds)


def _owners(found: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each member of a group the one of the asked that it belongs to: itself where it was asked, else the least."""
    owners: dict[str, str] = {}
    for asked in sorted(found):
        for member in found[asked]:
            owners.setdefault(member, asked)
    return owners | {asked: asked for asked in found if asked in owners}


def _shared(row: Mapping[str, Any], owners: Mapping[str, str], now: int) -> SharedLinkView:
    links = sorted((view_of(holder) for holder in row["holders"]), key=lambda link: link.id)
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for link in links:
        if link.valid_from is not None:
            end = now if link.valid_to is None else link.valid_to
            spans[owners.get(link.origin.id, link.origin.id)].append((link.valid_from, end))
    return SharedLinkView(entity_view(row["node"]), tuple(links), _overlap_days(spans))


def _overlap_days(spans: Mapping[str, Sequence[tuple[int, int]]]) -> int | None:
    overlaps = [
        max(0, min(one[1], other[1]) - max(one[0], other[0])) // _DAY_S
        for a, b in combinations(sorted(spans), 2)
        for one in spans[a]
        for other in spans[b]
    ]
    return max(overlaps, default=None)


def _holders_cut(rows: Sequence[Mapping[str, Any]]) -> Truncation | None:
    cut = [row for row in rows if row["count"] > len(row["holders"])]
    if not cut:
        return None
    left = sum(row["count"] - len(row["holders"]) for row in cut)
    return Truncation(f"of a thing at most {GENERIC_HOLDERS} holders are shown", left, entity_view(cut[0]["node"]))
