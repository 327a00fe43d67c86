"""Phones that several people pass on: used by several, for a short time, without a subscriber, for few contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.acts import DAY_S
from analysis.calling import Call, calls
from analysis.finding import MOST_CALLS_SHOWN, Finding, Search, sign

# A judgement: a phone of its owner lives for years, knows many numbers and has an account.
_SHORT_DAYS = 60
_FEW_CONTACTS = 5
_FEWEST_SIGNS = 2


def shared_burner_phones(search: Search) -> list[Finding]:
    """Each phone that two or more use, with two of the other signs at least."""
    made, taken = calls(search)
    traffic = {phone: sorted([*made.get(phone, ()), *taken.get(phone, ())]) for phone in {*made, *taken}}
    known = search.of("indicator/phones", traffic, since=search.since, until=search.until)
    parties = search.parties()
    found = []
    for phone, row in sorted(known.items()):
        users = {user for user, _ in row["users"]}
        if len(users) > 1 and (parties is None or users & parties):
            finding = _finding(phone, row, traffic[phone])
            if len(finding.signs) > _FEWEST_SIGNS:
                found.append(finding)
    return found


def _finding(phone: str, row: Mapping[str, Any], traffic: Sequence[Call]) -> Finding:
    users = sorted({user for user, _ in row["users"]})
    days = (traffic[-1].at - traffic[0].at) / DAY_S
    contacts = len({call.other for call in traffic})
    signs = [sign("shared", 1 - 1 / len(users), 1.0, f"{len(users)} are said to use it.")]
    if days <= _SHORT_DAYS:
        signs.append(
            sign("short_life", 1 - days / (2 * _SHORT_DAYS), 0.75, f"All its calls lie within {days:.0f} days.")
        )
    if not any(role == "SUBSCRIBER" for _, role in row["users"]):
        signs.append(sign("no_subscriber", 1.0, 0.5, "Nobody is known as its subscriber."))
    if contacts <= _FEW_CONTACTS:
        signs.append(
            sign("few_contacts", 1 - contacts / 10, 0.5, f"It was in calls with {contacts} other phones alone.")
        )
    if row["reports"]:
        count = len(row["reports"])
        signs.append(sign("intelligence", 1 - 0.5**count, 0.5, f"{count} reports name it."))
    evidence = {id_ for call in traffic[:MOST_CALLS_SHOWN] for id_ in (call.id, call.other)}
    sentence = f"A phone that {len(users)} use, in {len(traffic)} calls over {days:.0f} days."
    return Finding((phone, *users), tuple(signs), frozenset({*evidence, *row["reports"]}), sentence)
