"""The store: the one way to the database. Reads take a Viewer; writes are retried when the fault may pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, LiteralString, TypeVar

import neo4j
import stamina
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.collector import collector_off
from graph.errors import BadInput, PolegraphError, SchemaMismatch, TimedOut, TransientError, Unreachable
from graph.managed.instance import Connection
from graph.statements import Mode, Statement, StatementError, statement
from security.viewer import Viewer

T = TypeVar("T")
Rows = list[dict[str, Any]]
_ATTEMPTS = 3
_TIMEOUTS = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")


class Transaction:
    """A write transaction, asked by statement name or by text that the model generated."""

    def __init__(self, transaction: neo4j.ManagedTransaction | neo4j.Transaction) -> None:
        self._transaction = transaction

    def run(self, name: str, /, **params: Any) -> Rows:  # noqa: ANN401 - parameters are what Bolt carries
        """The rows of a fixed statement."""
        chosen = statement(name)
        chosen.check(params)
        if chosen.mode is not Mode.INTERNAL:
            return self.run_text(chosen.text, params)
        (found,) = self.run_text(chosen.together, params)
        return [dict(zip(chosen.columns, row, strict=True)) for row in found["rows"]]

    def run_text(self, text: LiteralString, params: Mapping[str, Any]) -> Rows:
        """The rows of a statement that the model generated."""
        return [dict(record) for record in self._transaction.run(text, dict(params))]


class Store:
    """An open database: `read` for viewers, `internal` for the loader's and resolver's own reading, `write`."""

    def __init__(
        self, connection: Connection, *, timeout_s: float = 10.0, reconnect: Callable[[], Connection] | None = None
    ) -> None:
        self.connection = connection
        self.timeout_s = timeout_s
        self._reconnect = reconnect
        self._driver = _driver(connection)

    def revive(self) -> None:
        """Bring back a database that went away, where `reconnect` can: it says where it is now."""
        if self._reconnect is None:
            return
        found = self._reconnect()
        if found != self.connection:
            self._driver.close()
            self.connection, self._driver = found, _driver(found)

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def verify(self) -> str:
        """The server's agent text (`Neo4j/5.26.30`); raises Unreachable where nobody answers or we are refused."""
        with _translated(self.connection.uri):
            return self._driver.get_server_info().agent

    def read(self, viewer: Viewer, name: str, /, **params: Any) -> Rows:  # noqa: ANN401
        """The rows of a read statement as this viewer may see them; `$allowed` is filled in."""
        chosen = statement(name)
        if chosen.mode is not Mode.READ:
            raise StatementError(f"statement {name} is no read")
        return self._ask(chosen, {**params, "allowed": list(viewer.allowed)}, self.timeout_s)

    def read_text(self, viewer: Viewer, name: str, text: LiteralString, params: Mapping[str, Any]) -> Rows:
        """The rows of a read that the model generated; its text tests `$allowed`, which is filled in."""
        if "$allowed" not in text:
            raise StatementError(f"statement {name}: a read must test $allowed")
        return self._query(name, text, {**params, "allowed": list(viewer.allowed)}, self.timeout_s)

    def internal(self, name: str, /, **params: Any) -> Rows:  # noqa: ANN401
        """The rows of an internal statement: what loading and resolving read, never an answer to anybody."""
        chosen = statement(name)
        if chosen.mode is not Mode.INTERNAL:
            raise StatementError(f"statement {name} is not internal")
        return self._ask(chosen, params, None)

    def stream(self, name: str, /, **params: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
        """The rows of an internal statement, one by one, in constant memory."""
        chosen = statement(name)
        if chosen.mode is not Mode.INTERNAL:
            raise StatementError(f"statement {name} is not internal")
        chosen.check(params)
        with (
            _translated(self.connection.uri),
            self._driver.session(database=self.connection.database, fetch_size=5_000) as session,
        ):
            for record in session.run(neo4j.Query(chosen.text, metadata={"statement": name}), dict(params)):
                yield dict(record)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """What `work` returns, committed; retried as a whole on faults that may pass, so it must be repeatable."""
        with (
            _translated(self.connection.uri),
            self._driver.session(database=self.connection.database) as session,
            collector_off(),
        ):
            return session.execute_write(lambda transaction: work(Transaction(transaction)))

    def jot(self, name: str, /, **params: Any) -> None:  # noqa: ANN401
        """Run a write statement once, without another try where the database is gone."""
        chosen = statement(name)
        chosen.check(params)
        with (
            _translated(self.connection.uri),
            self._driver.session(database=self.connection.database) as session,
        ):
            session.run(chosen.text, params).consume()

    def could(self, name: str, /, *, within_s: float, **params: Any) -> bool:  # noqa: ANN401
        """Whether a write statement gets its locks within so many seconds; nothing is written."""
        try:
            with self._open(within_s) as transaction:
                transaction.run(name, **params)
        except Unreachable:
            raise
        except TransientError:
            return False
        return True

    @contextmanager
    def held(self, name: str, /, **params: Any) -> Iterator[None]:  # noqa: ANN401
        """Keep the locks that a write statement takes for as long as the context lasts; nothing is written.

        The database lets go of them at once where this process or the connection ends.
        """
        with self._open(None) as transaction:
            transaction.run(name, **params)
            yield

    @contextmanager
    def _open(self, timeout_s: float | None) -> Iterator[Transaction]:
        """A transaction that is never committed; that its connection may be gone by its end is no fault."""
        with _translated(self.connection.uri):
            session = self._driver.session(database=self.connection.database)
            try:
                yield Transaction(session.begin_transaction(timeout=timeout_s))
            finally:
                # Closing the session rolls back what is open in it.
                with suppress(DriverError, Neo4jError):
                    session.close()

    def run_schema(self, texts: Iterable[LiteralString]) -> None:
        """Run schema commands, each in a transaction of its own."""
        with (
            _translated(self.connection.uri),
            self._driver.session(database=self.connection.database) as session,
        ):
            for text in texts:
                session.run(text).consume()

    def create_indexes(self, texts: Iterable[LiteralString]) -> None:
        """Run commands that create indexes, in one transaction: the database then fills them all in one scan."""
        with (
            _translated(self.connection.uri),
            self._driver.session(database=self.connection.database) as session,
            session.begin_transaction() as transaction,
        ):
            for text in texts:
                transaction.run(text).consume()
            transaction.commit()

    def explain(self, text: LiteralString, params: Mapping[str, Any]) -> dict[str, Any]:
        """The plan of a statement, as the driver gives it, without running it."""
        with (
            _translated(self.connection.uri),
            self._driver.session(database=self.connection.database) as session,
        ):
            plan = session.run("EXPLAIN " + text, dict(params)).consume().plan
            return plan or {}

    def _ask(self, chosen: Statement, params: Mapping[str, Any], timeout_s: float | None) -> Rows:
        chosen.check(params)
        return self._query(chosen.name, chosen.text, params, timeout_s)

    def _query(self, name: str, text: LiteralString, params: Mapping[str, Any], timeout_s: float | None) -> Rows:
        # Auto-commit: one round trip less than a managed read (0.44 against 0.80 ms), so the retry is ours.
        query = neo4j.Query(text, metadata={"statement": name}, timeout=timeout_s)
        for attempt in stamina.retry_context(
            on=TransientError, attempts=_ATTEMPTS, wait_initial=0.05, wait_max=0.5, timeout=3.0
        ):
            with (
                attempt,
                _translated(self.connection.uri),
                self._driver.session(
                    database=self.connection.database, default_access_mode=neo4j.READ_ACCESS
                ) as session,
            ):
                return [dict(record) for record in session.run(query, dict(params))]
        raise Unreachable("no answer")  # pragma: no cover - the retry context raises before


def _driver(connection: Connection) -> neo4j.Driver:
    try:
        return neo4j.GraphDatabase.driver(
            connection.uri,
            auth=(connection.user, connection.password),
            connection_timeout=3.0,
            connection_acquisition_timeout=5.0,
            max_transaction_retry_time=15.0,
            notifications_min_severity="OFF",
            user_agent="polegraph",
        )
    except (ConfigurationError, ValueError) as error:
        raise BadInput(
            f"POLEGRAPH_NEO4J_URI {connection.uri!r}: {error}; write bolt://host:7687 or neo4j://host"
        ) from None


@contextmanager
def _translated(uri: str) -> Iterator[None]:
    """Turn the driver's errors into ours."""
    try:
        yield
    except AuthError:
        raise _RefusedError(
            f"the database at {uri} refuses the user or password: "
            "check POLEGRAPH_NEO4J_USER and POLEGRAPH_NEO4J_PASSWORD"
        ) from None
    except (ServiceUnavailable, SessionExpired) as error:
        raise Unreachable(f"no database answers at {uri} ({error}): start it, or check POLEGRAPH_NEO4J_URI") from None
    except Neo4jError as error:
        raise _of_server(error) from error
    except DriverError as error:
        raise Unreachable(f"the connection to {uri} failed: {error}") from error


class _RefusedError(Unreachable):
    """Wrong user or password: another try does not help."""

    passes = False


def _of_server(error: Neo4jError) -> PolegraphError:
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
