"""How often values are shared by chance: names by their share of the people, everything else by records at random."""

from __future__ import annotations

import copy

import numpy as np
import numpy.typing as npt

from resolution.column import Codes, Flags, owners
from resolution.estimate import FIXED, SILENT, Document, classes_of, row_of
from resolution.key import KEY_PROPERTIES
from resolution.model import Ints
from resolution.pattern import UNKNOWN, Patterns, patterns
from resolution.score import Comparison
from resolution.table import Table

_LISTED = 10  # people who bear a name before the model lists it: no name is kept that tells of few
_RANDOM = 1 << 18  # pairs at random
_BEFORE = 20.0  # pairs at random that the tables it starts from count for
_LEFT = 0.2  # the least part of what agrees at random that is left when what is one person is taken away
# Fields whose values are taken one by one, so that their chance of being shared follows from how many hold each.
_VALUED = ("birth", "gender", "birth_place", "postcode", "address", "phone", "email", "vrm", "identifier")
# Fields on which two people of a family agree by chance where they do not share them. Births and genders are none:
# twins, generations and couples have reasons of their own.
_BY_CHANCE = frozenset({"given_name", "middle_name", "identifier"})
_WHOLE_DATE = 10  # characters of a date that is known to the day
Floats = npt.NDArray[np.float64]


def with_shares(document: Document, table: Table, people: Ints | None = None) -> Document:
    """Return the document with the shares of given names and surnames, and of a name not listed, of these records.

    `people`: a number for each record, the same for those of one person; None where nobody knows who is whom.
    """
    document = copy.deepcopy(document)
    names = table.names
    whose = owners(names.starts) if people is None else people[owners(names.starts)]
    for part, codes in (("given_name", names.given), ("surname", names.surname)):
        held = np.bincount(codes[codes >= 0], minlength=len(names.words))
        bearers = _bearers(codes, whose, len(names.words))
        total = max(int(held.sum()), 1)
        bands: dict[str, list[str]] = {}
        for place in np.nonzero((held >= _LISTED) & (bearers >= _LISTED))[0].tolist():
            if " " not in names.words[place]:
                bands.setdefault(f"{held[place] / total * 1e6:.3g}", []).append(names.words[place])
        # A name of many records and few people counts as often as there are people: their records are no chance.
        few = np.where(held < _LISTED, held, bearers)[(held < _LISTED) | (bearers < _LISTED)].astype(np.float64)
        if few.sum() >= _LISTED:
            document["rare"][part] = float((few**2).sum() / few.sum() / total)
        document["shares"][part] = {band: " ".join(sorted(words)) for band, words in sorted(bands.items())}
    return document


def _bearers(codes: Codes, whose: Ints, words: int) -> Ints:
    """Return how many different people bear each word."""
    said = codes >= 0
    pairs = np.unique(whose[said].astype(np.int64) * words + codes[said])
    return np.bincount(pairs % max(words, 1), minlength=words)


def at_random(comparison: Comparison) -> Patterns:
    """Return the patterns of pairs of records taken at random, the same for the same records."""
    chance = np.random.Generator(np.random.PCG64(comparison.size))
    left, right = (chance.integers(0, comparison.size, _RANDOM) for _ in range(2))
    apart = left != right
    return patterns(comparison, left[apart], right[apart])[0]


def with_strangers(document: Document, shipped: Document, table: Table, random: Patterns) -> Document:
    """Return the document with what strangers agree on: what is so at random, less what is so because it is one.

    How many pairs are of which other class, and what those agree on, is taken from the document; of what no two records
    know, and where little is known, the shipped document tells.
    """
    document = copy.deepcopy(document)
    names = classes_of(document)
    stranger = names[len(document["matches"])]
    masses = {one: 2.0**log for one, log in {**document["matches"], **document["others"]}.items() if one != stranger}
    for field, spec in document["fields"].items():
        if field in FIXED:
            continue
        rows, row = spec["probabilities"], row_of(document, field, stranger)
        before = np.array(shipped["fields"][field]["probabilities"][row])
        if not (random.of(field) != UNKNOWN).any():
            rows[row] = before.tolist()
            continue
        speaks = np.array([level != SILENT for level in spec["levels"]])
        rates = _rates(field, random, before)
        left = rates - sum(mass * np.array(rows[row_of(document, field, one)]) for one, mass in masses.items())
        if field in _VALUED:
            # Either is too much where records of one person still count, so the lesser is nearer.
            chances = [_shared(held, before[-1], counted="generic" in spec) for held in _held(table, field)]
            taken = sum(mass * rows[row_of(document, field, one)][-1] for one, mass in masses.items())
            left[-1] = rates[-1] = min(chances[1], max(chances[0] - taken, _LEFT * chances[0]))
        left = np.maximum(left, _LEFT * rates)
        left[~speaks] = 0.0
        rows[row] = [float(p) if told else 1.0 for p, told in zip(left / left.sum(), speaks, strict=True)]
        for one in set(document["others"]) & set(rows) - {row} if field in _BY_CHANCE else ():
            if field not in document["shared"].get(one, ()):
                rows[one] = _beside(rows[row], before, shipped["fields"][field]["probabilities"][one], speaks)
    return document


def _beside(stranger: list[float], before: Floats, own: list[float], speaks: Flags) -> list[float]:
    """Return how two people agree in a field that their class does not share: as strangers, by the shipped ratio."""
    found = np.where(speaks, np.array(stranger) * np.array(own) / np.maximum(before, 1e-12), 0.0)
    return [float(p) if told else 1.0 for p, told in zip(found / found.sum(), speaks, strict=True)]


def _rates(field: str, random: Patterns, before: Floats) -> Floats:
    """Return how often each level of a field is met at random."""
    levels = random.of(field)
    known = levels != UNKNOWN
    count = np.bincount(levels[known], weights=random.counts[known], minlength=len(before))
    rates = np.asarray((count + _BEFORE * before) / (count.sum() + _BEFORE * before.sum()), np.float64)
    return np.maximum(rates, 1e-9)


def _held(table: Table, field: str) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """Return how often each value is held, by records and by different names, each with the number of its names."""
    column = table.columns[field]
    record = owners(column.starts)
    names = np.unique(table.keys[:, KEY_PROPERTIES.index("k_name")], return_inverse=True)[1].astype(np.int64)
    pairs = np.unique(column.codes.astype(np.int64) * (len(table) + 1) + names[record])
    by_name = np.bincount(pairs // (len(table) + 1), minlength=len(column.values))
    by_record = np.bincount(column.codes, minlength=len(column.values))
    if field == "birth":
        part = [len(value) != _WHOLE_DATE for value in column.values]
        by_name[part] = by_record[part] = 0
    return (by_record, by_name), (by_name, by_name)


def _shared(held: tuple[Ints, Ints], before: float, *, counted: bool) -> float:
    """Return the chance that two who hold a value hold the same; divided by the names that hold it where those count.

    `before`: what it is taken for where hardly any record knows a value.
    """
    holders, names = (each.astype(np.float64) for each in held)
    total, together = holders.sum(), holders * (holders - 1) / 2
    if counted:
        together /= np.maximum(names, 1)
    chance = (together.sum() + _BEFORE * before) / (total * (total - 1) / 2 + _BEFORE)
    # A value that nobody shares yet is still not without any chance.
    return float(max(chance, 0.1 / total if total else 0.0))
