"""The client against the served API: types, pages, errors, networks, watching, kept documents."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from client import (
    DOCUMENTS,
    BadInput,
    Client,
    CutWarning,
    NotAsked,
    NotFound,
    TooCostly,
    Unavailable,
    Unreachable,
    frames,
    graph_of,
)
from client.made.answer import Crime, Person
from client.made.choice import Kind, LinkType, Verdict
from tests.api.test_subscription import incident, serving
from tests.api.town import Town
from tests.client.gateway import gateway
from tests.read.world import OPEN

pytestmark = pytest.mark.database


def test_answers_are_of_the_types_of_the_schema(client: Client, town: Town) -> None:
    maria, crime = client.entity(town.maria), client.entity(town.crime)
    assert isinstance(maria, Person)
    assert isinstance(crime, Crime)
    assert maria.kind is Kind.PERSON
    assert (maria.given_name, maria.aliases, str(maria.date_of_birth)) == ("Maria", ["Mia"], "1990-02-03")
    assert crime.occurred_from == datetime(2024, 5, 1, tzinfo=UTC)
    assert crime.location is not None
    assert crime.location.latitude == 52.5
    assert client.entity("e_" + "A" * 22) is None


def test_what_was_not_asked_for_is_said(client: Client, town: Town) -> None:
    maria = client.entity(town.maria, select="id label")
    assert maria is not None
    with pytest.raises(NotAsked, match=r"Entity\.markings was not asked for: select `markings`"):
        _ = maria.markings
    with pytest.raises(AttributeError, match="no field 'age_of_birth'"):
        maria.age_of_birth  # type: ignore[attr-defined]  # noqa: B018


def test_a_list_is_read_page_by_page(client: Client, town: Town) -> None:
    page = client.entities(Kind.PERSON, order_by=[{"property": "surname"}, {"property": "givenName"}], first=1)
    assert [each.id for each in page.nodes] == [town.jon]
    assert [each.id for each in page.every()] == [town.jon, town.hidden, town.maria]
    assert len(list(page.every(limit=2))) == 2
    assert page.told is not None
    assert page.told.marking is not None
    links = client.ask(
        """query($id: ID!) { entity(id: $id) {
             links(first: 1) { edges { node { id } } pageInfo { hasNextPage endCursor } } } }""",
        {"id": town.maria},
    )
    assert links.entity is not None
    with pytest.raises(NotAsked, match="`after`"):
        list(links.entity.links.every())


def test_whoever_asks_is_said_in_every_request(address: str, town: Town) -> None:
    with Client(address, markings=OPEN) as seeing, Client(address, markings="NO SUCH THING") as wrong:
        assert {each.id for each in seeing.entities(Kind.PERSON).every()} == {town.maria, town.jon}
        with pytest.raises(BadInput, match="X-Viewer-Markings"):
            wrong.sources()
        with pytest.raises(BadInput, match="X-Purpose"):
            seeing.for_purpose("CURIOSITY").sources()
        assert seeing.for_purpose("TRAINING", "course 7").sources()


def test_errors_are_told_by_their_code(client: Client, town: Town) -> None:
    with pytest.raises(NotFound) as missing:
        client.pattern_of_life("e_" + "A" * 22)
    assert (missing.value.code, missing.value.path) == ("NOT_FOUND", ("patternOfLife",))
    assert missing.value.request_id
    with pytest.raises(TooCostly, match="TOO_COSTLY"):
        client.nodes([f"e_{n}" for n in range(101)])
    with pytest.raises(BadInput) as partly:
        client.ask(
            """query($id: ID!) { entity(id: $id) { label }
                 node(id: $id) { ... on Entity { links(first: 501) { totalCount } } } }""",
            {"id": town.maria},
        )
    assert partly.value.next_step
    assert partly.value.partial is None or "entity" in partly.value.partial


def test_nobody_there_is_no_error_of_the_api() -> None:
    with Client("http://127.0.0.1:9", attempts=1) as client, pytest.raises(Unreachable, match="does not answer"):
        client.sources()


def test_what_only_reads_is_asked_again(address: str, town: Town) -> None:
    with gateway(address) as way, Client(way.address, attempts=3) as client:
        way.instead = [503, 0]
        assert client.sources()
        assert way.seen == 3
        way.instead = [503, 503, 503, 503]
        with pytest.raises(Unavailable) as busy:
            client.sources()
        assert (busy.value.status, busy.value.retry_after, way.seen) == (503, 0, 6)


def test_a_change_is_sent_once(address: str, town: Town) -> None:
    with gateway(address) as way, Client(way.address) as client:
        for refusal, error in ((503, Unavailable), (0, Unreachable)):
            way.instead = [refusal]
            with pytest.raises(error):
                client.decide(town.maria, town.jon, Verdict.DIFFERENT, "two files, two dates of birth")
            way.instead = [refusal]
            with pytest.raises(error):
                client.change('mutation { retract(decision: "d_1", reason: "no") { entities { id } } }')
        assert way.seen == 4


def test_a_network_is_one_for_networkx_and_tables(client: Client, town: Town) -> None:
    network = client.network([town.maria], hops=2)
    assert set(network) == {town.maria, town.jon, town.hidden, town.crime, town.phone}
    told = network.get_edge_data(town.maria, town.phone)[town.use]
    assert (told["type"], told["role"], told["validPrecision"]) == ("USES", "USER", "DAY")
    assert network.graph["marking"]
    taken = client.take_network([town.maria], hops=2)
    assert set(taken.edges(keys=True)) == set(network.edges(keys=True))
    alike = taken.get_edge_data(town.maria, town.phone)[town.use]
    assert {**alike, "records": told["records"]} == told
    things, links = frames(network)
    assert set(links["type"]) == {"USES", "INVOLVED_IN"}
    assert set(things["id"]) == set(network)
    joined = client.connect([town.maria, town.jon], types=[LinkType.INVOLVED_IN])
    assert {each.id for each in joined.nodes} == {town.maria, town.jon, town.crime}
    assert graph_of(client.connect([town.maria, town.jon])).number_of_nodes() == 3


def test_what_was_cut_is_a_warning(client: Client, town: Town) -> None:
    town.world.link("INVOLVED_IN", town.hidden, town.crime, role="SUSPECT")
    others = client.co_offenders(town.maria, first=1)
    assert len(others) == 1
    assert others.told is not None
    assert others.told.truncated
    with pytest.warns(CutWarning, match="coOffenders: 1 left out"):
        client.ask("query($id: ID!) { coOffenders(id: $id, first: 1) { sharedEvents } }", {"id": town.maria})


def test_figures_are_watched_across_the_ends_of_streams(client: Client, town: Town) -> None:
    """A stream of this server lasts a second: the third figure comes by another one."""
    told = list[int]()
    for metrics in islice(client.watch_metrics(window="1h"), 3):
        told.append(metrics.total)
        incident(town.world)
    assert told == [0, 1, 2]


def test_an_export_is_a_file_or_none(client: Client, town: Town, tmp_path: Path) -> None:
    file = client.export("ndjson", tmp_path / "town.ndjson", ids=[town.maria], hops=1)
    assert town.maria in file.read_text("utf-8")
    with pytest.raises(FileExistsError):
        client.export("ndjson", file)
    with pytest.raises(NotFound):
        client.export("ndjson", tmp_path / "none.ndjson", ids=["e_" + "A" * 22])
    assert not (tmp_path / "none.ndjson").exists()


def test_questions_are_asked_by_name_where_only_theirs_are_trusted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLEGRAPH_DOCUMENTS_DIR", str(DOCUMENTS))
    monkeypatch.setenv("POLEGRAPH_TRUSTED_ONLY", "true")
    with serving(town.world.graph) as address, Client(address, persisted=True) as client:
        assert [hit.entity.id for hit in client.search("testova").nodes] == [town.maria]
        assert client.ask_kept("sources").sources
        with pytest.raises(BadInput, match="only documents that this installation knows"):
            client.ask("{ __typename }")
        with pytest.raises(ValueError, match="persisted"):
            client.sources(select="source { id }")
