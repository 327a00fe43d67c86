"""Locations: addresses, places, areas."""

from __future__ import annotations

from graph.model.core import Identity, Kind
from graph.model.shared import LOCATION, NOTE, code, identifier, text

ADDRESS = Kind(
    "Address",
    Identity.RESOLVED,
    "A postal address, known by its UPRN or by its parts.",
    (
        text("text", "the address in one line", searched=True),
        text("saon", "flat or unit (BS 7666 secondary object)"),
        text("paon", "number or name of the building (BS 7666 primary object)", "DS_006"),
        text("street", "street", "DS_007"),
        text("locality", "locality"),
        text("town", "town", "DS_008"),
        text("postcode", "postcode", "DS_010", searched=True, ordered=True),
        identifier("uprn", "unique property reference number", "DS_011", repeatable=False),
        LOCATION,
        NOTE,
    ),
    group="location",
)
PLACE = Kind(
    "Place",
    Identity.KEYED,
    "A place that is no postal address: a park, a junction, a map point.",
    (
        text("name", "name", searched=True),
        code("type", "kind of place"),
        LOCATION,
        text("description", "description"),
        NOTE,
    ),
    group="location",
)
AREA = Kind(
    "Area",
    Identity.KEYED,
    "A beat, ward, policing unit, output area.",
    (
        text("code", "code", searched=True),
        text("name", "name", searched=True),
        code("type", "BEAT, LPU, LSOA, WARD, OUTWARD, FORCE"),
        text("boundary", "outline as GeoJSON"),
        NOTE,
    ),
    group="location",
)
