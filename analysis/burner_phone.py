"""Phones that several people pass on: used by several, for a short time, without a subscriber, for few contacts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from analysis.bound import DAY_S
from analysis.calling import Call, calls
from analysis.finding import MOST_CALLS_SHOWN, Finding, Search, sign
from graph.read.denied import WITHHELD_ROLES
from graph.read.entity import groups as groups_of

# A judgement: a phone of its owner lives for years, knows many numbers and has an account.
_SHORT_DAYS = 60
_FEW_CONTACTS = 5
_FEWEST_SIGNS = 2
_FEWEST_CALLS = 3


def shared_burner_phones(search: Search) -> list[Finding]:
    """Each phone that two or more people use, whose calls all lie within two months, with another sign at least."""
    made, taken = calls(search)
    traffic = {phone: sorted([*made.get(phone, ()), *taken.get(phone, ())], key=_order) for phone in {*made, *taken}}
    traffic = {phone: some for phone, some in traffic.items() if len(some) >= _FEWEST_CALLS}
    span = {"since": search.since, "until": search.until, "withheld": WITHHELD_ROLES}
    known = search.of("indicator/phones", traffic, **span)
    users = {phone: sorted({user for user, _ in row["users"]}) for phone, row in known.items()}
    users = {phone: some for phone, some in users.items() if len(some) > 1}
    people = _people(search, {user for some in users.values() for user in some})
    parties = search.parties()
    found = []
    for phone, some in sorted(users.items()):
        count = len({people[user] for user in some})
        short = traffic[phone][-1].at - traffic[phone][0].at <= _SHORT_DAYS * DAY_S
        if count > 1 and short and (parties is None or parties & {*some}):
            finding = _finding(phone, some, count, known[phone], traffic[phone])
            if len(finding.signs) > _FEWEST_SIGNS:
                found.append(finding)
    return found


def _order(call: Call) -> tuple[int, str, str]:
    return call.at, call.id, call.other


def _people(search: Search, users: Collection[str]) -> dict[str, str]:
    """Who each user is: the least id of those who are visibly the same person."""
    groups = groups_of(search.graph, search.viewer, sorted(users))
    return {user: min(view.id for view in groups[user]) if user in groups else user for user in users}


def _finding(phone: str, users: Sequence[str], count: int, row: Mapping[str, Any], traffic: Sequence[Call]) -> Finding:
    days = (traffic[-1].at - traffic[0].at) / DAY_S
    contacts = len({call.other for call in traffic})
    signs = [
        sign("shared", 1 - 1 / count, 1.0, f"{count} are said to use it."),
        sign("short_life", 1 - days / (2 * _SHORT_DAYS), 0.75, f"All its calls lie within {days:.0f} days."),
    ]
    if not any(role == "SUBSCRIBER" for _, role in row["users"]):
        signs.append(sign("no_subscriber", 1.0, 0.5, "Nobody is known as its subscriber."))
    if contacts <= _FEW_CONTACTS:
        signs.append(
            sign("few_contacts", 1 - contacts / 10, 0.5, f"It was in calls with {contacts} other phones alone.")
        )
    if row["reports"]:
        reports = len(row["reports"])
        signs.append(sign("intelligence", 1 - 0.5**reports, 0.5, f"{reports} reports name it."))
    evidence = {id_ for call in traffic[:MOST_CALLS_SHOWN] for id_ in (call.id, call.other)}
    sentence = f"A phone that {count} use, in {len(traffic)} calls over {days:.0f} days."
    return Finding((phone, *users), tuple(signs), frozenset({*evidence, *row["reports"]}), sentence)
