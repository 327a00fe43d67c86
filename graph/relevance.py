"""How relevant one event is to another: a weighted mean of named parts, each between 0 and 1 and with its sentence.

The weights are a judgement, not learnt: what ties two events counts most, then how near they are in time and place.
`POLEGRAPH_RELEVANCE_FILE` names a YAML file that gives others.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.answer import unpack_grade
from graph.errors import BadInput
from graph.stated import load_stated

DEFAULTS: Mapping[str, float] = {
    "link_strength": 0.35,
    "recency": 0.2,
    "distance": 0.15,
    "role": 0.1,
    "grade": 0.1,
    "severity": 0.05,
    "corroboration": 0.05,
}
# How far having a part in an event goes towards its being the person's doing; a part that is not listed counts 0.5.
_ROLES = {
    "SUSPECT": 1.0,
    "OFFENDER": 1.0,
    "ARRESTED": 1.0,
    "DETAINED": 1.0,
    "INVOLVED_PARTY": 0.8,
    "VICTIM": 0.8,
    "SUBJECT": 0.8,
    "CALLER": 0.6,
    "USED": 0.6,
    "WITNESS": 0.3,
    "REPORTING": 0.3,
}
_OTHER_ROLE = 0.5
# What is not graded is neither good nor bad.
_UNGRADED = 0.5
_DAY_S = 86_400
# The share of the window after which an event counts half: of 90 days 15. Near repeats of burglary come within weeks.
# Source: Johnson and Bowers, The stability of space-time clusters of burglary, Brit. J. Criminol. 44 (2004).
_HALF_LIFE = 1 / 6


@dataclass(frozen=True, slots=True)
class ScorePart:
    """A named part of a score: its value (0..1), its weight, and what it says in words."""

    name: str
    value: float
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Bearing:
    """What is known of how another event bears on the one in question; None where nothing is.

    `seconds`: how much later it was (negative: earlier); `metres`: how far away; `hops` and `strength` of the ways that
    join them, `weakest` packed grade of the strongest; `roles` (here, there) of whoever is at its ends; `sources` that
    say so; `through`: labels of what joins them.
    """

    seconds: int | None
    metres: float | None
    severity: float | None
    hops: int | None
    strength: float
    weakest: int | None
    roles: tuple[str | None, str | None] | None
    sources: int
    through: tuple[str, ...]


def load_weights(file: Path | None) -> Mapping[str, float]:
    """The weights that a file says, those of this version for what it leaves out; raises BadInput where it is wrong."""
    weights = load_stated(file, DEFAULTS)
    if not any(weights.values()):
        raise BadInput(f"{file}: one weight at least must be above 0")
    return weights


def main_role(roles: Iterable[str | None]) -> str | None:
    """Of several roles of one person in an event the one that counts most, then by name."""
    return min(roles, key=lambda role: (-_ROLES.get(role or "", _OTHER_ROLE), role or ""))


def score(parts: Collection[ScorePart]) -> float:
    """The weighted mean of parts, to six places, so that equal evidence is equal whatever its order."""
    whole = math.fsum(part.weight for part in parts)
    return round(math.fsum(part.weight * part.value for part in parts) / whole, 6)


def parts(bearing: Bearing, weights: Mapping[str, float], window_days: int, radius_metres: int) -> list[ScorePart]:
    """Every part of the score of a bearing, heaviest first."""
    found = {
        "link_strength": _strength(bearing),
        "recency": _recency(bearing, window_days),
        "distance": _distance(bearing, radius_metres),
        "role": _role(bearing),
        "grade": _grade(bearing),
        "severity": _severity(bearing),
        "corroboration": _corroboration(bearing),
    }
    made = [ScorePart(name, value, weights[name], sentence) for name, (value, sentence) in found.items()]
    return sorted(made, key=lambda part: (-part.weight, part.name))


def _strength(bearing: Bearing) -> tuple[float, str]:
    if bearing.hops is None:
        return 0.0, "Nothing joins them but place and time."
    if bearing.hops == 1:
        return bearing.strength, "A source says that they are related."
    ways = _listed(bearing.through)
    return bearing.strength, f"Joined in {bearing.hops} hops through {ways}."


def _listed(labels: Iterable[str]) -> str:
    some = list(labels)
    shown = ", ".join(some[:3])
    return shown if len(some) <= 3 else f"{shown} and {len(some) - 3} more"


def _recency(bearing: Bearing, window_days: int) -> tuple[float, str]:
    if bearing.seconds is None:
        return 0.0, "When it happened is not known."
    days = abs(bearing.seconds) / _DAY_S
    value = 0.5 ** (days / (window_days * _HALF_LIFE))
    when = "after" if bearing.seconds > 0 else "before"
    if days < 1:
        hours = round(days * 24)
        return value, f"{_counted(hours, 'hour')} {when}." if hours else "At about the same time."
    return value, f"{_counted(round(days), 'day')} {when}."


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _distance(bearing: Bearing, radius_metres: int) -> tuple[float, str]:
    if bearing.metres is None:
        return 0.0, "How far away it happened is not known."
    value = max(0.0, 1 - bearing.metres / radius_metres) if radius_metres else float(bearing.metres == 0)
    if bearing.metres < 1_000:
        return value, f"{round(bearing.metres)} m away."
    return value, f"{bearing.metres / 1_000:.1f} km away."


def _role(bearing: Bearing) -> tuple[float, str]:
    if bearing.roles is None:
        return 0.0, "Nobody is known to have a part in both."
    here, there = bearing.roles
    value = math.prod(_ROLES.get(role or "", _OTHER_ROLE) for role in (here, there))
    return value, f"{_spoken(here)} here, {_spoken(there)} there."


def _spoken(role: str | None) -> str:
    return "part not told" if role is None else role.replace("_", " ").lower()


def _grade(bearing: Bearing) -> tuple[float, str]:
    if bearing.hops is None:
        return 0.0, "No link between them to be graded."
    if bearing.weakest is None:
        return _UNGRADED, "What joins them is not graded."
    source, letter, _ = unpack_grade(bearing.weakest)
    value = (1, 0.6, 0.2)[source - 1] * (1 - 0.2 * "ABCDE".index(letter))
    return value, f"The weakest link between them is graded {source}{letter}."


def _severity(bearing: Bearing) -> tuple[float, str]:
    if bearing.severity is None:
        return 0.0, "How grave it is is not told."
    return min(1.0, max(0.0, bearing.severity)), f"Its severity is {bearing.severity:.2f} of 1."


def _corroboration(bearing: Bearing) -> tuple[float, str]:
    if bearing.sources == 0:
        return 0.0, "No source joins them."
    if bearing.sources == 1:
        return 0.0, "One source alone joins them."
    return 1 - 1 / bearing.sources, f"{bearing.sources} sources join them."
