"""The driver's errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import AuthError, ClientError, DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.errors import PolegraphError, SchemaMismatch, TimedOut, TransientError, Unreachable

# A transaction holds more than the server's memory has room for.
TOO_LARGE = (
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.TransactionOutOfMemoryError",
    "Neo.TransientError.General.OutOfMemoryError",
)
# What is told to whoever asks over the network, who need not know where it is.
_AWAY = "the database does not answer: try again in a second; whoever runs this sees why in the log"
_TIMEOUTS = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")


@contextmanager
def translated(uri: str) -> Iterator[None]:
    """Turn the driver's errors into ours."""
    try:
        yield
    except AuthError:
        raise _RefusedError(
            f"the database at {uri} refuses the user or password: "
            "check POLEGRAPH_NEO4J_USER and POLEGRAPH_NEO4J_PASSWORD",
            outward=_AWAY,
        ) from None
    except (ServiceUnavailable, SessionExpired) as error:
        raise Unreachable(
            f"no database answers at {uri} ({error}): start it, or check POLEGRAPH_NEO4J_URI", outward=_AWAY
        ) from None
    except Neo4jError as error:
        raise of_server(error) from error
    except DriverError as error:
        raise Unreachable(f"the connection to {uri} failed: {error}", outward=_AWAY) from error


class _RefusedError(Unreachable):
    """Wrong user or password: another try does not help."""

    passes = False


def of_server(error: Neo4jError) -> PolegraphError:
    """What the server refuses, in our words."""
    code = error.code or ""
    if code.endswith(_TIMEOUTS):
        return TimedOut(
            "the question took longer than its deadline and was cancelled: narrow it (fewer hops, a time window)"
        )
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return Unreachable("the database does not exist on this server: check POLEGRAPH_NEO4J_DATABASE")
    if isinstance(error, ClientError) and "Schema" in code:
        return SchemaMismatch(f"the database refuses by its schema ({code}): run polegraph schema apply")
    if error.is_retryable():
        return TransientError(f"the database asks to try again ({code})")
    return PolegraphError(f"the database refuses the statement ({code}): {error.message}")
