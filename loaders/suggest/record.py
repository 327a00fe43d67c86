"""The records of a row: its own thing, people, places, vehicles, phones, a second event, with keys and properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.model import EVENTS, KINDS, Identity
from loaders.suggest.column import Column
from loaders.suggest.kind import CONTACT, KEYS, PERSONAL
from loaders.suggest.party import PLACE, SCENES, VEHICLE, Party, parties_of
from loaders.suggest.proposal import Entry, Point, Record, Reference, Value, braced
from loaders.suggest.term import PARTY_BY_WORD, kind_of, role_of
from loaders.suggest.value import fits_codes, property_of, told_by, value_for
from loaders.suggest.vocabulary import match, single, words

# The time that belongs to one kind of event alone: with a key of its own it makes a second event of the row.
EVENT_TIMES = {"Arrest": "arrested_at", "Custody": "detained_at"}
_NEVER = frozenset({"as_of", "relation", "role", "marking", "grade_source", "grade_intelligence", "grade_handling", "graded"})
_KEY_PROPERTIES = ("reference", "urn", "custody_number", "collar_number", "code", "uprn", "vrm")
ADDRESS_PARTS = ("saon", "paon", "street", "locality", "town")
REPEATED = frozenset({"phone", "email", "address", "postcode", "alias", "nationality", "warning"})
_UPRN = re.compile(r"\d{11,12}")
_SNAKE = re.compile(r"(?<!^)(?=[A-Z])")
_PAIRS = (("latitude", "longitude", False), ("easting", "northing", True))


class Rows:
    """The records of one file while they are made: `taken` are the columns that already have their place."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.parties = parties_of(entry)
        self.taken: set[str] = set()

    def build(self) -> None:
        """Give the entry its records, the row's own first."""
        entry = self.entry
        if entry.kind is not None:
            entry.records.append(self._main(entry.kind))
        self._second_events()
        for party in self.parties:
            if party.found:
                entry.records.append(self._of_party(party))
        self._vehicle()
        self._place()
        self._venue()
        self._phone()
        self._split_party()
        self._rest()
        for record in entry.records:
            entry.used |= record.uses()

    def _main(self, kind: str) -> Record:
        key = self.entry.key
        record = Record(self._main_name(kind), kind)
        template = braced(key.name) if key is not None else "row"
        if KINDS[kind].identity is Identity.VALUE:
            self._identify_value(record)
            return record
        record.key = template
        if key is None:
            record.notes.append("no column tells the rows apart: the key is the hash of all cells, a changed row is a new one")
            return record
        self.entry.used.add(key.name)
        self.taken.add(key.name)
        self._note_key(record, key)
        wanted = [name for name in _KEY_PROPERTIES if name in KINDS[kind].by_name]
        for name in wanted:
            if name != key.meaning and self.entry.find(name):
                continue
            if name in ("reference", "collar_number") or name == key.meaning or (name == "code" and kind == "Area"):
                record.properties[name] = Value(key.name)
            elif name == "custody_number" and kind == "Custody":
                record.properties[name] = Value(key.name)
        return record

    def _main_name(self, kind: str) -> str:
        """A person's part where the file is named after it (suspects.csv), else the kind."""
        last = self.entry.stem[-1:]
        singular = single(last[0]) if last else ""
        if kind == "Person" and kind_of((singular,)) == "Person" and singular.isalpha():
            return singular
        return _SNAKE.sub("_", kind).lower()

    def _note_key(self, record: Record, key: Column) -> None:
        repeated, empty = key.filled - len(key.counts), len(key.cells) - key.filled
        if repeated and key.unique:
            record.notes.append(f"{key.name} comes again in {repeated:,} of {len(key.cells):,} rows")
        elif repeated:
            record.notes.append(f"{key.name} comes again: several rows say one {record.kind}")
        if empty:
            record.notes.append(f"{key.name} is empty in {empty:,} rows, which will be rejected")

    def _identify_value(self, record: Record) -> None:
        wanted = {"Phone": "phone", "Email": "email", "Postcode": "postcode"}.get(record.kind, "ref")
        key = self.entry.key
        others = [c for c in self.entry.find("ref") if c is not key]
        column = next(iter([*self.entry.find(wanted), *others]), key)
        if column is None:
            record.value = "row"
            return
        record.value = braced(column.name)
        if key is not None and key is not column:
            record.key = braced(key.name)
            self.entry.used.add(key.name)
        self.taken |= {column.name} if key is None else {column.name, key.name}
        self.entry.used.add(column.name)

    def _second_events(self) -> None:
        for reference in list(self.entry.references):
            wanted = EVENT_TIMES.get(reference.kind)
            when = next(iter(self.entry.find(wanted)), None) if wanted else None
            if when is None or reference.kind == self.entry.kind or not reference.column.unique:
                continue
            self.entry.references.remove(reference)
            record = Record(reference.kind.lower(), reference.kind, braced(reference.column.name))
            record.notes.append(f"{reference.column.name} and {when.name} say a second event")
            record.when = _if_not_always(reference.column)
            record.properties["reference"] = Value(reference.column.name)
            self._give(record, when, "occurred_from")
            self._together(record)
            self.taken.add(reference.column.name)
            self.entry.records.append(record)

    def _together(self, record: Record) -> None:
        """What an arrest and the stay in custody after it have in common in one row."""
        if self.entry.kind == "Custody" and self.entry.key is not None:
            record.properties["custody_number"] = Value(self.entry.key.name)
        for column in self.entry.find("offence"):
            self._give(record, column, "offence")
            self.taken.discard(column.name)

    def _phone(self) -> None:
        """A phone that is nobody's in the row stands for itself, as does an organisation's and a subscriber's."""
        kind, name = self.entry.kind, self.entry.main.name if self.entry.main is not None else ""
        column = next((c for c in self.entry.find("phone") if c.name not in self.taken), None)
        owned = any(column in party.columns for party in self.parties)
        if column is None or owned or kind is None or any(not party.label for party in self.parties):
            return
        if kind == "Person" and not (name == "subscriber" or self.entry.find("valid_from")):
            return
        if kind in ("Person", "Organisation", "Marker") or kind in EVENTS:
            record = Record("phone", "Phone", value=braced(column.name), when=_if_not_always(column))
            self.entry.used.add(column.name)
            self.entry.records.append(record)
            if kind != "Person":
                self.taken.add(column.name)

    def _split_party(self) -> None:
        """A column that says of each row whether it is of a person or an organisation makes two records of it."""
        main = self.entry.main
        name = next(iter(self.entry.find("name")), None)
        if main is None or main.kind != "Person" or name is None:
            return
        for column in self.entry.columns:
            told = {value: match(words(value), PARTY_BY_WORD) for value in column.values}
            if column.name in self.taken or not column.few or set(told.values()) != {"Person", "Organisation"}:
                continue
            people, firms = ([v for v, kind in told.items() if kind == wanted] for wanted in ("Person", "Organisation"))
            main.when, main.among = Value(column.name), tuple(people)
            main.notes.append(f"{column.name} tells people ({', '.join(people)}) from organisations ({', '.join(firms)})")
            record = Record("organisation", "Organisation", main.key, when=Value(column.name), among=tuple(firms))
            record.properties["name"] = Value(name.name)
            self.entry.records.append(record)
            self.entry.used.add(column.name)
            self.taken.add(column.name)
            return

    def _of_party(self, party: Party) -> Record:
        record = Record(self._name(party), party.kind, label=party.label)
        if party.kind == "Phone":
            column = party.find("phone")[0]
            record.value, record.when = braced(column.name), _if_not_always(column)
            self.taken.add(column.name)
            self.entry.used.add(column.name)
            return record
        record.key = self._key_of(party, record)
        self._fill(record, party.columns)
        record.when = record.when or self._present(record, party)
        return record

    def _name(self, party: Party) -> str:
        role = role_of(party.label)
        taken = {record.name for record in self.entry.records}
        plain = "_".join(party.label) or {"Custody": "detainee", "Arrest": "arrestee"}.get(self.entry.kind or "", "person")
        if len(plain) < 3:
            plain = f"{(role or party.kind).lower()}_{plain}"
        plain = re.sub(r"\W", "_", plain)
        return plain if plain not in taken else f"{plain}_{party.kind.lower()}"

    def _key_of(self, party: Party, record: Record) -> str:
        """A reference of its own, else the row's key with its name: one person a row."""
        for reference in list(self.entry.references):
            column = reference.column
            if reference.kind == party.kind and (column in party.columns or not party.label):
                self.entry.references.remove(reference)
                self.taken.add(column.name)
                self.entry.used.add(column.name)
                record.when = _if_not_always(column)
                return braced(column.name)
        own = next((c for c in party.find("ref") if c.name not in self.taken and c.identifying), None)
        if own is not None and party.label:
            self.taken.add(own.name)
            self.entry.used.add(own.name)
            record.when = _if_not_always(own)
            return braced(own.name)
        base = self.entry.key
        if base is None:
            return "row"
        alone = sum(other.kind == party.kind and other.found for other in self.parties) == 1
        record.notes.append(f"the file gives a {party.kind.lower()} no number of its own: the row's key serves")
        return braced(base.name) if alone else f"{braced(base.name)}/{'_'.join(party.label) or party.kind.lower()}"

    def _present(self, record: Record, party: Party) -> str | Value | None:
        naming = party.find("name", "surname", "given_name", "forenames")
        if not naming:
            record.notes.append("nobody is named: this is whoever the row is about")
        return _if_not_always(naming[0]) if naming else None

    def _vehicle(self) -> None:
        if self.entry.kind == "Vehicle":
            return
        mark = next((c for c in self.entry.find("vrm", "vin") if c.name not in self.taken), None)
        if mark is None:
            return
        record = Record("vehicle", "Vehicle", braced(mark.name), when=_if_not_always(mark))
        self._fill(record, [c for c in self.entry.columns if c.meaning in VEHICLE])
        self.entry.references = [r for r in self.entry.references if r.column is not mark]
        self.entry.records.append(record)

    def _place(self) -> None:
        """An address without a person who lives there: the scene of an event, the seat of an organisation."""
        kind = self.entry.kind
        columns = [c for c in self.entry.columns if c.meaning in PLACE and c.name not in self.taken]
        columns = [c for c in columns if not any(c in party.columns for party in self.parties if party.found)]
        if not columns or kind not in SCENES | {"Organisation"} or any(not p.label for p in self.parties):
            return
        record = Record("place" if kind in EVENTS else "premises", "Address")
        own = next((r for r in self.entry.references if r.kind == "Address"), None)
        record.key = self._place_key(record, own, columns)
        text = next((c for c in columns if c.means("address")), columns[0])
        record.when = record.when or _if_not_always(text)
        if (line := next((c for c in columns if c.means("address")), None)) is not None:
            self._give(record, line, "text")
        self._fill(record, columns)
        if kind in EVENTS:
            self._locate(record, keep=True)
        self.entry.records.append(record)

    def _place_key(self, record: Record, own: Reference | None, columns: Sequence[Column]) -> str:
        uprn = next((c for c in columns if c.means("uprn")), None)
        column = own.column if own is not None else uprn if uprn is not None and uprn.full else None
        if column is None:
            record.notes.append("the file gives a place no number of its own: the row's key serves")
            return f"{braced(self.entry.key.name)}/place" if self.entry.key is not None else "row"
        if own is not None:
            self.entry.references.remove(own)
        self.taken.add(column.name)
        self.entry.used.add(column.name)
        record.when = _if_not_always(column)
        if column.values and all(_UPRN.fullmatch(value) for value in column.values):
            record.properties["uprn"] = Value(column.name, note="all of 11 or 12 figures, as a UPRN is")
        return braced(column.name)

    def _venue(self) -> None:
        column = next(iter(self.entry.find("venue")), None)
        if column is not None and self.entry.kind == "PublicEvent" and not any(r.kind == "Place" for r in self.entry.records):
            record = Record("ground", "Place", braced(column.name), when=_if_not_always(column))
            record.properties["name"] = Value(column.name)
            self.entry.records.append(record)

    def _fill(self, record: Record, given: Iterable[Column]) -> None:
        columns = list(given)
        for column in columns:
            if column.name in self.taken or column.meaning in _NEVER or self._lesser(column):
                continue
            if column.means("forenames") and record.kind == "Person":
                self._forenames(record, column)
                continue
            for meaning in self._ordered(record, column):
                if self._give(record, column, meaning):
                    break
        if record.kind == "Person":
            self._line(record, columns)

    def _line(self, record: Record, columns: Sequence[Column]) -> None:
        """A person's address in parts is one line: `{House No} {Street}, {Town}`."""
        if "address" in record.properties:
            return
        parts = {m: c for m in ADDRESS_PARTS for c in columns if c.means(m) and c.name not in self.taken}
        if not parts.keys() & {"street", "paon"}:
            return
        house = " ".join(f"{{{parts[m].name}}}" for m in ("paon", "street") if m in parts)
        lines = [f"{{{parts['saon'].name}}}"] if "saon" in parts else []
        lines += [house, *(f"{{{parts[m].name}}}" for m in ("locality", "town") if m in parts)]
        record.properties["address"] = Value(template=", ".join(lines), note="an address in parts, written as one line")
        self.taken |= {column.name for column in parts.values()}

    def _lesser(self, column: Column) -> bool:
        """True where another column is called just what this one is called with more words: `surname`, `first and surname`."""
        same = [c for c in self.entry.find(column.meaning) if not c.about and c is not column]
        labelled = any(party.label and column in party.columns for party in self.parties)
        return bool(column.about and same) and not labelled and not REPEATED & {column.meaning}

    def _ordered(self, record: Record, column: Column) -> list[str]:
        """The meanings of a column, one whose codes in the model are just its values first."""
        meanings = column.meanings
        if column.means("address") and record.kind == "Address":
            meanings = ("text",)
        if column.means("name") and self.entry.find("surname") and not self.entry.find("given_name", "forenames"):
            meanings = ("name",) if any(" " in value for value in column.values) else ("given_name",)
        declared = {name: property_of(record.kind, name) for name in meanings}
        return sorted(declared, key=lambda name: not ((found := declared[name]) and fits_codes(column, found)))

    def _give(self, record: Record, column: Column, name: str) -> bool:
        """True where a record took a column as a property of that name."""
        declared = property_of(record.kind, name)
        held = record.properties.get(name)
        if declared is None or (held is not None and (not declared.repeatable or isinstance(held, Point))):
            return False
        value = value_for(column, declared)
        if value is None:
            return False
        value.note = "; ".join(part for part in (column.why, value.note) if part)
        if held is None or isinstance(held, Point):
            record.properties[name] = value
        else:
            record.properties[name] = [*(held if isinstance(held, list) else [held]), value]
        self.taken.add(column.name)
        return True

    def _forenames(self, record: Record, column: Column) -> None:
        several = any(" " in value for value in column.values)
        record.properties["given_name"] = Value(column.name, extract="^(\\S+)" if several else None)
        if several:
            record.properties["middle_name"] = Value(column.name, extract="^\\S+\\s+(.+)$")
        self.taken.add(column.name)

    def _locate(self, record: Record, *, keep: bool = False) -> None:
        """Give a record its point; `keep` leaves the columns to others as well."""
        for first, second, grid in _PAIRS:
            one, two = self.entry.find(first), self.entry.find(second)
            if one and two and "location" in KINDS[record.kind].by_name and "location" not in record.properties:
                record.properties["location"] = Point(one[0].name, two[0].name, grid)
                if not keep:
                    self.taken |= {one[0].name, two[0].name}

    def _rest(self) -> None:
        """What is left goes to the row's own thing, then to whatever can hold it."""
        main = self.entry.main
        if main is None:
            return
        self._locate(main)
        refers = {reference.column.name for reference in self.entry.references}
        left = [c for c in self.entry.columns if c.name not in refers and c.name not in self.taken]
        people = [r for r in self.entry.records if r.kind == "Person"]
        for column in left:
            if column.meaning in CONTACT and main.kind not in ("Person", "Address") and people and not column.about:
                self._shared(people, column)
            elif not self._foreign(column, main):
                self._fill(main, [column])
        self._moment(main)
        self._happened(main)
        self._told(main)
        for record in self.entry.records[1:]:
            self._fill(record, [c for c in left if c.meaning not in PERSONAL | CONTACT])

    def _foreign(self, column: Column, main: Record) -> bool:
        """True where a column's time belongs to another kind of event, or a person's word stands alone in an event."""
        times = {name for kind, name in EVENT_TIMES.items() if kind != main.kind}
        has_own = any(c.means(EVENT_TIMES.get(main.kind, "")) for c in self.entry.columns)
        return has_own and column.meaning in times

    def _shared(self, people: Sequence[Record], column: Column) -> None:
        """A contact without an owner in a row of several people is everybody's who has none of his own."""
        for record in people:
            self.taken.discard(column.name)
            if self._give(record, column, column.meaning) and len(people) > 1:
                record.notes.append(f"{column.name} is taken for everybody's in the row")

    def _moment(self, main: Record) -> None:
        """A date and a time of day in two columns are one moment."""
        clock = next((c for c in self.entry.find("time") if c.name not in self.taken), None)
        value = main.properties.get("occurred_from")
        if clock is None or not isinstance(value, Value) or value.parse != "date" or value.column is None:
            return
        template = f"{{{value.column}}} {{{clock.name}}}"
        formats = tuple(f"{form} HH:mm" for form in value.formats) or ("YYYY-MM-DD HH:mm",)
        note = f"{value.column} and {clock.name} are one moment"
        main.properties["occurred_from"] = Value(template=template, parse="datetime", formats=formats, note=note)
        self.taken.add(clock.name)


    def _happened(self, main: Record) -> None:
        """An event without a time has no place on a timeline: the first time that it has is taken for it."""
        if main.kind not in EVENTS or "occurred_from" in main.properties:
            return
        first = next((name for name in ("opened_at", "reported_at") if name in main.properties), None)
        value = main.properties.get(first or "")
        if isinstance(value, Value):
            note = f"no column says when it happened: {first} serves, so that it stands on a timeline"
            main.properties["occurred_from"] = Value(value.column, parse=value.parse, formats=value.formats, note=note)

    def _told(self, main: Record) -> None:
        """A marker's codes are told by the text beside them."""
        value, text = main.properties.get("type"), main.properties.get("text")
        if main.kind != "Marker" or not isinstance(value, Value) or not isinstance(text, Value) or value.map:
            return
        by_name = {column.name: column for column in self.entry.columns}
        code, said = by_name.get(value.column or ""), by_name.get(text.column or "")
        if code is not None and said is not None and code.few and (found := told_by(code, said)):
            value.map, value.otherwise = found, "keep"
            value.note = f"each code is taken for what {said.name} beside it mostly says: look at them"


def _if_not_always(column: Column) -> str | None:
    """The condition that a column is not empty, None where it never is."""
    return None if column.always and column.cells else braced(column.name)


def keys_left(entry: Entry) -> list[Column]:
    """The references that no record took."""
    return [c for c in entry.find(*KEYS) if c.name not in entry.used]
