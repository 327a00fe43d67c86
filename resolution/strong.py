"""Pairs that no key brings together, and that a rule would part: two identifiers of one scheme in one chain of pairs.

Of a thing one record may say the VIN and another the mark, so that two which are known to be two are led to each other
by others. They are compared too, so that no merge unites them.
"""

from __future__ import annotations

import numpy as np

from resolution.column import Codes, Flags, Ints
from resolution.component import components
from resolution.model import Model
from resolution.table import Table

_RULE = "conflicting identifiers"
_MOST = 64  # records with an identifier in one chain, beyond which they are not all compared


def further_pairs(table: Table, model: Model, left: Ints, right: Ints, joining: Flags) -> tuple[Ints, Ints]:
    """Return the pairs of one chain of joining pairs that have different identifiers, without those that are there."""
    n = max(len(table), 1)
    inside = joining & (table.mks[left] == table.mks[right])
    reach = components(len(table), left[inside], right[inside])
    packed = [np.zeros(0, np.int64)]
    for field in [each.field for each in model.apart if each.rule == _RULE]:
        column = table.columns[field]
        known = np.nonzero(np.diff(column.starts))[0]
        packed += _of_chains(known, column.codes[column.starts[known]], reach[known], n)
    found = np.setdiff1d(np.concatenate(packed), np.minimum(left, right) * n + np.maximum(left, right))
    return found // n, found % n


def _of_chains(records: Ints, codes: Codes, reach: Ints, n: int) -> list[Ints]:
    """Return the pairs of records of each chain with different codes, packed as lesser * n + greater."""
    order = np.lexsort((records, reach))
    records, codes, reach = records[order], codes[order], reach[order]
    ends = [*(np.nonzero(np.diff(reach))[0] + 1).tolist(), len(reach)]
    found = []
    for start, end in zip([0, *ends], ends, strict=False):
        if 1 < end - start <= _MOST and (codes[start:end] != codes[start]).any():
            i, j = np.triu_indices(end - start, 1)
            differ = codes[start + i] != codes[start + j]
            found.append(records[start + i[differ]] * n + records[start + j[differ]])
    return found
