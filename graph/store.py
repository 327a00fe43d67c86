"""The store: the one way to the database. Reads take a Viewer; writes are retried when the fault may pass."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, LiteralString, TypeVar

import neo4j
import stamina
from neo4j.exceptions import DriverError, Neo4jError

from graph.collector import collector_off
from graph.deadline import left
from graph.driver import PATIENT, Patience, brisk, open_driver
from graph.errors import TimedOut, TransientError, Unreachable
from graph.fault import TOO_LARGE, of_server, translated
from graph.managed.instance import Connection
from graph.pulse import Pulse
from graph.settings import SILENCE_S
from graph.statements import Mode, Statement, StatementError, several, statement
from security.viewer import Viewer

T = TypeVar("T")
Rows = list[dict[str, Any]]
_ATTEMPTS = 3
# What a transaction touches beyond this is everything; so many transactions before it are on record.
MOST_TOUCHED = 5_000
_KEPT = 1_000


class Transaction:
    """A write transaction, asked by statement name or by text that the model generated."""

    def __init__(self, transaction: neo4j.Transaction) -> None:
        self._transaction = transaction
        self._touched: set[str] | None = set()

    def touch(self, ids: Iterable[str]) -> None:
        """Say that these things, or links that start or end at them, are not as they were before.

        Whoever writes or deletes a link names where it starts; what is read ahead of questions is kept fresh by that.
        """
        if self._touched is not None:
            self._touched.update(ids)

    def touch_all(self) -> None:
        """Say that anything may have changed, and forget the ids of what changed before."""
        self._touched = None

    def note_touched(self) -> None:
        """Put on record in the same transaction what was touched, if anything was."""
        ids = self._touched
        if ids is None or len(ids) > MOST_TOUCHED:
            self.run("network/touched_all")
        elif ids:
            self.run("network/touched", ids=sorted(ids), kept=_KEPT)

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
        self,
        connection: Connection,
        *,
        timeout_s: float = 10.0,
        silence_s: float = SILENCE_S,
        reconnect: Callable[[], Connection] | None = None,
    ) -> None:
        self.timeout_s = timeout_s
        self._brisk = brisk(silence_s)
        self._reconnect = reconnect
        self._pulse: Pulse | None = None
        # Whoever reads after a commit of this process reads what it wrote, whichever member of a cluster answers.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        self._open_driver(connection, PATIENT)

    def _open_driver(self, connection: Connection, patience: Patience) -> None:
        self.connection = connection
        self._patience = patience
        self._driver = open_driver(connection, patience)
        # Readers' sessions, used again: making one costs the driver a tenth of a small question.
        self._readers: deque[neo4j.Session] = deque()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Let nobody wait for a database that does not answer, as long as the context lasts.

        Whoever waits for it then is told so by Unreachable (within two seconds, by the default of `silence_s`), whoever
        comes meanwhile at once; it is asked again within a second of its return.
        """
        if self._pulse is not None:
            yield
            return
        before = self._driver
        self._open_driver(self.connection, self._brisk)
        pulse = self._pulse = Pulse(self.connection, self._brisk, partial(self._renew, self._brisk))
        try:
            yield
        finally:
            self._pulse = None
            pulse.end()
            self._renew(PATIENT)
            # Not before: whoever was at work when this began has gone on with it.
            before.close()

    def _renew(self, patience: Patience) -> None:
        """Take new connections; whoever waits at an old one meets its end."""
        before = self._driver
        self._open_driver(self.connection, patience)
        # Threads may be at work with its connections, and what the driver raises then is of every kind.
        with suppress(Exception):
            before.close()

    @property
    def _silent(self) -> bool:
        return self._pulse is not None and self._pulse.silent

    def _refuse_silent(self) -> None:
        if self._silent:
            raise Unreachable(
                f"the database at {self.connection.uri} does not answer now: try again in a second; "
                "where that lasts, whoever runs it sees why by `polegraph doctor`",
                outward="the database does not answer now: try again in a second; "
                "where that lasts, whoever runs it sees why by `polegraph doctor`",
            )

    def _new_session(self, **options: Any) -> neo4j.Session:  # noqa: ANN401 - what the driver takes
        self._refuse_silent()
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
            self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
            self._open_driver(found, PATIENT)

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

        def attempt(transaction: Transaction) -> T:
            try:
                done = work(transaction)
                transaction.note_touched()
                return done
            except Neo4jError as error:
                if error.code in TOO_LARGE:
                    raise of_server(error) from error
                raise

        with collector_off():
            return self._transact(neo4j.WRITE_ACCESS, attempt)

    def look(self, work: Callable[[Transaction], T]) -> T:
        """What `work` returns of a transaction that only reads; retried as a whole on faults that may pass.

        Who looks for a viewer hands what that one is allowed to every statement himself.
        """
        return self._transact(neo4j.READ_ACCESS, work, self.timeout_s)

    def _transact(self, access: str, work: Callable[[Transaction], T], timeout_s: float | None = None) -> T:
        # As the driver's managed transactions, which open a new connection after every fault, and wait for it: nobody
        # is to wait for a database that is known to be silent.
        with translated(self.connection.uri):
            for attempt in stamina.retry_context(
                on=self._may_pass_again,
                attempts=None,
                timeout=self._patience.transaction_s,
                wait_initial=0.5,
                wait_max=5.0,
            ):
                with (
                    attempt,
                    self._new_session(default_access_mode=access) as session,
                    session.begin_transaction(timeout=timeout_s) as transaction,
                ):
                    done = work(Transaction(transaction))
                    transaction.commit()
                    return done
        raise Unreachable("no answer")  # pragma: no cover - the retry context raises before

    def _may_pass_again(self, error: Exception) -> bool:
        return isinstance(error, (DriverError, Neo4jError)) and error.is_retryable() and not self._silent

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
        def query() -> neo4j.Query:
            return neo4j.Query(text, metadata={"statement": name}, timeout=left(timeout_s))

        try:
            return self._rows(query(), params)
        except TransientError as error:
            if not self._may_pass(error):
                raise
        for attempt in stamina.retry_context(
            on=self._may_pass, attempts=_ATTEMPTS - 1, wait_initial=0.05, wait_max=0.5, timeout=3.0
        ):
            with attempt:
                return self._rows(query(), params)
        raise Unreachable("no answer")  # pragma: no cover - the retry context raises before

    def _may_pass(self, error: Exception) -> bool:
        """Whether the same read may do better at once; one that took too long takes as long again."""
        return isinstance(error, TransientError) and not isinstance(error, TimedOut) and not self._silent

    def _rows(self, query: neo4j.Query, params: Mapping[str, Any]) -> Rows:
        self._refuse_silent()
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
        if self._pulse is not None:
            self._pulse.heard()
        return rows
