"""Jobs over a real server: asked, watched, cancelled, fetched by their owner alone, and what is on record of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from typing import Any

import httpx2
import orjson
import pytest

from analysis import job as of_job
from analysis.course import Course
from analysis.job import Question
from analysis.scope import Scope
from api import jobs as of_jobs
from api.ending import Ending
from api.limit import Limits
from graph import job as kept
from graph.audit import audit_log
from graph.errors import NotFound, Overloaded
from graph.job import JobState, JobView
from graph.open import Graph
from graph.settings import load_settings
from graph.store import Transaction
from tests.api.test_subscription import figures, serving, watching
from tests.conftest import NOW
from tests.read.world import ACORN, OPEN, World

pytestmark = pytest.mark.database
SCOPE = "scope: {kinds: [PHONE]}"
FIELDS = "id question state step done error"
PLAYERS = "keyPlayers { rank score low high entity { id label } because { name sentence } }"
NETWORKS = (
    "emergingNetworks { change growth since sentence evidence { id } "
    "community { id size members { entity { id } score because { sentence } } bridges { id } } }"
)
GROUPS = "communities { id size members { entity { id } score low high } bridges { id } }"


@pytest.fixture
def world(graph: Graph) -> World:
    return World(graph)


@pytest.fixture
def address(graph: Graph) -> Iterator[str]:
    with serving(graph, Limits(quiet_s=0.3, streams=4)) as address:
        yield address


def people(world: World, count: int = 5, marking: str = OPEN) -> list[str]:
    """People in a row, each tied to the next."""
    ids = [world.thing("Person", f"P{n}", marking=marking) for n in range(count)]
    for one, other in zip(ids, ids[1:], strict=False):
        world.link("ASSOCIATED_WITH", one, other, marking=marking)
    return ids


def asked(address: str, query: str, markings: str = OPEN, **variables: Any) -> dict[str, Any]:
    headers = {"X-Viewer-Markings": markings}
    body = {"query": query, "variables": variables}
    found: dict[str, Any] = httpx2.post(f"{address}/graphql", json=body, headers=headers, timeout=30).json()
    return found


def begun(address: str, question: str = "startKeyPlayers", given: str = SCOPE, markings: str = OPEN) -> str:
    body = asked(address, f"mutation {{ {question}({given}) {{ {FIELDS} }} }}", markings)
    assert "errors" not in body, body
    job = body["data"][question]
    assert (job["state"], job["done"], job["error"]) == ("WAITING", 0, None)
    return str(job["id"])


def ended(address: str, id_: str, markings: str = OPEN) -> dict[str, Any]:
    """A job once it is over, by its stream, with its answer."""
    query = f"subscription($id: ID!) {{ job(id: $id) {{ {FIELDS} }} }}"
    with watching(address, query, markings, id=id_) as (_, stream):
        told = [event for event in stream if event[0]]
    assert told[-1][0] == "complete"
    shares = [event[1]["data"]["job"]["done"] for event in told[:-1]]
    assert shares == sorted(shares)
    body = asked(
        address, f"query($id: ID!) {{ job(id: $id) {{ {FIELDS} {PLAYERS} {GROUPS} {NETWORKS} }} }}", markings, id=id_
    )
    found: dict[str, Any] = body["data"]["job"]
    assert found["state"] == told[-2][1]["data"]["job"]["state"]
    return found


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Until it is set, no job comes further than its beginning, but it hears that it is not wanted."""
    goes = threading.Event()
    answer = of_job.answer

    def waits(graph: Graph, viewer: Any, wanted: Any, course: Course) -> str:
        while not goes.wait(0.02):
            course.at("reading the network", 0.25)
        return answer(graph, viewer, wanted, course)

    monkeypatch.setattr(of_jobs, "answer", waits)
    yield goes
    goes.set()


def test_a_job_answers_what_the_question_does(address: str, world: World) -> None:
    people(world)
    job = ended(address, begun(address))
    plain = asked(
        address,
        f"{{ {PLAYERS.replace(' {', f'({SCOPE}) {{', 1)} }}",
    )
    assert (job["state"], job["done"], job["communities"]) == ("DONE", 1, None)
    assert job["keyPlayers"] == plain["data"]["keyPlayers"] != []
    groups = ended(address, begun(address, "startCommunities"))
    plain = asked(
        address,
        f"{{ {GROUPS.replace(' {', f'({SCOPE}) {{', 1)} }}",
    )
    assert groups["communities"] == plain["data"]["communities"] != []
    listed = asked(address, f"{{ jobs {{ {FIELDS} keyPlayers {{ rank }} }} }}")["data"]["jobs"]
    assert {each["id"] for each in listed} == {job["id"], groups["id"]}
    assert sorted(each["keyPlayers"] is None for each in listed) == [False, True]


def offenders(world: World, count: int = 3) -> tuple[list[str], list[str]]:
    """Suspects of two crimes together lately, and the crimes."""
    people = [world.thing("Person", f"S{n}") for n in range(count)]
    crimes = [world.thing("Crime", at=NOW - days * 86_400) for days in (3, 9)]
    for crime in crimes:
        for person in people:
            world.link("INVOLVED_IN", person, crime, role="SUSPECT")
    return people, crimes


def test_networks_that_emerge_are_told_by_a_job_as_by_the_question(address: str, world: World) -> None:
    suspects, crimes = offenders(world)
    job = ended(address, begun(address, "startEmergingNetworks", "windowDays: 30"))
    plain = asked(address, f"{{ {NETWORKS.replace(' {', '(windowDays: 30) {', 1)} }}")["data"]["emergingNetworks"]
    assert job["emergingNetworks"] == plain != []
    assert (job["keyPlayers"], len(plain[0]["evidence"])) == (None, 6)

    world.drop(crimes[0])
    world.drop(suspects[0])
    body = asked(address, f"query($id: ID!) {{ job(id: $id) {{ {NETWORKS} }} }}", id=job["id"])
    (left,) = body["data"]["job"]["emergingNetworks"]
    assert {each["entity"]["id"] for each in left["community"]["members"]} == set(suspects[1:])
    assert len(left["evidence"]) == 2
    reasons = [each["reason"] for each in body["extensions"]["truncated"]]
    assert "1 who were found then" in reasons[0]
    assert "4 statements that were found then" in reasons[0]

    for given in ("windowDays: 0", "first: 0", 'asOf: "2200-01-01T00:00:00Z"'):
        refused = asked(address, f"mutation {{ startEmergingNetworks({given}) {{ id }} }}")
        assert refused["errors"][0]["extensions"]["code"] == "BAD_INPUT"


def test_what_is_hidden_has_no_part_in_it_and_a_grant_that_has_ended_gives_nothing(address: str, world: World) -> None:
    seen, hidden = people(world), people(world, 4, ACORN)
    world.link("ASSOCIATED_WITH", seen[0], hidden[0], marking=ACORN)
    both = f"{OPEN},{ACORN}"
    found = {each["entity"]["id"] for each in ended(address, begun(address))["keyPlayers"]}
    assert found == set(seen)
    id_ = begun(address, markings=both)
    assert {each["entity"]["id"] for each in ended(address, id_, both)["keyPlayers"]} == {*seen, *hidden}
    assert asked(address, "query($id: ID!) { job(id: $id) { id } }", id=id_)["data"]["job"] is None
    assert id_ not in {each["id"] for each in asked(address, "{ jobs { id } }")["data"]["jobs"]}
    body = asked(address, "mutation($id: ID!) { cancelJob(id: $id) { id } }", id=id_)
    assert body["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_whoever_is_gone_since_is_left_out(address: str, world: World) -> None:
    ids = people(world)
    id_ = begun(address)
    ended(address, id_)
    world.drop(ids[0])
    body = asked(address, f"query($id: ID!) {{ job(id: $id) {{ {PLAYERS} }} }}", id=id_)
    assert {each["entity"]["id"] for each in body["data"]["job"]["keyPlayers"]} == set(ids[1:])
    assert "1 who were found then" in body["extensions"]["truncated"][0]["reason"]


def test_a_job_is_told_while_it_goes_on_and_ends_where_it_is_cancelled(
    address: str, world: World, held: threading.Event
) -> None:
    people(world)
    id_ = begun(address)
    query = f"subscription($id: ID!) {{ job(id: $id) {{ {FIELDS} }} }}"
    with watching(address, query, id=id_) as (_, stream):
        while (told := figures(stream)[1]["data"]["job"])["state"] == "WAITING":
            pass
        assert (told["state"], told["step"], told["done"]) == ("RUNNING", "reading the network", 0.25)
        body = asked(address, "mutation($id: ID!) { cancelJob(id: $id) { state } }", id=id_)
        assert body["data"]["cancelJob"]["state"] == "CANCELLED"
        assert figures(stream)[1]["data"]["job"]["state"] == "CANCELLED"
        assert figures(stream)[0] == "complete"
    # It is let go of, so that the next one has its turn.
    other = begun(address, "startCommunities")
    held.set()
    assert ended(address, other)["state"] == "DONE"


def test_a_job_goes_on_without_a_watcher(address: str, world: World, held: threading.Event) -> None:
    people(world)
    id_ = begun(address)
    with watching(address, "subscription($id: ID!) { job(id: $id) { state } }", id=id_) as (_, stream):
        figures(stream)
    held.set()
    assert ended(address, id_)["keyPlayers"]


def test_two_of_one_owner_at_once_and_no_more(address: str, world: World, held: threading.Event) -> None:
    people(world)
    ids = [begun(address, given=f"{SCOPE}, first: {first}") for first in (1, 2)]
    body = asked(address, f"mutation {{ startCommunities({SCOPE}) {{ id }} }}")
    assert body["errors"][0]["extensions"]["code"] == "TOO_COSTLY"
    held.set()
    assert [ended(address, id_)["state"] for id_ in ids] == ["DONE", "DONE"]
    begun(address, "startCommunities")


def test_what_cannot_be_asked_is_refused_at_once_and_what_fails_says_why(address: str, world: World) -> None:
    people(world)
    body = asked(address, "mutation { startKeyPlayers(scope: {hops: 9}) { id } }")
    assert body["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    job = ended(address, begun(address, given='scope: {area: "e_aaaaaaaaaaaaaaaaaaaa"}'))
    assert (job["state"], job["keyPlayers"]) == ("FAILED", None)
    assert "nothing by the id" in job["error"]


def test_what_the_database_says_of_a_job_is_not_told(
    address: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(world)
    wrong = "RETURN 'Testova' +"

    def refused(graph: Graph, *_: object) -> str:
        return str(graph.store.write(lambda transaction: transaction.run_text(wrong, {})))

    monkeypatch.setattr(of_jobs, "answer", refused)
    job = ended(address, begun(address))
    assert job["state"] == "FAILED"
    assert job["error"] == "it could not be worked out: whoever runs this sees why in its log"


def test_who_is_named_is_on_record_when_it_is_fetched(address: str, world: World) -> None:
    ids = people(world)
    id_ = begun(address, given=f'scope: {{ids: ["{ids[0]}"], hops: 4}}')
    ended(address, id_)
    entries = [orjson.loads(link.body) for link in audit_log(load_settings()).links()]
    started = [
        entry for entry in entries if entry["operation"] == "startKeyPlayers" and ids[0] in entry.get("asked", ())
    ]
    assert len(started) == 2, "that it begins, and that it has begun"
    assert not any(set(ids) & set(entry.get("ids", ())) for entry in started)
    fetched = [entry for entry in entries if entry["operation"] == "job" and set(ids) <= set(entry.get("ids", ()))]
    assert len(fetched) == 1


def test_a_process_that_ends_says_that_its_jobs_are_lost(graph: Graph, world: World, held: threading.Event) -> None:
    people(world)
    with serving(graph) as address:
        id_ = begun(address)
    found = kept.job(graph, replace(world.viewer(OPEN), user="developer"), id_)
    assert found is not None
    assert found.state is JobState.LOST
    assert not held.is_set()


def test_one_of_which_nobody_hears_is_lost_and_goes_in_time(graph: Graph, world: World) -> None:
    viewer = world.viewer(OPEN)
    job = kept.begin(graph, viewer, "communities", "these")

    def at(moment: int) -> kept.JobView | None:
        return kept.job(Graph(graph.store, graph.ids, graph.catalogue, lambda: moment), viewer, job.id)

    assert [found and found.state for found in (at(NOW + 15), at(NOW + 16))] == [JobState.WAITING, JobState.LOST]
    assert at(NOW + kept.LONGEST_S + kept.KEPT_S) is None
    late = Graph(graph.store, graph.ids, graph.catalogue, lambda: NOW + 100)
    assert kept.begin(late, viewer, "communities", "these").state is JobState.WAITING, "a lost one takes no place"
    kept.expire(Graph(graph.store, graph.ids, graph.catalogue, lambda: NOW + 10_000))
    assert kept.jobs(graph, viewer) == []


def test_it_is_nobody_elses(graph: Graph, world: World) -> None:
    job = kept.begin(graph, world.viewer(OPEN), "communities", "these")
    other = replace(world.viewer(OPEN), user="somebody")
    assert kept.job(graph, other, job.id) is None
    assert kept.jobs(graph, other) == []
    with pytest.raises(NotFound, match="you have none"):
        kept.cancel(graph, other, job.id)
    assert kept.job(graph, world.viewer(OPEN), job.id) == job


def test_what_comes_while_it_ends_does_not_bring_it_back(graph: Graph, world: World) -> None:
    job = kept.begin(graph, world.viewer(OPEN), "communities", "these")
    said = {"id": job.id, "state": "RUNNING", "step": "measuring", "done": 0.5}
    wanted: list[set[str]] = []
    beating = threading.Thread(target=lambda: wanted.append(kept.beat(graph, [said])))

    def ending(transaction: Transaction) -> None:
        transaction.run("job/end", id=job.id, ended={"state": "DONE", "done": 1.0})
        beating.start()
        time.sleep(0.5)

    graph.store.write(ending)
    beating.join()
    found = kept.job(graph, world.viewer(OPEN), job.id)
    assert found is not None
    assert (found.state, found.done, wanted) == (JobState.DONE, 1.0, [set()])


def test_one_more_than_there_may_be_is_refused_also_while_the_others_are_begun(graph: Graph, world: World) -> None:
    people(world)
    viewer, jobs = world.viewer(OPEN), of_jobs.Jobs(graph, Limits(jobs=1), Ending())
    jobs.start()
    both = [of_job.Wanted(question, Scope(), 5) for question in (Question.KEY_PLAYERS, Question.COMMUNITIES)]
    ids = [graph.ids.job(viewer.user, each.question, repr(each), str(NOW), "0") for each in both]
    with ThreadPoolExecutor(2) as threads:

        def taken(transaction: Transaction) -> Future[JobView]:
            # Their ids are somebody else's until this is undone, so that whoever begins them waits.
            transaction.run_text("UNWIND $ids AS id CREATE (:Job {id: id})", {"ids": ids})
            begun = [threads.submit(jobs.begin, graph, viewer, each) for each in both]
            refused = next(as_completed(begun, timeout=30))
            with pytest.raises(Overloaded, match="1 jobs wait"):
                refused.result(timeout=0)
            transaction.run_text("MATCH (j:Job) WHERE j.id IN $ids DELETE j", {"ids": ids})
            return next(each for each in begun if each is not refused)

        other = graph.store.write(taken)
        assert other.result().state is JobState.WAITING
    jobs.stop(wait=True)
