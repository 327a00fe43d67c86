"""Profiles: all that the records of one cluster know of each field, compared as the records of one person are.

Of each field the best two values count, and in the classes of two people the chance that they agree is multiplied by
the number of values that were tried, so that who has many values does not agree with everybody by luck.
Source: the entity-centric comparison of Senzing; the correction is Bonferroni's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from resolution.column import Column, Flags, Names, owners, starts_of
from resolution.compare import LOGS, Comparable, Compared
from resolution.model import Ints, Model
from resolution.score import Comparison, Judgement, judged_by
from resolution.table import Table

_CHUNK = 1 << 14  # pairs of profiles compared at once: bounds memory, changes no score
_ORDER = "name_order"  # says how names were read, not what was tried


@dataclass(frozen=True, slots=True)
class Profiles:
    """The distinct values of each of many clusters; `principal`: which names are names proper rather than aliases.

    `record`: a record of each; all of one cluster are in one compartment. `tries`: how many values each has, by field.
    """

    names: Names
    columns: Mapping[str, Column]
    principal: Flags
    record: Ints
    tries: Mapping[str, Ints]
    source: Comparable

    @staticmethod
    def of(table: Table, cluster: Ints, size: int) -> Profiles:
        """Return the profiles of the records of a table; `cluster`: the number of each record's, below 0 for none."""
        columns = {name: _merged(column, cluster, size) for name, column in table.columns.items()}
        names, principal = _names(table.names, cluster, size)
        record = np.zeros(size, np.int64)
        known = cluster >= 0
        record[cluster[known]] = np.nonzero(known)[0]
        tries = {name: np.diff(column.starts) for name, column in columns.items()}
        if "birth" in tries:
            tries["birth_part"] = tries["birth"]
        owner = owners(names.starts)
        for name, codes in (("given_name", names.given), ("middle_name", names.middle), ("surname", names.surname)):
            tries[name] = _counts(_distinct(owner[codes >= 0], codes[codes >= 0])[0], size)
        return Profiles(names, columns, principal, record, tries, table)

    def holders(self, family: str, wanted: Ints, left: Ints, right: Ints) -> Ints:
        """Return how many different names hold each key inside the compartments of each pair of profiles."""
        return self.source.holders(family, wanted, self.record[left], self.record[right])


class ProfileComparison:
    """Compares profiles under one model, field by field."""

    def __init__(self, profiles: Profiles, model: Model) -> None:
        self._profiles, self._model = profiles, model
        self._bare = Comparison(profiles, model, profiles.principal)

    def compare(self, left: Ints, right: Ints) -> Iterator[Compared]:
        """Yield every field of the model for pairs of places among the profiles, names first."""
        for one in self._bare.compare(left, right):
            yield one if one.field.name == _ORDER else self._corrected(one, left, right)

    def _corrected(self, one: Compared, left: Ints, right: Ints) -> Compared:
        """Return a field with the chance of agreement of two people multiplied by the number of values tried."""
        count = self._profiles.tries[one.field.name]
        tried = np.minimum(np.maximum(count[left[one.pair]] * count[right[one.pair]], 1), len(LOGS) - 1)
        more = np.where(one.level > 0, LOGS[tried], 0)
        logs = one.logs.copy()
        for place in range(len(self._model.matches), logs.shape[1]):
            logs[:, place] = np.where(more > 0, np.minimum(logs[:, place] + more, 0), logs[:, place])
        return dataclasses.replace(one, logs=logs)


def judge_profiles(table: Table, model: Model, cluster: Ints, left: Ints, right: Ints) -> Judgement:
    """Return the scores and hard conflicts of pairs of clusters by all that their records know.

    `cluster`: a number for the cluster of each record of the table, all of one compartment; `left` and `right` are such
    numbers.
    """
    used = np.unique(np.concatenate((left, right)))
    at = np.minimum(np.searchsorted(used, cluster), max(len(used) - 1, 0))
    place = np.where(used[at] == cluster, at, -1) if len(used) else np.full(len(cluster), -1)
    profiles = Profiles.of(table, place, len(used))
    ends = np.searchsorted(used, left), np.searchsorted(used, right)
    return judged_by(ProfileComparison(profiles, model).compare, *ends, model, _CHUNK)


def _merged(column: Column, cluster: Ints, size: int) -> Column:
    """Return the distinct values of each cluster."""
    owner = cluster[owners(column.starts)]
    whose, codes = _distinct(owner[owner >= 0], column.codes[owner >= 0])
    # What depends on a value alone is worked out for those only that some cluster has.
    used, codes = np.unique(codes, return_inverse=True)
    return Column(
        tuple(column.values[code] for code in used.tolist()), codes.astype(np.int32), starts_of(_counts(whose, size))
    )


def _names(names: Names, cluster: Ints, size: int) -> tuple[Names, Flags]:
    """Return the distinct names of each cluster, and which of them are names proper of some record."""
    owner = cluster[owners(names.starts)]
    alias = ~np.isin(np.arange(len(owner)), names.starts[:-1])
    rows = np.stack((owner, names.given, names.middle, names.surname, alias), axis=1)[owner >= 0]
    rows = np.unique(rows, axis=0)
    # A name that is a name proper of one record and an alias of another stands twice, the name proper first.
    new = np.ones(len(rows), bool)
    new[1:] = (rows[1:, :4] != rows[:-1, :4]).any(axis=1)
    whose, *parts, aliases = rows[new].T
    used, codes = np.unique(np.concatenate(([-1], *parts)), return_inverse=True)
    given, middle, surname = (codes[1:].reshape(3, -1) - 1).astype(np.int32)
    words = tuple(names.words[code] for code in used[1:].tolist())
    return Names(words, given, middle, surname, starts_of(_counts(whose, size))), aliases == 0


def _distinct(whose: Ints, codes: npt.NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Return every owner and code once, in order."""
    width = int(codes.max(initial=0)) + 1
    packed = np.unique(whose.astype(np.int64) * width + codes)
    return packed // width, packed % width


def _counts(whose: Ints, size: int) -> Ints:
    return np.bincount(whose, minlength=size).astype(np.int64)
