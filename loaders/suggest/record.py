"""The records of a row: its own thing, then people, and what stands beside them, with keys and properties."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import EVENTS, KINDS, Identity
from loaders.suggest.beside import EVENT_TIMES, add_beside, add_second_events
from loaders.suggest.column import Column
from loaders.suggest.fill import Filler, if_not_always
from loaders.suggest.kind import CONTACT, PERSONAL
from loaders.suggest.party import Party, parties_of
from loaders.suggest.proposal import Entry, Record, Value, braced
from loaders.suggest.term import kind_of, role_of
from loaders.suggest.value import told_by
from loaders.suggest.vocabulary import single

_KEY_PROPERTIES = ("reference", "urn", "custody_number", "collar_number", "code", "uprn", "vrm")
_SNAKE = re.compile(r"(?<!^)(?=[A-Z])")
_OWN_NUMBERS = {("code", "Area"), ("custody_number", "Custody")}
_SHORTEST_NAME = 3


class Rows:
    """The records of one file while they are made."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.parties = parties_of(entry)
        self.filler = Filler(entry, self.parties)

    def build(self) -> None:
        """Give the entry its records, the row's own first."""
        entry = self.entry
        if entry.kind is not None:
            entry.records.append(self._main(entry.kind))
        add_second_events(self.filler)
        for party in self.parties:
            if party.found:
                entry.records.append(self._of_party(party))
        add_beside(self.filler)
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
            record.notes.append(
                "no column tells the rows apart: the key is the hash of all cells, a changed row is a new one"
            )
            return record
        self.entry.used.add(key.name)
        self.filler.taken.add(key.name)
        self._note_key(record, key)
        wanted = [name for name in _KEY_PROPERTIES if name in KINDS[kind].by_name]
        for name in wanted:
            if name != key.meaning and self.entry.find(name):
                continue
            if name in ("reference", "collar_number", key.meaning) or (name, kind) in _OWN_NUMBERS:
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
            record.notes.append(f"{key.name} is empty in {empty:,} row{'s' * (empty > 1)}, which will be rejected")

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
        self.filler.taken |= {column.name} if key is None else {column.name, key.name}
        self.entry.used.add(column.name)

    def _of_party(self, party: Party) -> Record:
        record = Record(self._name(party), party.kind, label=party.label)
        if party.kind == "Phone":
            column = party.find("phone")[0]
            record.value, record.when = braced(column.name), if_not_always(column)
            self.filler.taken.add(column.name)
            self.entry.used.add(column.name)
            return record
        record.key = self._key_of(party, record)
        self.filler.fill(record, party.columns)
        record.when = record.when or self._present(record, party)
        return record

    def _name(self, party: Party) -> str:
        role = role_of(party.label)
        taken = {record.name for record in self.entry.records}
        plain = "_".join(party.label) or {"Custody": "detainee", "Arrest": "arrestee"}.get(
            self.entry.kind or "", "person"
        )
        if len(plain) < _SHORTEST_NAME:
            plain = f"{(role or party.kind).lower()}_{plain}"
        plain = re.sub(r"\W", "_", plain)
        return plain if plain not in taken else f"{plain}_{party.kind.lower()}"

    def _key_of(self, party: Party, record: Record) -> str:
        """A reference of its own, else the row's key with its name: one person a row."""
        for reference in list(self.entry.references):
            column = reference.column
            if reference.kind == party.kind and (column in party.columns or not party.label):
                self.entry.references.remove(reference)
                self.filler.taken.add(column.name)
                self.entry.used.add(column.name)
                record.when = if_not_always(column)
                return braced(column.name)
        own = next((c for c in party.find("ref") if c.name not in self.filler.taken and c.identifying), None)
        if own is not None and party.label:
            self.filler.taken.add(own.name)
            self.entry.used.add(own.name)
            record.when = if_not_always(own)
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
        return if_not_always(naming[0]) if naming else None

    def _rest(self) -> None:
        """What is left goes to the row's own thing, then to whatever can hold it."""
        main = self.entry.main
        if main is None:
            return
        self.filler.locate(main)
        refers = {reference.column.name for reference in self.entry.references}
        left = [c for c in self.entry.columns if c.name not in refers and c.name not in self.filler.taken]
        people = [r for r in self.entry.records if r.kind == "Person"]
        for column in left:
            if column.meaning in CONTACT and main.kind not in ("Person", "Address") and people and not column.about:
                self._shared(people, column)
            elif not self._foreign(column, main):
                self.filler.fill(main, [column])
        self._moment(main)
        self._happened(main)
        self._told(main)
        for record in self.entry.records[1:]:
            self.filler.fill(record, [c for c in left if c.meaning not in PERSONAL | CONTACT])

    def _foreign(self, column: Column, main: Record) -> bool:
        """True where a column's time belongs to another kind of event, or a person's word stands alone in an event."""
        times = {name for kind, name in EVENT_TIMES.items() if kind != main.kind}
        has_own = any(c.means(EVENT_TIMES.get(main.kind, "")) for c in self.entry.columns)
        return has_own and column.meaning in times

    def _shared(self, people: Sequence[Record], column: Column) -> None:
        """A contact without an owner in a row of several people is everybody's who has none of his own."""
        for record in people:
            self.filler.taken.discard(column.name)
            if self.filler.give(record, column, column.meaning) and len(people) > 1:
                record.notes.append(f"{column.name} is taken for everybody's in the row")

    def _moment(self, main: Record) -> None:
        """A date and a time of day in two columns are one moment."""
        clock = next((c for c in self.entry.find("time") if c.name not in self.filler.taken), None)
        value = main.properties.get("occurred_from")
        if clock is None or not isinstance(value, Value) or value.parse != "date" or value.column is None:
            return
        template = f"{{{value.column}}} {{{clock.name}}}"
        formats = tuple(f"{form} HH:mm" for form in value.formats) or ("YYYY-MM-DD HH:mm",)
        note = f"{value.column} and {clock.name} are one moment"
        main.properties["occurred_from"] = Value(template=template, parse="datetime", formats=formats, note=note)
        self.filler.taken.add(clock.name)

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
