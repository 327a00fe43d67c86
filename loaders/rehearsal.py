"""Made-up rows that take every step of a message: once these have been through, the database has its plans."""

from __future__ import annotations

from loaders.row import End, LinkClaim, RecordClaim, SourceRow
from security.marking import FLOOR

SOURCE = "rehearsal"
# How often the rows change before they are taken back. After so many rounds of that, done while nobody sends anything,
# the server has compiled most of what messages need: its compiler took two thirds of the time of the first thousand.
TIMES, ROUNDS = 3, 10
_PEOPLE = 12
_NOBODY, _MARK = "Rehearsal Nobody", FLOOR.text


def made_up(times: int) -> list[SourceRow]:
    """Some people who share an address and a phone, and an event that one of them is named in before it is known.

    `times`: how often they have come before; each time their phone is another.
    """
    people = [_person(serial, times) for serial in range(_PEOPLE)]
    return [*people, _involved(times), *([_event(times)] if times else [])]


def _row(key: str, times: int, records: tuple[RecordClaim, ...], links: tuple[LinkClaim, ...]) -> SourceRow:
    return SourceRow(0, key, times, _MARK, f"{key} {times}", "{}", records, links)


def _person(serial: int, times: int) -> SourceRow:
    phone, home = f"+4477009000{times:02}", "1 Rehearsal Street, Nowhere, ZZ1 1ZZ"
    person = {"given_name": "Nobody", "surname": "Rehearsal", "date_of_birth": f"1900-02-{serial + 1:02}"}
    address = {"text": home, "paon": "1", "street": "Rehearsal Street", "town": "Nowhere", "postcode": "ZZ1 1ZZ"}
    records = (
        RecordClaim("p", "Person", str(serial), _MARK, None, {**person, "phone": [phone], "address": [home]}),
        RecordClaim("a", "Address", _NOBODY, _MARK, None, {**address}),
        RecordClaim("t", "Phone", None, _MARK, None, {}, phone),
    )
    links = (_link("LIVES_AT", _here("Person", "p"), _here("Address", "a")),)
    return _row(f"person {serial}", times, records, (*links, _link("USES", _here("Person", "p"), _here("Phone", "t"))))


def _involved(times: int) -> SourceRow:
    ends = (End((kind,), SOURCE, key=key) for kind, key in (("Person", "0"), ("Crime", _NOBODY)))
    return _row("involved", times, (), (_link("INVOLVED_IN", *ends),))


def _event(times: int) -> SourceRow:
    crime = RecordClaim("e", "Crime", _NOBODY, _MARK, None, {"type": "Rehearsal", "occurred_from": "1900-01-01"})
    return _row("event", times, (crime,), ())


def _here(kind: str, name: str) -> End:
    return End((kind,), SOURCE, record=name)


def _link(type_: str, origin: End, target: End) -> LinkClaim:
    return LinkClaim(type_, origin, target, _MARK, None)
