"""Sample questions: what GraphiQL opens with, and what the demo asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Sample:
    """A question: its name, document and variables; some are for the graph to give: ids, a mark."""

    name: str
    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)

    def tab(self) -> dict[str, str]:
        """The question as a tab of GraphiQL."""
        headers = {"X-Purpose": "TRAINING"}
        return {
            "query": self.query,
            "variables": orjson.dumps(dict(self.variables), option=orjson.OPT_INDENT_2).decode(),
            "headers": orjson.dumps(headers, option=orjson.OPT_INDENT_2).decode(),
        }


SEARCH = Sample(
    "Search",
    """# Names, addresses, identifiers; typos and missing parts are fine.
query Search($text: String!) {
  search(text: $text, first: 10) {
    edges { node { score entity { id kind label degree ... on Person { dateOfBirth } } matched { name value } } }
    pageInfo { hasNextPage endCursor }
  }
}
""",
    {"text": "smith"},
)
IDENTIFY = Sample(
    "Identify",
    """# Who is this? Each candidate with its evidence in bits.
query Identify($partial: PartialIdentity!) {
  identify(partial: $partial, first: 5) {
    probability weight
    entity { id label ... on Person { dateOfBirth aliases } }
    evidence { field left right level bits sentence }
  }
}
""",
    {"partial": {"name": "Jon Smith", "yearOfBirth": 1990}},
)
PROFILE = Sample(
    "Profile",
    """# A subject at a glance. Put the id of a person found before into the variables.
query Profile($id: ID!) {
  subjectProfile(id: $id) {
    subject { id label sameIdentity { id label markings } }
    warnings { code text since }
    addresses { to { label } role validFrom source { name } grade { label } }
    associates(first: 5) { edges { node { entity { id label } score sharedEvents } } }
    events(first: 10) { edges { node { role to { id kind label } source { name } } } }
  }
}
""",
    {"id": ""},
)
VEHICLES = Sample(
    "Vehicles",
    """# Everything of a kind, filtered and ordered.
query Vehicles {
  entities(kind: VEHICLE, where: {property: "make", eq: "FORD"}, orderBy: [{property: "vrm"}], first: 10) {
    totalCount
    edges { node { id label degree ... on Vehicle { model colour year } } }
  }
}
""",
)
STOP_CHECK = Sample(
    "StopCheck",
    """# At the roadside: who keeps this vehicle, and what should one know?
query StopCheck($vrm: String) {
  stopCheck(vrm: $vrm) {
    vehicle { id label }
    subject { id label }
    keepers { from { id label } validFrom }
    warnings { code text }
    flags { code text since }
  }
}
""",
    {"vrm": "AB12 CDE"},
)
EXPAND = Sample(
    "Network",
    """# What is within two hops?
query Network($id: ID!) {
  expand(ids: [$id], hops: 2, limit: 100) {
    nodes { id kind label }
    links { id type role from { id } to { id } }
    truncated { reason suppressed }
  }
}
""",
    {"id": ""},
)
PATHS = Sample(
    "Paths",
    """# How are two things joined?
query Paths($a: ID!, $b: ID!) {
  paths(from: $a, to: $b, maxHops: 4) {
    paths { length weakest { label } nodes { id label } links { type role } }
    bridges { id label }
  }
}
""",
    {"a": "", "b": ""},
)
REVIEW = Sample(
    "Review",
    """# Which records may be one person, and what would be settled by knowing? `mergePreview`, then `decide`.
query Review {
  reviewQueue(first: 5) {
    totalCount
    edges { node { priority pair { a { id } b { id } sentence runnerUp counterfactuals { sentence } } } }
  }
}
""",
)
# In this order each is given what the answers before it showed.
SAMPLES = (SEARCH, IDENTIFY, PROFILE, EXPAND, PATHS, VEHICLES, STOP_CHECK, REVIEW)
