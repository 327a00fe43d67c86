"""Double worlds: two graphs that differ only in what a viewer may not see answer every question with the same bytes."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from tests.conftest import KEY, NOW, prepare
from tests.whole.silo import HEADER, load_silo, write

pytestmark = pytest.mark.database

# The whole proof takes minutes; every run makes a part of it, from a seed that it prints.
WORLDS = int(os.environ.get("POLEGRAPH_TEST_WORLDS", "4"))
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
HUB_LINKS = 64
SECRET = ("OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE; operation=ACORN")
GIVEN = ("John", "Jon", "Johnny", "Mohammed", "Muhammad", "Anna", "Ania", "Liam")
SURNAMES = ("Smith", "Smyth", "Khan", "Kahn", "Nowak", "Kelly")


def row(chance: random.Random, number: int, marking: str) -> str:
    """A crime with a suspect, one of few names, births and phones, so that records meet."""
    person = f"p{number}"
    name = f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)}"
    born = f"19{chance.randint(70, 73)}-0{chance.randint(1, 3)}-1{chance.randint(0, 2)}"
    phone = f"0770090{chance.randint(100, 109):04d}"
    day = f"2025-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
    return f"c{number},THEFT,{day},{person},{name},{born},{phone},{chance.randint(1, 3)},{marking}\n"


def build(store: Store, folder: Path, rows: list[str]) -> Graph:
    """A graph of these rows, nothing left of the one before."""
    prepare(store)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: NOW)
    officers = "collar,surname\n1,Iqbal\n2,Jones\n3,Kowalski\n"
    write(folder, {"crimes.csv": HEADER + "".join(rows), "officers.csv": officers})
    load_silo(graph, folder)
    return graph


ENTITY = "id kind label markings degree sameIdentity { id } golden { property value rule }"
LINK = "id type role marking from { id } to { id } validFrom source { name } records { id }"
PAGE = "pageInfo { hasNextPage endCursor }"


def questions(ids: list[str]) -> list[dict[str, Any]]:
    """Every question served so far."""
    a, b = ids[0], ids[-1]
    texts = [
        *(
            f'{{ search(text: "{text}") {{ edges {{ node {{ score entity {{ {ENTITY} }} }} }} {PAGE} }} }}'
            for text in SURNAMES
        ),
        *(
            f'{{ entity(id: "{id_}") {{ {ENTITY} links {{ totalCount edges {{ node {{ {LINK} }} }} {PAGE} }} }} }}'
            for id_ in ids
        ),
        f"{{ entities(kind: PERSON) {{ totalCount edges {{ cursor node {{ {ENTITY} }} }} }} }}",
        f"{{ entities(kind: PHONE) {{ totalCount edges {{ node {{ {ENTITY} }} }} }} }}",
        f'{{ expand(ids: ["{a}"], hops: 2) {{ nodes {{ id }} links {{ {LINK} }} truncated {{ reason }} }} }}',
        f'{{ paths(from: "{a}", to: "{b}") {{ paths {{ length nodes {{ id }} links {{ id }} }} bridges {{ id }} }} }}',
        f'{{ timeline(ids: ["{a}"]) {{ edges {{ cursor node {{ {LINK} }} }} }} }}',
        f'{{ coOffenders(id: "{a}") {{ entity {{ id }} sharedEvents }} }}',
        f'{{ sharedLinks(ids: ["{a}", "{b}"]) {{ through {{ id }} holders {{ id }} }} }}',
        f'{{ sharedLinks(ids: ["{a}"]) {{ through {{ id }} holders {{ id }} }} }}',
        f'{{ subjectProfile(id: "{a}") {{ subject {{ {ENTITY} }} identifiers {{ id }} sources {{ name }} '
        "associates { totalCount edges { node { entity { id } score sharedEvents } } } } }",
        '{ identify(partial: {name: "John Smith", yearOfBirth: 1971}) { weight entity { id } evidence { bits } } }',
        '{ stopCheck(phone: "07700900103") { candidates { weight entity { id } } recentEvents { id } } }',
        f'{{ whyResolved(id: "{a}") {{ sentence records {{ id }} nearestMiss {{ weight b {{ id }} }} }} }}',
        "{ sources { source { name } records links rejected lastLoadedAt } }",
        '{ node(id: "e_aaaaaaaaaaaaaaaaaaaa") { id } }',
    ]
    return [{"query": text} for text in texts]


def answers(graph: Graph, asked: list[dict[str, Any]]) -> list[bytes]:
    """What an uncleared viewer is told, as bytes; errors too."""
    headers = {"X-Viewer-Markings": "OFFICIAL", "X-Request-Id": "same"}
    with TestClient(create_app(Settings(), graph), base_url="http://127.0.0.1") as client:
        return [client.post("/graphql", json=one, headers=headers).content for one in asked]


@pytest.mark.parametrize("world", range(WORLDS))
def test_what_is_hidden_changes_no_answer(store: Store, tmp_path: Path, world: int) -> None:
    chance = random.Random(f"{SEED}-{world}")
    seen = [row(chance, number, "OFFICIAL") for number in range(chance.randint(4, 14))]
    hidden = [row(chance, 100 + number, chance.choice(SECRET)) for number in range(chance.randint(1, 8))]
    if world % 2:
        # One open phone, and many who use it that nobody may see.
        phone = seen[0].split(",")[6]
        hidden += [
            f"c{n},THEFT,2025-05-05,p{n},Near Smith,,{phone},1,{SECRET[0]}\n" for n in range(200, 200 + HUB_LINKS)
        ]
    with_hidden = chance.sample(seen + hidden, len(seen + hidden))
    without = [each for each in with_hidden if each in seen]
    graph = build(store, tmp_path / "without", without)
    ids = sorted(row["properties"]["id"] for row in store.stream("dump/entities") if "Person" in row["labels"])
    asked = questions(ids)
    expected = answers(graph, asked)
    graph = build(store, tmp_path / "with", with_hidden)
    found = answers(graph, asked)
    for question, one, other in zip(asked, expected, found, strict=True):
        assert other == one, f"seed {SEED}, world {world}: {question['query']}"
    assert any(orjson.loads(one).get("data") for one in expected)
