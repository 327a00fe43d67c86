"""What is known of a subject: identifiers, addresses, vehicles, warnings, events, sources, and what is missing.

A subject is the group of the id that was asked for: the same person in other compartments, as the viewer may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.answer import EntityView, LinkView, Page, SourceView, Truncation
from graph.ids import record_of
from graph.open import Graph
from graph.read.entity import groups
from graph.read.event import (
    NEWEST_FIRST,
    Involvement,
    check_ids,
    count_involvements,
    involvements,
    members,
)
from graph.read.link import UNDATED, view_of
from security.viewer import Viewer
from standards.completeness import SERIOUS, completeness
from standards.date import DateTextError, from_text, last_second

FACTS = ("USES", "HOLDS", "LIVES_AT", "KEEPS", "DRIVES", "SUBJECT_OF")
# Links of one type that a profile lists; a subject with more is an address or a phone that very many share.
MOST_FACTS = 200
_WARNING_TYPES = ("WARNING", "VULNERABLE")
_CONTACT_KINDS = {"Address": "address", "Phone": "phone", "Email": "email"}


@dataclass(frozen=True, slots=True)
class WarningView:
    """A warning or a flag: its code, its words, the record that says so, since when (epoch), its marking number."""

    code: str
    text: str
    record: str | None
    since: int | None
    mk: int


@dataclass(frozen=True, slots=True)
class CompletenessView:
    """The standard for a person in this role, whether it is met, and the properties that are missing."""

    standard: str
    met: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProfileView:
    """What is known of a subject, links newest first, undated last, then by id; `members` are its group with itself."""

    subject: EntityView
    as_of: int
    members: tuple[EntityView, ...]
    identifiers: tuple[LinkView, ...]
    addresses: tuple[LinkView, ...]
    vehicles: tuple[LinkView, ...]
    warnings: tuple[WarningView, ...]
    flags: tuple[WarningView, ...]
    completeness: CompletenessView
    sources: tuple[SourceView, ...]
    truncated: Truncation | None


def subject_profile(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002 - the contract's name
    valid_at: int | None = None,
    known_at: int | None = None,
) -> ProfileView | None:
    """The profile of a subject; None where it is hidden or absent."""
    return subject_profiles(graph, viewer, [id], valid_at, known_at)[0]


def subject_profiles(
    graph: Graph, viewer: Viewer, ids: Sequence[str], valid_at: int | None = None, known_at: int | None = None
) -> list[ProfileView | None]:
    """The profiles of these, in their order, None for those that are hidden or absent.

    `valid_at` and `known_at` (epoch) choose the statements that held or were known then, under today's identity.
    Warnings and flags are those that hold at `valid_at`, else now.
    """
    found = groups(graph, viewer, check_ids(ids))
    everyone = sorted({view.id for group in found.values() for view in group})
    facts = _facts(graph, viewer, everyone, FACTS, valid_at, known_at)
    rows = graph.store.read(viewer, "subject/standing", ids=everyone, known_at=known_at) if everyone else []
    standing = {row["subject"]: row for row in rows}
    moment = graph.clock() if valid_at is None else valid_at
    as_of = graph.clock() if known_at is None else known_at
    profiles = {
        asked: _profile(graph, asked, group, _Said(group, facts, standing, moment), as_of)
        for asked, group in found.items()
    }
    return [profiles.get(id_) for id_ in ids]


def keepers(graph: Graph, viewer: Viewer, vehicle_id: str) -> tuple[LinkView, ...]:
    """The KEEPS links of a vehicle's group, newest first, undated last, then by id."""
    rows = _facts(graph, viewer, members(graph, viewer, [vehicle_id]), ("KEEPS",), None, None)
    return tuple({row["id"]: view_of(row) for row in rows}.values())


def profile_events(
    graph: Graph,
    viewer: Viewer,
    id: str,  # noqa: A002
    which: Involvement,
    first: int = 20,
    after: str | None = None,
) -> Page[LinkView]:
    """INVOLVED_IN of a subject, newest first by link date, undated last, then by link id."""
    return involvements(graph, viewer, [id], which, NEWEST_FIRST, first, after)


def count_profile_events(graph: Graph, viewer: Viewer, id: str, which: Involvement) -> tuple[int, bool]:  # noqa: A002
    """How many links `profile_events` has in all, and whether there are more than the 10,000 that are counted."""
    return count_involvements(graph, viewer, [id], which)


def _facts(
    graph: Graph, viewer: Viewer, ids: list[str], types: Sequence[str], valid_at: int | None, known_at: int | None
) -> list[dict[str, Any]]:
    if not ids:
        return []
    return graph.store.read(
        viewer,
        "subject/facts",
        ids=ids,
        types=list(types),
        valid_at=valid_at,
        known_at=known_at,
        undated=UNDATED,
        limit=MOST_FACTS,
    )


class _Said:
    """What the statements say of one group at one moment."""

    def __init__(
        self,
        group: Sequence[EntityView],
        facts: Iterable[Mapping[str, Any]],
        standing: Mapping[str, Mapping[str, Any]],
        moment: int,
    ) -> None:
        own = {view.id for view in group}
        self._rows = [row for row in facts if row["subject"] in own]
        self._moment = moment
        self.links = {row["id"]: view_of(dict(row)) for row in self._rows}
        self.standing = [standing[id_] for id_ in sorted(own) if id_ in standing]

    def of_types(self, *types: str) -> tuple[LinkView, ...]:
        """Links of these types, newest first."""
        return tuple(link for link in self.links.values() if link.type in types)

    @property
    def cut(self) -> Truncation | None:
        """What more than the most links of one type leave out."""
        totals = {(row["subject"], row["link"].get("type", row["type"])): row["total"] for row in self._rows}
        left = sum(max(0, total - MOST_FACTS) for total in totals.values())
        return Truncation(f"of each type {MOST_FACTS} links are shown, the newest", left) if left else None

    def markers(self) -> list[WarningView]:
        """The markers that hold at the moment, newest first, each once."""
        found: dict[str, WarningView] = {}
        for link in self.of_types("SUBJECT_OF"):
            marker = link.target
            if marker.kind == "Marker" and holds(link, self._moment):
                found.setdefault(marker.id, marker_warning(link))
        return list(found.values())

    def recorded_warnings(self) -> list[WarningView]:
        """The warning codes that records give, by code and record."""
        given = {
            (code, one["id"], one["mk"]) for row in self.standing for one in row["warnings"] for code in one["codes"]
        }
        return [WarningView(code, code, record, None, mk) for code, record, mk in sorted(given)]

    def roles(self) -> set[str]:
        """The roles that members have in events."""
        return {role for row in self.standing for role in row["roles"]}

    def sources(self) -> set[int]:
        """The numbers of all sources that speak of it."""
        told = {link.source for link in self.links.values() if link.source is not None}
        return told | {source for row in self.standing for source in row["sources"]}


def _profile(graph: Graph, asked: str, group: tuple[EntityView, ...], said: _Said, as_of: int) -> ProfileView:
    subject = next(view for view in group if asked in (view.id, view.moved_from))
    markers = said.markers()
    return ProfileView(
        subject=subject,
        as_of=as_of,
        members=group,
        identifiers=said.of_types("USES", "HOLDS"),
        addresses=said.of_types("LIVES_AT"),
        vehicles=said.of_types("KEEPS", "DRIVES"),
        warnings=_warnings(markers, said.recorded_warnings()),
        flags=tuple(marker for marker in markers if not _warns(marker.code)),
        completeness=_completeness(subject, group, said, {marker.code for marker in markers}),
        sources=tuple(sorted((graph.catalogue.source(n) for n in said.sources()), key=lambda source: source.id)),
        truncated=said.cut,
    )


def _warns(code: str) -> bool:
    return code.startswith(_WARNING_TYPES)


def _warnings(markers: Sequence[WarningView], recorded: Sequence[WarningView]) -> tuple[WarningView, ...]:
    """Markers that warn, then what records say beyond them (a record's short form makes a marker of the same code)."""
    warned = [marker for marker in markers if _warns(marker.code)]
    known = {word for marker in warned for word in (marker.code, marker.text)}
    return (*warned, *(one for one in recorded if one.code not in known))


def marker_warning(link: LinkView) -> WarningView:
    """The warning or flag that a link to a marker gives."""
    marker = link.target
    code = str(marker.properties.get("type") or "WARNING")
    since = link.valid_from
    if since is None:
        since = _instant(marker.properties.get("valid_from"), last=False)
    return WarningView(code, str(marker.properties.get("text") or code), record_of(marker.id), since, link.mk)


def holds(link: LinkView, moment: int) -> bool:
    """Whether a marker's link and the marker itself hold then; a day given as the last is held to its end."""
    marker = link.target.properties
    begun = (link.valid_from, _instant(marker.get("valid_from"), last=False))
    ended = _instant(marker.get("valid_to"), last=True)
    return (
        all(instant is None or instant <= moment for instant in begun)
        and (ended is None or moment <= ended)
        # A link's end is kept as its first instant only; where the marker says its own end, that is the finer word.
        and (ended is not None or link.valid_to is None or moment < link.valid_to)
    )


def _instant(text: object, *, last: bool) -> int | None:
    """The first or last second of a date as it is stored; None where there is none."""
    if not isinstance(text, str):
        return None
    try:
        when = from_text(text)
    except DateTextError:
        return None
    return last_second(when) if last else when.epoch


def _completeness(
    subject: EntityView, group: Sequence[EntityView], said: _Said, marker_codes: set[str]
) -> CompletenessView:
    """How complete the person is for its most serious role, over all its group; other kinds have no such standard."""
    if subject.kind != "Person":
        return CompletenessView("none", met=True, missing=())
    known: dict[str, Any] = {}
    for view in (subject, *group):
        known = dict(view.properties) | known
    contacts = {_CONTACT_KINDS[link.target.kind] for link in said.links.values() if link.target.kind in _CONTACT_KINDS}
    roles = said.roles() | marker_codes
    role = next((role for role in SERIOUS if role in roles), None)
    standard, missing = completeness(role, known, contacts)
    return CompletenessView(standard, not missing, tuple(missing))
