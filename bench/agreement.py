"""Splink and the engine on the same pairs by the same two-class model: `python -m bench.agreement PYTHON FOLDER`.

The model is trained on made-up people, exported as Splink's settings, and both score every candidate pair, Splink from
the levels that the engine compared. PYTHON is that of an environment with `requirements-bench.txt`. Exit code 1 where
any score differs by 1e-6 bits or more.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl

from bench.record_set import read_columns
from bench.townsfolk import write_people
from resolution.candidate import candidates
from resolution.column import Ints
from resolution.model import Model, parse_model, shipped_document
from resolution.score import Comparison, judge
from resolution.splink import to_splink, two_classes
from resolution.table import Table
from resolution.train import train

_RECORDS = 20_000
_LEAST = 1e-6
_PEER = Path(__file__).parent / "splink_scores.py"


def _levels(table: Table, left: Ints, right: Ints, model: Model) -> pl.DataFrame:
    """Return both records of each pair, with the level of the pair in a column a field, null where it has none."""
    columns: dict[str, list[str | None]] = {}
    for one in Comparison(table, model).compare(left, right):
        found: list[str | None] = [None] * len(left)
        for pair, level in zip(one.pair.tolist(), one.level.tolist(), strict=True):
            name = one.field.levels[level]
            found[pair] = None if name == "generic" else name
        columns[one.field.name] = found
    pairs = pl.DataFrame(
        {"pair": np.arange(len(left)), **columns}, {"pair": pl.Int64, **dict.fromkeys(columns, pl.String)}
    )
    return pl.concat([pairs.with_columns(id=2 * pl.col("pair") + side) for side in (0, 1)])


def main() -> int:
    """Print by how much the scores differ at most."""
    peers, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"town-{_RECORDS}-7.parquet"
    write_people(_RECORDS, path, 7)
    ids, given = read_columns(path, "british")
    zeros = np.zeros(len(ids), np.int64)
    table = Table.in_columns(ids, zeros.astype(np.int32), zeros, given)
    document = train(table, shipped_document(), "bench").document
    model = parse_model(two_classes(document))
    left, right = candidates(table, model.caps)
    bits = judge(table, left, right, model).bits
    settings = folder / "splink-settings.json"
    settings.write_text(json.dumps(to_splink(document)), "utf-8")
    pairs, scores = folder / "pairs.parquet", folder / "scores.parquet"
    _levels(table, left, right, model).write_parquet(pairs)
    subprocess.run([peers, str(_PEER), str(settings), str(pairs), str(scores)], check=True)
    told = pl.read_parquet(scores).sort("pair")
    if told["pair"].to_list() != list(range(len(left))):
        print(f"Splink scored {len(told):,} of {len(left):,} pairs")
        return 1
    most = float(np.abs(told["bits"].to_numpy() - bits).max())
    print(f"{len(left):,} pairs scored by both: they differ by {most:.1e} bits at most")
    return int(most >= _LEAST)


if __name__ == "__main__":
    sys.exit(main())
