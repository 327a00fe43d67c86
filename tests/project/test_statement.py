"""Every statement, fixed or generated, on a real Neo4j: it parses, and no step of its plan grows with the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from graph.schema import migrations
from graph.statements import Mode, Statement, StatementError, parse, several, statements
from graph.store import Store
from tests.project.generated import texts

# Whoever writes or deletes relationships or things by these tells what it touches (`Transaction.touch`).
TOUCH = frozenset(
    {
        "load/cut",
        "resolve/drop_empty",
        "resolve/move_from",
        "resolve/move_to",
        "retain/erase_things",
        "retain/withdraw",
    }
)
# These write or delete nothing that networks are made of, or the whole graph, which then has another name.
BESIDE = frozenset(
    "admin/wipe_links admin/wipe_nodes alert/deliver alert/drop_watch alert/forget_delivery alert/forget_things "
    "job/expire job/forget load/await load/forget_identifiers load/identify load/make "
    "load/say_entities load/say_records load/say_retired load/stop_waiting network/touched network/touched_all "
    "resolve/detach resolve/forget_made resolve/forget_possible resolve/placed resolve/possibly resolve/tie "
    "resolve/untie retain/erase_rows retain/erase_values retain/forget_models retain/sweep retain/unbind "
    "workspace/drop".split()
)
WRITES = re.compile(r"DELETE|(?:CREATE|MERGE) \([^)]*\)-\[")
COSTLY = frozenset({"AllNodesScan", "CartesianProduct", "Eager"})
# Each gathers one batch, whose size is bounded, before it writes: what it reads is what it changes.
GENERATED_ALLOWS = {
    "merge_entities": {"Eager"},
    "retire_entities": {"Eager"},
    "revive_entities": {"Eager"},
    "create_links": {"Eager"},
    "delete_links": {"Eager"},
}
# A published migration has run somewhere: a change is a new one, with its line here, never an edit.
CHECKSUMS = {
    "0001_identity": "a03731eec08fe4f1",
    "0002_decision": "48ad1fd453d17d85",
    "0003_run": "2551a68cb0f52c28",
    "0004_change": "22c0342a1eba0c6d",
    "0005_stamp": "6a1bbfb9532b8eda",
    "0006_event_time": "b95f7fd89c692b05",
    "0007_thing": "7f5d421b2e9da990",
    "0008_retention": "a51c007b343cea51",
    "0009_watch": "6f4238dcdbc1cad2",
    "0010_label": "8f42fb02503ddbe1",
    "0011_dispute": "bb035084b5a5de74",
    "0012_mark": "5236d34add21b814",
    "0013_touched": "1c2eeb0746918f5e",
    "0014_delivery": "7a6630ca5ad6ffa9",
    "0015_workspace": "88eb0a6d2a855afe",
    "0016_job": "c123b868281d457f",
    "0017_rectified_link": "6f472c0806c8ce09",
}


def _costly(plan: dict[str, Any]) -> set[str]:
    """The costly steps of a plan; a product that multiplies nothing is none."""
    return {name for name, step in _steps(plan) if name in COSTLY and (name != "CartesianProduct" or _multiplies(step))}


def _steps(plan: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "operatorType" in plan:
        yield plan["operatorType"].partition("@")[0], plan
    for child in plan.get("children", ()):
        yield from _steps(child)


def _multiplies(product: dict[str, Any]) -> bool:
    """False where all sides but one have a row at most: the product then has the rows of that one."""
    return sum(not _is_one(child) for child in product["children"]) > 1


def _is_one(step: dict[str, Any]) -> bool:
    """True for a seek by a unique id, for all rows gathered into one, and for products of these."""
    name = step["operatorType"].partition("@")[0]
    if name == "CartesianProduct":
        return all(_is_one(child) for child in step["children"])
    gathered = (
        name == "EagerAggregation" and len(step["identifiers"]) == 1 and step["identifiers"][0].startswith("rows_")
    )
    return bool(gathered or name.startswith("NodeUniqueIndexSeek"))


@pytest.mark.parametrize("statement", statements().values(), ids=lambda statement: statement.name)
def test_headers_say_what_a_statement_answers(statement: Statement) -> None:
    assert statement.summary.endswith("."), "the first line of the header is a sentence"
    assert statement.allows <= COSTLY, "`allows:` names steps of a plan"
    assert not (statement.mode is Mode.READ and "SET " in statement.text)


@pytest.mark.database
@pytest.mark.parametrize("statement", statements().values(), ids=lambda statement: statement.name)
def test_plans_of_fixed_statements(store: Store, statement: Statement) -> None:
    costly = {step for text in _sent(statement) for step in _costly(store.explain(text, {}))}
    assert costly <= statement.allows, "write the statement otherwise, or say in its header why not: `// allows:`"


def _sent(statement: Statement) -> list[str]:
    """The texts that the store sends; what is internal is asked inside of transactions too, commands are not."""
    asked = statement.mode is Mode.INTERNAL and not statement.text.startswith("SHOW ")
    return [statement.text, *([statement.together] if asked else ())]


@pytest.mark.database
@pytest.mark.parametrize("lists", [1, 8])
def test_plans_of_reads_asked_in_one(store: Store, lists: int) -> None:
    asked = several(("entity/by_id", *["link/of_entity"] * lists))
    assert not _costly(store.explain(asked, {}))
    assert "$allowed_" not in asked, "what the viewer may see is one for all"


@pytest.mark.database
def test_plans_of_generated_statements(store: Store) -> None:
    found = {
        (name, step)
        for name, text in texts()
        if not name.startswith("key_index")
        for step in _costly(store.explain(text, {})) - GENERATED_ALLOWS.get(name.split()[0], set())
    }
    assert found == set()


def test_whatever_changes_links_is_known_to_tell_what_it_touches() -> None:
    found = {each.name for each in statements().values() if each.mode is Mode.WRITE and WRITES.search(each.text)}
    assert found == TOUCH | BESIDE, "may it change what networks are made of? Then `touch` where it is run"


def test_published_migrations_never_change() -> None:
    assert {migration.name: migration.checksum for migration in migrations()} == CHECKSUMS


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("MATCH (n) RETURN n", "needs a sentence"),
        ("// params:\n// returns: n: map\n// mode: internal\nRETURN 1 AS n", "needs a sentence"),
        ("// All.\n// params:\n// returns: n: map\nRETURN 1 AS n", "needs a sentence"),
        ("// All.\n// params: id: string\n// returns: n: map\n// mode: internal\nRETURN 1 AS n", r"differ in \['id'\]"),
        ("// All.\n// params:\n// returns: n: map\n// mode: internal\nRETURN $id AS n", r"differ in \['id'\]"),
        ("// All.\n// params: id\n// returns: n: map\n// mode: internal\nRETURN $id AS n", "is not name: type"),
        ("// All.\n// params: id: string\n// returns: n: map\n// mode: read\nRETURN $id AS n", "must test \\$allowed"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(StatementError, match=complaint):
        parse("some/statement", text)


def test_parameters_are_checked_before_sending() -> None:
    statement = parse("a/b", "// One.\n// params: id: string\n// returns: n: int\n// mode: internal\nRETURN $id AS n")
    with pytest.raises(StatementError, match=r"unknown parameters \['key'\], missing \['id'\]"):
        statement.check({"key": 1})
