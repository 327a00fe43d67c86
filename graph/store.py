"""The store: the one way to the database. Reads take a Viewer; writes are retried when the fault may pass."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, LiteralString, TypeVar

import neo4j
import stamina
from neo4j.exceptions import ConfigurationError, DriverError, Neo4jError

from graph.collector import collector_off
from graph.errors import BadInput, TimedOut, TransientError, Unreachable
from graph.fault import TOO_LARGE, of_server, translated
from graph.managed.instance import Connection
from graph.statements import Mode, Statement, StatementError, several, statement
from security.viewer import Viewer

T = TypeVar("T")
Rows = list[dict[str, Any]]
_ATTEMPTS = 3


# When the work at hand must be done, by the monotonic clock: no read goes on beyond it.
_DEADLINE: ContextVar[float | None] = ContextVar("deadline", default=None)

# Who waits for the database says so himself; without a handler the driver's lines would go to the terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@contextmanager
def until(deadline: float) -> Iterator[None]:
    """Cancel in the database what is still read at a moment of the monotonic clock; raises TimedOut then."""
    token = _DEADLINE.set(deadline)
    try:
        yield
    finally:
        _DEADLINE.reset(token)


def _left(timeout_s: float | None) -> float | None:
    """The seconds that a read may take; raises TimedOut where none are left."""
    deadline = _DEADLINE.get()
    if deadline is None:
        return timeout_s
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimedOut("the time for this question is up: narrow it, or ask in several operations")
    return left if timeout_s is None else min(timeout_s, left)


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
        self.timeout_s = timeout_s
        self._reconnect = reconnect
        self._open_driver(connection)

    def _open_driver(self, connection: Connection) -> None:
        self.connection = connection
        self._driver = _driver(connection)
        # Readers' sessions, used again: making one costs the driver a tenth of a small question.
        self._readers: deque[neo4j.Session] = deque()
        # Whoever reads after a commit of this process reads what it wrote, whichever member of a cluster answers.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()

    def _new_session(self, **options: Any) -> neo4j.Session:  # noqa: ANN401 - what the driver takes
        return self._driver.session(database=self.connection.database, bookmark_manager=self._bookmarks, **options)

    @contextmanager
    def _session(self, **options: Any) -> Iterator[neo4j.Session]:  # noqa: ANN401
        """A session as long as the context lasts; the driver's errors in it become ours."""
        with translated(self.connection.uri), self._new_session(**options) as session:
            yield session

    def revive(self) -> None:
        """Bring back a database that went away, where `reconnect` can: it says where it is now."""
        if self._reconnect is None:
            return
        found = self._reconnect()
        if found != self.connection:
            self._let_go()
            self._open_driver(found)

    def close(self) -> None:
        """Close all connections."""
        self._let_go()

    def _let_go(self) -> None:
        while self._readers:
            with suppress(DriverError, Neo4jError):
                self._readers.pop().close()
        self._driver.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def verify(self) -> str:
        """The server's agent text (`Neo4j/5.26.30`); raises Unreachable where nobody answers or we are refused."""
        with translated(self.connection.uri):
            return self._driver.get_server_info().agent

    def read(self, viewer: Viewer, name: str, /, **params: Any) -> Rows:  # noqa: ANN401
        """The rows of a read statement as this viewer may see them; `$allowed` is filled in."""
        chosen = statement(name)
        if chosen.mode is not Mode.READ:
            raise StatementError(f"statement {name} is no read")
        return self._ask(chosen, {**params, "allowed": list(viewer.allowed)}, self.timeout_s)

    def read_several(self, viewer: Viewer, asked: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Rows]:
        """The rows of each of these read statements as this viewer may see them, asked in one: one round trip."""
        chosen, params = [statement(name) for name, _ in asked], dict[str, Any](allowed=list(viewer.allowed))
        for place, (one, (name, given)) in enumerate(zip(chosen, asked, strict=True)):
            if one.mode is not Mode.READ:
                raise StatementError(f"statement {name} is no read")
            one.check({**given, "allowed": None})
            params |= {f"{parameter}_{place}": value for parameter, value in given.items()}
        text = several(tuple(name for name, _ in asked))
        (row,) = self._query(chosen[0].name, text, params, self.timeout_s)
        return [
            [dict(zip(one.columns, values, strict=True)) for values in row[f"rows_{place}"]]
            for place, one in enumerate(chosen)
        ]

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
        with self._session(fetch_size=5_000) as session:
            for record in session.run(neo4j.Query(chosen.text, metadata={"statement": name}), dict(params)):
                yield dict(record)

    def write(self, work: Callable[[Transaction], T]) -> T:
        """What `work` returns, committed; retried as a whole on faults that may pass, so it must be repeatable.

        Raises TransientError at once where it is too large for the server's memory: another try would be as large.
        """

        def attempt(transaction: neo4j.ManagedTransaction) -> T:
            try:
                return work(Transaction(transaction))
            except Neo4jError as error:
                if error.code in TOO_LARGE:
                    raise of_server(error) from error
                raise

        with self._session() as session, collector_off():
            return session.execute_write(attempt)

    def look(self, work: Callable[[Transaction], T]) -> T:
        """What `work` returns of a transaction that only reads; retried as a whole on faults that may pass.

        Who looks for a viewer hands what that one is allowed to every statement himself.
        """

        def attempt(transaction: neo4j.ManagedTransaction) -> T:
            return work(Transaction(transaction))

        timed = neo4j.unit_of_work(timeout=self.timeout_s)(attempt)
        with self._session() as session:
            return session.execute_read(timed)

    def jot(self, name: str, /, **params: Any) -> None:  # noqa: ANN401
        """Run a write statement once, without another try where the database is gone."""
        chosen = statement(name)
        chosen.check(params)
        with self._session() as session:
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
        with translated(self.connection.uri):
            session = self._new_session()
            try:
                yield Transaction(session.begin_transaction(timeout=timeout_s))
            finally:
                # Closing the session rolls back what is open in it.
                with suppress(DriverError, Neo4jError):
                    session.close()

    def run_schema(self, texts: Iterable[LiteralString]) -> None:
        """Run schema commands, each in a transaction of its own."""
        with self._session() as session:
            for text in texts:
                session.run(text).consume()

    def create_indexes(self, texts: Iterable[LiteralString]) -> None:
        """Run commands that create indexes, in one transaction: the database then fills them all in one scan."""
        with self._session() as session, session.begin_transaction() as transaction:
            for text in texts:
                transaction.run(text).consume()
            transaction.commit()

    def explain(self, text: LiteralString, params: Mapping[str, Any]) -> dict[str, Any]:
        """The plan of a statement, as the driver gives it, without running it."""
        with self._session() as session:
            plan = session.run("EXPLAIN " + text, dict(params)).consume().plan
            return plan or {}

    def _ask(self, chosen: Statement, params: Mapping[str, Any], timeout_s: float | None) -> Rows:
        chosen.check(params)
        return self._query(chosen.name, chosen.text, params, timeout_s)

    def _query(self, name: str, text: LiteralString, params: Mapping[str, Any], timeout_s: float | None) -> Rows:
        # Auto-commit: one round trip less than a managed read (0.44 against 0.80 ms), so the retry is ours.
        query = neo4j.Query(text, metadata={"statement": name}, timeout=_left(timeout_s))
        try:
            return self._rows(query, params)
        except TransientError as error:
            if not _may_pass(error):
                raise
        for attempt in stamina.retry_context(
            on=_may_pass, attempts=_ATTEMPTS - 1, wait_initial=0.05, wait_max=0.5, timeout=3.0
        ):
            with attempt:
                return self._rows(query, params)
        raise Unreachable("no answer")  # pragma: no cover - the retry context raises before

    def _rows(self, query: neo4j.Query, params: Mapping[str, Any]) -> Rows:
        readers = self._readers
        with translated(self.connection.uri):
            session = readers.pop() if readers else self._new_session(default_access_mode=neo4j.READ_ACCESS)
            try:
                result = session.run(query, dict(params))
                columns = result.keys()
                rows = [dict(zip(columns, record, strict=True)) for record in result]
            except BaseException:
                with suppress(DriverError, Neo4jError):
                    session.close()
                raise
        readers.append(session)
        return rows


def _may_pass(error: Exception) -> bool:
    """Whether the same read may do better at once; one that took too long takes as long again."""
    return isinstance(error, TransientError) and not isinstance(error, TimedOut)


def _driver(connection: Connection) -> neo4j.Driver:
    try:
        return neo4j.GraphDatabase.driver(
            connection.uri,
            auth=(connection.user, connection.password),
            connection_timeout=3.0,
            connection_acquisition_timeout=5.0,
            max_transaction_retry_time=15.0,
            notifications_min_severity="OFF",
            # Else every read sends a message more, about the driver.
            telemetry_disabled=True,
            user_agent="polegraph",
        )
    except (ConfigurationError, ValueError) as error:
        raise BadInput(
            f"POLEGRAPH_NEO4J_URI {connection.uri!r}: {error}; write bolt://host:7687 or neo4j://host"
        ) from None
