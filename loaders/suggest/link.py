"""The links of a row: its records with each other, and with the things that its references name."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import EVENTS, LINKS
from loaders.suggest.column import Column
from loaders.suggest.party import Label, by_identifier
from loaders.suggest.proposal import End, Entry, Link, Record, Reference, Value, braced
from loaders.suggest.record import Rows
from loaders.suggest.term import role_of, status_of, tie_of
from loaders.suggest.value import dated
from loaders.suggest.vocabulary import words

# The first type that may tie two kinds, either way round, is proposed.
_PREFERRED = (
    "HANDLED_BY", "SUBJECT_OF", "RELATED_TO", "INVOLVED_IN", "OCCURRED_AT", "IN", "MEMBER_OF", "USES", "KEEPS",
    "LIVES_AT", "HOLDS", "ASSOCIATED_WITH",
)  # fmt: skip
_ROLE_AT = {
    "Custody": "DETAINED", "Arrest": "ARRESTED", "StopSearch": "SUBJECT", "IntelReport": "SUBJECT", "Sighting": "SEEN",
}  # fmt: skip
_THING_ROLE_AT = {"Sighting": "SEEN", "IntelReport": "USED", "Incident": "USED"}
_CALLS = ("CALLER", "CALLED")
# Which event comes first, and what it is towards the other.
_RELATED = {
    ("Incident", "Crime"): "RECORDED_AS",
    ("Crime", "Custody"): "LED_TO",
    ("Crime", "Arrest"): "LED_TO",
    ("Arrest", "Custody"): "LED_TO",
    ("StopSearch", "Arrest"): "LED_TO",
    ("PublicEvent", "Incident"): "LINKED",
    ("PublicEvent", "Crime"): "LINKED",
}
_STOLEN = ("stolen", "theft")
_NO_DRIVER = ("VICTIM", "WITNESS", "REPORTING", "CALLER", "CHILD", "CARER")
_LASTING = ("KEEPS", "USES", "LIVES_AT", "MEMBER_OF", "ASSOCIATED_WITH", "DRIVES")
_MOST_MAPPED = 24


def add_links(entry: Entry, rows: Rows) -> None:
    """Give the entry its links: the row's own thing with the rest, the rest among themselves, then its references."""
    records = entry.records
    main = entry.main
    for record in records[1:] if main is not None else []:
        _tie(entry, main, record)
    _among(entry, [r for r in records if r is not main])
    _associate(entry, [r for r in records if r.kind == "Person" and r is not main])
    for party in rows.parties:
        column = by_identifier(party)
        person = next((r for r in records if r.kind == "Person"), None)
        if column is not None and person is not None:
            _named_by(entry, person, column, party.label)
    for reference in entry.references:
        _refer(entry, reference)
    if main is None and not records:
        _bare(entry)
    _period(entry)


def end_of(record: Record) -> End:
    """A record of the row as the end of a link."""
    return End(record.kind, record=record.name)


def between(one: End, other: End) -> tuple[str, End, End] | None:
    """The type that ties two things and the direction in which it does, None where the model knows none."""
    for name in _PREFERRED:
        link = LINKS[name]
        if one.kind in link.sources and other.kind in link.targets:
            return name, one, other
        if other.kind in link.sources and one.kind in link.targets:
            return name, other, one
    return None


def _tie(entry: Entry, main: Record | None, record: Record) -> None:
    if main is None:
        return
    link = _linked(end_of(main), end_of(record))
    belongs = record.kind == "Organisation" and any(other.kind == "Person" for other in entry.records)
    if link is None or (belongs and main.kind != "Person"):
        return
    if belongs and main.among:
        # The same row is of a person or of an organisation: what it is tied to is tied to either.
        entry.links += [
            Link(one.type, end_of(record), one.target)
            for one in list(entry.links)
            if one.origin.record == main.name and "Organisation" in LINKS[one.type].sources
        ]
        return
    if link.type == "USES":
        _set_role(link, "SUBSCRIBER" if main.name == "subscriber" else "USER")
    if link.type == "INVOLVED_IN":
        _set_role(link, _role(entry, record, main.kind if main.kind in EVENTS else record.kind))
    if link.type == "LIVES_AT" and main.kind == "Organisation":
        _set_role(link, "REGISTERED")
    entry.links.append(link)


def _linked(one: End, other: End) -> Link | None:
    found = between(one, other)
    if found is None:
        return None
    link = Link(*found)
    if link.type == "RELATED_TO":
        pair = (link.origin.kind, link.target.kind)
        if pair not in _RELATED and pair[::-1] in _RELATED:
            link.origin, link.target = link.target, link.origin
        _set_role(link, _RELATED.get((link.origin.kind, link.target.kind), "LINKED"))
    return link


def _set_role(link: Link, role: str | None) -> None:
    if role is not None:
        link.properties["role"] = Value(constant=role)


def _role(entry: Entry, record: Record, event: str) -> str | None:
    """The part that a record has in an event: by its own words, the file's name, else by the kind of event."""
    said = role_of(record.label) or (role_of(entry.stem) if not record.label else None)
    if record.kind == "Person":
        return said or (_ROLE_AT.get(event) if not record.label or event != "Custody" else None)
    if record.kind == "Phone" and event == "Call":
        phones = [r for r in entry.records if r.kind == "Phone"]
        return said if said in _CALLS else _CALLS[min(phones.index(record), 1)]
    return _THING_ROLE_AT.get(event) or _stolen(entry)


def _stolen(entry: Entry) -> str | None:
    said = any(word in value.casefold() for c in entry.find("type", "status") for value in c.values for word in _STOLEN)
    return "STOLEN" if entry.kind == "Item" and said else None


def _among(entry: Entry, records: list[Record]) -> None:
    """People and what they have in the row of an event or marker: who drives the vehicle, who belongs to the group."""
    people = [record for record in records if record.kind == "Person"]
    for record in records:
        driver = next((one for one in people if role_of(one.label) not in _NO_DRIVER), None)
        if record.kind == "Vehicle" and driver is not None:
            link = Link("DRIVES", end_of(driver), end_of(record))
            link.notes.append("a person and a vehicle in one row: taken for its driver; KEEPS is for a keeper")
            entry.links.append(link)
        if record.kind == "Organisation":
            for person in people:
                link = Link("MEMBER_OF", end_of(person), end_of(record), {"role": Value(constant="MEMBER")})
                entry.links.append(link)
    events = [record for record in records if record.kind in EVENTS]
    for event in events:
        for person in people:
            link = Link("INVOLVED_IN", end_of(person), end_of(event))
            _set_role(link, _ROLE_AT.get(event.kind))
            entry.links.append(link)


def _associate(entry: Entry, people: list[Record]) -> None:
    """Two people of a row whose tie a column says."""
    relation = next((c for c in entry.find("relation") if c.name not in entry.used), None)
    if relation is None or len(people) != 2:
        return
    first, second = people
    if role_of(first.label) == "CHILD":
        first, second = second, first
    link = Link("ASSOCIATED_WITH", end_of(first), end_of(second), {"role": _mapped(relation, tie_of)})
    link.notes.append(f"{relation.name} is read as what {first.name} is to {second.name}")
    entry.links.append(link)
    entry.used.add(relation.name)


def _mapped(column: Column, meaning: object) -> Value:
    """A column of words as codes of the model, by what each word speaks of."""
    if not callable(meaning):
        raise TypeError("the words' meaning is a function")
    found = {value: code for value in column.values[:_MOST_MAPPED] if (code := meaning(words(value))) is not None}
    found = {value: code for value, code in found.items() if value != code} and found
    return Value(column.name, map=found or None, otherwise="keep" if found else None)


def _named_by(entry: Entry, person: Record, column: Column, label: Label) -> None:
    link = Link("ASSOCIATED_WITH", end_of(person), End("Person", key=braced(column.name), by=column.meaning))
    tie = tie_of(label) or "ASSOCIATE"
    if tie in ("PARENT", "CHILD"):
        link.origin, link.target = link.target, link.origin
    _set_role(link, tie)
    link.notes.append(f"{column.name} names somebody who is no record of this row: whoever any source says has it")
    entry.links.append(link)
    entry.used.add(column.name)


def _refer(entry: Entry, reference: Reference) -> None:
    """Tie what a reference names to the record of the row that it goes with."""
    column = reference.column
    if column.name in entry.used and not any(column.name in record.uses() for record in entry.records):
        return
    end = End(reference.kind, key=braced(column.name))
    made = [link for record in _holders(entry, reference) if (link := _linked(end_of(record), end)) is not None]
    for link in made:
        _describe(entry, link, reference)
        entry.links.append(link)
        entry.used.add(column.name)


def _holders(entry: Entry, reference: Reference) -> list[Record]:
    """The records of a row that a reference goes with: a place for an area, the row's own thing, its people."""
    main = entry.main
    places = [record for record in entry.records if record.kind in ("Address", "Place")]
    if reference.kind == "Area" and places and (main is None or main.kind != "Area"):
        return places[:1]
    if main is None:
        return entry.records[:1]
    if main.kind == "Custody" and reference.kind == "Officer":
        return [next((r for r in entry.records if r.kind == "Arrest"), main)]
    if reference.kind in EVENTS and main.kind not in EVENTS:
        return [main, *(r for r in entry.records if r.kind == "Vehicle")]
    return [main]


def _describe(entry: Entry, link: Link, reference: Reference) -> None:
    link.notes.append(f"{reference.column.name}: {reference.why}")
    record = next((r for r in entry.records if r.name in (link.origin.record, link.target.record)), None)
    if link.type == "INVOLVED_IN" and record is not None:
        role = next(iter(entry.find("role")), None)
        if role is not None and role.name not in entry.used:
            link.properties["role"] = _mapped(role, role_of)
            entry.used.add(role.name)
        else:
            said = role_of(reference.column.about) if reference.kind == "Person" else None
            _set_role(link, said or _role(entry, record, reference.kind))
        _standing(entry, link, record)
    if link.type == "RELATED_TO" and link.origin.kind == link.target.kind:
        series = "series" in reference.column.about or "series" in words(reference.column.name)
        _set_role(link, "SAME_SERIES" if series else "LINKED")
    if link.type == "ASSOCIATED_WITH" and (tie := tie_of(reference.column.about)) is not None:
        # The column says what the other is: a mother's number names the parent, who is `from`.
        link.origin, link.target = link.target, link.origin
        _set_role(link, tie)


def _standing(entry: Entry, link: Link, record: Record) -> None:
    """A suspect's status in the crime stands on the link."""
    status = next((c for c in entry.find("status") if c.few and c.name not in entry.used), None)
    if status is not None and record.kind == "Person":
        link.properties["status"] = _mapped(status, status_of)
        entry.used.add(status.name)


def _bare(entry: Entry) -> None:
    """The link of a file that only ties what other files describe: its first two references."""
    ends = [End(reference.kind, key=braced(reference.column.name)) for reference in entry.references[:2]]
    if len(ends) < 2 or (link := _linked(*ends)) is None:
        entry.notes.append("what the columns tie could not be told: write records or links")
        return
    link.notes += [f"{reference.column.name}: {reference.why}" for reference in entry.references[:2]]
    tie = next(iter(entry.find("relation", "role")), None)
    if tie is not None and link.type in ("ASSOCIATED_WITH", "INVOLVED_IN"):
        link.properties["role"] = _mapped(tie, tie_of if link.type == "ASSOCIATED_WITH" else role_of)
        entry.used.add(tie.name)
    elif link.type in ("ASSOCIATED_WITH", "INVOLVED_IN"):
        _set_role(link, tie_of(entry.stem) if link.type == "ASSOCIATED_WITH" else role_of(entry.stem))
    entry.links.append(link)
    entry.used |= {reference.column.name for reference in entry.references[:2]}


def _period(entry: Entry) -> None:
    """Times of a row that is no event are those of what it ties for a while: who kept a car, who had a phone."""
    if entry.kind in EVENTS or entry.kind == "Marker":
        return
    lasting = [link for link in entry.links if link.type in _LASTING]
    for name in ("valid_from", "valid_to"):
        for column in entry.find(name):
            if lasting and column.moments is not None and column.name not in entry.used:
                for link in lasting:
                    link.properties[name] = dated(column)
                entry.used.add(column.name)


def referring(entries: Iterable[Entry]) -> int:
    """How many links end in things of other rows."""
    return sum(link.origin.key is not None or link.target.key is not None for e in entries for link in e.links)
