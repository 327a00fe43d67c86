"""Homes of vulnerable people that others may have taken over.

Source: Home Office, Criminal exploitation of children and vulnerable adults: county lines (2023), signs of cuckooing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from analysis.finding import MOST, Finding, Search, few, sign
from graph.read.denied import NOTHING_FOUND, WITHHELD_ROLES
from graph.read.event import OFFENDING_ROLES
from graph.relevance import ScorePart

_VULNERABLE = ("VULNERABLE", "VULNERABLE_ADULT")
_FAMILY = ("PARENT", "CHILD", "SIBLING", "PARTNER", "FAMILY")
_PASSING = ("STAYS", "VISITS")
_MANY_EVENTS = 3
# Beside the resident's vulnerability, which alone says nothing of the home.
_FEWEST_SIGNS = 2


def cuckooing(search: Search) -> list[Finding]:
    """Each home of a vulnerable adult with two further signs at least."""
    given = {"types": list(_VULNERABLE), "since": search.since}
    homes = few(search.rows("indicator/vulnerable_homes", most=MOST + 1, **given))
    parties = search.parties()
    homes = [row for row in homes if parties is None or row["resident"] in parties]
    markers = {(row["home"], row["resident"]): row["markers"] for row in homes}
    pairs = [{"home": home, "resident": resident} for home, resident in sorted(markers)]
    span = {"since": search.since, "until": search.until}
    denied = {"withheld": WITHHELD_ROLES, "nothing": NOTHING_FOUND}
    rows = search.rows("indicator/around_homes", pairs=pairs, family=list(_FAMILY), **denied, **span) if pairs else []
    named = search.of("indicator/named", {report for row in rows for report in row["reports"]}, withheld=WITHHELD_ROLES)
    found = [_Home(row, markers[row["home"], row["resident"]], named, search.since).finding() for row in rows]
    return [finding for finding in found if len(finding.signs) > _FEWEST_SIGNS]


class _Home:
    """One home with what is known around it."""

    def __init__(
        self, row: Mapping[str, Any], markers: Collection[str], named: Mapping[str, Mapping[str, Any]], since: int
    ) -> None:
        self._home, self._resident, self._markers = row["home"], row["resident"], markers
        self._selves = {*row["selves"]}
        living = {who for who, *_ in row["others"]}
        self._newcomers = sorted(
            {
                who
                for who, role, began, family in row["others"]
                if not family
                and who not in row["selves"]
                and (role in _PASSING or (began is not None and began >= since))
            }
        )
        self._suspects = sorted(
            {
                who
                for _, who, role in row["parts"]
                if role in OFFENDING_ROLES and who not in self._selves and who not in living - {*self._newcomers}
            }
        )
        self._events = sorted(row["events"])
        self._reports = sorted(id_ for id_ in row["reports"] if {*named[id_]["parties"]} - self._selves)
        self._others = sorted({who for id_ in self._reports for who in named[id_]["parties"]} - self._selves)
        self._phones = sorted({phone for id_ in self._reports for phone in named[id_]["phones"]})

    def finding(self) -> Finding:
        """The finding, its signs heaviest first."""
        entities = dict.fromkeys(
            (self._home, self._resident, *self._newcomers, *self._suspects, *self._others, *self._phones)
        )
        signs = self._signs()
        evidence = {*self._markers, *self._events, *self._reports, *self._selves}
        what = ["a vulnerable resident", *(each.name.replace("_", " ") for each in signs[1:])]
        sentence = f"A home with {', '.join(what[:-1])} and {what[-1]}." if len(what) > 1 else f"A home with {what[0]}."
        return Finding(tuple(entities), tuple(signs), frozenset(evidence), sentence)

    def _signs(self) -> list[ScorePart]:
        signs = [sign("vulnerable_resident", 1.0, 0.5, "Whoever lives here is marked as vulnerable.")]
        for name, count, weight, said in (
            ("newcomers", len(self._newcomers), 1.0, "who are no family came to stay, live or visit here."),
            ("suspects_here", len(self._suspects), 1.0, "who do not live here are suspects in what happened here."),
            ("named_together", len(self._others), 0.75, "others are named with the resident in reports."),
            ("phones_named", len(self._phones), 0.75, "phones are named in reports with the resident."),
        ):
            if count:
                signs.append(sign(name, 1 - 0.5**count, weight, f"{count} {said}"))
        if len(self._events) >= _MANY_EVENTS:
            signs.append(
                sign("many_events", 1 - 1 / len(self._events), 0.5, f"{len(self._events)} events happened here.")
            )
        return signs
