"""Who and what else a row speaks of: columns grouped by the words in front of them (`Child DOB`, `caller_name`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from loaders.suggest.column import Column
from loaders.suggest.kind import CONTACT, KEYS, NAMING, NUMBERS, PERSONAL
from loaders.suggest.proposal import Entry
from loaders.suggest.term import kind_of, role_of, tie_of

Label = tuple[str, ...]
VEHICLE = frozenset({"vrm", "vin", "make", "model", "colour", "year"})
PLACE = frozenset("address postcode saon paon street locality town uprn".split())
# A row of one of these happens somewhere: an address without another owner is its scene.
SCENES = frozenset({"Crime", "Incident", "StopSearch", "Sighting", "PublicEvent", "Arrest"})
# Words before a person's columns that set nobody apart.
_PLAIN = frozenset(
    {"person", "nominal", "people", "individual", "full", "contact", "home", "current", "main", "primary"}
)


@dataclass(slots=True)
class Party:
    """Some columns that speak of one thing beside the row's own: its kind, and the words that set it apart.

    `found` False: no record can be made of it, it is only named by an identifier (`by`).
    """

    label: Label
    kind: str
    columns: list[Column]
    found: bool = True

    def find(self, *meanings: str) -> list[Column]:
        """Its columns with one of some meanings."""
        return [column for column in self.columns if column.means(*meanings)]


def parties_of(entry: Entry) -> list[Party]:
    """The things beside the row's own, in order of their columns; the one without a label is the row's own person."""
    groups = _groups(entry)
    found = [party for label, columns in groups.items() if (party := _party(entry, label, columns)) is not None]
    _adopt(entry, found)
    return found


def _groups(entry: Entry) -> dict[Label, list[Column]]:
    groups: dict[Label, list[Column]] = {}
    for column in entry.columns:
        groups.setdefault(label_of(entry, column), []).append(column)
    plain = groups.setdefault((), [])
    for label in [label for label in groups if label and not _stands(label, groups)]:
        plain += groups.pop(label)
    plain.sort(key=lambda column: column.place)
    return groups


def label_of(entry: Entry, column: Column) -> Label:
    """The words that set a column's owner apart, empty where it is the row's own."""
    about = tuple(word for word in column.about if word not in _PLAIN)
    if not about or set(about) <= set(entry.stem) or (entry.kind is not None and kind_of(about) == entry.kind):
        return ()
    return about


def _stands(label: Label, groups: dict[Label, list[Column]]) -> bool:
    """True where a label sets somebody apart: a known word, two personal columns, or one that others have too."""
    columns = groups[label]
    telling = [column for column in columns if column.meaning in PERSONAL | CONTACT | VEHICLE]
    if not telling and not any(column.means(*KEYS) for column in columns):
        return False
    if kind_of(label) or role_of(label) or tie_of(label):
        return True
    if any(column.meaning in NAMING for column in telling) and len(telling) > 1:
        return True
    own = {column.meaning for column in groups.get((), ())}
    if own & NAMING:
        return False
    return any(
        column.meaning == other.meaning
        for column in telling
        for name, others in groups.items()
        if name not in (label, ())
        for other in others
    )


def _party(entry: Entry, label: Label, columns: Sequence[Column]) -> Party | None:
    kind = _kind(entry, label, columns)
    if kind is None:
        return None
    wanted = PERSONAL | CONTACT | VEHICLE | {*KEYS, "type", "description", "relation"}
    mine = [column for column in columns if column.meaning in wanted] if label else _own(kind, columns)
    only_numbers = kind == "Person" and not any(column.meaning in NAMING | CONTACT | {"gender"} for column in mine)
    return Party(label, kind, mine, found=not (label and only_numbers))


def _own(kind: str, columns: Sequence[Column]) -> list[Column]:
    return [column for column in columns if column.meaning in PERSONAL | CONTACT] if kind == "Person" else []


def _kind(entry: Entry, label: Label, columns: Sequence[Column]) -> str | None:
    meanings = {column.meaning for column in columns}
    spoken = kind_of(label) if label else None
    if not label:
        named = meanings & NAMING or len(meanings & PERSONAL) > 1
        holds_name = entry.kind in ("Person", "Organisation", "Officer", "Area", "Place", "Address", "Phone", "Item")
        return "Person" if named and not holds_name else None
    if spoken == "Organisation":
        return spoken if meanings & {"name", "title"} else None
    if spoken in ("Officer", "Area", "Address", "Vehicle", "Item"):
        return None
    if meanings & NAMING or (meanings & PERSONAL and (spoken == "Person" or role_of(label) or tie_of(label))):
        return "Person"
    return "Phone" if "phone" in meanings else None


def _adopt(entry: Entry, parties: list[Party]) -> None:
    """Give personal columns that stand alone between a labelled person's to that person: `Child DOB, NHS no`."""
    people = [party for party in parties if party.kind == "Person" and party.found]
    if entry.kind == "Person" or any(not party.label for party in people) or not people:
        return
    owned = {column.name for party in parties for column in party.columns}
    for column in entry.columns:
        if column.name in owned or column.meaning not in PERSONAL or label_of(entry, column):
            continue
        before = [(own.place, party) for party in people for own in party.columns if own.place < column.place]
        if before:
            max(before, key=lambda pair: pair[0])[1].columns.append(column)


def by_identifier(party: Party) -> Column | None:
    """The identifier by which a person is named who is no record of the row."""
    return next(iter(party.find(*NUMBERS)), None) if not party.found else None
