"""What a row speaks of beside its own thing and people: a second event, a vehicle, a place, a phone, a company."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import EVENTS
from loaders.suggest.column import Column
from loaders.suggest.fill import Filler, if_not_always
from loaders.suggest.party import PLACE, SCENES, VEHICLE
from loaders.suggest.proposal import Record, Reference, Value, braced
from loaders.suggest.term import PARTY_BY_WORD
from loaders.suggest.vocabulary import match, words

# The time that belongs to one kind of event alone: with a key of its own it makes a second event of the row.
EVENT_TIMES = {"Arrest": "arrested_at", "Custody": "detained_at"}
_UPRN = re.compile(r"\d{11,12}")


def add_beside(filler: Filler) -> None:
    """Give the entry the records that stand beside the row's own, after its people."""
    _vehicle(filler)
    _place(filler)
    _venue(filler)
    _phone(filler)
    _split_party(filler)


def add_second_events(filler: Filler) -> None:
    """Give the entry the event that a key and a time of its own say beside the main one: a custody row's arrest."""
    for reference in list(filler.entry.references):
        wanted = EVENT_TIMES.get(reference.kind)
        when = next(iter(filler.entry.find(wanted)), None) if wanted else None
        if when is None or reference.kind == filler.entry.kind or not reference.column.unique:
            continue
        filler.entry.references.remove(reference)
        record = Record(reference.kind.lower(), reference.kind, braced(reference.column.name))
        record.notes.append(f"{reference.column.name} and {when.name} say a second event")
        record.when = if_not_always(reference.column)
        record.properties["reference"] = Value(reference.column.name)
        filler.give(record, when, "occurred_from")
        _together(filler, record)
        filler.taken.add(reference.column.name)
        filler.entry.records.append(record)


def _together(filler: Filler, record: Record) -> None:
    """What an arrest and the stay in custody after it have in common in one row."""
    if filler.entry.kind == "Custody" and filler.entry.key is not None:
        record.properties["custody_number"] = Value(filler.entry.key.name)
    for column in filler.entry.find("offence"):
        filler.give(record, column, "offence")
        filler.taken.discard(column.name)


def _vehicle(filler: Filler) -> None:
    if filler.entry.kind == "Vehicle":
        return
    mark = next((c for c in filler.entry.find("vrm", "vin") if c.name not in filler.taken), None)
    if mark is None:
        return
    record = Record("vehicle", "Vehicle", braced(mark.name), when=if_not_always(mark))
    filler.fill(record, [c for c in filler.entry.columns if c.meaning in VEHICLE])
    filler.entry.references = [r for r in filler.entry.references if r.column is not mark]
    filler.entry.records.append(record)


def _place(filler: Filler) -> None:
    """An address without a person who lives there: the scene of an event, the seat of an organisation."""
    kind = filler.entry.kind
    columns = [c for c in filler.entry.columns if c.meaning in PLACE and c.name not in filler.taken]
    columns = [c for c in columns if not any(c in party.columns for party in filler.parties if party.found)]
    if not columns or kind not in SCENES | {"Organisation"} or any(not p.label for p in filler.parties):
        return
    record = Record("place" if kind in EVENTS else "premises", "Address")
    own = next((r for r in filler.entry.references if r.kind == "Address"), None)
    record.key = _place_key(filler, record, own, columns)
    text = next((c for c in columns if c.means("address")), columns[0])
    record.when = record.when or if_not_always(text)
    if (line := next((c for c in columns if c.means("address")), None)) is not None:
        filler.give(record, line, "text")
    filler.fill(record, columns)
    if kind in EVENTS:
        filler.locate(record, keep=True)
    if kind == "Organisation":
        # Its record says its address and postcode shortly as well: matching reads them.
        filler.taken.difference_update(c.name for c in columns if c.meaning in ("address", "postcode"))
    filler.entry.records.append(record)


def _place_key(filler: Filler, record: Record, own: Reference | None, columns: Sequence[Column]) -> str:
    uprn = next((c for c in columns if c.means("uprn")), None)
    column = own.column if own is not None else uprn if uprn is not None and uprn.full else None
    if column is None:
        record.notes.append("the file gives a place no number of its own: the row's key serves")
        return f"{braced(filler.entry.key.name)}/place" if filler.entry.key is not None else "row"
    if own is not None:
        filler.entry.references.remove(own)
    filler.taken.add(column.name)
    filler.entry.used.add(column.name)
    record.when = if_not_always(column)
    if column.values and all(_UPRN.fullmatch(value) for value in column.values):
        record.properties["uprn"] = Value(column.name, note="all of 11 or 12 figures, as a UPRN is")
    return braced(column.name)


def _venue(filler: Filler) -> None:
    column = next(iter(filler.entry.find("venue")), None)
    if (
        column is not None
        and filler.entry.kind == "PublicEvent"
        and not any(r.kind == "Place" for r in filler.entry.records)
    ):
        record = Record("ground", "Place", braced(column.name), when=if_not_always(column))
        record.properties["name"] = Value(column.name)
        filler.entry.records.append(record)


def _phone(filler: Filler) -> None:
    """A phone that is nobody's in the row stands for itself, as does an organisation's and a subscriber's."""
    kind, name = filler.entry.kind, filler.entry.main.name if filler.entry.main is not None else ""
    column = next((c for c in filler.entry.find("phone") if c.name not in filler.taken), None)
    owned = any(column in party.columns for party in filler.parties)
    if column is None or owned or kind is None or any(not party.label for party in filler.parties):
        return
    if kind == "Person" and not (name == "subscriber" or filler.entry.find("valid_from")):
        return
    if kind in ("Person", "Organisation", "Marker") or kind in EVENTS:
        record = Record("phone", "Phone", value=braced(column.name), when=if_not_always(column))
        filler.entry.used.add(column.name)
        filler.entry.records.append(record)
        if kind not in ("Person", "Organisation"):
            filler.taken.add(column.name)


def _split_party(filler: Filler) -> None:
    """A column that says of each row whether it is of a person or an organisation makes two records of it."""
    main = filler.entry.main
    name = next(iter(filler.entry.find("name")), None)
    if main is None or main.kind != "Person" or name is None:
        return
    for column in filler.entry.columns:
        told = {value: match(words(value), PARTY_BY_WORD) for value in column.values}
        if column.name in filler.taken or not column.few or set(told.values()) != {"Person", "Organisation"}:
            continue
        people, firms = ([v for v, kind in told.items() if kind == wanted] for wanted in ("Person", "Organisation"))
        main.when, main.among = Value(column.name), tuple(people)
        main.notes.append(f"{column.name} tells people ({', '.join(people)}) from organisations ({', '.join(firms)})")
        record = Record("organisation", "Organisation", main.key, when=Value(column.name), among=tuple(firms))
        record.properties["name"] = Value(name.name)
        filler.entry.records.append(record)
        filler.entry.used.add(column.name)
        filler.taken.add(column.name)
        return
