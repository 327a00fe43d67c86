"""Everything that is asked of both of two double worlds: a list of makers, each of which asks about one thing served.

A maker asks through `ask` and takes what it asks about from `known`; what the first makers were shown feeds the others.
Whoever serves a new field or argument adds it here: a test finds what no maker asks for.
"""

from __future__ import annotations

from itertools import combinations

from graph.model import KINDS
from tests.whole.double import Asker, Known, Maker, follow
from tests.whole.double_access import looks
from tests.whole.double_alert import standing
from tests.whole.double_analysis import at_risk, emerging, jobs, networks, patterns, suggestions
from tests.whole.double_decision import disputes, previews, words
from tests.whole.double_life import changes, lives, repeats
from tests.whole.double_live import cells, demand, figures
from tests.whole.double_network import calls, connect, event_context, expand, exports, paths, strong_paths, usage
from tests.whole.double_refusal import concealed, errors
from tests.whole.double_route import routes
from tests.whole.double_selection import GOLDEN, LINK, LINK_TYPES, LINKS, LISTS, PAGE, SINCE, THING, leaves, own, select
from tests.whole.double_sift import sifted
from tests.whole.double_workspace import briefs, workspaces
from tests.whole.double_world import GIVEN, NHS, SURNAMES


def things(ask: Asker, known: Known) -> None:
    """Everything of every kind, with all properties of the kind."""
    for kind in KINDS.values():
        query = (
            f"{{ entities(kind: {kind.enum}, first: 500) {{ totalCount totalCountCapped {PAGE} edges {{ cursor node {{ "
            f"{THING} movedFrom sameIdentity {{ {THING} }} ... on {kind.name} {{ {own(kind.name)} }} }} }} }} }}"
        )
        edges = ask(query).get("entities", {}).get("edges", [])
        known.things[kind.name] = [edge["node"]["id"] for edge in edges]


def entity(ask: Asker, known: Known) -> None:
    """Each thing with its records, links and golden values."""
    query = (
        f"query($id: ID!) {{ entity(id: $id) {{ {THING} movedFrom sameIdentity {{ {select('Entity', 0)} }} "
        f"golden {{ {GOLDEN} }} records(first: 50) {{ {select('RecordConnection', 2, LISTS)} }} "
        f"links(first: 100) {{ {LINKS} }} }} }}"
    )
    for kind in known.things:
        for id_ in known.few(known.some(kind, 6 if kind == "Person" else 2), 3 if kind == "Person" else 1):
            found = ask(query, id=id_).get("entity") or {}
            known.records += [edge["node"]["id"] for edge in found.get("records", {}).get("edges", [])]
            known.links += [edge["node"]["id"] for edge in found.get("links", {}).get("edges", [])]
    known.records, known.links = sorted(set(known.records)), sorted(set(known.links))
    for id_ in known.some("Person", 1):
        for moment in ("2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"):
            ask("query($id: ID!, $at: DateTime) { entity(id: $id, knownAt: $at) { id label } }", id=id_, at=moment)


def filtered_links(ask: Asker, known: Known) -> None:
    """The links of some things by each filter, alone and together."""
    filters = (
        f"types: {LINK_TYPES}", 'roles: ["SUSPECT", "USER"]', "kinds: [CRIME, PHONE, PERSON]", "direction: OUT",
        "direction: IN", f"since: {SINCE}", f"until: {SINCE}", 'minGrade: {source: 2, intelligence: "C"}',
        f"validAt: {SINCE}", 'knownAt: "2026-01-01T00:00:00Z"', f"types: {LINK_TYPES}, since: {SINCE}, direction: OUT",
    )  # fmt: skip
    fields = " ".join(
        f"f{number}: links(first: 100, {given}) {{ totalCount edges {{ node {{ id }} }} }}"
        for number, given in enumerate(filters)
    )
    for id_ in (*known.some("Person", 1), *known.some("Phone", 1), *known.some("Crime", 1)):
        ask.maybe(f"query($id: ID!) {{ entity(id: $id) {{ {fields} }} }}", id=id_)


def nodes(ask: Asker, known: Known) -> None:
    """Entities, records, links and decisions by their ids."""
    query = (
        f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id ... on Entity {{ {THING} }} "
        f"... on Record {{ {select('Record', 1, LISTS)} }} ... on Link {{ {LINK} }} }} }}"
    )
    ids = [*(id_ for some in known.things.values() for id_ in some), *known.records, *known.links]
    for start in range(0, len(ids), 100):
        ask(query, ids=ids[start : start + 100])
    decision = f"query($id: ID!) {{ node(id: $id) {{ id ... on Decision {{ {select('Decision', 1)} }} }} }}"
    for id_ in (*known.decisions, *known.records[:2], *known.links[:2]):
        ask(decision, id=id_)


def pages(ask: Asker, known: Known) -> None:
    """Lists in small pages, each page's cursor followed to the end."""
    person, event = known.some("Person", 1), known.some("Crime", 1)
    edges = f"{PAGE} edges {{ cursor node {{ id }} }}"
    lists = [
        "entities(kind: PERSON, first: 2, after: $after) { totalCount %s }",
        "entities(kind: PHONE, first: 1, after: $after) { %s }",
        'entities(kind: PERSON, first: 3, after: $after, orderBy: [{property: "surname", descending: true}]) { %s }',
        'entities(kind: CRIME, first: 2, after: $after, orderBy: [{property: "occurredFrom"}]) { %s }',
        *(f'search(text: "{text}", first: 2, after: $after) {{ %s }}' for text in ("smith", "0770090010")),
    ]
    for query in known.few(lists, 3):
        follow(ask, "query($after: String) { page: " + query.replace("%s", _hits(query, edges)) + " }")
    for id_ in (*person, *event):
        for query in ("links(first: 2, after: $after)", "records(first: 1, after: $after)"):
            follow(
                ask, f"query($id: ID!, $after: String) {{ of: entity(id: $id) {{ page: {query} {{ {edges} }} }} }}", id_
            )
        for query in ("events(first: 1, after: $after)", "associates(first: 1, after: $after)"):
            inner = edges if query.startswith("events") else f"{PAGE} edges {{ cursor node {{ score }} }}"
            follow(
                ask,
                f"query($id: ID!, $after: String) {{ of: subjectProfile(id: $id) {{ page: {query} {{ {inner} }} }} }}",
                id_,
            )
        timeline = (
            f"query($id: ID!, $after: String) {{ page: timeline(ids: [$id], first: 1, after: $after) {{ {edges} }} }}"
        )
        follow(ask, timeline, id_)
    usage = f"query($id: ID!, $after: String) {{ page: usage(id: $id, first: 1, after: $after) {{ {edges} }} }}"
    for id_ in known.some("Phone", 2):
        follow(ask, usage, id_)


def _hits(query: str, edges: str) -> str:
    return f"{PAGE} edges {{ cursor node {{ score entity {{ id }} }} }}" if query.startswith("search") else edges


def conditions(ask: Asker, known: Known) -> None:
    """Lists by every condition and order."""
    (one, *_), hidden = known.some("Person", 1), known.hidden[0]
    phones = known.some("Phone", 1)
    people = (
        *(f'{{property: "surname", {what}}}' for what in (
            'eq: "Smith"', 'in: ["Smith", "Khan"]', 'startsWith: "K"', 'contains: "a"', 'gte: "Kelly", lt: "Patel"',
            "exists: true",
        )),
        '{property: "dateOfBirth", gte: "1971", lt: "1972"}', '{not: {property: "gender", exists: true}}',
        '{or: [{property: "aliases", contains: "mi"}, {property: "nhsNumbers", exists: true}]}',
        '{and: [{property: "surname", exists: true}, {property: "gender", eq: "Male"}]}',
        *(f'{{linkedTo: "{id_}"}}' for id_ in (one, hidden, *phones)),
    )  # fmt: skip
    asked = [("PERSON", where, "surname") for where in people]
    near = "{near: {latitude: 52.5, longitude: -1.5, metres: %d}}"
    asked += [(kind, near % metres, "type") for kind in ("CRIME", "INCIDENT") for metres in (3_000, 100_000)]
    asked += [("PHONE", '{property: "value", startsWith: "+447700"}', "value")]
    for kind, where, by in asked:
        order = f'{{property: "{by}", descending: true}}'
        ask.maybe(
            f"{{ entities(kind: {kind}, where: {where}, orderBy: [{order}], first: 100) "
            "{ totalCount edges { cursor node { id label } } } }"
        )


def search(ask: Asker, known: Known) -> None:
    """What people of this world, and near them, are called, and what they use."""
    hit = select("SearchConnection", 2, LISTS)
    names = known.chance.sample(sorted({line.cells[2] for line in known.people}), 6)
    texts = (*SURNAMES[:2], *GIVEN[:1], *names, "te51abc", "07700900100", "high street", "ref/1", "example.org", NHS[0])
    for text in texts:
        ask.maybe(f"query($text: String!) {{ search(text: $text, first: 50) {{ {hit} }} }}", text=text)
    for given in ("kinds: [PERSON]", "kinds: [PHONE, VEHICLE]", "fuzzy: false", "first: 3"):
        for text in (*names[:2], "smith", "0770090"):
            ask.maybe(f"query($text: String!) {{ search(text: $text, {given}) {{ {hit} }} }}", text=text)


def facets(ask: Asker, known: Known) -> None:
    """How many of lists and hits have each value, of all kinds and of some things."""
    inner = select("Facet", 2, LISTS)
    every = '["source", "area", "type", "status"]'
    for kind in KINDS.values():
        ask.maybe(f"{{ entities(kind: {kind.enum}, first: 1) {{ facets {{ {inner} }} }} }}")
        area = f'facets(properties: ["source", "area"], first: 2) {{ {inner} }}'
        ask.maybe(f"{{ entities(kind: {kind.enum}, first: 1) {{ {area} }} }}")
    phones = known.some("Phone", 1)
    for name, given in (
        ("PERSON", '{property: "surname", in: ["Smith", "Khan"]}'),
        ("PERSON", f'{{linkedTo: "{known.hidden[0]}"}}'),
        *(("CRIME", f'{{linkedTo: "{id_}"}}') for id_ in (*known.some("Person", 2), *phones)),
        ("CRIME", "{near: {latitude: 52.5, longitude: -1.5, metres: 3000}}"),
    ):
        asked = every if name == "CRIME" else '["source", "area", "gender"]'
        fields = f"facets {{ {inner} }} areas: facets(properties: {asked}, first: 100) {{ {inner} }}"
        ask.maybe(f"{{ entities(kind: {name}, where: {given}) {{ {fields} }} }}")
    for text in (*SURNAMES[:3], *GIVEN[:1], "te51abc", "07700900", "high street"):
        fields = f"facets {{ {inner} }} some: facets(properties: {every}, first: 2) {{ {inner} }}"
        ask.maybe(f"query($text: String!) {{ search(text: $text, first: 1) {{ {fields} }} }}", text=text)


def _partials(known: Known) -> list[dict[str, object]]:
    """What is known of somebody, from rows about people that are there or not, whole and in parts."""
    partials: list[dict[str, object]] = [
        {"name": "John Smith"}, {"phone": "07700900101"}, {"postcode": "TE1 1ST", "surname": "Khan"},
        {"vrm": "TE51 ABC"},
        {"document": NHS[0]}, {"givenName": "Jon", "surname": "Smyth", "yearOfBirth": 1971, "gender": "Male"},
        {"address": "1 High Street, Testham", "name": "Anna Kahn"},
    ]  # fmt: skip
    for line in known.chance.sample(known.people, 4):
        _, _, name, born, gender, phone, *_ = line.cells
        given = {"name": name, "dateOfBirth": born if len(born) > 4 else "", "gender": gender, "phone": phone}
        partials.append({key: value for key, value in given.items() if value})
    return partials


def identify(ask: Asker, known: Known) -> None:
    """Who somebody may be, with the evidence."""
    fields = select("IdentityCandidate", 1, LISTS)
    query = f"query($of: PartialIdentity!) {{ identify(partial: $of, first: 20) {{ {fields} }} }}"
    for partial in _partials(known):
        ask.maybe(query, of=partial)


def stop_check(ask: Asker, known: Known) -> None:
    """The roadside answer by vehicle, phone and person."""
    fields = select("StopCheck", 2, LISTS)
    query = (
        f"query($vrm: String, $phone: String, $person: PartialIdentity) "
        f"{{ stopCheck(vrm: $vrm, phone: $phone, person: $person) {{ {fields} }} }}"
    )
    for number in range(51, 55):
        ask.maybe(query, vrm=f"TE{number} ABC")
    for part in ("TE5? ABC", "TE51 ??", "?E53ABC", "TE52"):
        ask.maybe(query, vrm=part)
    for number in range(100, 106):
        ask.maybe(query, phone=f"07700900{number}")
    for partial in _partials(known):
        ask.maybe(query, person=partial)


def profile(ask: Asker, known: Known) -> None:
    """All that a profile says of each subject."""
    fields = select("SubjectProfile", 2, LISTS)
    ids = [
        *known.some("Person", 5),
        *known.some("Vehicle", 2),
        *known.some("Address", 1),
        *known.some("Organisation", 1),
    ]
    for id_ in ids:
        ask.maybe(f"query($id: ID!) {{ subjectProfile(id: $id) {{ {fields} }} }}", id=id_)
    for id_ in ids[:1]:
        for given in ('validAt: "2024-06-01"', 'knownAt: "2026-01-01T00:00:00Z"'):
            ask.maybe(
                f"query($id: ID!) {{ subjectProfile(id: $id, {given}) {{ {select('SubjectProfile', 1, LISTS)} }} }}",
                id=id_,
            )
        ask.maybe(
            'query($id: ID!) { subjectProfile(id: $id) { events(roles: ["SUSPECT"]) { totalCount } } }',
            id=id_,
        )
    ask.maybe(
        f"query($ids: [ID!]!) {{ subjectProfiles(ids: $ids) {{ {leaves('SubjectProfile')} subject {{ id }} }} }}",
        ids=[*ids, known.hidden[0]],
    )


def timeline(ask: Asker, known: Known) -> None:
    """What some had a part in."""
    query = "query($ids: [ID!]!) {{ timeline(ids: $ids{}) {{ {} }} }}"
    for ids in (*([id_] for id_ in known.some("Person", 4)), known.some("Person", 4), known.some("Phone", 2)):
        ask.maybe(query.format("", LINKS), ids=ids)
    for given in (
        'from: "2025-03-01T00:00:00Z"', 'to: "2025-06-01T00:00:00Z"', "kinds: [CRIME]", "first: 2",
        'knownAt: "2026-01-01T00:00:00Z"',
    ):  # fmt: skip
        ask.maybe(query.format(f", {given}", LINKS), ids=known.some("Person", 4))


def co_offenders(ask: Asker, known: Known) -> None:
    """Who had a part in the same events."""
    fields = select("CoOffender", 1, LISTS)
    for id_ in known.some("Person", 4):
        for given in ("", ", first: 1", ', roles: ["VICTIM", "SUSPECT", "WITNESS"]', f", since: {SINCE}"):
            ask.maybe(f"query($id: ID!) {{ coOffenders(id: $id{given}) {{ {fields} }} }}", id=id_)


def shared_links(ask: Asker, known: Known) -> None:
    """What some hold together."""
    fields = select("SharedLink", 2, LISTS)
    people = known.some("Person", 4)
    for ids in (*([id_] for id_ in people), people[:2], people[1:3], people, known.some("Vehicle", 2)):
        ask.maybe(f"query($ids: [ID!]!) {{ sharedLinks(ids: $ids) {{ {fields} }} }}", ids=ids)
    ask.maybe(f"query($ids: [ID!]!) {{ sharedLinks(ids: $ids, kinds: [PHONE, ADDRESS]) {{ {fields} }} }}", ids=people)


def why(ask: Asker, known: Known) -> None:
    """Why records are one, and why not."""
    fields = select("ResolutionExplanation", 2, LISTS)
    for id_ in (*known.some("Person", 5), *known.some("Vehicle", 1), *known.some("Phone", 1), *known.some("Crime", 1)):
        ask.maybe(f"query($id: ID!) {{ whyResolved(id: $id) {{ {fields} }} }}", id=id_)
    query = f"query($a: ID!, $b: ID!) {{ whyNot(a: $a, b: $b) {{ {select('PairExplanation', 2, LISTS)} }} }}"
    some = [*known.some("Person", 3), *known.chance.sample(known.records, min(2, len(known.records)))]
    for a, b in combinations(some, 2):
        ask.maybe(query, a=a, b=b)


def sources(ask: Asker, _known: Known) -> None:
    """The sources and how they stand."""
    ask(f"{{ sources {{ {select('SourceStatus', 1)} few: checks(failing: 2) {{ {leaves('QualityCheck')} }} }} }}")


MAKERS: tuple[Maker, ...] = (
    things, entity, filtered_links, nodes, pages, conditions, sifted, search, facets, identify, stop_check, profile,
    expand, exports, briefs, workspaces, paths, strong_paths, connect, usage, event_context, calls, networks, jobs,
    suggestions, at_risk,
    emerging, patterns, repeats, lives, changes, standing, timeline, co_offenders, shared_links, why, previews, sources,
    figures, cells, demand, looks, concealed, errors, words, disputes, routes,
)  # fmt: skip
# Who asks again when words have been said and taken back, and what is disputed is noted.
AGAIN: tuple[Maker, ...] = (
    expand, exports, paths, strong_paths, connect, usage, event_context, calls, networks, suggestions, emerging,
    patterns, repeats, lives, changes, standing, timeline, co_offenders, shared_links, why, previews, sources, figures,
    cells, demand, looks, concealed, errors, words,
)  # fmt: skip
