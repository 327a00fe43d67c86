"""Vehicles, addresses and organisations at the shipped weights, beside exact identifiers alone on the same records.

`python -m bench.things [--things 5000] [--seed 1] [--noise misread=2,missing=1.5] [--world 20000] [--trained]`. Things
are made up as the demo city has them, with what is hard: cars of one fleet with marks and VINs in a row, clones, flats,
streets of one name, branches of one name and tenants of one door; each is written down by a `Scribe`, who slips as
often as the noise says. `--world`: the records of a demo world of so many people instead. Nothing is tuned to a seed.
The baseline joins what shares an identifier exactly: mark or VIN, UPRN or the address key, company number or name
without its legal form; two identifiers of one scheme that differ do not keep things apart. `--trained`: also at weights
that are estimated on these very records as those of persons are, which says why they are shipped instead.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from bench.world_things import told
from graph.marking_numbers import MarkingNumbers
from loaders.world.chance import Chance
from loaders.world.geography import City, city
from loaders.world.identifier import Vehicle, vehicle
from loaders.world.scribe import Scribe, Slips
from loaders.world.staff import Business, businesses_of
from resolution.alike import contents
from resolution.assign import assign_table
from resolution.candidate import candidates
from resolution.column import Ints
from resolution.component import components
from resolution.estimate import estimate
from resolution.evaluate import Evaluation, evaluate
from resolution.model import Model, default_model, parse_model, shipped_document
from resolution.pattern import judge_patterns, patterns
from resolution.score import Comparison
from resolution.table import Table
from resolution.thing import folded_thing
from resolution.train import join_of
from standards.address import address_key
from standards.identifier import check_company, check_uprn
from standards.text import fold
from standards.vehicle import check_vin, check_vrm

Properties = dict[str, Any]
_FORM = re.compile(r"\b(limited|ltd|plc|llp)\b")
_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXYZ"
_REPEATED = ("phone", "address", "postcode")
_SLIPS = tuple(Slips.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Records:
    """Stored properties, and which thing each record is."""

    properties: list[Properties]
    truth: list[str]


def vehicles(count: int, seed: int, slips: Slips) -> Records:
    """Return records of cars; one in twelve is of a fleet, one in two hundred has a clone."""
    chance = Chance(seed, count, "bench", "vehicles")
    cars: list[tuple[Vehicle, str]] = []
    while len(cars) < count:
        car = vehicle(chance, len(cars))
        vin = f"WVW{chance.letters(5)}{chance.digits(3)}{chance.digits(6)}".replace("O", "P")
        cars.append((car, vin))
        if chance.hit(0.02):
            cars += [(_sister(car, at), f"{vin[:-2]}{(int(vin[-2:]) + at) % 100:02d}") for at in range(1, 5)]
        if chance.hit(0.005):
            other = vehicle(chance, len(cars))
            cars.append((replace(other, vrm=car.vrm), f"SAJ{chance.letters(5)}{chance.digits(9)}".replace("O", "P")))
    scribe = Scribe(chance, slips)
    return _written(chance, [(f"V{at}", partial(scribe.vehicle, car, vin)) for at, (car, vin) in enumerate(cars)])


def _sister(car: Vehicle, step: int) -> Vehicle:
    """Return a car registered with another: its mark has the next last letter, of those that are in use."""
    signs = _LETTERS if car.vrm[-1].isalpha() else "0123456789"
    return replace(car, vrm=car.vrm[:-1] + signs[(signs.index(car.vrm[-1]) + step) % len(signs)])


def addresses(count: int, seed: int, slips: Slips) -> Records:
    """Return records of the addresses of a city, a fifth of them flats."""
    chance, at = Chance(seed, count, "bench", "addresses"), _city(count, seed).addresses[:count]
    scribe = Scribe(chance, slips)
    return _written(chance, [(each.id, partial(scribe.address, each)) for each in at])


def organisations(count: int, seed: int, slips: Slips) -> Records:
    """Return records of businesses; one in fifteen has branches of its name that are others, or another at its door."""
    chance, place = Chance(seed, count, "bench", "organisations"), _city(2 * count, seed)
    made: list[Business] = []
    for business in businesses_of(place, count * 80, seed):
        made.append(replace(business, place=business.place % len(place.addresses)))
        if chance.hit(0.04):
            made += [replace(made[-1], id=f"{business.id}-{at}", place=_some(chance, place)) for at in range(3)]
        if len(made) > 1 and chance.hit(0.03):
            made[-1] = replace(made[-1], place=made[-2].place, phone=made[-2].phone)
    # Branches have numbers and phones of their own.
    made = [replace(one, company_number=f"{80_000_000 + n}", phone=f"0161496{n % 10_000:04d}") if "-" in one.id else one
            for n, one in enumerate(made[:count])]  # fmt: skip
    scribe = Scribe(chance, slips)
    return _written(chance, [(one.id, partial(scribe.organisation, one, place.addresses[one.place])) for one in made])


def _city(count: int, seed: int) -> City:
    return city(int(count * 2.1) + 100, seed)


def _some(chance: Chance, place: City) -> int:
    return int(chance.real() * len(place.addresses))


def _written(chance: Chance, things: Sequence[tuple[str, Callable[[], dict[str, str]]]]) -> Records:
    """Return each thing written down by a few clerks, some by many."""
    found = Records([], [])
    for truth, write in things:
        for _ in range(min(60, int(chance.tail(1.3, 60)) + chance.integer(0, 3))):
            given = write()
            found.properties.append({name: [text] if name in _REPEATED and "name" in given else text
                                     for name, text in given.items()})  # fmt: skip
            found.truth.append(truth)
    return found


def identifiers(kind: str, given: Properties) -> Iterator[str]:
    """Return what the baseline joins by."""
    if kind == "Vehicle":
        for check, name in ((check_vin, "vin"), (check_vrm, "vrm")):
            if (found := check(given.get(name, ""))).valid:
                yield f"{name}:{found.value}"
    elif kind == "Address":
        if (found := check_uprn(given.get("uprn", ""))).valid:
            yield f"uprn:{found.value}"
        if key := address_key(given.get("text", ""), given.get("postcode")):
            yield f"address:{key}"
    else:
        if (found := check_company(given.get("company_number", ""))).valid:
            yield f"company:{found.value}"
        yield "name:" + " ".join(_FORM.sub(" ", fold(given.get("name", ""))).split())


def by_identifiers(kind: str, records: Records) -> list[str]:
    """Return the thing of each record by exact identifiers alone."""
    holders: dict[str, list[int]] = {}
    for place, given in enumerate(records.properties):
        for one in identifiers(kind, given):
            holders.setdefault(one, []).append(place)
    joined = [pair for held in holders.values() for pair in pairwise(held)]
    left, right = np.array(joined, np.int64).reshape(-1, 2).T
    return [str(root) for root in components(len(records.truth), left, right).tolist()]


def by_evidence(kind: str, records: Records, *, trained: bool = False) -> list[str]:
    """Return the thing of each record as the engine has it, at its own threshold."""
    count = len(records.truth)
    ids = [f"r_{place:08d}" for place in range(count)]
    nothing: Ints = np.zeros(count, np.int64)
    folded = [folded_thing(kind, given) for given in records.properties]
    table = Table.things(kind, ids, nothing.astype(np.int32), nothing, folded)
    markings = MarkingNumbers()
    markings.learn({0: "OFFICIAL"})
    found = assign_table(kind, table, (), _trained(table) if trained else default_model(kind), markings)
    return [found.entities[id_] for id_ in ids]


def _trained(table: Table) -> Model:
    """Return the shipped model with its classes, but for strangers, as they are likeliest on what things say."""
    shipped, kept = shipped_document(table.kind), contents(table)
    shipped["shared"] = {one: list(shipped["fields"]) for one in list(shipped["others"])[1:]}
    comparison = Comparison(kept, parse_model(shipped))
    seen, _ = patterns(comparison, *candidates(kept, comparison.model.caps))
    document = estimate(shipped, seen).document
    bits, _, _ = judge_patterns(seen, parse_model(document))
    document["thresholds"]["join"] = join_of(bits, seen.counts)
    return parse_model(document)


KINDS: dict[str, Callable[[int, int, Slips], Records]] = {
    "Vehicle": vehicles,
    "Address": addresses,
    "Organisation": organisations,
}


def _show(kind: str, way: str, found: Evaluation, seconds: float) -> None:
    pair, cubed = found.pairwise, found.bcubed
    print(
        f"{kind:13} {way:12} {found.records:8,} {pair.precision:8.4f} {pair.recall:8.4f} {pair.f1:8.4f} "
        f"{cubed.precision:8.4f} {cubed.recall:8.4f} {cubed.f1:8.4f} {len(found.wrong):6,} "
        f"{found.largest:5}/{found.largest_true:<5}{seconds:7.2f}"
    )


def _noise(text: str) -> Slips:
    """Return slips so many times as likely as usual."""
    given = dict(part.split("=") for part in text.split(",") if part)
    if unknown := set(given) - set(_SLIPS):
        raise SystemExit(f"--noise {sorted(unknown)[0]!r}: one of {', '.join(_SLIPS)}")
    usual = Slips()
    return replace(usual, **{name: min(0.9, getattr(usual, name) * float(by)) for name, by in given.items()})


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--things", type=int, default=5_000)
    parser.add_argument("--seed", type=int, nargs="+", default=[1])
    parser.add_argument("--noise", type=_noise, default=Slips())
    parser.add_argument("--world", type=int)
    parser.add_argument("--trained", action="store_true")
    given = parser.parse_args(None if arguments is None else list(arguments))
    print(f"{'kind':13} {'way':12} {'records':>8} {'pair P':>8} {'pair R':>8} {'pair F1':>8} {'B3 P':>8} {'B3 R':>8} "
          f"{'B3 F1':>8} {'wrong':>6} {'largest/true':>11} {'s':>6}")  # fmt: skip
    ways: list[tuple[str, Callable[[str, Records], list[str]]]] = [
        ("identifiers", by_identifiers),
        ("evidence", by_evidence),
    ]
    if given.trained:
        ways.append(("trained", partial(by_evidence, trained=True)))
    for seed in given.seed:
        world = told(given.world, seed) if given.world else None
        for kind, make in KINDS.items():
            records = make(given.things, seed, given.noise) if world is None else Records(*world[kind])
            for way, resolve in ways:
                began = time.process_time()
                entities = resolve(kind, records)
                seconds = time.process_time() - began
                rows = [(str(n), t, 0, e) for n, (t, e) in enumerate(zip(records.truth, entities, strict=True))]
                _show(kind, way, evaluate(rows), seconds)


if __name__ == "__main__":
    main()
