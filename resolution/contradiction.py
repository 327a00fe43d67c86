"""What speaks against making two things one, in plain words with the records that say it; as the viewer may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.answer import RecordView
from graph.label import label
from graph.open import Graph
from graph.read.record import DecisionView
from resolution.chain import told
from resolution.explain import rules
from resolution.feature import features
from resolution.folded import read
from resolution.merge import Merge
from resolution.model import PERSON, THING_RULES, Model
from resolution.thing import read_thing
from resolution.whereabouts import apart
from security.viewer import Viewer

# Of each side the newest so many are compared; of each sort so many contradictions are told.
_COMPARED = 40
_TOLD = 5
# Identities of which a thing has one; a vehicle may have had two marks.
_ONE_ONLY = ("vin", "uprn", "company")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence, and the numbers of the markings of all that it tells."""

    sentence: str
    mks: frozenset[int]


def contradictions(graph: Graph, viewer: Viewer, found: Merge, model: Model) -> list[Contradiction]:
    """What of two sides cannot be true of one thing: words first, then births, twins, identifiers, sex, whereabouts."""
    spoken = found.words.against(*found.two.ids, "SAME_AS")
    return [*_by_words(spoken), *_between(graph, viewer, found, model)]


def _by_words(chain: Sequence[DecisionView]) -> Iterator[Contradiction]:
    if chain:
        yield Contradiction(f"analysts' words say otherwise: {told(chain)}", frozenset(word.mk for word in chain))


def _between(graph: Graph, viewer: Viewer, found: Merge, model: Model) -> Iterator[Contradiction]:
    left, own = found.sides[0], {record.id for record in found.sides[0]}
    right = [record for record in found.before if record.id not in own]
    if not right:
        return
    held_apart = _by_rule(left, right, model.of(found.two.kind))
    yield from _few(_births(held_apart["two births"]))
    yield from _few(_twins(held_apart["twins"]))
    for rule in THING_RULES:
        yield from _few(_two_things(rule, held_apart[rule]))
    yield from _few(_identifiers(left, right))
    yield from _few(_differing(left, right))
    entities = [sorted({str(record.entity) for record in side}) for side in (left, right)]
    meetings = apart(graph, viewer, entities[0], entities[1])
    yield from _few(Contradiction(each.sentence, each.mks) for each in meetings)


def _few(found: Iterable[Contradiction]) -> Iterator[Contradiction]:
    """The first of a sort, and how many more there are."""
    every = list({each.sentence: each for each in found}.values())
    yield from every[:_TOLD]
    if len(every) > _TOLD:
        mks = frozenset(mk for each in every for mk in each.mks)
        sort = every[0].sentence.partition(":")[0]
        yield Contradiction(f"{sort}: {len(every) - _TOLD} more", mks)


def _by_rule(
    left: Sequence[RecordView], right: Sequence[RecordView], model: Model
) -> dict[str, list[tuple[RecordView, RecordView]]]:
    """The pairs of the newest records of both sides that a rule of the score holds apart, by the rule."""
    left, right = _newest(left), _newest(right)
    one, other = ([read(record.kind, record.properties) for record in side] for side in (left, right))
    found: defaultdict[str, list[tuple[RecordView, RecordView]]] = defaultdict(list)
    for a, b, rule in rules(one, other, model):
        found[rule].append((left[a], right[b]))
    return found


def _newest(records: Sequence[RecordView]) -> list[RecordView]:
    return sorted(records, key=lambda record: (-record.recorded_at, record.id))[:_COMPARED]


def _births(pairs: Iterable[tuple[RecordView, RecordView]]) -> Iterator[Contradiction]:
    for (one, other), (a, b) in _by_values(pairs, "date_of_birth").items():
        yield Contradiction(f"two births: {one} ({a.id}) and {other} ({b.id})", frozenset((a.mk, b.mk)))


def _twins(pairs: Iterable[tuple[RecordView, RecordView]]) -> Iterator[Contradiction]:
    for (one, other), (a, b) in _by_values(pairs, "given_name").items():
        sentence = f"twins: one surname, birth and home, but {one} ({a.id}) and {other} ({b.id})"
        yield Contradiction(sentence, frozenset((a.mk, b.mk)))


def _two_things(rule: str, pairs: Iterable[tuple[RecordView, RecordView]]) -> Iterator[Contradiction]:
    for a, b in pairs:
        one, other = (label(record.kind, record.properties) for record in (a, b))
        yield Contradiction(f"{rule}: {one} ({a.id}) and {other} ({b.id})", frozenset((a.mk, b.mk)))


def _by_values(
    pairs: Iterable[tuple[RecordView, RecordView]], name: str
) -> dict[tuple[object, object], tuple[RecordView, RecordView]]:
    """The first pair of each two values of a property."""
    found: dict[tuple[object, object], tuple[RecordView, RecordView]] = {}
    for a, b in pairs:
        found.setdefault((a.properties.get(name), b.properties.get(name)), (a, b))
    return found


def _identifiers(left: Sequence[RecordView], right: Sequence[RecordView]) -> Iterator[Contradiction]:
    """The schemes of which both sides have numbers, none of them the same."""
    one, other = _numbers(left), _numbers(right)
    for scheme in sorted(one.keys() & other.keys()):
        if one[scheme].keys().isdisjoint(other[scheme]):
            (first, a), (second, b) = (min(side[scheme].items()) for side in (one, other))
            name = scheme.replace("_", " ")
            sentence = f"conflicting identifiers: {name} {first} ({a.id}) and {second} ({b.id})"
            yield Contradiction(sentence, frozenset((a.mk, b.mk)))


def _numbers(records: Iterable[RecordView]) -> dict[str, dict[str, RecordView]]:
    """The numbers of each scheme, each with the first record by id that has it."""
    found: dict[str, dict[str, RecordView]] = {}
    for record in records:
        for key in _identities(record):
            scheme, _, value = key.partition(":")
            found.setdefault(scheme, {}).setdefault(value, record)
    return found


def _identities(record: RecordView) -> Iterable[str]:
    if record.kind == PERSON:
        return features(record.properties).identifiers
    traits = read_thing(record.kind, record.properties)
    return (f"{scheme}:{value}" for scheme in _ONE_ONLY for value in traits.get(scheme, ()))


def _differing(left: Sequence[RecordView], right: Sequence[RecordView]) -> Iterator[Contradiction]:
    """One sex on one side, another on the other."""
    one, other = _sexes(left), _sexes(right)
    if one and other and one.keys().isdisjoint(other):
        (_, a), (_, b) = (min(side.items()) for side in (one, other))
        sentence = f"different sex: {a.properties['gender']} ({a.id}) and {b.properties['gender']} ({b.id})"
        yield Contradiction(sentence, frozenset((a.mk, b.mk)))


def _sexes(records: Iterable[RecordView]) -> dict[str, RecordView]:
    found: dict[str, RecordView] = {}
    for record in records:
        if record.kind == PERSON and (sex := features(record.properties).gender):
            found.setdefault(sex, record)
    return found
