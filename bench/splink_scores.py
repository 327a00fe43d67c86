"""Splink's scores of compared pairs: `python bench/splink_scores.py SETTINGS.json PAIRS.parquet SCORES.parquet`.

Runs where `requirements-bench.txt` is installed.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker


def main() -> None:
    """Write the match weight of each pair, the prior in it."""
    settings, pairs, scores = sys.argv[1:4]
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE records AS SELECT * FROM '{pairs}'")  # noqa: S608
    database = DuckDBAPI(connection=connection)
    linker = Linker(database.register("records"), json.loads(Path(settings).read_text("utf-8")))
    found = linker.inference.predict().physical_name
    query = f"SELECT CAST(floor(id_l / 2) AS BIGINT) AS pair, match_weight AS bits FROM {found}"  # noqa: S608
    connection.execute(f"COPY ({query}) TO '{scores}' (FORMAT parquet)")


if __name__ == "__main__":
    logging.getLogger("splink").setLevel(logging.ERROR)
    main()
