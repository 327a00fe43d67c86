"""The best way to read two records' names as one person's: straight, swapped, by the middle name, by an alias."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from resolution.column import Codes, Flags, Names, as_values, cross
from resolution.compare import Comparable, Compared, best_of, levels_of
from resolution.level_name import Words
from resolution.model import Field, Ints, Model, units

_NONE = -1


@dataclass(slots=True)
class _Options:
    """Ways to read pairs of names, one a place: the pair, the words that meet, and the order they are read in."""

    pair: Ints
    given_a: Ints
    given_b: Ints
    middle_a: Ints
    middle_b: Ints
    surname_a: Ints
    surname_b: Ints
    order: Ints

    def take(self, places: Ints) -> _Options:
        """Return only these options."""
        return _Options(*(getattr(self, one.name)[places] for one in fields(self)))

    def plus(self, other: _Options) -> _Options:
        """Return these options and others behind them."""
        return _Options(*(np.concatenate((getattr(self, f.name), getattr(other, f.name))) for f in fields(self)))


class NameComparison:
    """Compares the names of one table under one model; what depends on a word alone is worked out once.

    `principal`: which of its names are names proper rather than aliases; the first of each record if it is not said.
    """

    def __init__(self, table: Comparable, model: Model, principal: Flags | None = None) -> None:
        names = table.names
        if principal is None:
            principal = np.isin(np.arange(names.starts[-1]), names.starts[:-1])
        self._principal = principal
        self._model, self._words = model, as_values(names.words)
        self._generic = np.array([word in model.generic["name"] for word in names.words] + [True], bool)
        self._single = np.array([len(word) == 1 for word in names.words] + [False], bool)
        self._start = np.array([ord(word[0]) for word in names.words] + [0])
        words = Words(self._words)
        self._sound = words.sound
        self._compare = {
            "given_name": words.given_names(),
            "surname": words.surnames(),
            "middle_name": words.middle_names(),
        }
        self._shares = {
            part: np.array([units(model.share(part, word)) for word in names.words] + [0], np.int64)
            for part in ("given_name", "surname")
        }
        self._names = Names(
            names.words,
            self._known(names.given),
            self._known(names.middle),
            self._known(names.surname),
            names.starts,
        )

    def _known(self, codes: Codes) -> npt.NDArray[np.int32]:
        return np.asarray(np.where(self._generic[codes], _NONE, codes), np.int32)

    def under(self, model: Model) -> NameComparison:
        """As `Comparison.under`."""
        other = copy.copy(self)
        other._model = model
        return other

    def compare(self, left: Ints, right: Ints) -> Iterator[Compared]:
        """Yield the levels and class weights of given name, surname, middle name and order, of the best reading."""
        options = self._straight(left, right)
        found = self._levels(options)
        extra = self._swapped(options, found).plus(self._by_middle(options, found))
        if len(extra.pair):
            further = self._levels(extra)
            options = options.plus(extra)
            found = {name: np.concatenate((found[name], further[name])) for name in found}
        logs = self._logs(options, found)
        total: Ints = logs["given_name"] + logs["surname"] + logs["middle_name"] + logs["name_order"]
        best = self._best(options, total)
        self._read_either_way(options, total, logs["name_order"])
        options = options.take(best)
        nothing = np.full(len(best), _NONE)
        for name, (a, b) in {
            "given_name": (options.given_a, options.given_b),
            "surname": (options.surname_a, options.surname_b),
            "middle_name": (options.middle_a, options.middle_b),
            "name_order": (nothing, nothing),
        }.items():
            levels = found[name][best]
            known = np.nonzero(levels >= 0)[0]
            field = self._model.fields[name]
            at = best[known]
            yield Compared(field, options.pair[known], levels[known], logs[name].take(at, axis=0), a[known], b[known])

    def _straight(self, left: Ints, right: Ints) -> _Options:
        n = self._names
        pair, i, j = cross(n.starts, left, right)
        order = np.where(
            self._principal[i] & self._principal[j], 0, self._model.fields["name_order"].level("alias")
        ).astype(np.int64)
        given_a, middle_a, surname_a = (codes[i].astype(np.int64) for codes in (n.given, n.middle, n.surname))
        given_b, middle_b, surname_b = (codes[j].astype(np.int64) for codes in (n.given, n.middle, n.surname))
        return _Options(pair, given_a, given_b, middle_a, middle_b, surname_a, surname_b, order)

    def _swapped(self, options: _Options, found: dict[str, Ints]) -> _Options:
        poor = (found["given_name"] <= 1) & (found["surname"] <= 1)
        full = (np.minimum(options.given_a, options.given_b) >= 0) | (options.surname_a >= 0) & (options.surname_b >= 0)
        crossed = self._sounds(options.given_a, options.surname_b) | self._sounds(options.surname_a, options.given_b)
        o = options.take(np.nonzero(poor & full & crossed)[0])
        order = np.full(len(o.pair), self._model.fields["name_order"].level("swapped"))
        one = _Options(o.pair, o.given_a, o.surname_b, o.middle_a, o.middle_b, o.surname_a, o.given_b, order)
        two = _Options(o.pair, o.surname_a, o.given_b, o.middle_a, o.middle_b, o.given_a, o.surname_b, order)
        return one.plus(two)

    def _by_middle(self, options: _Options, found: dict[str, Ints]) -> _Options:
        poor = (found["given_name"] <= 1) & (found["surname"] >= 2)
        one = options.take(np.nonzero(poor & self._sounds(options.middle_a, options.given_b))[0])
        two = options.take(np.nonzero(poor & self._sounds(options.given_a, options.middle_b))[0])
        one.given_a, two.given_b = one.middle_a, two.middle_b
        both = one.plus(two)
        both.middle_a = both.middle_b = np.full(len(both.pair), _NONE)
        both.order = np.full(len(both.pair), self._model.fields["name_order"].level("middle"))
        return both

    def _sounds(self, a: Ints, b: Ints) -> Flags:
        return np.asarray((a >= 0) & (b >= 0) & (self._sound[a] == self._sound[b]))

    def _levels(self, options: _Options) -> dict[str, Ints]:
        fields_ = self._model.fields
        given, middle = fields_["given_name"], fields_["middle_name"]
        found = {
            name: levels_of(self._words, a, b, self._compare[name], fields_[name])
            for name, a, b in (
                ("given_name", options.given_a, options.given_b),
                ("surname", options.surname_a, options.surname_b),
                ("middle_name", options.middle_a, options.middle_b),
            )
        }
        found["name_order"] = options.order
        # Two equal initials are no equal names.
        found["given_name"][(found["given_name"] >= 0) & self._single[options.given_a]] = given.level("initial")
        same = found["middle_name"] == middle.level("same")
        found["middle_name"][same & self._single[options.middle_a]] = middle.level("initial")
        differ = (options.given_a >= 0) & (options.given_b >= 0) & self._single[options.given_a]
        found["given_name"][differ & ~self._same_start(options.given_a, options.given_b)] = given.level("different")
        return found

    def _same_start(self, a: Ints, b: Ints) -> Flags:
        return np.asarray(self._start[a] == self._start[b])

    def _logs(self, options: _Options, found: dict[str, Ints]) -> dict[str, Ints]:
        by_words = {
            "given_name": (options.given_a, options.given_b),
            "surname": (options.surname_a, options.surname_b),
        }
        logs = {}
        for name, levels in found.items():
            field = self._model.fields[name]
            # The last row, of what is not known, says nothing.
            rows = np.concatenate((field.weights.T, np.zeros((1, len(field.weights)), np.int64)))
            logs[name] = rows.take(levels, axis=0)
            if name in by_words:
                self._weigh_rarity(logs[name], field, levels, *by_words[name])
        return logs

    def _weigh_rarity(self, logs: Ints, field: Field, levels: Ints, a: Ints, b: Ints) -> None:
        """Let the share of the name stand for chance agreement, where the model says so."""
        alike = np.nonzero(levels >= field.level("variant"))[0]
        share = np.maximum(self._shares[field.name][a[alike]], self._shares[field.name][b[alike]])
        same = levels[alike] == len(field.levels) - 1
        for place, whole in field.rarity.items():
            own = logs[alike, place]
            floor = np.maximum(own, share)
            logs[alike, place] = np.where(same, share, floor) if whole else np.where(same, floor, own)

    def _read_either_way(self, options: _Options, logs: Ints, order: Ints) -> None:
        """Add to the weights of the order what a swapped pair's other reading gives each class beyond that at hand.

        One name that meets crosswise is a given name or a surname: by which it is read must be each class's own choice,
        or the surname of a family passes for a given name that it does not share.
        """
        whole = np.minimum.reduce((options.given_a, options.given_b, options.surname_a, options.surname_b)) >= 0
        swapped = np.nonzero(whole & (options.order == self._model.fields["name_order"].level("swapped")))[0]
        if len(swapped):
            pairs, place = np.unique(options.pair[swapped], return_inverse=True)
            most = np.full((len(pairs), logs.shape[1]), np.iinfo(np.int64).min)
            np.maximum.at(most, place, logs[swapped])
            order[swapped] += most[place] - logs[swapped]

    def _best(self, options: _Options, logs: Ints) -> Ints:
        """Return the place of the best reading of each pair: the most evidence against chance, ties by all weights."""
        return best_of(options.pair, *logs.T, logs[:, 0] - logs[:, len(self._model.matches)])
