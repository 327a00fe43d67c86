"""The vehicles, addresses and organisations of a demo world as its sources say them, with the truth of each record."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from neo4j.spatial import WGS84Point

from loaders.mapping import load_mappings
from loaders.reader import deliveries, read
from loaders.world import generate
from resolution.thing import THINGS

_TODAY = 1_751_328_000  # the day after the last of the world
Properties = dict[str, Any]


def told(people: int, seed: int) -> dict[str, tuple[list[Properties], list[str]]]:
    """Return by kind the stored properties of the records of which the truth is known, and which thing each is."""
    with TemporaryDirectory() as folder:
        world = generate(Path(folder), people, seed)
        said: defaultdict[tuple[str, str, str], Properties] = defaultdict(dict)
        markings = yaml.safe_load((world.out / "markings.yaml").read_text("utf-8"))["markings"]
        for source in load_mappings(world.mappings, markings):
            for entry in source.files:
                for delivery in deliveries(entry, world.out / "data"):
                    for chunk in read(delivery, entry, as_of=None, today=_TODAY):
                        for claim in (claim for row in chunk.rows for claim in row.records if claim.kind in THINGS):
                            said[source.source, claim.kind, str(claim.key)] |= _stored(claim.properties)
        with (world.out / "truth" / "entities.csv").open(encoding="utf-8", newline="") as stream:
            truth = {(row["source"], row["kind"], row["key"]): row["truth"] for row in csv.DictReader(stream)}
    found: dict[str, tuple[list[Properties], list[str]]] = {kind: ([], []) for kind in THINGS}
    for at, properties in said.items():
        if at in truth:
            records, things = found[at[1]]
            records.append(properties)
            things.append(truth[at])
    return found


def _stored(given: Mapping[str, Any]) -> Properties:
    """Return properties as the graph keeps them."""
    if "location" not in given:
        return dict(given)
    latitude, longitude = given["location"]
    return {**given, "location": WGS84Point((longitude, latitude))}
