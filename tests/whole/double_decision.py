"""Questions of double worlds about deciding: previews, the queue, words and their taking back."""

from __future__ import annotations

from itertools import combinations

from tests.whole.double import Asker, Known, follow
from tests.whole.double_selection import GOLDEN, LISTS, PAGE, THING, select

SPLIT = (
    "query($a: ID!, $b: ID!, $id: ID) "
    f"{{ splitPreview(a: $a, b: $b, takingBack: $id) {{ {select('SplitPreview', 2, LISTS)} }} }}"
)


def previews(ask: Asker, known: Known) -> None:
    """What making two one would do, token and all; who may be one, page by page."""
    query = f"query($a: ID!, $b: ID!) {{ mergePreview(a: $a, b: $b) {{ {select('MergePreview', 2, LISTS)} }} }}"
    some = [*known.some("Person", 4), *known.chance.sample(known.records, min(2, len(known.records)))]
    for ids in (some, known.some("Vehicle", 2), known.some("Address", 2)):
        for a, b in combinations(ids, 2):
            ask.maybe(query, a=a, b=b)
            ask.maybe(SPLIT, a=a, b=b)
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
    unsay = (
        "mutation($id: ID!, $token: String) "
        f'{{ retract(decision: $id, reason: "mistaken", previewToken: $token) {{ {fields} }} }}'
    )
    token = "query($a: ID!, $b: ID!) { mergePreview(a: $a, b: $b) { token } }"
    people = known.some("Person", 4)
    said: list[str] = []
    seen_apart: dict[str, str | None] = {}
    for number, (a, b) in enumerate(known.few(combinations(people, 2), 3)):
        verdict = ("SAME", "DIFFERENT", "POSSIBLY_SAME")[number % 3]
        seen = (ask(token, a=a, b=b).get("mergePreview") or {}).get("token")
        marking = ("OFFICIAL", None)[number % 2]
        found = ask(say, a=a, b=b, verdict=verdict, token=seen, marking=marking).get("decide") or {}
        said += [found["decision"]["id"]] if found else []
        for id_ in (*said[-1:], *known.decisions[:1]):
            seen_apart[id_] = (ask(SPLIT, a=a, b=b, id=id_).get("splitPreview") or {}).get("token")
    _persons(ask, known)
    held = known.few((*said, *known.decisions), 3)
    for id_ in (*said, *said[:1], *known.few(known.decisions, 2)):
        # Held to what was seen, which other words may have changed since; then whatever has.
        if id_ in held:
            ask(unsay, id=id_, token=seen_apart.get(id_, "none"))
        ask(unsay, id=id_)
    _persons(ask, known)


def _persons(ask: Asker, known: Known) -> None:
    """Everybody who was seen, by the ids of then, as they are now."""
    records = select("RecordConnection", 2, LISTS)
    fields = f"{THING} movedFrom sameIdentity {{ {THING} }} golden {{ {GOLDEN} }} records {{ {records} }}"
    for id_ in known.few(known.things["Person"], 4):
        ask(f"query($id: ID!) {{ entity(id: $id) {{ {fields} }} }}", id=id_)


def disputes(ask: Asker, known: Known) -> None:
    """What is noted against records that may be seen and against others, shown with them, and ended."""
    fields = select("Dispute", 2, LISTS)
    note = (
        "mutation($id: ID!, $right: DataRight!, $statement: String) "
        '{ dispute(record: $id, right: $right, reason: "wrong man", statement: $statement, reference: "7/26") '
        f"{{ {fields} }} }}"
    )
    end = f'mutation($id: ID!) {{ closeDispute(dispute: $id, reason: "settled") {{ {fields} }} }}'
    shown = f"query($id: ID!) {{ subjectProfile(id: $id) {{ disputes {{ {fields} }} }} }}"
    noted = []
    records = known.chance.sample(known.records, min(3, len(known.records)))
    for number, id_ in enumerate((*records, *known.hidden)):
        right, statement = ("DISPUTED", "RESTRICTED", "RECTIFIED")[number % 3], ("I was at work", None)[number % 2]
        found = ask(note, id=id_, right=right, statement=statement).get("dispute") or {}
        noted += [found["id"]] if found else []
    for id_ in known.some("Person", 4):
        ask(shown, id=id_)
    for id_ in (*noted[:1], *noted[:1], *known.hidden[:2]):
        ask(end, id=id_)
    for id_ in records:
        ask(f"query($id: ID!) {{ node(id: $id) {{ ... on Record {{ disputes {{ {fields} }} }} }} }}", id=id_)
