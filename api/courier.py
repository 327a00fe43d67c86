"""A signed message to a webhook: once, to an address that was looked at, with no redirect.

Source: Standard Webhooks 1.0 (webhook-id, webhook-timestamp, webhook-signature); the OWASP cheat sheet on server-side
request forgery: the address that a name stands for is checked, and it is that one which is connected to.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import ipaddress
import socket
import ssl
import threading
from base64 import b64encode
from contextlib import suppress
from urllib.parse import urlsplit

from graph.webhook import Webhook

# Seconds for each step, and for all of it: a receiver that sends a byte now and then does not hold us.
_STEP_S, _WHOLE_S = 5.0, 15.0
_TLS_PORT, _PORT = 443, 80


class Undelivered(Exception):
    """Nothing was sent, or no answer came; the message says why, without anything that was sent."""


def headers_of(webhook: Webhook, id_: str, now: int, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows a message: its id, when it was sent, signatures with each secret."""
    signed = f"{id_}.{now}.".encode() + body
    marks = (b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode() for secret in webhook.secrets)
    return {
        "Content-Type": "application/json",
        "User-Agent": "polegraph",
        "webhook-id": id_,
        "webhook-timestamp": str(now),
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }


def post(webhook: Webhook, id_: str, now: int, body: bytes) -> int:
    """The status that the receiver answers; raises Undelivered where none comes. A redirect is not followed."""
    parts = urlsplit(webhook.url)
    secure = parts.scheme == "https"
    port = parts.port or (_TLS_PORT if secure else _PORT)
    try:
        context = ssl.create_default_context(cafile=webhook.ca_file) if secure else None
    except (OSError, ssl.SSLError):
        raise Undelivered("its ca_file cannot be read") from None
    connection = _Pinned(webhook.host, port, _address(webhook, port), context)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    watchdog = threading.Timer(_WHOLE_S, connection.cut)
    watchdog.daemon = True
    watchdog.start()
    try:
        connection.request("POST", path, body, headers_of(webhook, id_, now, body))
        return connection.getresponse().status
    except (OSError, http.client.HTTPException, ssl.SSLError) as error:
        raise Undelivered(type(error).__name__) from None
    finally:
        watchdog.cancel()
        connection.close()


def _address(webhook: Webhook, port: int) -> str:
    """The address to connect to; raises Undelivered where the name stands for one that may not be reached."""
    try:
        found = socket.getaddrinfo(webhook.host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Undelivered("its name cannot be resolved") from None
    addresses = [str(each[4][0]) for each in found]
    if not webhook.private and not all(_public(address) for address in addresses):
        raise Undelivered("its name stands for an address inside, which it may not")
    return addresses[0]


def _public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or address
    return bool(inner.is_global and not inner.is_multicast)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever its host's name may stand for by now."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=_STEP_S)
        self._address = address
        self._context = context
        # What the standard port of a scheme is decides whether the head names it.
        self.default_port = _PORT if context is None else _TLS_PORT

    def connect(self) -> None:
        """Connect to the address, and be sure that it is the host's."""
        plain = socket.create_connection((self._address, self.port), _STEP_S)
        self.sock = plain
        if self._context is not None:
            self.sock = self._context.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End it from another thread."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
