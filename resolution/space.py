"""What the records of each resolved kind are found by: families of keys, each in slots of its own on the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from resolution.key import (
    BULK_ONLY,
    COUNTED_ONLY,
    FAMILIES,
    KEY_PROPERTIES,
    NO_KEY,
    THING_PROPERTIES,
)

PERSON = "Person"
CONTENT = "content"  # the family of records that say the same
# Of which families a thing has how many keys; their slots follow one another in `THING_PROPERTIES`.
_WIDTHS: Mapping[str, Mapping[str, int]] = {
    "Vehicle": {CONTENT: 1, "vin": 1, "mark": 8, "part": 2},
    "Address": {CONTENT: 1, "uprn": 1, "place": 2, "door": 4},
    "Organisation": {CONTENT: 1, "company": 1, "name": 3, "phone": 2, "home": 2, "sound": 1},
}


@dataclass(frozen=True, slots=True)
class Space:
    """The families of a kind's keys with their slots; `start`: where these begin among all that are indexed.

    `counted_only` and `bulk_only`: families that bring no pairs, and none where one record is looked for. `name`: the
    property that tells the holders of a shared value apart, None where they are not counted.
    """

    families: Mapping[str, tuple[str, ...]]
    start: int
    counted_only: frozenset[str] = frozenset()
    bulk_only: frozenset[str] = frozenset()
    name: str | None = None
    properties: tuple[str, ...] = field(init=False)
    _family: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        slots = [(family, slot) for family, own in self.families.items() for slot in own]
        object.__setattr__(self, "properties", tuple(slot for _, slot in slots))
        object.__setattr__(self, "_family", tuple(family for family, _ in slots))

    def slots(self, family: str) -> list[int]:
        """Return the places of a family's keys in a row of keys."""
        return [self.properties.index(slot) for slot in self.families[family]]

    def named(self, row: Sequence[int]) -> dict[int, str]:
        """Return the keys of a row with the family of each."""
        return {key: family for family, key in zip(self._family, row, strict=False) if key != NO_KEY}

    def by_property(self, row: Sequence[int]) -> dict[str, int]:
        """Return the keys of a row by property name."""
        return {slot: key for slot, key in zip(self.properties, row, strict=True) if key != NO_KEY}

    def own(self, kept: Sequence[int]) -> tuple[int, ...]:
        """Return the row of keys out of those of all kinds, as a record keeps its former ones."""
        return tuple(kept[self.start : self.start + len(self.properties)])


def _thing(widths: Mapping[str, int]) -> Space:
    families, taken = {}, 0
    for family, width in widths.items():
        families[family] = THING_PROPERTIES[taken : taken + width]
        taken += width
    return Space(families, len(KEY_PROPERTIES))


_SPACES: Mapping[str, Space] = {
    PERSON: Space(FAMILIES, 0, COUNTED_ONLY, BULK_ONLY, "k_name"),
    **{kind: _thing(widths) for kind, widths in _WIDTHS.items()},
}


def space_of(kind: str) -> Space:
    """Return the keys of a resolved kind."""
    return _SPACES[kind]
