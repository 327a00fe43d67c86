"""The graph's schema: numbered, checksummed migrations, the indexes of keys and lists, the secret key's fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import LiteralString

from graph.errors import SchemaMismatch
from graph.ids import Ids
from graph.marking_numbers import StoredMarkings
from graph.store import Store
from graph.walk_index import walk_indexes
from security.marking import Marking


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered migration: its commands and the checksum of its text."""

    name: str
    checksum: str
    commands: tuple[LiteralString, ...]


def migrations() -> tuple[Migration, ...]:
    """The migrations of this version, in order."""
    folder = files("cypher").joinpath("migration")
    found = sorted(
        (entry.name, entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".cypher")
    )
    return tuple(_migration(name.removesuffix(".cypher"), text) for name, text in found)


def _migration(name: str, text: str) -> Migration:
    body = "\n".join(line for line in text.splitlines() if not line.startswith("//"))
    # Files of this package are the only source of text, so it is as literal as a constant.
    commands = tuple(part.strip() for part in body.split(";") if part.strip())
    return Migration(name, hashlib.sha256(body.encode()).hexdigest()[:16], commands)


def key_index(name: str) -> LiteralString:
    """The command that makes a blocking key's index; `name` is one of the closed set that resolution declares."""
    if not (name.startswith("k_") and name.replace("_", "").isalnum() and name.isascii()):
        raise ValueError(f"{name!r} is no blocking key")
    return f"CREATE INDEX record_{name} IF NOT EXISTS FOR (n:Record) ON (n.{name})"


def apply(
    store: Store,
    ids: Ids,
    key_properties: Sequence[str],
    markings: Sequence[Marking] = (),
    *,
    restoring: bool = False,
) -> list[str]:
    """Bring the graph to this version; returns the names of the migrations that ran. Safe to repeat.

    Raises SchemaMismatch where the graph was made with another secret key or by a newer version, where a migration was
    changed afterwards, and, but for `restoring`, where a backup is half restored.
    """
    pending = _pending(store)
    store.write(lambda transaction: transaction.run("admin/install", fingerprint=ids.fingerprint))
    refuse_other_key(store, ids)
    if not restoring and (problems := half_restored(store)):
        raise SchemaMismatch(problems[0])
    for migration in pending:
        store.run_schema(command for command in migration.commands if not _is_index(command))
    numbers = StoredMarkings(store)
    numbers.declare(markings)
    present = {row["name"] for row in store.internal("admin/indexes")}
    indexes = [command for migration in pending for command in migration.commands if _is_index(command)]
    indexes += [key_index(name) for name in key_properties if f"record_{name}" not in present]
    indexes += [index.command for index in walk_indexes() if index.name not in present]
    store.create_indexes([*indexes, *numbers.missing_indexes(present)])
    store.run_schema(["CALL db.awaitIndexes(600)"])
    for migration in pending:
        given = {"name": migration.name, "checksum": migration.checksum}
        store.write(lambda transaction, given=given: transaction.run("admin/record_migration", **given))  # type: ignore[misc]
    return [migration.name for migration in pending]


def _pending(store: Store) -> list[Migration]:
    done = {row["name"]: row["checksum"] for row in store.internal("admin/migrations")}
    if problems := _newer(done):
        raise SchemaMismatch(problems[0])
    for migration in migrations():
        if done.get(migration.name, migration.checksum) != migration.checksum:
            raise SchemaMismatch(f"migration {migration.name} was changed after it ran: restore its file")
    return [migration for migration in migrations() if migration.name not in done]


def _is_index(command: str) -> bool:
    return " INDEX " in command.partition("IF NOT EXISTS")[0]


def refuse_other_key(store: Store, ids: Ids) -> None:
    """Raise SchemaMismatch where the graph was made with another secret key."""
    for problem in _other_key(store, ids):
        raise SchemaMismatch(problem)


def _other_key(store: Store, ids: Ids) -> list[str]:
    return [
        "the graph was made with another secret key: set POLEGRAPH_SECRET_KEY_FILE to the key of its installation"
        for row in store.internal("admin/installation")
        if row["fingerprint"] != ids.fingerprint
    ]


def unknown(names: Iterable[str]) -> list[str]:
    """Those of these migrations that this version does not have: a newer one ran them."""
    return sorted(set(names) - {migration.name for migration in migrations()})


def _newer(done: Iterable[str]) -> list[str]:
    return [
        f"migration {name} is of a newer version of polegraph than this one, which ends with {migrations()[-1].name}: "
        "run the version that the graph was brought to, or a later one"
        for name in unknown(done)
    ]


def half_restored(store: Store) -> list[str]:
    """What to do where a restore was cut short, in one sentence; empty where none was."""
    return [
        "a restore was cut short and the graph is not whole: give the same `polegraph restore FILE` again, "
        "or empty the graph with `polegraph db wipe`"
        for row in store.internal("admin/installation")
        if row["restoring"] is not None
    ]


def check(store: Store, ids: Ids) -> list[str]:
    """What does not fit, one sentence each with what to do; empty where schema and key are those of the graph."""
    done = {row["name"]: row["checksum"] for row in store.internal("admin/migrations")}
    problems = [*_newer(done), *half_restored(store), *_other_key(store, ids)]
    problems += [
        f"migration {m.name} {'was changed after it ran' if m.name in done else 'has not run'}: polegraph schema apply"
        for m in migrations()
        if done.get(m.name) != m.checksum
    ]
    states = {row["name"]: row["state"] for row in store.internal("admin/indexes")}
    problems += [
        f"index {name} is {state}: wait, or see the server's log" for name, state in states.items() if state != "ONLINE"
    ]
    return problems
