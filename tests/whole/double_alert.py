"""The watches, and what fires them, that are asked of both of two double worlds."""

from __future__ import annotations

from tests.whole.double import Asker, Known, follow
from tests.whole.double_selection import LISTS, PAGE, leaves, select

# Before everything was loaded.
_SINCE = 'since: "2026-01-01T00:00:00Z"'


def standing(ask: Asker, known: Known) -> None:
    """Watches of things and areas by every pattern; what fires them, page by page, as it comes, and acknowledged."""
    watch, alerts = select("Watch", 2, LISTS), select("AlertConnection", 2, LISTS)
    make = "mutation($ids: [ID!], $area: ID) { watch(ids: $ids, area: $area, "
    people, things = known.few(known.some("Person", 4), 2), [*known.some("Phone", 2), *known.some("Vehicle", 2)]
    made = []
    for name, ids, given in (
        ("one", people[:1], ""),
        ("together", [*people, *things], "patterns: [TOGETHER], metres: 50000, minutes: 10080, "),
        ("ways", people, "patterns: [PATH], maxHops: 4, "),
        ("marked", people, "patterns: [VULNERABLE, ANYTHING], "),
        ("ended", things, 'until: "2027-01-01T00:00:00Z", '),
        ("few", people[:1], "patterns: [PATH], "),
        ("hidden", [known.hidden[0]], ""),
    ):
        found = ask(f'{make} {given} {_SINCE}, name: "{name}") {{ {watch} }} }}', ids=ids).get("watch") or {}
        made += [found["id"]] if found else []
    for area in (*known.some("Address", 1), *known.some("Postcode", 1), *known.some("Person", 1), known.hidden[0]):
        given = f'{make} patterns: [ANYTHING, VULNERABLE], {_SINCE}, name: "there") {{ {watch} }} }}'
        found = ask(given, area=area).get("watch") or {}
        made += [found["id"]] if found else []
    ask(f"{{ watches {{ {watch} }} }}")
    ask(f"{{ alerts(first: 100) {{ {alerts} }} }}")
    follow(
        ask,
        f"query($after: String) {{ page: alerts(first: 40, after: $after) {{ {PAGE} edges {{ node {{ id }} }} }} }}",
    )
    shown = []
    for id_ in (*known.few(made, 4), "o_" + "a" * 20):
        page = ask(f"query($id: ID) {{ alerts(watch: $id, first: 20) {{ {alerts} }} }}", id=id_).get("alerts") or {}
        shown += [edge["node"]["id"] for edge in page.get("edges", ())[:3]]
    ask.watch(f'subscription {{ alerts(watch: "{made[0]}") {{ {select("Alarm", 2, LISTS)} }} }}')
    see = f"mutation($ids: [ID!]!) {{ acknowledge(alerts: $ids) {{ {leaves('AcknowledgePayload')} }} }}"
    for ids in (shown[:4], [*shown[4:5], "a_" + "a" * 20]):
        ask(see, ids=ids)
    for seen in ("true", "false"):
        ask(f"{{ alerts(acknowledged: {seen}, first: 10) {{ {PAGE} edges {{ node {{ {leaves('Alert')} }} }} }} }}")
    chosen = (
        'where: {property: "pattern", in: ["TOGETHER", "PATH"]}',
        'where: {property: "subjects.label", gte: "b"}',
        'orderBy: [{property: "watch.name"}, {property: "at", descending: true}]',
        'where: {property: "acknowledgedAt", exists: false}, orderBy: [{property: "sentence"}]',
    )
    for one in known.few(chosen, 2):
        page = f"page: alerts({one}, first: 20, after: $after) {{ {PAGE} edges {{ cursor node {{ id }} }} }}"
        follow(ask, f"query($after: String) {{ {page} }}")
    for id_ in (*known.few(made, 2), "o_" + "a" * 20):
        for webhook in ("", ', webhook: "none"'):
            ask(f"mutation($id: ID!) {{ deliver(watch: $id{webhook}) {{ {watch} }} }}", id=id_)
    for id_ in (*made, made[0]):
        ask(f"mutation($id: ID!) {{ unwatch(id: $id) {{ {watch} }} }}", id=id_)
