"""Statements that read parts in events without leaving out victims' or fruitless searches, and why that ties nobody.

Those that several analytics share are here; an analytic's own are in its entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Denial(StrEnum):
    """What a statement is to leave out, by the name of the parameter: parts in withheld roles, fruitless searches."""

    WITHHELD = "withheld"
    NOTHING = "nothing"


def _both(reason: str) -> Mapping[Denial, str]:
    return dict.fromkeys(Denial, reason)


_ACTS = "counts parts in the roles that are asked for: of who acted, or of victims for their sake"
_WHOSE = "says whose ties are looked at; what ties them is read by `network/shared`"
_CALLS = "reads calls between phones, where caller and called are the two ends of a tie"
_LINKS = "brings links into memory, where `analysis.part` leaves out what `network/shared` does"
_SHOWN = "shows the links between those whom an analytic found already, with their roles"

SHARED: Mapping[str, Mapping[Denial, str]] = {
    "network/acts": {Denial.WITHHELD: _ACTS},
    "network/acts_in_area": {Denial.WITHHELD: _ACTS},
    "network/beside": _both(_WHOSE),
    "network/beside_known": _both(_WHOSE),
    "network/called": _both(_CALLS),
    "network/called_known": _both(_CALLS),
    "network/in_area": _both(_WHOSE),
    "network/in_area_known": _both(_WHOSE),
    "network/links_between": _both(_LINKS),
    "network/links_of": _both(_LINKS),
    "walk/among": _both(_SHOWN),
    "walk/among_known": _both(_SHOWN),
}
