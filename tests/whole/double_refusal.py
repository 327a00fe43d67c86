"""Questions of double worlds that are refused, or about what is hidden: they give away nothing either."""

from __future__ import annotations

from collections.abc import Iterable

from tests.whole.double import Asker, Known
from tests.whole.double_selection import THING

# What an id of each sort looks like that is of nothing.
ABSENT = {"e_": "e_" + "a" * 20, "r_": "r_" + "a" * 20, "d_": "d_" + "a" * 20, "l_": f"l_{'a' * 20}_1"}
_NAMED = f"node(id: $id) {{ id ... on Entity {{ {THING} }} }} nodes(ids: [$id, $seen]) {{ id }}"
_CONCEALING = (
    f"{_NAMED} entity(id: $id) {{ {THING} }} "
    "subjectProfile(id: $id) { asOf } subjectProfiles(ids: [$id, $seen]) { subject { id } } "
    "expand(ids: [$id, $seen], limit: 3) { nodes { id } links { id } truncated { reason suppressed } } "
    "timeline(ids: [$id]) { totalCount edges { cursor } } coOffenders(id: $id) { sharedEvents } "
    "sharedLinks(ids: [$id, $seen]) { through { id } } paths(from: $id, to: $seen) { paths { length } } "
    "back: paths(from: $seen, to: $id) { paths { length } truncated { reason } } "
    "entities(kind: PERSON, where: {linkedTo: $id}) { totalCount edges { cursor } }",
    "seen: entity(id: $seen) { id } whyResolved(id: $id) { sentence records { id } }",
    "whyNot(a: $id, b: $seen) { weight sentence }",
    "whyNot(a: $seen, b: $id) { weight sentence }",
    "mergePreview(a: $id, b: $seen) { token }",
    "mergePreview(a: $seen, b: $id) { token }",
    "splitPreview(a: $id, b: $seen) { apart }",
    "splitPreview(a: $seen, b: $id) { apart }",
)


def concealed(ask: Asker, known: Known) -> None:
    """Hidden ids, each answered with the bytes that an id of nothing is answered with."""
    (seen, *_) = known.some("Person", 1)
    for place, fields in enumerate((_NAMED, *_CONCEALING)):
        query = f"query($id: ID!, $seen: ID!) {{ {fields} }}"
        # Links and decisions are answered by nothing but `node`.
        hidden = [id_ for id_ in known.hidden if place == 0 or id_[:2] in ("e_", "r_")]
        absent: dict[str, bytes] = {}
        for id_ in hidden if place == 0 else known.few(hidden, 2):
            if id_[:2] not in absent:
                nothing = ABSENT[id_[:2]]
                absent[id_[:2]] = ask.ask(query, id=nothing, seen=seen).masked(nothing)
            answer = ask.ask(query, id=id_, seen=seen)
            ask.betrayed += [id_] if answer.masked(id_) != absent[id_[:2]] else []


def errors(ask: Asker, known: Known) -> None:
    """Questions that are refused."""
    (one, *_) = known.some("Person", 1)
    refused: Iterable[str] = (
        'entities(kind: PERSON, after: "e30.abc") { totalCount }',
        f'entity(id: "{one}") {{ links(after: "WzEsMV0.abc") {{ totalCount }} }}',
        'search(text: "smith", after: "x") { edges { cursor } }',
        "entities(kind: PERSON, first: 501) { totalCount }",
        f'paths(from: "{one}", to: "{one}", maxHops: 50) {{ paths {{ length }} }}',
        f'whyNot(a: "{one}", b: "{known.some("Vehicle", 1)[0]}") {{ weight }}',
        'search(text: "+-&|!(){}[]^~*?:/ OR mk:1") { edges { cursor } }',
        'entities(kind: PERSON, where: {property: "mk", eq: "0"}) { totalCount }',
        "stopCheck { asOf }",
    )
    for query in refused:
        ask(f"{{ {query} }}")
