"""Questions of double worlds about deciding: previews, the queue, words and their taking back."""

from __future__ import annotations

from itertools import combinations

from tests.whole.double import Asker, Known, follow
from tests.whole.double_selection import GOLDEN, LISTS, PAGE, THING, select


def previews(ask: Asker, known: Known) -> None:
    """What making two one would do, token and all; who may be one, page by page."""
    query = f"query($a: ID!, $b: ID!) {{ mergePreview(a: $a, b: $b) {{ {select('MergePreview', 2, LISTS)} }} }}"
    some = [*known.some("Person", 4), *known.chance.sample(known.records, min(2, len(known.records)))]
    for ids in (some, known.some("Vehicle", 2), known.some("Address", 2)):
        for a, b in combinations(ids, 2):
            ask(query, a=a, b=b)
    item = f"totalCount totalCountCapped {PAGE} edges {{ cursor node {{ {select('ReviewItem', 2, LISTS)} }} }}"
    ask(f"{{ reviewQueue(first: 100) {{ {item} }} }}")
    follow(ask, f"query($after: String) {{ page: reviewQueue(first: 2, after: $after) {{ {item} }} }}")


def words(ask: Asker, known: Known) -> None:
    """Words that are said and taken back; who is whom by then."""
    fields = select("DecidePayload", 2, LISTS)
    say = (
        "mutation($a: ID!, $b: ID!, $verdict: Verdict!, $token: String, $marking: String) "
        '{ decide(a: $a, b: $b, verdict: $verdict, reason: "seen", previewToken: $token, marking: $marking) '
        f"{{ {fields} }} }}"
    )
    unsay = f'mutation($id: ID!) {{ retract(decision: $id, reason: "mistaken") {{ {fields} }} }}'
    token = "query($a: ID!, $b: ID!) { mergePreview(a: $a, b: $b) { token } }"
    people = known.some("Person", 4)
    said = []
    for number, (a, b) in enumerate(combinations(people, 2)):
        verdict = ("SAME", "DIFFERENT", "POSSIBLY_SAME")[number % 3]
        seen = (ask(token, a=a, b=b).get("mergePreview") or {}).get("token")
        marking = ("OFFICIAL", None)[number % 2]
        found = ask(say, a=a, b=b, verdict=verdict, token=seen, marking=marking).get("decide") or {}
        said += [found["decision"]["id"]] if found else []
    _persons(ask, known)
    for id_ in (*said, *said[:1], *known.decisions):
        ask(unsay, id=id_)
    _persons(ask, known)


def _persons(ask: Asker, known: Known) -> None:
    """Everybody who was seen, by the ids of then, as they are now."""
    records = select("RecordConnection", 2, LISTS)
    fields = f"{THING} movedFrom sameIdentity {{ {THING} }} golden {{ {GOLDEN} }} records {{ {records} }}"
    for id_ in known.things["Person"]:
        ask(f"query($id: ID!) {{ entity(id: $id) {{ {fields} }} }}", id=id_)
