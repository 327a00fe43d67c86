"""Who may ask what of whom: every operation and route by every role, of a visible and of a hidden subject.

Operations come from the schema, routes from the application. A question names what its cells are asked about in
`ABOUT`; one without a line there fails, and so does one without a rule (`api/rule.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from graphql import build_schema
from starlette.testclient import TestClient

from alert.watch import Wanted, watch
from api.app import create_app
from api.explorer.page import PAGES
from api.rule import RULES, check_ruled, operations, routes
from api.schema import SCHEMA
from api.viewer import ALLOWED
from graph import job, workspace
from graph.audit import audit_log
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.read.dispute import DataRight
from graph.settings import Auth, Settings
from graph.store import Store
from loaders.dispute import dispute
from resolution.change import Watched
from security.marking import parse_grants
from security.viewer import Role
from tests.audit.test_answer import kind_of, last
from tests.conftest import KEY, NOW, prepare
from tests.read.world import ACORN, OPEN, World
from tests.signin.provider import AUDIENCE, CLIENT, Provider, provider
from tests.whole.double_selection import select
from tests.whole.silo import HEADER, load_silo, write

pytestmark = pytest.mark.database
# Of each operation the arguments, and what `$s` stands for: something visible, something hidden, something absent.
ABOUT: dict[str, tuple[str, str]] = {
    "Query.node": ("(id: $s)", "person"),
    "Query.nodes": ("(ids: [$s])", "person"),
    "Query.entity": ("(id: $s)", "person"),
    "Query.entities": ('(kind: PERSON, where: {property: "surname", eq: $s})', "surname"),
    "Query.search": ("(text: $s)", "surname"),
    "Query.identify": ('(partial: {name: "Zed Quux", dateOfBirth: $s})', "birth"),
    "Query.stopCheck": ('(person: {name: "Zed Quux", dateOfBirth: $s})', "birth"),
    "Query.subjectProfile": ("(id: $s)", "person"),
    "Query.subjectProfiles": ("(ids: [$s])", "person"),
    "Query.expand": ("(ids: [$s])", "person"),
    "Query.exportNetwork": ("(ids: [$s])", "person"),
    "Query.brief": ("(ids: [$s])", "person"),
    "Query.workspaces": ("", "nothing"),
    "Query.workspace": ("(id: $s)", "workspace"),
    "Query.jobs": ("", "nothing"),
    "Query.job": ("(id: $s)", "job"),
    "Query.paths": ("(from: $s, to: $other)", "person"),
    "Query.connect": ("(ids: [$s, $other])", "person"),
    "Query.timeline": ("(ids: [$s])", "person"),
    "Query.eventContext": ("(id: $s)", "crime"),
    "Query.coOffenders": ("(id: $s)", "person"),
    "Query.sharedLinks": ("(ids: [$s, $other])", "person"),
    "Query.usage": ("(id: $s)", "phone"),
    "Query.callAnalysis": ("(id: $s)", "phone"),
    "Query.commonContacts": ("(ids: [$s, $other])", "person"),
    "Query.keyPlayers": ("(scope: {ids: [$s], kinds: [PHONE, CRIME]})", "person"),
    "Query.communities": ("(scope: {ids: [$s], kinds: [PHONE, CRIME]})", "person"),
    "Query.linkSuggestions": ("(id: $s)", "person"),
    "Query.vulnerableInNetwork": ("(id: $s)", "person"),
    "Query.emergingNetworks": ("(area: $s)", "area"),
    "Query.indicators": ("(pattern: REPEAT_VICTIM, area: $s)", "area"),
    "Query.repeats": ("(kind: VICTIM, area: $s)", "area"),
    "Query.changesSince": ('(ids: [$s], since: "2000-01-01T00:00:00Z")', "person"),
    "Query.patternOfLife": ("(id: $s)", "person"),
    "Query.watches": ("", "nothing"),
    "Query.alerts": ("(watch: $s)", "watch"),
    "Query.metrics": ("(area: $s)", "area"),
    "Query.hotspots": ('(from: "2024-01-01", to: "2024-12-31", area: $s)', "area"),
    "Query.demandForecast": ('(eventId: $s, at: "2026-10-03T15:00:00Z")', "match"),
    "Query.whyResolved": ("(id: $s)", "person"),
    "Query.whyNot": ("(a: $s, b: $other)", "person"),
    "Query.mergePreview": ("(a: $s, b: $other)", "person"),
    "Query.splitPreview": ("(a: $s, b: $other)", "person"),
    "Query.accessHistory": ("(id: $s)", "person"),
    "Query.misuseIndicators": ("", "nothing"),
    "Query.emergencyAccess": ("", "nothing"),
    # Not set up here: refused to whoever may ask. What it does is held to in `test_break_glass.py`.
    "Mutation.breakGlass": ('(markings: ["OFFICIAL"], reason: "a child is missing")', "nothing"),
    "Mutation.endBreakGlass": ('(id: "g_x")', "nothing"),
    "Query.deconfliction": ("(id: $s)", "person"),
    "Query.reviewQueue": ("(first: 5)", "nothing"),
    "Query.sources": ("", "nothing"),
    "Mutation.decide": ('(a: $s, b: $other, verdict: DIFFERENT, reason: "seen together")', "suspect"),
    # Asked without a stream, which is refused to whoever may watch; what streams tell is held to in the double worlds.
    "Subscription.metrics": ("", "nothing"),
    "Subscription.alerts": ("", "nothing"),
    "Subscription.job": (f'(id: "j_{"a" * 20}")', "nothing"),
    "Mutation.watch": ('(name: "mine", ids: [$s])', "person"),
    "Mutation.unwatch": ("(id: $s)", "watch"),
    "Mutation.deliver": ("(watch: $s)", "watch"),
    "Mutation.acknowledge": ("(alerts: [$s])", "alert"),
    "Mutation.saveWorkspace": ('(workspace: {name: "mine", things: [{id: $s, x: 0, y: 0}]})', "person"),
    "Mutation.deleteWorkspace": ("(id: $s)", "workspace"),
    "Mutation.startKeyPlayers": ("(scope: {kinds: [PHONE]})", "nothing"),
    "Mutation.startCommunities": ("(scope: {kinds: [PHONE]})", "nothing"),
    "Mutation.startEmergingNetworks": ("(windowDays: 30)", "nothing"),
    "Mutation.cancelJob": ("(id: $s)", "job"),
    "Mutation.retract": ('(decision: $s, reason: "another man")', "word"),
    "Mutation.dispute": ('(record: $s, right: DISPUTED, reason: "it was another")', "suspect"),
    "Mutation.closeDispute": ('(dispute: $s, reason: "withdrawn")', "dispute"),
}
WITHOUT = ("Entity.sameIdentity", "Entity.links", "Entity.records", "Entity.golden", "Record.entity", "Link.records")
ABSENT = {
    "surname": "Nobodyova",
    "birth": "1993-05-06",
    "word": "d_" + "a" * 20,
    "watch": "o_" + "a" * 20,
    "alert": "a_" + "a" * 20,
    "dispute": "q_" + "a" * 20,
    "workspace": "n_" + "a" * 20,
    "job": "j_" + "a" * 20,
}
WHY = {"X-Purpose": "TEST"}
_CELLS = ("c9", "THEFT", "2025-05-01", "", "", "", "", "1", OPEN)
_MESSAGE = dict(zip(HEADER.strip().split(","), _CELLS, strict=True))
OPERATIONS = operations(SCHEMA._schema)
# Of a folder, a file that is in it.
FOLDERS = {
    "/static": "/static/page.css",
    "/assets": f"/assets/{min(path.name for path in (PAGES / 'assets').iterdir())}",
}
ROUTES = [name for name in RULES if " " in name or name in FOLDERS]


@dataclass
class City:
    """The application over a small city, what is visible and hidden in it by sort, and who asks."""

    graph: Graph
    client: TestClient
    settings: Settings
    issuer: Provider
    world: World
    subjects: dict[str, tuple[str, str]]
    other: str
    _watches: int = 0

    def headers(self, role: Role, *held: str) -> dict[str, str]:
        """Of somebody in this role who holds these, or what is open alone."""
        token = self.issuer.token(polegraph_role=role.value, polegraph_markings=[*(held or (OPEN,))])
        return {**WHY, "Authorization": f"Bearer {token}"}

    def ask(self, operation: str, headers: dict[str, str], subject: str) -> Any:
        """The response to one operation about a subject, everything selected of it."""
        root, _, name = operation.partition(".")
        given, sort = ABOUT[operation]
        used = {"s": {"surname": "String!", "birth": "Date!"}.get(sort, "ID!"), "other": "ID!"}
        declared = ", ".join(f"${each}: {type_}" for each, type_ in used.items() if f"${each}" in given)
        selected = select(kind_of(root, name), 2, WITHOUT)
        query = f"{root.lower()}{f'({declared})' if declared else ''} {{ {name}{given} {{ {selected} }} }}"
        body = {"query": query, "variables": {"s": subject, "other": self.other}}
        return self.client.post("/graphql", json=body, headers=headers)

    def fresh(self, sort: str) -> tuple[str, str]:
        """A visible and a hidden one of what a change uses up; of watches one's own and another's."""
        users = (self.graph.catalogue.viewer(user, parse_grants([OPEN])) for user in ("pc-77", "pc-78"))
        if sort in ("watch", "alert"):
            self._watches += 1
            wanted = Wanted(f"watch {self._watches}", Watched((self.subjects["person"][0],)))
            mine, other = (watch(self.graph, user, wanted).id for user in users)
            alert = self.graph.ids.alert
            return (mine, other) if sort == "watch" else (alert(mine, "fact"), alert(other, "fact"))
        if sort == "job":
            mine, other = (job.begin(self.graph, user, "communities", "these").id for user in users)
            return mine, other
        if sort == "workspace":
            drawn = workspace.Wanted("drawn", things=(workspace.Placed(self.subjects["person"][0], 0.0, 0.0),))
            mine, other = (workspace.save(self.graph, user, drawn).id for user in users)
            return mine, other
        people = [self.world.thing("Person", "Fresh", marking=marking) for marking in (OPEN, ACORN)]
        records = ["r_" + id_[2:] for id_ in people]
        if sort == "suspect":
            return records[0], records[1]
        if sort == "dispute":
            viewer = self.world.viewer(OPEN, ACORN)
            said = [dispute(self.graph, viewer, each, DataRight.DISPUTED, "it was another") for each in records]
            return said[0].id, said[1].id
        words = [
            self.world.decision(id_, self.other, marking) for id_, marking in zip(people, (OPEN, ACORN), strict=True)
        ]
        return words[0], words[1]


@pytest.fixture(scope="module")
def city(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    write(folder / "mappings", {})
    prepare(store)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    rows = "".join(
        f"c{n},THEFT,2025-05-01,p{n},{name},{birth},,1,{marking}\n"
        for n, (name, birth, marking) in enumerate(
            (("Zed Quux", "1971-01-02", OPEN), ("Zed Secretov", "1982-03-04", ACORN))
        )
    )
    write(folder / "silo", {"crimes.csv": HEADER + rows, "officers.csv": "collar,surname\n1,Iqbal\n"})
    load_silo(graph, folder / "silo")
    world = World(graph)
    other = world.thing("Person", "Other Probe", surname="Probe")
    subjects = {"nothing": ("", "")}
    things: dict[str, list[str]] = {sort: [] for sort in ("person", "crime", "phone", "area", "match")}
    for marking, surname in ((OPEN, "Visibleova"), (ACORN, "Hiddenova")):
        person = world.thing("Person", f"Anna {surname}", marking=marking, given_name="Anna", surname=surname)
        crime = world.thing("Crime", f"C {surname}", marking=marking, type="BURGLARY", at=NOW - 86_400)
        phone = world.value("Phone", f"+44770090{len(things['phone'])}123")
        for sort, id_ in (("person", person), ("crime", crime), ("phone", phone)):
            things[sort].append(id_)
        things["area"].append(world.thing("Area", f"Area {surname}", marking=marking))
        things["match"].append(world.thing("PublicEvent", at=NOW + 86_400, type="FOOTBALL", marking=marking))
        for who in (person, other):
            world.link("INVOLVED_IN", who, crime, marking=marking, role="SUSPECT")
            world.link("USES", who, phone, marking=marking)
    for weeks in range(1, 14):
        at = NOW - weeks * 7 * 86_400
        world.thing("PublicEvent", at=at, type="FOOTBALL", officers_deployed=40, incidents=weeks)
    subjects |= {sort: (found[0], found[1]) for sort, found in things.items()}
    subjects |= {"surname": ("Visibleova", "Hiddenova"), "birth": ("1971-01-02", "1982-03-04")}
    graph.catalogue.refresh()
    with pytest.MonkeyPatch.context() as patch, provider() as issuer:
        # Of one user for each role.
        patch.setattr(job, "MOST_AT_ONCE", 1_000)
        issuer.add("one", "ES256")
        settings = Settings(
            data_dir=folder, auth=Auth.OIDC, oidc_issuer=issuer.issuer, oidc_audience=AUDIENCE,
            mappings_dir=folder / "mappings", oidc_client_id=CLIENT,
        )  # fmt: skip
        with TestClient(create_app(settings, graph), base_url="https://polegraph.example") as client:
            yield City(graph, client, settings, issuer, world, subjects, other)


def code(response: Any) -> str | None:
    """The code of the first error."""
    errors = response.json().get("errors") or [{"extensions": {"code": None}}]
    found: str | None = errors[0]["extensions"]["code"]
    return found


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("role", Role)
def test_an_operation_by_a_role(city: City, operation: str, role: Role) -> None:
    sort = ABOUT[operation][1]
    visible, hidden = city.subjects[sort] if sort in city.subjects else city.fresh(sort)
    absent = ABSENT.get(sort, ("r_" if sort == "suspect" else "e_") + "a" * 20)
    answers = {}
    for subject in (visible, hidden, absent):
        response = answers[subject] = city.ask(operation, city.headers(role), subject)
        entry = last(audit_log(city.settings))
        assert entry["user"] == "pc-77"
        assert "INTERNAL" not in response.text
        if not RULES[operation] <= ALLOWED[role]:
            assert (response.status_code, code(response)) == (403, "FORBIDDEN")
            assert (entry["act"], entry["outcome"], entry.get("ids")) == ("REFUSAL", ["FORBIDDEN"], None)
            assert entry["operation"] == operation.partition(".")[2]
            assert (entry["role"], entry["purpose"]) == (role, "TEST")
            assert subject[1:2] != "_" or subject in entry["asked"]
            continue
        assert entry["operation"] == operation.partition(".")[2] or code(response) == "BAD_INPUT"
        assert response.status_code == 200
        assert (entry["role"], entry["outcome"]) == (role, [code(response) or "OK"])
        assert not set(city.subjects["person"][1:] + city.subjects["crime"][1:]) & set(entry.get("ids", ()))
        assert not [name for name in ("Hiddenova", "Secretov") if name in response.text.replace(subject or "-", "-")]
        if subject[1:2] == "_":
            assert subject in entry["asked"]
            assert (subject in entry.get("ids", ())) <= (subject == visible)
    told = {subject: answer.text.replace(subject, "-") if subject else "" for subject, answer in answers.items()}
    assert told[hidden] == told[absent] or sort == "nothing"
    if RULES[operation] <= ALLOWED[role] and sort != "nothing":
        assert told[visible] != told[absent], told[visible]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_by_nobody(city: City, operation: str) -> None:
    response = city.ask(operation, WHY, city.subjects["person"][0])
    assert (response.status_code, code(response)) == (401, "UNAUTHENTICATED")
    entry = last(audit_log(city.settings))
    assert (entry["act"], entry["user"], entry["outcome"]) == ("REFUSAL", "unknown", ["UNAUTHENTICATED"])


def test_a_field_that_one_may_not_ask_takes_the_whole_operation_along(city: City) -> None:
    change = '{ %s: retract(decision: "d_x", reason: "x") { entities { id } } }'
    hidden = ("... on Mutation " + change % "a", "...F", "... @skip(if: true) " + change % "a")
    for selected in hidden:
        fragment = " fragment F on Mutation " + change % "b" if "F" in selected else ""
        query = {"query": f"mutation {{ __typename {selected} }}{fragment}"}
        response = city.client.post("/graphql", json=query, headers=city.headers(Role.OFFICER))
        assert (response.status_code, code(response)) == (403, "FORBIDDEN")
    for query in ({"query": "{ __typename }"}, {"query": "{ __schema { types { name } } }"}, {"query": "{"}):
        response = city.client.post("/graphql", json=query, headers=city.headers(Role.ADMINISTRATOR))
        assert (response.status_code, code(response)) == (403, "FORBIDDEN")


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("role", [None, *Role])
def test_a_route_by_a_role(city: City, name: str, role: Role | None) -> None:
    headers = WHY if role is None else city.headers(role)
    told = []
    for subject, path, given in _requests(city, name):
        before = sum(1 for _ in audit_log(city.settings).links())
        method = "GET" if name in FOLDERS else name.partition(" ")[0]
        response = city.client.request(method, path, headers=headers, **given)
        told.append((response.status_code, response.text.replace(subject, "-") if subject else response.text))
        if not RULES[name]:
            assert response.status_code == 200
            assert "Hidden" not in response.text
            # Of what anybody may have only whose a token is goes on record.
            named = name == "POST /sign-in" or (name == "GET /explorer" and role is not None)
            assert sum(1 for _ in audit_log(city.settings).links()) == before + named
            continue
        entry = last(audit_log(city.settings))
        if role is None or not RULES[name] <= ALLOWED[role]:
            expected = (401, "UNAUTHENTICATED") if role is None else (403, "FORBIDDEN")
            assert (response.status_code, code(response)) == expected
            assert (entry["act"], entry["outcome"]) == ("REFUSAL", [expected[1]])
            assert [entry.get(each) for each in ("role", "purpose")] == ([role, "TEST"] if role else [None, None])
            assert ("asked" in entry) <= (role is not None)
            continue
        assert entry["user"] == "pc-77"
        assert not set(city.subjects["person"][1:]) & set(entry.get("ids", ()))
    if RULES[name] and role is not None and RULES[name] <= ALLOWED[role]:
        assert told[0][0] == 200, told[0]
        visible, hidden, absent = told if len(told) == 3 else (None, "", "")
        assert hidden == absent != visible


def _requests(city: City, name: str) -> list[tuple[str, str, dict[str, Any]]]:
    """What a route is asked: about a visible subject, a hidden one and an absent one, where it is about any."""
    people = (*city.subjects["person"], "e_" + "a" * 20)
    if name == "GET /loads/{id_}":
        return [(id_, f"/loads/{id_}", {}) for id_ in (*_loads(city), "absent")]
    if name == "GET /profiles/{id}":
        return [(id_, f"/profiles/{id_}", {}) for id_ in people]
    if name == "GET /exports/{format_}":
        return [(id_, "/exports/ndjson", {"params": {"id": id_}}) for id_ in people]
    if name == "POST /stop-check":
        births = (*city.subjects["birth"], ABSENT["birth"])
        people_asked = [{"name": "Zed Quux", "dateOfBirth": birth} for birth in births]
        return [(person["dateOfBirth"], "/stop-check", {"json": {"person": person}}) for person in people_asked]
    if name == "POST /vehicle-checks":
        return [("", "/vehicle-checks", {"json": {"marks": ["AB12CDE"]}})]
    if name == "POST /intake/{source}":
        return [("", "/intake/crimes", {"json": _MESSAGE, "params": {"file": "crimes*.csv"}})]
    if name == "POST /sign-in":
        verifier, back = "v" * 43, "https://polegraph.example/"
        given = {"code": city.issuer.code(verifier, back), "verifier": verifier, "redirectUri": back}
        return [("", "/sign-in", {"json": given})]
    if name == "POST /shown":
        at = datetime.now(UTC).isoformat()
        display = {"request": "x1", "at": at, "ids": [city.subjects["person"][0]]}
        return [("", "/shown", {"json": {"displays": [display]}})]
    if name == "POST /graphql":
        return [("", "/graphql", {"json": {"query": "{ __typename }"}})]
    if name == "GET /graphql":
        return [("", "/graphql", {"params": {"query": "{ __typename }"}})]
    return [("", FOLDERS.get(name) or name.partition(" ")[2], {})]


def test_what_is_sent_is_not_read_of_somebody_who_may_not_send(city: City) -> None:
    for headers, expected in ((WHY, 401), (city.headers(Role.OFFICER), 403)):
        kind = {"Content-Type": "application/json"}
        assert city.client.post("/intake/crimes", content=b"{", headers={**headers, **kind}).status_code == expected


def _loads(city: City) -> tuple[str, str]:
    """A load that is there for everybody and one that has hidden rows."""
    for name, marking in (("load-visible", OPEN), ("load-hidden", ACORN)):
        city.world._write(
            "MERGE (r:Run {id: $id}) SET r.mk = $mk, r.state = 'DONE', r.sources = ['a'], r.began_at = 1", id=name,
            mk=city.world.mk(marking),
        )  # fmt: skip
    return "load-visible", "load-hidden"


def test_everything_served_has_a_rule_and_a_line_here(city: City) -> None:
    assert ABOUT.keys() == set(OPERATIONS)
    app: Any = city.client.app
    assert {*OPERATIONS, *routes(app.routes)} == RULES.keys()


def test_a_field_without_a_rule_stops_the_application(city: City) -> None:
    app: Any = city.client.app
    text = "type Query { node: ID whoIsWatched: ID }"
    with pytest.raises(TypeError, match=r"does not say who may ask: Query\.whoIsWatched"):
        check_ruled(build_schema(text), app.routes)
    with pytest.raises(TypeError, match=r"has rules for: .*GET /loads, "):
        check_ruled(SCHEMA._schema, app.routes[:1])
