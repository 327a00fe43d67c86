"""Organisations, objects and the values that people share."""

from __future__ import annotations

from graph.model.core import Identity, Kind, Property, ValueType
from graph.model.shared import NOTE, code, identifier, many, moment, number, text

ORGANISATION = Kind(
    "Organisation",
    Identity.RESOLVED,
    "A business, agency, club or gang; never a person.",
    (
        text("name", "name", "DS_012", searched=True, ordered=True),
        code("type", "kind of organisation"),
        identifier("company_number", "number at Companies House", repeatable=False),
        many("alias", "other names", "DS_033", plural="aliases", searched=True),
        many("postcode", "postcodes the record gives; matching reads them", "DS_010", plural="postcodes"),
        many("address", "addresses the record gives; matching reads them", plural="addresses_given"),
        many("phone", "phone numbers the record gives; matching reads them", "DS_053", plural="phones_given"),
        NOTE,
    ),
    group="person",
)
VEHICLE = Kind(
    "Vehicle",
    Identity.RESOLVED,
    "A vehicle, known by its registration mark or its VIN.",
    (
        identifier("vrm", "vehicle registration mark", "DS_065", repeatable=False, ordered=True),
        identifier("vin", "vehicle identification number", repeatable=False),
        text("make", "make", "DS_066", ordered=True),
        text("model", "model", "DS_067"),
        text("colour", "colour", "DS_069"),
        number("year", "year of first registration"),
        code("type", "kind of vehicle"),
        NOTE,
    ),
)


def _value_kind(name: str, description: str, value: str, standard: str | None, *further: Property) -> Kind:
    held = Property("value", ValueType.TEXT, value, standard=standard, identifier=True, searched=True, ordered=True)
    return Kind(name, Identity.VALUE, description, (held, *further, NOTE))


PHONE = _value_kind("Phone", "A phone number; shared use is a hop through it.", "number in E.164", "DS_053")
EMAIL = _value_kind("Email", "An e-mail address.", "address, lower-case domain", "DS_054")
POSTCODE = _value_kind("Postcode", "A postcode unit.", "postcode with one space", "DS_010")
DOCUMENT = _value_kind(
    "Document",
    "An identity document.",
    "number",
    None,
    code("type", "kind of document; its scheme"),
    text("issuer", "who issued it"),
)
ACCOUNT = _value_kind(
    "Account",
    "A bank, social media or other account.",
    "number or handle",
    None,
    code("type", "kind of account; its scheme"),
    text("issuer", "bank or platform"),
)
ITEM = Kind(
    "Item",
    Identity.KEYED,
    "Property: stolen, found, seized, used.",
    (
        code("type", "property category", "DS_097"),
        text("description", "description", "DS_098", searched=True),
        text("reference", "exhibit or property reference", searched=True),
        text("serial_number", "serial number", "DS_100", searched=True),
        number("value_gbp", "value, pounds"),
        NOTE,
    ),
)
OFFICER = Kind(
    "Officer",
    Identity.KEYED,
    "A police officer or member of staff in that role.",
    (
        text("collar_number", "collar number", "DS_070", searched=True),
        text("rank", "rank"),
        text("given_name", "first name", "DS_031", searched=True),
        text("surname", "family name", "DS_032", searched=True),
        text("unit", "team or unit"),
        NOTE,
    ),
    group="person",
)
MARKER = Kind(
    "Marker",
    Identity.KEYED,
    "Wanted, bail, missing or a warning about somebody or something, from a date to a date.",
    (
        code("type", "WANTED, BAIL, MISSING, WARNING_VIOLENT, WARNING_WEAPONS, VULNERABLE_CHILD and the like"),
        text("text", "what the marker says"),
        moment("valid_from", "since when", ordered=True),
        moment("valid_to", "until when"),
        text("authority", "who set it"),
        NOTE,
    ),
)
