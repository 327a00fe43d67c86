"""Telling supervisors at once that somebody broke glass: a message to the address that the settings name.

It holds who, until when and which markings, and no reason: what is said there may be about people.
"""

from __future__ import annotations

import requests
import structlog

from api.keyring import check_url
from graph.answer import iso
from graph.settings import Settings
from security.break_glass import BreakGlass, Breaking

_TIMEOUT_S = 5.0
UNHEARD = (
    "no glass is broken where nobody is told: set POLEGRAPH_BREAK_GLASS_WEBHOOK, or, where supervisors are told in "
    "another way, POLEGRAPH_BREAK_GLASS_TOLD_OTHERWISE"
)
_LOG = structlog.get_logger("polegraph.api")


class Alarm:
    """Where alerts go; nowhere without an address. Raises BadInput for one that is not https, or http on loopback.

    `otherwise`: supervisors are told in another way, as the settings say.
    """

    def __init__(self, url: str | None, *, otherwise: bool = False) -> None:
        self._otherwise = otherwise
        self._url = None if url is None else check_url("POLEGRAPH_BREAK_GLASS_WEBHOOK", url)

    @classmethod
    def of(cls, settings: Settings) -> Alarm:
        """Where alerts of these settings go."""
        return cls(settings.break_glass_webhook, otherwise=settings.break_glass_told_otherwise)

    @property
    def is_heard(self) -> bool:
        """Whether somebody is told when glass is broken."""
        return self._otherwise or self._url is not None

    def check(self, glass: BreakGlass) -> None:
        """Warn where glass could be broken and nobody is told."""
        if glass.may and not self.is_heard:
            _LOG.warning("break_glass_unheard", advice=UNHEARD)

    def tell(self, made: Breaking) -> bool | None:
        """Whether the alert was taken; None where there is nobody to send it to."""
        if self._url is None:
            return None
        said = {
            "event": "break-glass",
            "id": made.id,
            "user": made.user,
            "role": made.role,
            "markings": list(made.markings),
            "purpose": made.purpose,
            "reference": made.reference,
            "at": iso(made.at),
            "until": iso(made.until),
        }
        try:
            response = requests.post(self._url, json=said, timeout=_TIMEOUT_S, allow_redirects=False)
            taken = response.ok
        except requests.RequestException:
            taken = False
        # An emergency does not wait for a message: that it was not taken is on record, and shown to supervisors.
        _LOG.warning("glass_broken", id=made.id, alerted=taken)
        return taken
