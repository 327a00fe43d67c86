"""Whether the time of an answer tells that something is hidden: twins in all that is seen, one with hidden links.

Run: `python -m bench.absence [--pairs 2000] [--twins 60] [--seed 1]`. It makes an installation of its own, in which
each person has a twin with as many crimes and a telephone of the same form, and one of the two up to 64 crimes more, of
a compartment that the viewer is not in. Both are asked for in turn over HTTP: the medians are what somebody with a
watch would compare. It fails where they are more than a twentieth apart.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from bench.installation import prepared, thrown_away
from bench.serving import Client, serving
from graph.settings import Settings
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions

_SEEN, _HIDDEN = "OFFICIAL", "OFFICIAL-SENSITIVE; operation=ACORN"
_MARKINGS = (_SEEN, "OFFICIAL-SENSITIVE", _HIDDEN)
_CRIMES = 8
_MOST_HIDDEN = 64
_WARM = 100
_MOST_APART = 0.05
_MAPPING = """
source: crimes
files:
  - path: people.csv
    records:
      person:
        kind: Person
        key: "{id}"
        properties: {name: name, date_of_birth: {column: dob, parse: date}, phone: phone}
  - path: crimes.csv
    marking: {column: marking}
    records:
      crime:
        kind: Crime
        key: "{id}"
        marking: {column: marking}
        properties: {type: type, occurred_from: {column: date, parse: date}}
    links:
      - type: INVOLVED_IN
        from: {kind: Person, key: "{person}"}
        to: crime
        marking: {column: marking}
        properties: {role: {value: SUSPECT}}
"""
_QUESTIONS = {
    "id": "query($id: ID!) { entity(id: $id) { id label degree markings } }",
    "search": "query($name: String!) { search(text: $name, first: 10) { edges { node { score entity { id } } } } }",
    "expand": "query($id: ID!) { expand(ids: [$id]) { nodes { id label } links { id type } truncated { reason } } }",
    "stopCheck": "query($phone: String!) { stopCheck(phone: $phone) { subject { id } recentEvents { id to { id } } } }",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be asked for."""

    key: str
    name: str
    phone: str


def _people(chance: random.Random, twins: int) -> list[tuple[Person, Person]]:
    """Pairs of people whose names are as long and as rare as each other's."""
    taken: set[str] = set()

    def name() -> str:
        while True:
            found = " ".join(
                "".join(chance.choice("bdfgklmnprst") + chance.choice("aeiou") for _ in range(3)).capitalize()
                for _ in range(2)
            )
            if found not in taken:
                taken.add(found)
                return found

    return [
        (
            Person(f"p{number}", name(), f"079114{number:05}"),
            Person(f"q{number}", name(), f"079115{number:05}"),
        )
        for number in range(twins)
    ]


def _load(settings: Settings, folder: Path, pairs: list[tuple[Person, Person]], chance: random.Random) -> list[int]:
    """Load the twins; returns which of each pair has hidden links."""
    which = [chance.randrange(2) for _ in pairs]
    with (folder / "people.csv").open("w", newline="") as people, (folder / "crimes.csv").open("w", newline="") as told:
        them, crimes = csv.writer(people), csv.writer(told)
        them.writerow(("id", "name", "dob", "phone"))
        crimes.writerow(("id", "type", "date", "person", "marking"))
        for number, pair in enumerate(pairs):
            for place, one in enumerate(pair):
                them.writerow((one.key, one.name, f"19{50 + number % 50}-04-1{number % 10}", one.phone))
                hidden = 1 + number % _MOST_HIDDEN if place == which[number] else 0
                for crime in range(_CRIMES + hidden):
                    marking = _SEEN if crime < _CRIMES else _HIDDEN
                    date = f"2025-{crime % 12 + 1:02}-{crime % 28 + 1:02}"
                    crimes.writerow((f"{one.key}-{crime}", "BURGLARY", date, one.key, marking))
    (folder / "mapping.yaml").write_text(_MAPPING)
    graph = prepared(settings, lambda: int(time.time()))
    try:
        mappings = load_mappings([folder / "mapping.yaml"], _MARKINGS)
        load(graph, mappings, LoadOptions(folder, int(time.time()), 1_767_225_600))
    finally:
        graph.store.close()
    return which


def _held(client: Client, pairs: list[tuple[Person, Person]], which: list[int], count: int) -> None:
    requests: dict[str, list[tuple[bytes, bytes]]] = {question: [] for question in _QUESTIONS}
    for pair, place in zip(pairs, which, strict=True):
        made = []
        for one in (pair[place], pair[1 - place]):
            found = client.ask(_QUESTIONS["search"], {"name": one.name})["data"]["search"]
            (id_,) = {edge["node"]["entity"]["id"] for edge in found["edges"][:1]}
            variables = {"id": id_, "name": one.name, "phone": one.phone}
            made.append([client.request(text, variables) for text in _QUESTIONS.values()])
        for question, with_hidden, without in zip(_QUESTIONS, *made, strict=True):
            requests[question].append((with_hidden, without))
    told = []
    print("| question | with hidden links, p50 ms | without | apart |\n| --- | --- | --- | --- |")
    for question, asked in requests.items():
        times: tuple[list[float], list[float]] = [], []
        for number in range(-_WARM, count):
            both = asked[number % len(asked)]
            for place in (0, 1) if number % 4 < 2 else (1, 0):
                began = time.perf_counter()
                answer = client.send(both[place])
                taken = (time.perf_counter() - began) * 1000
                assert b'"errors"' not in answer, answer[:300]
                if number >= 0:
                    times[place].append(taken)
        hidden, bare = (statistics.median(each) for each in times)
        print(f"| {question} | {hidden:.3f} | {bare:.3f} | {hidden / bare - 1:+.1%} |", flush=True)
        if abs(hidden / bare - 1) > _MOST_APART:
            told.append(question)
    assert not told, f"its time tells that something is hidden: {', '.join(told)}"


def main() -> None:
    """Print a row for each question."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=2_000)
    parser.add_argument("--twins", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=8_791)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    pairs = _people(chance, given.twins)
    with thrown_away() as (settings, folder):
        (folder / "markings.yaml").write_text("markings:\n" + "".join(f'  - "{text}"\n' for text in _MARKINGS))
        settings = settings.model_copy(update={"markings_file": folder / "markings.yaml"})
        which = _load(settings, folder, pairs, chance)
        with serving(settings, given.port) as served:
            client = Client(served.port)
            _held(client, pairs, which, given.pairs)
            client.close()


if __name__ == "__main__":
    main()
