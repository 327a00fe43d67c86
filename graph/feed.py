"""The change feed: what every transaction says that it touched (`Transaction.touch`), read by whatever is kept fresh.

A reader takes in what was touched after a moment and is then of the moment that it had asked for before it read. What
changed meanwhile is read again the next time: to take in one thing twice is to take it in once.
"""

from __future__ import annotations

from graph.store import Store

# The name of the graph's life, and how many transactions touched anything in it.
Moment = tuple[str, int]


def moment(store: Store) -> Moment | None:
    """The state of the graph, as long as it is the same; None where it has not been named."""
    rows = store.internal("network/moment")
    if not rows or rows[0]["life"] is None:
        return None
    return rows[0]["life"], rows[0]["touched"]


def named_moment(store: Store) -> Moment:
    """The state of the graph, which is given a name where it has none."""
    found = moment(store)
    if found is None:
        store.jot("network/name_life")
        found = moment(store)
    return found or ("", 0)


def touched_between(store: Store, before: Moment, now: Moment) -> list[str] | None:
    """What was touched after one moment until another, sorted; None where that is not on record, or may be anything."""
    if now[0] != before[0] or now[1] < before[1]:
        return None
    rows = [row for row in store.internal("network/touched_since", after=before[1]) if row["n"] <= now[1]]
    if len(rows) < now[1] - before[1]:
        return None
    return sorted({id_ for row in rows for id_ in row["ids"]})
