"""Numbers that are worked as a county line: bursts of messages to many numbers, a change of number, who is drawn in.

Source: National Crime Agency, County lines: drug supply, vulnerability and harm (2019): a branded line that texts its
customers in groups, children who go missing, homes that are taken over. Neither age nor any other protected
characteristic is an input, only what was recorded as a risk: missing, vulnerable, referred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from analysis.calling import Call, bursts, calls
from analysis.finding import MOST_CALLS_SHOWN, Finding, Search, sign
from graph.read.denied import WITHHELD_ROLES
from graph.relevance import ScorePart

# A judgement: a message to eight numbers within an hour is to customers, twice is a habit.
_MANY = 8
_FEWEST_BURSTS = 2
# Of the lesser's contacts, shared by two numbers of which one went silent when the other began.
_HANDED_ON = 0.5
_RISKS = ("MISSING", "VULNERABLE", "VULNERABLE_CHILD", "VULNERABLE_ADULT")


@dataclass(frozen=True, slots=True)
class _Line:
    """A number with what it sent and its bursts."""

    phone: str
    made: Sequence[Call]
    bursts: Sequence[Sequence[Call]]

    @property
    def contacts(self) -> set[str]:
        return {call.other for call in self.made}


def county_lines(search: Search) -> list[Finding]:
    """Each number that was worked so, together with the number it changed to or from."""
    made, taken = calls(search)
    lines = []
    for phone, some in sorted(made.items()):
        bursting = bursts(some, _MANY)
        if len(bursting) >= _FEWEST_BURSTS:
            lines.append(_Line(phone, some, bursting))
    groups = _in_area(search, _handed_on(lines))
    known = search.of("indicator/phones", {line.phone for line in lines}, **_span(search))
    # Who is at risk is drawn in, and mostly told of as a victim: whatever part a report gives them.
    reports = search.of("indicator/named", {id_ for row in known.values() for id_ in row["reports"]}, withheld=())
    named = {party for row in reports.values() for party in row["parties"]}
    named |= {user for row in known.values() for user, _ in row["users"]}
    risks = search.of("indicator/flagged", named, types=list(_RISKS))
    return [_Told(group, known, reports, risks, taken).finding() for group in groups]


def _span(search: Search) -> dict[str, Any]:
    return {"since": search.since, "until": search.until, "withheld": WITHHELD_ROLES}


def _handed_on(lines: Sequence[_Line]) -> list[tuple[_Line, ...]]:
    """The lines, those of one change of number together, the older first."""
    older = {line.phone: line for line in lines}
    pairs: dict[str, _Line] = {}
    for one, other in combinations(sorted(lines, key=lambda line: (line.made[0].at, line.phone)), 2):
        common = len(one.contacts & other.contacts)
        silent = one.bursts[-1][0].at <= other.bursts[0][0].at
        if silent and one.phone not in pairs and common >= _HANDED_ON * min(len(one.contacts), len(other.contacts)):
            pairs[one.phone] = other
    later = {line.phone for line in pairs.values()}
    groups = []
    for phone, line in older.items():
        if phone not in later:
            group = [line]
            while group[-1].phone in pairs:
                group.append(pairs[group[-1].phone])
            groups.append(tuple(group))
    return groups


def _in_area(search: Search, groups: Sequence[tuple[_Line, ...]]) -> Sequence[tuple[_Line, ...]]:
    """The lines that have a user, or somebody whom they reach, in the area that is asked about."""
    parties = search.parties()
    if parties is None:
        return groups
    phones = {phone for group in groups for line in group for phone in (line.phone, *line.contacts)}
    users = search.of("indicator/phones", phones, **_span(search))
    inside = {phone for phone, row in users.items() if parties & {user for user, _ in row["users"]}}
    return [group for group in groups if any({line.phone, *line.contacts} & inside for line in group)]


class _Told:
    """One line as it is told."""

    def __init__(
        self,
        lines: Sequence[_Line],
        known: Mapping[str, Mapping[str, Any]],
        reports: Mapping[str, Mapping[str, Any]],
        risks: Mapping[str, Mapping[str, Any]],
        taken: Mapping[str, Sequence[Call]],
    ) -> None:
        self._lines = lines
        self._phones = [line.phone for line in lines]
        self._users = sorted({user for phone in self._phones for user, _ in known[phone]["users"]})
        self._reports = sorted({id_ for phone in self._phones for id_ in known[phone]["reports"]})
        named = {party for id_ in self._reports for party in reports[id_]["parties"]}
        # Somebody who is named in two compartments is one.
        self._at_risk = {
            min(risks[id_]["selves"]): risks[id_] for id_ in sorted({*self._users, *named}) if id_ in risks
        }
        self._made = [call for line in lines for call in line.made]
        self._taken = sum(len(taken.get(phone, ())) for phone in self._phones)

    def finding(self) -> Finding:
        """The finding, its signs heaviest first."""
        bursting = [burst for line in self._lines for burst in line.bursts]
        largest = max(bursting, key=lambda burst: (len({call.other for call in burst}), -burst[0].at))
        flags = {id_ for row in self._at_risk.values() for id_ in (*row["selves"], *row["markers"], *row["referrals"])}
        evidence = {id_ for call in largest[:MOST_CALLS_SHOWN] for id_ in (call.id, call.other)}
        signs = sorted(self._signs(bursting), key=lambda each: -each.weight)
        sentence = f"A number that reached {_MANY} numbers or more within an hour {len(bursting)} times"
        changes, people = len(self._lines) - 1, len(self._at_risk)
        sentence += f" and changed {'once' if changes == 1 else f'{changes} times'}" if changes else ""
        sentence += f"; {people} {'person' if people == 1 else 'people'} at risk named with it" if people else ""
        entities = tuple(dict.fromkeys((*self._phones, *self._at_risk, *self._users)))
        return Finding(entities, tuple(signs), frozenset({*evidence, *flags, *self._reports}), sentence + ".")

    def _signs(self, bursting: Sequence[Sequence[Call]]) -> list[ScorePart]:
        reached = [len({call.other for call in burst}) for burst in bursting]
        contacts = {call.other for call in self._made}
        texts = sum(call.channel == "SMS" for call in self._made)
        sent = len(self._made) / (len(self._made) + self._taken)
        signs = [
            sign("bursts", 1 - 1 / len(bursting), 1.0,
                 f"{len(bursting)} times {min(reached)} to {max(reached)} different numbers within an hour."),
            sign("contacts", len(contacts) / 50, 0.5, f"{len(contacts)} different numbers in all."),
            sign("outgoing", sent, 0.25, f"{sent:.0%} of its traffic is outgoing, {texts} messages."),
        ]  # fmt: skip
        if len(self._lines) > 1:
            one, other = self._lines[0], self._lines[1]
            common = len(one.contacts & other.contacts)
            share = common / min(len(one.contacts), len(other.contacts))
            said = f"A new number took over: {common} contacts of the one before, which went silent."
            signs.append(sign("change_of_number", share, 0.75, said))
        if self._at_risk:
            count = len(self._at_risk)
            said = f"{count} who use it or are named with it are recorded as missing, vulnerable or referred."
            signs.append(sign("at_risk", 1 - 0.5**count, 1.0, said))
        if self._reports:
            count = len(self._reports)
            signs.append(sign("intelligence", 1 - 0.5**count, 0.5, f"{count} reports name it."))
        return signs
