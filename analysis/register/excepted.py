"""Statements that read parts in events without leaving out victims' and fruitless searches, and why that ties nobody.

Those that several analytics share are here; an analytic's own are in its entry.
"""

from __future__ import annotations

from collections.abc import Mapping

SHARED: Mapping[str, str] = {
    "network/acts": "counts parts in the roles that are asked for: of who acted, or of victims for their sake",
    "network/acts_in_area": "as `network/acts`",
    "network/beside": "says whose ties are looked at; what ties them is read by `network/shared`",
    "network/beside_known": "as `network/beside`",
    "network/called": "reads calls between phones, where caller and called are the two ends of a tie",
    "network/called_known": "as `network/called`",
    "network/in_area": "says whose ties are looked at; what ties them is read by `network/shared`",
    "network/in_area_known": "as `network/in_area`",
    "network/links_between": "brings links into memory, where `analysis.part` leaves out what `network/shared` does",
    "network/links_of": "as `network/links_between`",
    "walk/among": "shows the links between those whom an analytic found already, with their roles",
    "walk/among_known": "as `walk/among`",
}
