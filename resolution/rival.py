"""Rivals: who fits one of two people as well as the other cannot be told to be either."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from resolution.model import UNIT, Ints, add_logs
from resolution.score import Floats, Judgement, Rules


def against_rivals(left: Ints, right: Ints, judged: Judgement, apart: tuple[Ints, Ints, Rules]) -> Floats:
    """Return the bits of each joining pair where the likeliest other that either end might be is thought of too.

    `apart`: pairs that a rule forbids to join, and the rule. Where x fits y with s bits and z with r, the rule says
    that y and z are two people, and x does not know what the rule asks (a record without a birth, between father and
    son), then x is one with y (s), one with z (r), or with neither (0): the odds that it is y are s less the logarithm
    of 1 + 2^r. So such a pair must be likelier than its rival by as much as it must be likely alone.
    """
    units = np.rint(judged.bits * UNIT).astype(np.int64)
    pairs = list(zip(left.tolist(), right.tolist(), units.tolist(), strict=True))
    rival: dict[int, int] = {}
    for rule in np.unique(apart[2]).tolist():
        two = apart[2] == rule
        others = _both_ways(apart[0][two].tolist(), apart[1][two].tolist())
        blind = np.nonzero(judged.silent & (1 << rule))[0].tolist()
        near: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for a, b, fit in (pairs[place] for place in blind):
            near[a][b] = near[b][a] = max(fit, near[a].get(b, fit))
        for place in blind:
            a, b, _ = pairs[place]
            fits = [near[x][z] for x, y in ((a, b), (b, a)) if y in others for z in near[x].keys() & others[y]]
            if fits:
                rival[place] = max(*fits, rival.get(place, fits[0]))
    places, fit = np.array([*rival], np.int64), np.array([*rival.values()], np.int64)
    units[places] -= add_logs(np.zeros(len(fit), np.int64), fit)
    return units / UNIT


def _both_ways(left: list[int], right: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for a, b in zip(left, right, strict=True):
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found
