"""Telling supervisors at once that somebody broke glass: a message to the address that the settings name.

It holds who, until when and which markings, and no reason: what is said there may be about people.
"""

from __future__ import annotations

import requests
import structlog

from api.keyring import check_url
from graph.answer import iso
from security.break_glass import Breaking

_TIMEOUT_S = 5.0
_LOG = structlog.get_logger("polegraph.api")


class Alarm:
    """Where alerts go; nowhere without an address. Raises BadInput for one that is not https, or http on loopback."""

    def __init__(self, url: str | None) -> None:
        self._url = None if url is None else check_url("POLEGRAPH_BREAK_GLASS_WEBHOOK", url)

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
