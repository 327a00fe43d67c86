"""Inputs of the schema, as maps by its own names.

Written from api/schema.graphql by `make docs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Required, TypedDict

from client.made.choice import Kind, LinkType

# An order by one property; things without it come last, then by id.
EntityOrder = TypedDict("EntityOrder", {"property": "Required[str]", "descending": "bool | None"}, total=False)

# A condition on the things of a kind: parts given together must all hold. Dates are compared by their first
# instant.
EntityWhere = TypedDict(
    "EntityWhere",
    {
        "and": "Sequence[EntityWhere] | None",
        "or": "Sequence[EntityWhere] | None",
        "not": "EntityWhere | None",
        "property": "str | None",
        "eq": "str | None",
        "in": "Sequence[str] | None",
        "startsWith": "str | None",
        "contains": "str | None",
        "gte": "str | None",
        "lt": "str | None",
        "exists": "bool | None",
        "linkedTo": "str | None",
        "near": "NearInput | None",
    },
    total=False,
)

# At least this good: source at most N (1 best), intelligence no later than the letter (A best).
GradeInput = TypedDict("GradeInput", {"source": "int | None", "intelligence": "str | None"}, total=False)

# A condition on the items of a list: parts given together must all hold. `property` is a path of fields to a
# value, as the answer has it: `role`, `source.id`, `validFrom`, `to.label`, `entity.gender`; so it is in the
# order of a list. Dates are compared by their first instant. At most 10,000 items are looked at.
ListWhere = TypedDict(
    "ListWhere",
    {
        "and": "Sequence[ListWhere] | None",
        "or": "Sequence[ListWhere] | None",
        "not": "ListWhere | None",
        "property": "str | None",
        "eq": "str | None",
        "in": "Sequence[str] | None",
        "startsWith": "str | None",
        "contains": "str | None",
        "gte": "str | None",
        "lt": "str | None",
        "exists": "bool | None",
    },
    total=False,
)

# On the WGS-84 sphere, within a metre; an event without a point of its own is where its OCCURRED_AT is.
NearInput = TypedDict(
    "NearInput", {"latitude": "Required[float]", "longitude": "Required[float]", "metres": "Required[int]"}, total=False
)

# Which people and organisations: those within `hops` ties of `ids`; or those who live in `area` or had a part
# in what happened there; both: of the first who are in the second; neither: everybody. Two are tied, once and
# undirected, by ASSOCIATED_WITH and by what they share of `kinds`: PHONE, EMAIL, ACCOUNT, DOCUMENT, ADDRESS,
# PLACE, VEHICLE, any event; CALL also ties those whose phones were in one. `types`: the links that tie, by
# default all. `knownAt`: what was known then, under today's identity. What more than 100 hold ties nobody.
NetworkScope = TypedDict(
    "NetworkScope",
    {
        "ids": "Sequence[str] | None",
        "hops": "int | None",
        "area": "str | None",
        "types": "Sequence[LinkType] | None",
        "kinds": "Sequence[Kind] | None",
        "since": "date | None",
        "until": "date | None",
        "minGrade": "GradeInput | None",
        "knownAt": "datetime | None",
    },
    total=False,
)

# What is known of somebody or something; every part may be missing.
PartialIdentity = TypedDict(
    "PartialIdentity",
    {
        "name": "str | None",
        "givenName": "str | None",
        "surname": "str | None",
        "dateOfBirth": "date | None",
        "yearOfBirth": "int | None",
        "gender": "str | None",
        "phone": "str | None",
        "address": "str | None",
        "postcode": "str | None",
        "vrm": "str | None",
        "document": "str | None",
    },
    total=False,
)

# What of a drawing is shown. `weakest`: the worst letter of a grade, E for all; `until`: only what had begun by
# that day; `crowded`: nothing with more links than that.
WorkspaceFiltersInput = TypedDict(
    "WorkspaceFiltersInput",
    {
        "hiddenKinds": "Sequence[Kind] | None",
        "hiddenTypes": "Sequence[LinkType] | None",
        "weakest": "str | None",
        "until": "date | None",
        "crowded": "int | None",
    },
    total=False,
)

# A workspace to be kept: a new one, or with `id` and the `version` that it was made of what one has become; of
# that what is left out stays as it is.
WorkspaceInput = TypedDict(
    "WorkspaceInput",
    {
        "name": "Required[str]",
        "note": "str | None",
        "things": "Sequence[WorkspaceThingInput] | None",
        "filters": "WorkspaceFiltersInput | None",
        "id": "str | None",
        "version": "int | None",
    },
    total=False,
)

# A thing in a drawing: where it stands, in the drawing's own units, and what was done.
WorkspaceThingInput = TypedDict(
    "WorkspaceThingInput",
    {
        "id": "Required[str]",
        "x": "Required[float]",
        "y": "Required[float]",
        "expanded": "bool | None",
        "pinned": "bool | None",
        "away": "bool | None",
        "note": "str | None",
    },
    total=False,
)
