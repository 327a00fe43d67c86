"""Splink on a record set: `python bench/splink_peer.py FAMILY SET.parquet OUT` trains, predicts and clusters.

Writes `OUT.pairs.parquet`, `OUT.entities.parquet` and `OUT.json` (seconds, memory). Models follow Splink's own example
notebooks; the threshold is the probability of 0.95 that they use. Runs where `requirements-bench.txt` is installed.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_THRESHOLD = 0.95


@dataclass(frozen=True, slots=True)
class _Peer:
    """What Splink is told of a family: what to block on, compare and train on."""

    blocks: list[Any]
    comparisons: list[Any]
    sure: list[Any]  # rules that hold for matches alone
    recall: float  # of those rules, a guess as in the notebooks
    em: list[Any]
    most: float = 1e7
    also: str = ""
    linked: bool = field(default=False)


def _names(first: str, last: str) -> Any:  # noqa: ANN401 - a creator of Splink
    return cl.ForenameSurnameComparison(first, last, forename_surname_concat_col_name="both_names")


def _both(first: str, last: str) -> str:
    return f", {first} || ' ' || {last} as both_names"


def _british() -> _Peer:
    return _Peer(
        [
            block_on("surname", "dob"), block_on("first_name", "dob"), block_on("postcode", "surname"),
            block_on("postcode", "first_name"), block_on("phone"), block_on("vrm"),
            block_on("dob", "substr(postcode,1,4)"), block_on("address", "substr(first_name,1,3)"),
            block_on("substr(first_name,1,3)", "substr(surname,1,4)", "substr(dob,1,4)"),
        ],
        [
            _names("first_name", "surname"), cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"), cl.ExactMatch("phone"), cl.ExactMatch("vrm"),
            cl.NameComparison("middle").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address", [0.95, 0.88]),
        ],
        [
            block_on("first_name", "surname", "dob"), block_on("phone", "surname"),
            block_on("postcode", "surname", "dob"),
        ],
        0.7,
        [block_on("first_name", "surname"), block_on("dob")],
        also=_both("first_name", "surname"),
    )  # fmt: skip


def _historical() -> _Peer:
    outward = "substr(postcode_fake,1,3)"
    return _Peer(
        [
            block_on("substr(first_name,1,3)", "substr(surname,1,4)"), block_on("surname", "dob"),
            block_on("first_name", "dob"), block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"), block_on("dob", "birth_place"), block_on(outward, "dob"),
            block_on(outward, "first_name"), block_on(outward, "surname"),
            block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ],
        [
            _names("first_name", "surname"), cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        [
            block_on("first_name", "surname", "dob"),
            block_on("substr(first_name,1,2)", "surname", "substr(postcode_fake,1,2)"),
            block_on("dob", "postcode_fake"),
        ],
        0.6,
        [block_on("first_name", "surname"), block_on("dob")],
        also=_both("first_name", "surname"),
    )  # fmt: skip


def _febrl(*, linked: bool) -> _Peer:
    return _Peer(
        [
            block_on("given_name", "surname"), "l.given_name = r.surname and l.surname = r.given_name",
            block_on("date_of_birth"), block_on("state", "address_1"), block_on("street_number", "address_1"),
            block_on("postcode"), block_on("given_name"), block_on("surname"),
        ],
        [
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
            ),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
        [block_on("given_name", "surname", "date_of_birth")],
        0.6,
        [block_on("date_of_birth"), block_on("postcode")],
        1e6,
        linked=linked,
    )  # fmt: skip


def _silo() -> _Peer:
    return _Peer(
        [
            block_on("first_name", "last_name"), block_on("last_name", "dob"), block_on("first_name", "dob"),
            block_on("ssn"), block_on("address", "first_name"), block_on("address", "last_name"),
            block_on("substr(first_name,1,3)", "substr(last_name,1,4)"), block_on("dob", "middle_initial"),
            block_on("address", "middle_initial"),
        ],
        [
            _names("first_name", "last_name"), cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("middle_initial").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("ssn", [1, 2]), cl.JaroWinklerAtThresholds("address", [0.95, 0.88]),
        ],
        [
            block_on("first_name", "last_name", "dob"), block_on("ssn", "first_name"),
            block_on("first_name", "last_name", "address"),
        ],
        0.7,
        [block_on("first_name", "last_name"), block_on("ssn"), block_on("address")],
        also=_both("first_name", "last_name"),
    )  # fmt: skip


def main(family: str, path: Path, out: str) -> None:
    """Train, predict, cluster and write what came of it."""
    frame = pd.read_parquet(path)
    linked = family == "febrl" and "src" in frame.columns
    peer = {"british": _british, "historical": _historical, "silo": _silo}.get(family, lambda: _febrl(linked=linked))()
    started = time.perf_counter()
    connection = duckdb.connect()
    connection.execute("SET threads=2")
    database = DuckDBAPI(connection=connection)
    frames = [part for _, part in frame.groupby("src")] if linked else [frame]
    tables = []
    for number, part in enumerate(frames):
        connection.register(f"given_{number}", part.reset_index(drop=True))
        connection.execute(f"CREATE TABLE records_{number} AS SELECT *{peer.also} FROM given_{number}")  # noqa: S608
        tables.append(database.register(f"records_{number}"))
    settings = SettingsCreator(
        unique_id_column_name="uid", link_type="link_only" if linked else "dedupe_only",
        blocking_rules_to_generate_predictions=peer.blocks, comparisons=peer.comparisons,
        retain_intermediate_calculation_columns=False, retain_matching_columns=False,
    )  # fmt: skip
    linker = Linker(tables if linked else tables[0], settings)
    linker.training.estimate_probability_two_random_records_match(peer.sure, recall=peer.recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=peer.most, seed=1)
    for rule in peer.em:
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
    trained = time.perf_counter()
    found = linker.inference.predict(threshold_match_weight=-10)
    entities = linker.clustering.cluster_pairwise_predictions_at_threshold(
        found, threshold_match_probability=_THRESHOLD
    )
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF)
    for table, columns, name in (
        (found, "uid_l AS a, uid_r AS b, match_weight AS bits", "pairs"),
        (entities, "uid, cluster_id AS entity", "entities"),
    ):
        query = f"SELECT {columns} FROM {table.physical_name}"  # noqa: S608
        connection.execute(f"COPY ({query}) TO '{out}.{name}.parquet' (FORMAT parquet)")
    figures = {
        "seconds": seconds, "processor": used.ru_utime + used.ru_stime, "training": trained - started,
        "memory": used.ru_maxrss / 1024, "threshold": _THRESHOLD,
    }  # fmt: skip
    Path(f"{out}.json").write_text(json.dumps(figures), "utf-8")


if __name__ == "__main__":
    logging.getLogger("splink").setLevel(logging.ERROR)
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
