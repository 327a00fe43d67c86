"""Who has looked at whom, asked of both of two double worlds.

What the log says differs from one run to the next; whether somebody is there to be asked about must not.
"""

from __future__ import annotations

from tests.whole.double import Asker, Known
from tests.whole.double_selection import LISTS, select


def looks(ask: Asker, known: Known) -> None:
    """The looks at some before there were any, and the signs of a month."""
    time = 'since: "2000-01-01T00:00:00Z", until: "2001-01-01T00:00:00Z"'
    query = f"query($id: ID!) {{ accessHistory(id: $id, {time}, first: 5) {{ {select('AccessConnection', 2)} }} }}"
    for id_ in (*known.some("Person", 2), *known.some("Crime", 1), *known.hidden):
        ask.maybe(query, id=id_)
    ask.maybe(query.replace("first: 5", 'first: 5, after: "x"'), id=known.some("Person", 1)[0])
    # Who asks under the same name is no other: what is told is whether there is anybody to be asked about.
    shared = f"query($id: ID!) {{ deconfliction(id: $id, windowDays: 30, first: 5) {{ {select('Interest', 2)} }} }}"
    for id_ in (*known.some("Person", 2), *known.hidden):
        ask.maybe(shared, id=id_)
    told = select("EmergencyAccess", 2)
    ask.maybe(f"{{ emergencyAccess(first: 5) {{ {told} }} }}")
    said = 'markings: ["OFFICIAL-SENSITIVE; operation=ACORN"], reason: "a child is missing", minutes: 30'
    ask.maybe(f"mutation {{ breakGlass({said}) {{ {told} }} }}")
    ask.maybe(f'mutation {{ endBreakGlass(id: "g_x") {{ {told} }} }}')
    ask.maybe(f"{{ misuseIndicators(windowDays: 30, first: 5) {{ {select('MisuseIndicator', 2, LISTS)} }} }}")
