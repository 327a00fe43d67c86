"""Who has been the victim of crimes again and again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from analysis.acts import Act, Sought, acts
from analysis.bound import DAY_S
from analysis.finding import Finding, Search, sign
from graph.read.event import OFFENDING_ROLES

# The same victim twice, as HMIC defines repeat victimisation for a rolling year; here within the window.
_FEWEST = 2


def repeat_victims(search: Search) -> list[Finding]:
    """Each party that was the victim of two crimes or more."""
    sought = Sought(search.since, search.until, ("Crime",), ("VICTIM", *OFFENDING_ROLES))
    crimes: defaultdict[str, dict[str, Act]] = defaultdict(dict)
    for act in acts(search.graph, search.viewer, search.area, sought):
        for end, role in act.held:
            if role == "VICTIM":
                crimes[end.party][act.id] = act
    return [_finding(victim, [*some.values()], search) for victim, some in crimes.items() if len(some) >= _FEWEST]


def _finding(victim: str, crimes: Sequence[Act], search: Search) -> Finding:
    count = len(crimes)
    first, last = crimes[0].at, crimes[-1].at
    days = round((last - first) / DAY_S)
    signs = [sign("repeated", 1 - 1 / count, 2.0, f"Victim of {count} crimes within {days} days.")]
    types = Counter(crime.type for crime in crimes if crime.type)
    type_, alike = min(types.items(), key=lambda each: (-each[1], each[0]), default=("", 0))
    if alike > 1:
        signs.append(sign("same_type", alike / count, 0.5, f"{alike} of them are {type_}."))
    gaps = [later.at - earlier.at for earlier, later in pairwise(crimes)]
    if len(gaps) > 1 and gaps[-1] < gaps[0]:
        said = f"The last came after {gaps[-1] // DAY_S} days, the second after {gaps[0] // DAY_S}."
        signs.append(sign("quickening", 1 - gaps[-1] / gaps[0], 0.5, said))
    suspects = _suspects(crimes)
    again = sorted(party for party, times in suspects.items() if times > 1 and party != victim)
    if again:
        most = max(suspects[party] for party in again)
        signs.append(sign("same_suspect", most / count, 0.75, f"The same suspect in {most} of them."))
    sentence = f"Victim of {count} crimes in the last {search.days} days" + (", by the same suspect" if again else "")
    return Finding((victim, *again), tuple(signs), frozenset(crime.id for crime in crimes), sentence + ".")


def _suspects(crimes: Sequence[Act]) -> Counter[str]:
    return Counter(party for crime in crimes for party in {end.party for end, role in crime.held if role != "VICTIM"})
