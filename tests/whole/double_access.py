"""Who has looked at whom, asked of both of two double worlds.

What the log says differs from one run to the next; whether somebody is there to be asked about must not.
"""

from __future__ import annotations

from tests.whole.double import Asker, Known


def looks(ask: Asker, known: Known) -> None:
    """The looks at some before there were any, and the signs of a month."""
    query = """query($id: ID!) { accessHistory(id: $id, until: "2001-01-01T00:00:00Z") {
      edges { node { seq user } } pageInfo { hasNextPage } } }"""
    for id_ in (*known.some("Person", 2), *known.some("Crime", 1), *known.hidden):
        ask(query, id=id_)
    ask("{ misuseIndicators(windowDays: 30) { sign user entities { id } sentence } }")
