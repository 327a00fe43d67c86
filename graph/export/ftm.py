"""FollowTheMoney entities, one a line, as OpenAleph and yente read them: https://followthemoney.tech/explorer/.

What it has no schema for goes into the nearest: every kind of event is an Event, every other link an UnknownLink.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

import orjson

from graph.export.content import Content, as_text

Map = dict[str, Any]
_SCHEMATA = {
    "PERSON": "Person",
    "OFFICER": "Person",
    "ORGANISATION": "Organization",
    "VEHICLE": "Vehicle",
    "ADDRESS": "Address",
    "PLACE": "Address",
    "POSTCODE": "Address",
    "AREA": "Address",
    "PHONE": "Thing",
    "EMAIL": "Thing",
    "DOCUMENT": "Thing",
    "ACCOUNT": "BankAccount",
    "ITEM": "Asset",
    "MARKER": "Note",
}
# Our field: theirs, by schema.
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "Person": {
        "givenName": "firstName",
        "middleName": "middleName",
        "surname": "lastName",
        "aliases": "alias",
        "dateOfBirth": "birthDate",
        "placeOfBirth": "birthPlace",
        "gender": "gender",
        "nationality": "nationality",
        "title": "title",
        "occupation": "position",
        "passportNumber": "passportNumber",
        "niNumber": "idNumber",
        "driverNumber": "idNumber",
        "description": "description",
    },
    "Organization": {"companyNumber": "registrationNumber", "type": "legalForm"},
    "Vehicle": {"vrm": "registrationNumber", "model": "model", "make": "type"},
    "Address": {"text": "full", "postcode": "postalCode", "locality": "city", "uprn": "recordId"},
    "BankAccount": {"value": "accountNumber"},
    "Note": {"type": "name", "text": "description"},
    "Event": {
        "occurredFrom": "startDate",
        "occurredTo": "endDate",
        "summary": "summary",
        "reference": "recordId",
        "outcome": "description",
    },
}
# A link's schema, and the properties that name who it comes from and goes to.
_LINKS = {
    "ASSOCIATED_WITH": ("Associate", "person", "associate", "relationship"),
    "MEMBER_OF": ("Membership", "member", "organization", "role"),
    "KEEPS": ("Ownership", "owner", "asset", "role"),
}


def write(content: Content, out: BinaryIO) -> None:
    """Write things, then links, each as an entity of its own."""
    for thing in content.things():
        _line(out, _thing(thing))
    for link in content.links():
        _line(out, _link(link))


def _line(out: BinaryIO, entity: Map) -> None:
    out.write(orjson.dumps(entity, option=orjson.OPT_APPEND_NEWLINE))


def _thing(thing: Map) -> Map:
    schema = _SCHEMATA.get(thing["kind"], "Event")
    properties: dict[str, list[str]] = {"name": [thing["label"]] if thing["label"] else []}
    for field, value in thing["properties"].items():
        name = _FIELDS.get(schema, {}).get(field)
        if name is not None:
            values = value if isinstance(value, list) else [value]
            properties.setdefault(name, []).extend(as_text(each) for each in values)
    properties.setdefault("keywords", []).extend([thing["kind"], *thing["markings"]])
    return _entity(thing["id"], schema, properties)


def _link(link: Map) -> Map:
    schema, origin, target, role = _LINKS.get(link["type"], ("UnknownLink", "subject", "object", "role"))
    said = link.get("role") or link["type"]
    properties = {
        origin: [link["from"]],
        target: [link["to"]],
        role: [said],
        "startDate": [link["validFrom"]] if "validFrom" in link else [],
        "endDate": [link["validTo"]] if "validTo" in link else [],
        "publisher": [link["source"]] if "source" in link else [],
        "summary": [" ".join(filter(None, (link["type"], link.get("grade"), link["marking"])))],
    }
    return _entity(link["id"], schema, properties)


def _entity(id_: str, schema: str, properties: Mapping[str, list[str]]) -> Map:
    return {"id": id_, "schema": schema, "properties": {name: values for name, values in properties.items() if values}}
