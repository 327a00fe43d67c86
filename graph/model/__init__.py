"""The POLE model, declared once: kinds, properties, link types and roles of the contract.

From it come the constraints and indexes, the load statements, the GraphQL types and `docs/data-dictionary.md`.
"""

from __future__ import annotations

from graph.model import event, place, thing
from graph.model.core import Identity, Kind, LinkType, Property, ValueType, camel
from graph.model.link import LINK_TYPES
from graph.model.person import PERSON, PERSON_NAME

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        PERSON,
        thing.ORGANISATION,
        thing.VEHICLE,
        place.ADDRESS,
        place.PLACE,
        thing.PHONE,
        thing.EMAIL,
        thing.POSTCODE,
        thing.DOCUMENT,
        thing.ACCOUNT,
        thing.ITEM,
        place.AREA,
        thing.OFFICER,
        thing.MARKER,
        event.CRIME,
        event.INCIDENT,
        event.STOP_SEARCH,
        event.ARREST,
        event.CUSTODY,
        event.CALL,
        event.SIGHTING,
        event.INTEL_REPORT,
        event.SAFEGUARDING,
        event.PUBLIC_EVENT,
    )
}
LINKS: dict[str, LinkType] = {link.name: link for link in LINK_TYPES}
KIND_OF_ENUM: dict[str, str] = {kind.enum: kind.name for kind in KINDS.values()}
RESOLVED: tuple[str, ...] = tuple(k.name for k in KINDS.values() if k.identity is Identity.RESOLVED)
KEYED: tuple[str, ...] = tuple(k.name for k in KINDS.values() if k.identity is Identity.KEYED)
VALUES: tuple[str, ...] = tuple(k.name for k in KINDS.values() if k.identity is Identity.VALUE)
EVENTS: tuple[str, ...] = tuple(k.name for k in KINDS.values() if k.event)

__all__ = [
    "EVENTS",
    "KEYED",
    "KINDS",
    "KIND_OF_ENUM",
    "LINKS",
    "PERSON_NAME",
    "RESOLVED",
    "VALUES",
    "Identity",
    "Kind",
    "LinkType",
    "Property",
    "ValueType",
    "camel",
]
