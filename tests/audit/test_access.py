"""Who looked at somebody, newest first, for professional standards alone; and signs in the looks of a month."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from analysis.misuse import MisuseSign, MisuseView, misuse_indicators
from api.app import create_app
from graph.audit import audit_log
from graph.errors import BadInput
from graph.open import Graph
from graph.settings import Settings
from security.audit import Act, Entry
from security.audit.subject import Sought, disclosures
from security.viewer import Purpose, PurposeCode
from tests.api.conftest import ADDRESS, served
from tests.api.town import Asker, Town
from tests.audit.conftest import log_in
from tests.conftest import NOW
from tests.read.world import ACORN, World
from tests.signin.provider import Provider
from tests.signin.test_signin import ask as ask_as
from tests.signin.test_signin import client, issuer
from tests.signin.test_signin import settings as signed_in

pytestmark = pytest.mark.database
__all__ = ["client", "issuer", "served", "signed_in"]
DAY, HOUR = 86_400, 3_600
HISTORY = """query($id: ID!, $after: String) { accessHistory(id: $id, first: 2, after: $after) {
  edges { node { seq user purpose reference operation act outcome } } pageInfo { hasNextPage endCursor } } }"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.fixture
def ask(settings: Settings, served: Graph) -> Iterator[Asker]:
    with TestClient(create_app(settings, served), base_url=ADDRESS, raise_server_exceptions=False) as made:
        yield Asker(made)


@pytest.fixture
def world(graph: Graph) -> Iterator[World]:
    world = World(graph)
    yield world
    world.remove()


def test_who_looked_is_told_newest_first_and_is_on_record_itself(ask: Asker, graph: Graph, settings: Settings) -> None:
    town = Town(World(graph))
    why = {"X-Purpose": "INVESTIGATION; case 7"}
    for _ in range(2):
        ask("query($id: ID!) { entity(id: $id) { label } }", why, id=town.maria)
    ask("query($id: ID!) { entity(id: $id) { label } }", why, id=town.jon)
    page = ask(HISTORY, None, id=town.maria)["accessHistory"]
    shown = [edge["node"] for edge in page["edges"]]
    assert [(one["seq"], one["operation"], one["reference"], one["outcome"]) for one in shown] == [
        (2, "entity", "case 7", ["OK"]),
        (1, "entity", "case 7", ["OK"]),
    ]
    assert page["pageInfo"]["hasNextPage"] is False
    first = ask(HISTORY, None, id=town.maria)["accessHistory"]
    assert [edge["node"]["seq"] for edge in first["edges"]] == [4, 2]
    second = ask(HISTORY, None, id=town.maria, after=first["pageInfo"]["endCursor"])["accessHistory"]
    assert [edge["node"]["seq"] for edge in second["edges"]] == [1]


def test_an_export_of_all_is_a_look_at_whom_it_could_have_held(ask: Asker, graph: Graph, settings: Settings) -> None:
    """Whatever it reached up to: who is hidden now may have been there for all to see when it was made."""
    town = Town(World(graph))
    for query, markings in (("?kind=vehicle", ACORN), ("?kind=PERSON", "OFFICIAL"), ("", ACORN)):
        assert ask.client.get(f"/exports/ndjson{query}", headers={"X-Viewer-Markings": markings}).status_code == 200
    with closing(audit_log(settings)) as log:
        # As entries had it before kinds were kept as they are called.
        for kind in ("vehicle", "person"):
            log.append(Entry(Act.DISCLOSURE, "pc 7", "export", "r", "api", whole=True, details={"kinds": [kind]}))
    seen = {}
    for id_ in (town.maria, town.hidden):
        page = ask(HISTORY.replace("first: 2", "first: 9"), None, id=id_)["accessHistory"]
        seen[id_] = [edge["node"]["seq"] for edge in page["edges"] if edge["node"]["operation"] == "export"]
    assert seen == {id_: [8, 6, 5, 4, 3] for id_ in (town.maria, town.hidden)}


def test_a_hidden_subject_is_as_absent_as_one_that_is_not_there(ask: Asker, graph: Graph) -> None:
    town = Town(World(graph))
    headers = {"X-Viewer-Markings": "OFFICIAL"}
    for id_ in (town.hidden, "e_" + "a" * 20):
        body = ask.post(HISTORY, headers, id=id_)
        assert body["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_only_professional_standards_may_ask(issuer: Provider, signed_in: Settings, served: Graph) -> None:
    town = Town(World(served))
    with TestClient(create_app(signed_in, served), base_url="https://polegraph.example") as made:
        for role in ("OFFICER", "ANALYST", "SUPERVISOR", "DATA_ENGINEER", "STANDARDS"):
            for query, variables in ((HISTORY, {"id": town.maria}), ("{ misuseIndicators { sign } }", {})):
                token = issuer.token(polegraph_role=role)
                response = ask_as(made, token, body={"query": query, "variables": variables})
                if role == "STANDARDS":
                    assert "errors" not in response.json()
                else:
                    assert response.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"


class Shifts:
    """A log whose clock is set, and people and officers to look at."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.at = world, float(NOW)
        self.log = log_in(folder)
        self.log._clock = lambda: self.at

    def look(self, user: str, *ids: str, ago: int, reference: str | None = "case 7") -> None:
        self.at = NOW - ago
        purpose = Purpose(PurposeCode.INVESTIGATION, reference)
        self.log.append(Entry(Act.CONSULTATION, user, "subjectProfile", "r", "api", purpose=purpose, asked=ids))

    def did(self, act: Act, operation: str, ago: int, **said: Any) -> None:
        """An entry of the officer 4077."""
        self.at = NOW - ago
        purpose = Purpose(PurposeCode.STOP_CHECK, "case 7")
        said = {"request": "r", "component": "api", **said}
        self.log.append(Entry(act, "pc-4077", operation, purpose=purpose, **said))

    def signs(self, *grants: str, days: int = 30) -> list[tuple[str, str, list[str]]]:
        found = misuse_indicators(self.world.graph, self.world.viewer(*grants), self.log, days).items
        return [(each.sign.value, each.user, [view.id for view in each.entities]) for each in found]

    def found(self, sign: MisuseSign) -> MisuseView:
        items = misuse_indicators(self.world.graph, self.world.viewer(), self.log).items
        (one,) = [each for each in items if each.sign is sign]
        return one


@pytest.fixture
def shifts(world: World, folder: Path) -> Shifts:
    return Shifts(world, folder)


def person(world: World, given: str, surname: str, **said: Any) -> str:
    return world.thing("Person", f"{given} {surname}", given_name=given, surname=surname, **said)


def test_looks_at_oneself_ones_name_and_colleagues(world: World, shifts: Shifts) -> None:
    officer = world.thing("Officer", collar_number="4077", given_name="Ada", surname="Quill")
    world.thing("Officer", collar_number="4078", given_name="Bo", surname="Marsh")
    own, cousin = person(world, "ADA", "Quill"), person(world, "Cy", "Quill")
    colleague, other = person(world, "Bo", "Marsh"), person(world, "Di", "Vane")
    for id_ in (own, cousin, colleague, other):
        shifts.look("pc-4077@force.example", id_, ago=HOUR)
    shifts.look("stranger", cousin, other, ago=HOUR)
    shifts.look("key 0123456789ab feed", own, ago=HOUR)
    shifts.look("pc-4077@force.example", own, ago=40 * DAY)
    assert shifts.signs() == [
        ("SELF", "pc-4077@force.example", [own]),
        ("SAME_SURNAME", "pc-4077@force.example", [cousin]),
        ("COLLEAGUE", "pc-4077@force.example", [colleague]),
    ]
    told = shifts.found(MisuseSign.SELF)
    assert (told.officer.id if told.officer else None, [one.seq for one in told.accesses]) == (officer, [1])
    assert "own name, once" in told.sentence
    assert shifts.signs(days=60)[0] == ("SELF", "pc-4077@force.example", [own])


def test_a_check_of_oneself_by_name_and_a_file_of_oneself_are_looks_too(world: World, shifts: Shifts) -> None:
    world.thing("Officer", collar_number="4077", given_name="Ada", surname="Quill")
    own, others = person(world, "Ada", "Quill"), [person(world, f"P{n}", f"S{n}") for n in range(25)]
    for operation in ("stopCheck", "identify", "search"):
        shifts.did(Act.CONSULTATION, operation, HOUR, ids=(own, *others))
    shifts.did(Act.DISCLOSURE, "brief", HOUR, asked=(own,), ids=(own,))
    for outcome in ("BEGUN", "OK"):
        shifts.did(Act.DISCLOSURE, "export", HOUR, asked=(own,), outcome=(outcome,))
    shifts.did(Act.REFUSAL, "brief", HOUR, asked=(own,), outcome=("FORBIDDEN",))
    # Whom a check lists beside them makes no busy hour.
    assert shifts.signs() == [("SELF", "pc-4077", [own])]
    assert [each.operation for each in shifts.found(MisuseSign.SELF).accesses] == [
        "stopCheck", "identify", "brief", "export",
    ]  # fmt: skip


def test_an_export_that_was_cut_off_is_a_look_too_and_no_other_stands_for_it(world: World, shifts: Shifts) -> None:
    """Whoever asks the API chooses the request's id, and may choose it twice; a command's is its own."""
    world.thing("Officer", collar_number="4077", given_name="Ada", surname="Quill")
    own = person(world, "Ada", "Quill")
    for outcome in ("BEGUN", "BEGUN", "OK"):
        shifts.did(Act.DISCLOSURE, "export", HOUR, asked=(own,), ids=(own,), outcome=(outcome,))
    # What refuses another try ends none that had begun; what refuses a change ends it.
    shifts.did(Act.REFUSAL, "export", HOUR, asked=(own,), outcome=("BAD_INPUT",))
    for act, operation, outcome in ((Act.CONSULTATION, "watch", "BEGUN"), (Act.REFUSAL, "refused", "BAD_INPUT")):
        shifts.did(act, operation, HOUR, asked=(own,), document="d1", outcome=(outcome,))
    for outcome in ("BEGUN", "BEGUN", "OK"):
        said = {"asked": (own,), "ids": (own,), "outcome": (outcome,), "component": "cli", "request": "made"}
        shifts.did(Act.DISCLOSURE, "export", HOUR, **said)
    looks = [(each.seq, each.outcome) for each in shifts.found(MisuseSign.SELF).accesses]
    assert looks == [(1, ("BEGUN",)), (3, ("OK",)), (9, ("OK",))]
    disclosed = [(each.seq, each.outcome) for each in disclosures(shifts.log, Sought([own]))]
    assert disclosed == looks[::-1]


def test_looks_at_whoever_lives_with_the_officer_and_far_from_where_they_work(world: World, shifts: Shifts) -> None:
    officer = world.thing("Officer", collar_number="4077", given_name="Ada", surname="Quill")
    own, lodger, near, far = (person(world, *name.split()) for name in ("Ada Quill", "Di Vane", "Ed Oak", "Fi Ash"))
    beat, away, force = (world.thing("Area", name=n, type=t) for n, t in (("b", "BEAT"), ("a", "BEAT"), ("f", "FORCE")))
    home, work, distant = (world.thing("Address", text=text) for text in ("1 High St", "2 High St", "3 Far Rd"))
    for place, area in ((home, beat), (work, beat), (distant, away), (beat, force), (away, force)):
        world.link("IN", place, area)
    for one, place in ((own, home), (lodger, home), (near, work), (far, distant)):
        world.link("LIVES_AT", one, place)
    for _ in range(5):
        crime = world.thing("Crime")
        world.link("OCCURRED_AT", crime, work)
        world.link("HANDLED_BY", crime, officer)
    for id_ in (lodger, near, far):
        shifts.look("pc-4077", id_, ago=HOUR)
        shifts.look("stranger", id_, ago=HOUR)
    assert shifts.signs() == [("SAME_ADDRESS", "pc-4077", [lodger]), ("OUT_OF_AREA", "pc-4077", [far])]
    assert "lives with one of their own name" in shifts.found(MisuseSign.SAME_ADDRESS).sentence


def test_looks_again_and_again_without_reference_and_in_bursts(world: World, shifts: Shifts) -> None:
    people = [person(world, f"P{n}", f"S{n}") for n in range(30)]
    for day in range(1, 5):
        shifts.look("a", people[0], ago=day * DAY, reference=None)
        shifts.look("b", people[0], ago=day * DAY)
        shifts.look("c", people[day], ago=day * DAY)
    for n, id_ in enumerate(people):
        shifts.look("d", id_, ago=9 * HOUR - n)
    for n in range(12):
        shifts.look("e", people[n], ago=(n + 1) * DAY, reference=None)
    assert [(sign, user) for sign, user, _ in shifts.signs()] == [
        ("REPEATED", "a"),
        ("NO_REFERENCE", "e"),
        ("BURST", "d"),
    ]
    assert "30 people in the hour" in shifts.found(MisuseSign.BURST).sentence


def test_whom_one_may_not_see_is_in_no_sign(world: World, shifts: Shifts) -> None:
    world.thing("Officer", collar_number="9", given_name="Ada", surname="Quill")
    hidden = person(world, "Ada", "Quill", marking=ACORN)
    shifts.look("9", hidden, ago=HOUR)
    assert shifts.signs() == []
    assert [sign for sign, _, _ in shifts.signs("OFFICIAL", ACORN)] == ["SELF"]


def test_no_log_and_bad_numbers(world: World, shifts: Shifts) -> None:
    assert shifts.signs() == []
    with pytest.raises(BadInput, match="windowDays"):
        shifts.signs(days=0)
