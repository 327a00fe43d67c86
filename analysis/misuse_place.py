"""Where officers and those whom they looked at live and work: the signs of misuse that are about places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.batch import batched
from graph.open import Graph
from security.viewer import Viewer

# So many events of an officer say where they work.
_EVENTS = 5
_AT_ONCE = 500

Name = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Places:
    """The names of those who live where somebody does, and the areas in which people and officers have anything."""

    beside: Mapping[str, frozenset[Name]]
    areas: Mapping[str, frozenset[str]]
    events: Mapping[str, int]

    def lives_with(self, person: str, name: Name) -> bool:
        """Whether somebody of that name lives, or lived, where this person does."""
        return all(name) and name in self.beside.get(person, ())

    def is_out_of_area(self, person: str, officer: str) -> bool:
        """Whether an officer who works in known areas has never dealt with anything in those of this person."""
        own, theirs = self.areas.get(officer, frozenset()), self.areas.get(person, frozenset())
        return bool(own and theirs) and self.events.get(officer, 0) >= _EVENTS and not own & theirs


def places_of(
    graph: Graph, viewer: Viewer, people: Iterable[str], officers: Iterable[str], names: Iterable[Name]
) -> Places:
    """The places of these, as the viewer may see; `names` of the officers, in small letters."""
    wanted, staff = sorted(set(people)), sorted(set(officers))
    if not staff:
        return Places({}, {}, {})
    surnames = sorted({surname for _, surname in names if surname})
    beside: dict[str, set[Name]] = {}
    areas: dict[str, frozenset[str]] = {}
    events: dict[str, int] = {}
    for ids in batched(wanted, _AT_ONCE):
        for row in graph.store.read(viewer, "access/homes", ids=ids, surnames=surnames):
            beside.setdefault(row["id"], set()).add(name_of(row))
    for ids in batched([*wanted, *staff], _AT_ONCE):
        for row in graph.store.read(viewer, "access/areas", ids=ids):
            areas[row["id"]], events[row["id"]] = frozenset(row["areas"]), row["places"]
    return Places({id_: frozenset(found) for id_, found in beside.items()}, areas, events)


def name_of(properties: Mapping[str, object]) -> Name:
    """First and family name in small letters, empty where there is none."""
    given, surname = (str(properties.get(part) or "").strip().lower() for part in ("given_name", "surname"))
    return given, surname
