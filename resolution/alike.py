"""The vehicles, addresses and organisations that a change can reach: all that shared identities and words lead to."""

from __future__ import annotations

from collections.abc import Sequence

from graph.store import Transaction
from resolution.fetch import Held, as_held
from resolution.identity import thing_keys
from resolution.key import KEY_PROPERTIES, NO_KEY
from resolution.part import Part

_FORMER = slice(len(KEY_PROPERTIES), None)


def thing_region(transaction: Transaction, kind: str, changed: Sequence[Held]) -> Part:
    """The part of the graph that these changed records reach, their former keys included; under the writer's lock."""
    held = {record.id: record for record in changed}
    known: set[int] = set()
    keys = {key for record in changed for key in (record.before or ())[_FORMER] if key != NO_KEY}
    new, near = list(changed), set(held)
    while new or near:
        keys |= {key for record in new for key in thing_keys(kind, record.properties).values()} - known
        rows = transaction.run("resolve/alike", kind=kind, keys=sorted(keys)) if keys else []
        near |= {row["record"] for row in rows} - held.keys()
        known, keys = known | keys, set()
        new, near = _further(transaction, kind, held, near)
    records = [held[id_] for id_ in sorted(held)]
    return Part(records, frozenset(held))


def _further(transaction: Transaction, kind: str, held: dict[str, Held], ids: set[str]) -> tuple[list[Held], set[str]]:
    """The members of the entities of these records that are not held yet, and who is near to those; `held` grows."""
    if not ids:
        return [], set()
    found = transaction.run("resolve/near", ids=sorted(ids), join=0.0)
    members = {row["record"] for row in found} - held.keys()
    rows = transaction.run("resolve/some_records", ids=sorted(members)) if members else []
    new = as_held(kind, rows)
    held.update((record.id, record) for record in new)
    return new, {id_ for row in found for part in ("close", "near") for id_ in row[part]} - held.keys()
