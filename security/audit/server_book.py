"""The log in PostgreSQL, which several hosts write at once: one chain, each commit durable before it returns.

A commit takes two round trips: the lock with the last hash, and the entries with COMMIT. The lock is an advisory one,
because whoever may only insert may lock neither the table nor a row.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString

from security.audit.book import CHUNK, AuditError, AwayError, Row
from security.audit.chain import GENESIS, Link

if TYPE_CHECKING:
    # A quarter of a second of every command otherwise, which only those with a server would need.
    from psycopg import Connection, Cursor

# So long a host that is silent in its turn is waited for, milliseconds.
_SILENT_MS = 30_000
# So long an answer of the server is waited for, and others in their turn; seconds.
WAIT_S = 10.0
# The server's own words for what it waited for come before ours.
_SLACK_S = 1.0
_LOCK = "SELECT pg_advisory_xact_lock(1886350437, 'polegraph_audit.entry'::regclass::oid::int4)"
_LAST = "SELECT seq, hash FROM polegraph_audit.entry ORDER BY seq DESC LIMIT 1"
_BEGIN: LiteralString = f"BEGIN; {_LOCK}; {_LAST}"
_ADD = (
    "INSERT INTO polegraph_audit.entry (seq, body, hash) "
    "SELECT * FROM unnest(%b::int8[], %b::bytea[], %b::bytea[]) AS given (seq, body, hash) ORDER BY seq"
)
_HASH = "SELECT hash FROM polegraph_audit.entry WHERE seq = %s"
_PROBE = "INSERT INTO polegraph_audit.probe (one, at) VALUES (1, %s) ON CONFLICT (one) DO UPDATE SET at = excluded.at"
# A page is asked for by its numbers, so that it can be before the one before it has come. The server would sort it.
_PAGE: LiteralString = "SELECT seq, body, hash FROM polegraph_audit.entry WHERE seq"
_UP: LiteralString = f"{_PAGE} BETWEEN %s AND %s ORDER BY seq LIMIT %s"
_DOWN: LiteralString = f"{_PAGE} BETWEEN %s AND %s ORDER BY seq DESC LIMIT %s"
_IN_ORDER = "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_seqscan = off"
_NEXT_UP = "SELECT min(seq) FROM polegraph_audit.entry WHERE seq >= %s"
_NEXT_DOWN = "SELECT max(seq) FROM polegraph_audit.entry WHERE seq <= %s"
_AT: LiteralString = f"{_PAGE} = ANY(%s) ORDER BY seq DESC"
_IS = "SELECT to_regclass('polegraph_audit.entry') IS NOT NULL"
_SURE = "SELECT current_setting('fsync') = 'on', current_setting('synchronous_commit')"
_RIGHTS = (
    "SELECT current_user, "
    "has_table_privilege('polegraph_audit.entry', 'UPDATE, DELETE, TRUNCATE, TRIGGER') "
    "OR pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'polegraph_audit.entry'::regclass), 'USAGE')"
)
SCHEMA = Path(__file__).with_name("server_book.sql")
_ITEMS = 4_000


@dataclass(frozen=True, slots=True)
class _Way:
    """Up or down the numbers: the statement of a page, of the nearest number that there is, and plus or minus one."""

    page: LiteralString
    nearest: LiteralString
    step: int


class _ServerTurn:
    def __init__(self, connection: Connection[Any], last: tuple[int, bytes]) -> None:
        self.last = last
        self._connection = connection
        self._links: list[Link] = []

    def hash_of(self, seq: int) -> bytes | None:
        row = self._connection.execute(_HASH, (seq,)).fetchone()
        return None if row is None else bytes(row[0])

    def add(self, links: Sequence[Link]) -> None:
        """Hand them over with the commit; where there are very many, some before it."""
        self._links += links
        if len(self._links) > CHUNK:
            self._insert()

    def probe(self, at: float) -> None:
        self._connection.execute(_PROBE, (at,))

    def commit(self) -> None:
        with self._connection.pipeline():
            if self._links:
                self._insert()
            self._connection.execute("COMMIT")

    def _insert(self) -> None:
        links, self._links = self._links, []
        given = [link.seq for link in links], [link.body for link in links], [link.hash for link in links]
        self._connection.execute(_ADD, given)


class ServerBook:
    """The table `polegraph_audit.entry` of a database; made on the first opening by whoever may make it."""

    shared = True

    def __init__(self, url: str, password: str | None = None, wait_s: float = WAIT_S) -> None:
        """Raise AuditError for an address that is none; nothing is opened yet.

        `wait_s`: after so long without an answer the server is taken for away.
        """
        from psycopg import ProgrammingError, conninfo

        try:
            given = conninfo.conninfo_to_dict(url)
        except ProgrammingError:
            # What the driver says would repeat the address, and the password in it.
            raise AuditError("this is no address of a PostgreSQL: postgresql://USER@HOST/DATABASE") from None
        own: dict[str, Any] = {} if password is None else {"password": password}
        self._wait_s = wait_s
        # No statement_timeout: what that ends while a standby is waited for is told as kept, without the standby.
        waits = f"-c lock_timeout={wait_s * 1000:.0f} -c idle_in_transaction_session_timeout={_SILENT_MS}"
        self._given: dict[str, Any] = {
            "connect_timeout": ceil(wait_s),
            "target_session_attrs": "read-write",
            "tcp_user_timeout": int(wait_s * 1000),
            "keepalives_idle": 5,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "application_name": "polegraph audit",
            **given,
            **own,
            "options": f"{given.get('options', '')} {waits}".strip(),
        }
        self._where = str(given.get("host") or given.get("hostaddr") or "")
        name = given.get("dbname") or given.get("user") or ""
        port = f":{given['port']}" if given.get("port") else ""
        self._place = f"postgresql://{self._where}{port}/{name}"
        self._connection: Connection[Any] | None = None

    @property
    def place(self) -> str:
        """The server and the database."""
        return self._place

    def exists(self) -> bool:
        """Whether the table is there; raises AwayError where the server does not answer."""
        with self._translated(), self._opened() as connection:
            return self._is_made(connection)

    @contextmanager
    def writing(self) -> Iterator[_ServerTurn]:
        """A turn; whoever else writes, on whatever host, waits for its end."""
        with self._translated():
            try:
                turn = self._begin()
                yield turn
                turn.commit()
            except BaseException:
                # Takes back what was not committed; the next one opens it anew.
                self.close()
                raise

    def probe(self, at: float) -> None:
        """Nothing, where an entry could be kept now."""
        with self.writing() as turn:
            turn.probe(at)

    def rows(self, first: int = 1) -> Iterator[Row]:
        """The entries from a number on, all of one moment."""
        return self._stream(_Way(_UP, _NEXT_UP, 1), first)

    def rows_before(self, before: int) -> Iterator[Row]:
        """The entries below a number, the last first, all of one moment."""
        return self._stream(_Way(_DOWN, _NEXT_DOWN, -1), before - 1)

    def rows_at(self, seqs: Iterable[int]) -> Iterator[Row]:
        """The entries of these numbers, the last first."""
        given = iter(seqs)
        with self._translated(), self._opened() as connection, connection.cursor(binary=True) as cursor:
            while some := list(islice(given, _ITEMS)):
                yield from cursor.execute(_AT, (some,)).fetchall()

    def warnings(self) -> list[str]:
        """What the account may do beyond adding, and whether others can read what goes over the wire."""
        with self._translated(), self._opened() as connection:
            row = connection.execute(_RIGHTS).fetchone()
            told = []
            if row is not None and row[1]:
                told.append(f"its account {row[0]} could change entries: grant it no more than docs/audit.md says")
            if not (connection.pgconn.ssl_in_use or self._is_near(connection)):
                told.append("the way to it is not encrypted: add ?sslmode=verify-full")
            return told

    def close(self) -> None:
        """Let go of the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _begin(self) -> _ServerTurn:
        from psycopg import OperationalError

        kept = self._connection is not None
        try:
            return self._begun()
        except OperationalError:
            # A connection that was good may be none any more, as after the server was started anew; nothing was
            # written by it yet.
            if not kept or (self._connection is not None and not self._connection.closed):
                raise
            self.close()
            return self._begun()

    def _begun(self) -> _ServerTurn:
        if self._connection is None:
            self._connection = self._to_write()
        cursor = self._connection.execute(_BEGIN)
        while cursor.nextset():
            pass
        row = cursor.fetchone()
        return _ServerTurn(self._connection, (0, GENESIS) if row is None else (row[0], bytes(row[1])))

    def _to_write(self) -> Connection[Any]:
        connection = self._connect()
        try:
            sure, commit = connection.execute(_SURE).fetchone() or (False, "off")
            if not sure:
                raise AuditError(f"audit log {self.place}: the server has fsync off, so no entry would be durable")
            if commit in ("off", "local"):
                # `local` does not wait for the standbys that the server was told to wait for; `off` for no disk.
                connection.execute("SET synchronous_commit = on")
            if not self._is_made(connection):
                connection.execute(SCHEMA.read_text("utf-8").encode())
        except BaseException:
            connection.close()
            raise
        return connection

    def _is_made(self, connection: Connection[Any]) -> bool:
        return connection.execute(_IS).fetchone() == (True,)

    def _is_near(self, connection: Connection[Any]) -> bool:
        address = connection.info.hostaddr
        return not address or address.startswith("127.") or address == "::1"

    def _connect(self) -> Connection[Any]:
        import psycopg

        try:
            connection = psycopg.connect(**self._given, autocommit=True)
            # The driver waits without limit for a server whose process stands still.
            connection.wait = partial(connection.wait, timeout=self._wait_s + _SLACK_S)  # type: ignore[method-assign]
            return connection
        except psycopg.OperationalError as error:
            raise AwayError(f"audit log {self.place}: {_line(error)}") from None

    @contextmanager
    def _opened(self) -> Iterator[Connection[Any]]:
        """A connection of its own: what is read does not wait for what is written."""
        connection = self._connect()
        try:
            yield connection
        finally:
            with suppress(Exception):
                connection.close()

    def _stream(self, way: _Way, number: int) -> Iterator[Row]:
        from psycopg import IsolationLevel

        with self._translated(), self._opened() as connection:
            connection.isolation_level = IsolationLevel.REPEATABLE_READ
            with (
                connection.transaction(),
                connection.cursor(binary=True) as cursor,
                closing(self._pages(cursor, way, number)) as pages,
            ):
                connection.execute(_IN_ORDER)
                for page in pages:
                    yield from page

    def _pages(self, cursor: Cursor[Any], way: _Way, number: int) -> Generator[list[Row]]:
        """Page after page; the server makes the next while the caller looks at one, but for the first, often enough."""
        with ThreadPoolExecutor(1) as ahead:
            at = self._nearest(cursor, way, number)
            coming: Future[list[Row]] | None = None
            while at is not None:
                page = self._page(cursor, way, at) if coming is None else coming.result()
                at += way.step * _ITEMS
                if not page:
                    # Where somebody took very many away the numbers between are passed over.
                    at, coming = self._nearest(cursor, way, at), None
                    continue
                if coming is None:
                    yield page
                    page = self._page(cursor, way, at)
                    at += way.step * _ITEMS
                coming = ahead.submit(self._page, cursor, way, at)
                yield page

    def _nearest(self, cursor: Cursor[Any], way: _Way, number: int) -> int | None:
        found = cursor.execute(way.nearest, (number,)).fetchone()
        return None if found is None else found[0]

    def _page(self, cursor: Cursor[Any], way: _Way, at: int) -> list[Row]:
        low, high = sorted((at, at + way.step * (_ITEMS - 1)))
        page: list[Row] = cursor.execute(way.page, (low, high, 2 * _ITEMS)).fetchall()
        if len(page) == 2 * _ITEMS:
            raise AuditError(f"audit log {self.place}: entries from {low} to {high} are there very often")
        return page

    @contextmanager
    def _translated(self) -> Iterator[None]:
        from psycopg import Error

        try:
            yield
        except (Error, OSError) as error:
            raise AuditError(f"audit log {self.place}: {_line(error)}") from None


def _line(error: Exception) -> str:
    """What went wrong, in one line; the driver's texts have more, and never a password."""
    return " ".join(str(error).split())
