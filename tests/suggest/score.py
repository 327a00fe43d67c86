"""How near a proposed mapping is to the reviewed one: precision and recall of what each of them says.

Both are read by the loader's own `load_mappings`. Columns are compared by their place in the file, so that a file
without a header counts too. Left out is what no data can show: constants, and which other source a link's end is of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from loaders.mapping import FileMapping, SourceMapping
from loaders.mapping.spec import EndSpec, LinkSpec, PropertySpec, RecordSpec, ValueSpec

Facts = Counter[Hashable]


@dataclass(frozen=True, slots=True)
class Score:
    """What was proposed, what is right, and how much of it is both."""

    proposed: int
    right: int
    both: int

    @property
    def precision(self) -> float:
        """The share of what was proposed that is right."""
        return self.both / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        """The share of what is right that was proposed."""
        return self.both / self.right if self.right else 1.0


def facts(mappings: Iterable[SourceMapping], headers: Mapping[str, list[str]]) -> dict[str, Facts]:
    """What mappings say, by aspect; `headers` are the columns of each data file."""
    found: dict[str, Facts] = {name: Counter() for name in ("records", "properties", "links", "roles", "keys", "dates")}
    for mapping in mappings:
        for entry in mapping.files:
            _add(found, entry, headers)
    return found


def score(proposed: Facts, right: Facts) -> Score:
    """How near one aspect is."""
    return Score(proposed.total(), right.total(), (proposed & right).total())


def _add(found: dict[str, Facts], entry: FileMapping, headers: Mapping[str, list[str]]) -> None:
    file = next((path for path in headers if _fits(path, entry.path)), entry.path)
    names = entry.layout.columns or headers.get(file, ())
    at = {name: place for place, name in enumerate(names)}

    def places(spec: ValueSpec | None) -> tuple[Hashable, ...]:
        return () if spec is None else tuple(at.get(name, name) for name in spec.source.columns)

    for record in entry.records:
        found["records"][file, record.kind.name] += 1
        found["keys"][file, record.kind.name, places(record.key or record.value)] += 1
        for part in record.properties:
            for column in _columns(part, places):
                found["properties"][file, record.kind.name, part.property.name, column] += 1
            for spec in part.values:
                if spec.formats:
                    found["dates"][file, places(spec), spec.formats] = 1
    if entry.row_key is not None:
        found["keys"][file, "row", tuple(sorted(map(str, places(entry.row_key))))] += 1
    if entry.as_of is not None:
        found["properties"][file, "row", "as_of", places(entry.as_of)] += 1
    for link in entry.links:
        said = (file, link.type.name, _end(link.origin, entry, places), _end(link.target, entry, places))
        found["links"][said] += 1
        if "role" in link.properties:
            found["roles"][(*said, _role(link))] += 1


def _fits(path: str, pattern: str) -> bool:
    from fnmatch import fnmatchcase

    return path == pattern or fnmatchcase(path, pattern)


def _columns(part: PropertySpec, places: object) -> Iterable[tuple[Hashable, ...]]:
    assert callable(places)
    if part.point is not None:
        yield (*places(part.point.first), *places(part.point.second))
    yield from (found for spec in part.values if (found := places(spec)))


def _end(end: EndSpec, entry: FileMapping, places: object) -> Hashable:
    assert callable(places)
    if end.record is not None:
        record: RecordSpec = next(one for one in entry.records if one.name == end.record)
        return (record.kind.name, places(record.key or record.value))
    return (end.kinds, places(end.key) if end.key is not None else end.by[0] if end.by is not None else "")


def _role(link: LinkSpec) -> Hashable:
    spec = link.properties["role"]
    return spec.source.fill(()) if not spec.source.columns else "column"
