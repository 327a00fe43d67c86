"""The frozen model of a kind: classes of pairs, levels of agreement, their weights, frequencies and thresholds.

A pair belongs to one of a few latent classes: the same person at home or moved, or two people who are strangers, of one
household, namesakes or flatmates; of other kinds, two cars of one fleet, or two doors of one street. Weights are log2
probabilities kept as integers of 1/1024 bit, so that sums are exact
and a score is the same to the last bit on every machine, alone or among a million.
Source: Fellegi and Sunter, A Theory for Record Linkage, JASA 1969, with the non-matches as latent classes.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from resolution.key import CAPS
from standards.name import name_key
from standards.text import fold

UNIT = 1024  # integers of a weight that make one bit
Ints = npt.NDArray[np.int64]

# What forbids to join a pair, whatever its score; the greater number comes last.
RULES = ("twins", "two births", "conflicting identifiers")
# Further ones, of other kinds: a model says by itself what breaks them.
THING_RULES = ("two buildings", "two units")
PERSON = "Person"
FAMILY = "household"  # the class of two people of one family
_SPAN = 16 * UNIT  # beyond 16 bits the lesser of two likelihoods adds less than half a unit
_SUMS: Ints = np.rint(np.log2(1 + np.exp2(-np.arange(_SPAN) / UNIT)) * UNIT).astype(np.int64)


def units(probability: float) -> int:
    """Return log2 of a probability or ratio in units of 1/1024 bit; the least positive value stands for 0."""
    return round(math.log2(max(probability, 2.0**-64)) * UNIT)


def add_logs(a: Ints, b: Ints) -> Ints:
    """Return the logarithm of the sum of two likelihoods given as logarithms, all in units."""
    gap = np.abs(a - b)
    return np.maximum(a, b) + np.where(gap < _SPAN, _SUMS[np.minimum(gap, _SPAN - 1)], 0)


@dataclass(frozen=True)
class Field:
    """One comparison: its levels from worst to best, and the weight of each level in each class.

    `weights[class][level]` in units. `shared` lists the classes in which a shared value counts by its rarity, as the
    frequency itself (`True`) or as no less than the table says (`False`). `generic` is the number of different names
    inside the pair's compartments from which a shared value says nothing. `compare`: the comparison by which unequal
    values reach a level; `weak`: the level of equal values that many share, None where that makes no difference.
    """

    name: str
    levels: tuple[str, ...]
    weights: Ints
    rarity: dict[int, bool]
    generic: int | None
    compare: str = ""
    weak: int | None = None

    def level(self, name: str) -> int:
        """Return the number of a level."""
        return self.levels.index(name)


@dataclass(frozen=True, slots=True)
class Apart:
    """A rule that a level of one field breaks: of `rule`, the field, and its levels up to this one."""

    rule: str
    field: str
    most: int


@dataclass(frozen=True)
class Model:
    """One version of everything that shapes a score or a merge; thresholds are bits of posterior odds.

    At or above `join` a pair joins, at or above `review` it may be one person; `keep` is where a pair that an older
    model joined stays joined. `coherence`: what the pairs of two clusters must reach on average. `twins`: the most that
    a pair of twins scores. `kin`: by how much one person must be likelier than two of a family where a pair does not
    know both births, 0 for as it comes. `rules`: those of `RULES` that stand. `caps`: the most holders of one blocking
    key of each family in one compartment. `apart`: what breaks the rules of a kind other than persons, and `despite`:
    the fields that outweigh them where they reach their best level. `common`: values that many things share, by column.
    `beside`: the models of other kinds, where they are not the shipped ones.
    """

    version: str
    matches: tuple[str, ...]
    others: tuple[str, ...]
    priors: Ints
    fields: dict[str, Field]
    shares: dict[str, dict[str, float]]
    rare: dict[str, float]
    generic: dict[str, frozenset[str]]
    join: float
    review: float
    keep: float
    coherence: float
    twins: float
    kin: float = 0.0
    rules: frozenset[str] = frozenset(RULES)
    caps: Mapping[str, int] = dataclasses.field(default_factory=lambda: dict(CAPS))
    kind: str = PERSON
    apart: tuple[Apart, ...] = ()
    despite: tuple[str, ...] = ()
    common: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    beside: Mapping[str, Model] = dataclasses.field(default_factory=dict)

    def of(self, kind: str) -> Model:
        """Return the model by which a kind is judged: this one, one beside it, or the shipped one of another kind."""
        return self if kind == self.kind else self.beside.get(kind) or default_model(kind)

    @property
    def classes(self) -> tuple[str, ...]:
        """Return the names of the classes, matches first, in the order of every weight table."""
        return self.matches + self.others

    @property
    def prior(self) -> float:
        """Return the log2 odds that two records taken at random are one."""
        matches, others = (
            sum(2 ** (float(p) / UNIT) for p in part)
            for part in (self.priors[: len(self.matches)], self.priors[len(self.matches) :])
        )
        return math.log2(matches / others)

    @cached_property
    def _by_sound(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = {}
        for part, shares in self.shares.items():
            sounds = found.setdefault(part, {})
            for name, share in shares.items():
                sounds[name_key(name)] = max(share, sounds.get(name_key(name), 0.0))
        return found

    def share(self, part: str, name: str) -> float:
        """Return the share of people (0..1) who bear a folded `given` name or `surname`.

        A spelling that is not listed has an eighth of the share of the listed name that it sounds like, and never less
        than the model's floor for rare names.
        """
        known = self.shares[part].get(name)
        return known if known is not None else max(self.rare[part], self._by_sound[part].get(name_key(name), 0.0) / 8)

    def total(self, logs: Ints) -> Ints:
        """Return the posterior odds, in units, of rows of class likelihoods (priors not yet in them)."""
        logs = logs + self.priors
        n = len(self.matches)
        return _sum(logs[:, :n]) - _sum(logs[:, n:])

    def against(self, one: str, logs: Ints) -> Ints:
        """Return the odds, in units, of one person against a single class of two; rows as those of `total`."""
        logs = logs + self.priors
        return _sum(logs[:, : len(self.matches)]) - logs[:, self.classes.index(one)]


def _sum(logs: Ints) -> Ints:
    total = logs[:, 0]
    for column in range(1, logs.shape[1]):
        total = add_logs(total, logs[:, column])
    return total


def probability(bits: float) -> float:
    """Return the probability (0..1) of log2 odds."""
    return 1 / (1 + 2.0**-bits) if bits > -1000 else 0.0


def parse_model(document: dict[str, Any]) -> Model:
    """Return the model that a document says; raises ValueError where a class or level is missing or unknown."""
    matches, others = tuple(document["matches"]), tuple(document["others"])
    classes = matches + others
    if not matches or others[:1] != ("stranger",):
        raise ValueError("model: there is a class of matches, and the first of the others is `stranger`")
    fields = {name: _field(name, spec, classes, len(matches)) for name, spec in document["fields"].items()}
    cut = {name: float(document["thresholds"][name]) for name in ("join", "review", "keep", "coherence", "twins")}
    return Model(
        version=document["version"],
        matches=matches,
        others=others,
        priors=np.array([round(({**document["matches"], **document["others"]}[c]) * UNIT) for c in classes], np.int64),
        fields=fields,
        shares={part: _shares(bands) for part, bands in document.get("shares", {}).items()},
        rare=dict(document.get("rare", {})),
        generic=_values(document["generic"]),
        rules=frozenset(document.get("rules", RULES)),
        caps=dict(document.get("caps", CAPS)),
        kind=document.get("kind", PERSON),
        apart=tuple(_apart(fields, rule, spec) for rule, spec in document.get("apart", {}).items()),
        despite=tuple(document.get("despite", ())),
        common=_values(document.get("common", {})),
        join=cut["join"],
        review=cut["review"],
        keep=cut["keep"],
        coherence=cut["coherence"],
        twins=cut["twins"],
        kin=float(document["thresholds"].get("kin", 0.0)),
    )


def _values(lists: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {part: frozenset(fold(value) for value in values) for part, values in lists.items()}


def _apart(fields: Mapping[str, Field], rule: str, spec: dict[str, str]) -> Apart:
    if rule not in RULES + THING_RULES or spec["field"] not in fields:
        raise ValueError(f"model: the rule {rule!r} is unknown, or speaks of an unknown field: {spec['field']!r}")
    return Apart(rule, spec["field"], fields[spec["field"]].level(spec["until"]))


def _field(name: str, spec: dict[str, Any], classes: tuple[str, ...], matches: int) -> Field:
    levels, tables = tuple(spec["levels"]), spec["probabilities"]
    if set(tables) - set(classes) - {"match", "other"}:
        unknown = sorted(set(tables) - set(classes))
        raise ValueError(f"model: field {name!r} has a table for an unknown class: {unknown}")
    rows = []
    for place, one in enumerate(classes):
        row = tables.get(one) or tables.get("match" if place < matches else "other")
        if row is None or len(row) != len(levels):
            raise ValueError(f"model: field {name!r}, class {one!r}: {len(levels)} probabilities are needed")
        rows.append([units(p) for p in row])
    rarity = {classes.index(one): whole for one, whole in spec.get("rarity", {}).items()}
    weak = levels.index(spec["weak"]) if "weak" in spec else None
    return Field(name, levels, np.array(rows, np.int64), rarity, spec.get("generic"), spec.get("compare", ""), weak)


def _shares(bands: dict[str, str]) -> dict[str, float]:
    """Return the share of each name from bands of `people in a million: names`."""
    shares: dict[str, float] = {}
    for millionths, names in bands.items():
        for name in names.split():
            shares[name] = max(shares.get(name, 0.0), float(millionths) / 1e6)
    return shares


@cache
def default_model(kind: str = PERSON) -> Model:
    """Return the model of a kind that is shipped: UK defaults."""
    return parse_model(shipped_document(kind))


def shipped_document(kind: str = PERSON) -> dict[str, Any]:
    """Return the document of the model of a kind that is shipped."""
    text = files("resolution").joinpath("models", f"{kind.lower()}-1.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
