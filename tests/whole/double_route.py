"""What is asked of both of two double worlds by other ways than GraphQL: files, and what a phone asks."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import orjson

from graph.export import Format
from tests.whole.double import Asker, Known
from tests.whole.double_refusal import ABSENT


def routes(ask: Asker, known: Known) -> None:
    """Everything as a file, a network as one, a profile, a stop, many vehicles; of hidden ids as of absent ones."""
    formats = list(Format)
    (one, *_) = known.some("Person", 1)
    for format_ in known.few(formats, 2):
        ask.call("GET", f"/exports/{format_.value}")
    for format_ in known.few(formats, 1):
        asked = {"id": [one, *known.hidden[:1]], "hops": 2, "kind": ["PERSON", "PHONE", "CRIME"]}
        ask.call("GET", f"/exports/{format_.value}?{urlencode(asked, doseq=True)}")
    ask.call("GET", f"/profiles/{one}")
    _concealed(ask, [id_ for id_ in known.hidden if id_.startswith("e_")][:3])
    given: tuple[Mapping[str, object], ...] = (
        {"vrm": "TE52 ABC"},
        {"vrm": "TE5? ABC"},
        {"phone": f"07700900{known.chance.randint(100, 105)}"},
        {"person": {"name": "Anna Nowak"}},
    )
    for body in known.few(given, 2):
        ask.call("POST", "/stop-check", orjson.dumps(body))
    ask.call("POST", "/vehicle-checks", orjson.dumps({"marks": [f"TE{number} ABC" for number in range(51, 56)]}))


def _concealed(ask: Asker, hidden: list[str]) -> None:
    nothing = ABSENT["e_"]
    for way in ("/profiles/{}", "/exports/ndjson?id={}"):
        absent = ask.call("GET", way.format(nothing)).masked(nothing)
        for id_ in hidden:
            ask.betrayed += [id_] if ask.call("GET", way.format(id_)).masked(id_) != absent else []
