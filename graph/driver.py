"""The driver, told how long to wait for the database."""

from __future__ import annotations

import logging
import ssl
from dataclasses import dataclass
from typing import Any

import neo4j
from neo4j.exceptions import ConfigurationError

from graph.errors import BadInput
from graph.managed.instance import Connection

# Who waits for the database says so himself; without a handler the driver's lines would go to the terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait: for a socket, for a connection that may be used, and for a transaction that is tried again."""

    socket_s: float
    connection_s: float
    transaction_s: float


# A load would rather wait than stop half-way; whoever asks over HTTP is to be told at once and asks again.
PATIENT = Patience(socket_s=3.0, connection_s=5.0, transaction_s=15.0)


def brisk(silence_s: float) -> Patience:
    """The patience of whoever takes a database that has been silent for so many seconds to be away."""
    return Patience(socket_s=0.8 * silence_s, connection_s=silence_s, transaction_s=0.4 * silence_s)


def open_driver(connection: Connection, patience: Patience, connections: int = 100) -> neo4j.Driver:
    """A driver of at most so many connections; nothing is sent yet. Raises BadInput for an address that is none."""
    uri, trust = _trust(connection)
    try:
        return neo4j.GraphDatabase.driver(
            uri,
            **trust,
            auth=(connection.user, connection.password),
            connection_timeout=patience.socket_s,
            connection_acquisition_timeout=patience.connection_s,
            max_connection_pool_size=connections,
            notifications_min_severity="OFF",
            # Else every read sends a message more, about the driver.
            telemetry_disabled=True,
            user_agent="polegraph",
        )
    except (ConfigurationError, ValueError) as error:
        raise BadInput(
            f"POLEGRAPH_NEO4J_URI {connection.uri!r}: {error}; write bolt://host:7687 or neo4j://host"
        ) from None


def _trust(connection: Connection) -> tuple[str, dict[str, Any]]:
    """The address and what the driver is to believe: with authorities of our own it takes no scheme that says TLS."""
    if connection.ca is None:
        return connection.uri, {}
    scheme, separator, rest = connection.uri.partition("://")
    if scheme not in ("bolt+s", "neo4j+s"):
        raise BadInput(
            f"POLEGRAPH_NEO4J_CA_FILE: {connection.uri!r} is not over TLS; write bolt+s://host or neo4j+s://host"
        )
    try:
        trusted = neo4j.TrustCustomCAs(str(connection.ca))
        ssl.create_default_context(cafile=str(connection.ca))
    except OSError as error:
        raise BadInput(f"POLEGRAPH_NEO4J_CA_FILE: {connection.ca} holds no certificates in PEM ({error})") from None
    return scheme.removesuffix("+s") + separator + rest, {"encrypted": True, "trusted_certificates": trusted}
