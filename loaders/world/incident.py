"""Command and control: 999 and 101 calls as NDJSON with ISO instants, free-text addresses and the caller as heard."""

from typing import Any

from loaders.world.calendar import iso, later
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.noise import Quality, spoken
from loaders.world.plan import Incident

SOURCE = "command-control"
_QUALITY = Quality(
    typo=0.045, nickname=0.08, middle=0.03, birth_missing=0.62, phone_missing=0.05, address_missing=0.3, generic=0.03
)
_GRADES = {"1": 12, "2": 60, "3": 480, "4": 1440}
_WHAT = (
    "a disturbance",
    "shouting and banging",
    "a suspicious vehicle",
    "a missing relative",
    "youths gathering",
    "a male acting strangely",
    "a collision, no injury",
    "an alarm sounding",
    "concern for a neighbour",
)


def write_incident(world: World) -> None:
    """Write command and control."""
    desk = Desk(world, "incident", SOURCE, _QUALITY)
    rows = [_row(desk, incident) for incident in world.incidents]
    faults = (Fault.BAD_JSON, Fault.NO_KEY, Fault.UNDECODABLE, Fault.ROW_KEY_REPEATED)
    desk.ndjson("incidents.ndjson", rows, key="ref", faults=faults)


def _row(desk: Desk, incident: Incident) -> dict[str, Any]:
    chance, place = desk.chance, desk.address(incident.place)
    latitude, longitude = desk.world.city.positions[incident.place]
    priority = chance.among("1222333344")
    assigned = later(incident.moment, 1 + chance.real() * _GRADES[priority] / 3)
    arrived = later(assigned, 2 + chance.real() * _GRADES[priority])
    crime = incident.crime
    row: dict[str, Any] = {
        "ref": incident.ref,
        "channel": "999" if priority in "12" or chance.hit(0.2) else "101",
        "priority": priority,
        "opening_code": incident.opening,
        "closing_code": crime.offence.opening if crime else f"0{chance.integer(10, 39)}",
        "opened": iso(incident.moment),
        "assigned": iso(assigned) if not chance.hit(0.05) else None,
        "arrived": iso(arrived) if not chance.hit(0.15) else None,
        "closed": iso(later(arrived, 10 + chance.tail(0.8, 300) * 15)),
        "address": _free_text(desk, place.line, place.locality),
        "postcode": place.postcode if chance.hit(0.6) else None,
        "lat": latitude,
        "lon": longitude,
        "beat": place.beat,
        "officer": desk.officer().collar,
        "crime_ref": crime.ref if crime and crime.told and chance.hit(0.5) else None,
    }
    desk.world.truth.entity(SOURCE, "Address", f"{incident.ref}/L", place.id)
    row |= _caller(desk, incident)
    row["text"] = f"Caller reports {chance.among(_WHAT)}, {place.street}. Units informed."
    return row


def _free_text(desk: Desk, line: str, locality: str) -> str:
    way = desk.chance.real()
    if way < 0.5:
        return f"{line}, {locality}"
    return line.upper() if way < 0.8 else f"o/s {line}"


def _caller(desk: Desk, incident: Incident) -> dict[str, Any]:
    chance, person = desk.chance, incident.caller
    blank = ("caller_name", "caller_dob", "caller_phone", "caller_address", "caller_postcode", "cli")
    if person is None:
        return dict.fromkeys(blank)
    day = incident.moment.toordinal()
    line = person.phone(day) if chance.hit(0.75) else ""
    if chance.hit(0.12):
        return {**dict.fromkeys(blank), "cli": line or None}
    seen = desk.person(f"{incident.ref}/C", person, day)
    if seen.birth is None and not seen.phone and not seen.address:
        seen.phone = person.phone(day)
    return {
        "caller_name": seen.full if chance.hit(0.85) else seen.full.upper(),
        "caller_dob": seen.born("{y}-{m:02d}-{d:02d}") or None,
        "caller_phone": spoken(chance, seen.phone) or None,
        "caller_address": seen.line or None,
        "caller_postcode": seen.postcode or None,
        "cli": line or None,
    }
