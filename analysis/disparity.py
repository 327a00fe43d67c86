"""Whom an analytic picks, beside those whom it picked from, by protected characteristics: watched, never an input.

The ratio of a group is the share picked of it to the share picked of all others, with Katz's interval on its logarithm.
Source: Katz et al., Obtaining confidence intervals for the risk ratio in cohort studies, Biometrics 34 (1978).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from graph.batch import batched
from graph.errors import BadInput
from graph.open import Graph
from security.viewer import Viewer

_Z = 1.959964  # 95 %
_AGES = ((18, "under 18"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"), (65, "50 to 64"), (999, "65 and over"))
# Source: the rule of ten of the Government Statistical Service on small counts of people.
FEWEST = 10
_UNKNOWN = "not recorded"
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Group:
    """A group by a characteristic: how many it has, how many were picked, and the ratio with its 95 % interval.

    The counts are None where the group has fewer than FEWEST, and of as many other groups of the characteristic as it
    takes that those without counts are two at least and FEWEST people together: all groups of a characteristic are the
    same people, so that one that is left out would be the rest. What remains is that few may have been picked of a
    group that is told of. The ratio is None there, and where nothing can be divided by: nobody outside the group, or
    nobody of those picked.
    """

    characteristic: str
    group: str
    people: int | None
    picked: int | None
    ratio: float | None
    low: float | None
    high: float | None

    @property
    def apart(self) -> bool:
        """Whether the group is picked more or less often than chance makes likely."""
        return self.low is not None and self.high is not None and not self.low <= 1 <= self.high


def disparity(graph: Graph, viewer: Viewer, picked: Collection[str], among: Collection[str]) -> list[Group]:
    """The groups of these people, by characteristic, then by name; `picked` are some of `among`.

    What is recorded is compared, also where it is not recorded. Raises BadInput where nobody can be compared.
    """
    people: dict[str, Mapping[str, str]] = {}
    for ids in batched(sorted({*among, *picked}), _AT_ONCE):
        for row in graph.store.read(viewer, "network/characteristics", ids=ids):
            people[row["id"]] = _said(row, graph.clock())
    if not people:
        raise BadInput("there is nobody to compare: take a larger area or a longer time")
    chosen = set(picked) & set(people)
    by_name: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for id_, said in people.items():
        for name, group in said.items():
            by_name[name][group].append(id_)
    found = []
    for name, groups in sorted(by_name.items()):
        untold = hidden({group: len(members) for group, members in groups.items()})
        for group, members in sorted(groups.items()):
            found.append(_group((name, group), members, chosen, len(people), told=group not in untold))
    return found


def hidden(sizes: Mapping[str, int]) -> set[str]:
    """The groups of a characteristic that are named without counts: those of few, and the smallest others if need be.

    One alone, or several of few together, would be what the others leave of all.
    """
    smallest = sorted(sizes, key=lambda group: (sizes[group], group))
    count = sum(size < FEWEST for size in sizes.values())
    while 0 < count < len(smallest) and (count == 1 or sum(sizes[group] for group in smallest[:count]) < FEWEST):
        count += 1
    return set(smallest[:count])


def _said(row: Mapping[str, str | None], now: int) -> Mapping[str, str]:
    return {
        "ethnicity, self-defined": row["self_defined"] or _UNKNOWN,
        "ethnicity, observed": row["observed"] or _UNKNOWN,
        "sex": row["sex"] or _UNKNOWN,
        "age": _age(row["born"], now),
    }


def _age(born: str | None, now: int) -> str:
    if not born:
        return _UNKNOWN
    years = 1970 + now / (365.25 * 86_400) - int(born[:4]) - (int(born[5:7]) / 12 if len(born) >= 7 else 0.5)
    return next(name for most, name in _AGES if years < most)


def _group(name: tuple[str, str], members: list[str], chosen: set[str], everybody: int, *, told: bool) -> Group:
    if not told:
        return Group(*name, None, None, None, None, None)
    hit = len(chosen.intersection(members))
    rest, rest_hit = everybody - len(members), len(chosen) - hit
    if not rest or not hit or not rest_hit:
        return Group(*name, len(members), hit, None, None, None)
    ratio = (hit / len(members)) / (rest_hit / rest)
    spread = _Z * math.sqrt(1 / hit - 1 / len(members) + 1 / rest_hit - 1 / rest)
    return Group(*name, len(members), hit, ratio, ratio * math.exp(-spread), ratio * math.exp(spread))
