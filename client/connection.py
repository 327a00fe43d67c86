"""The client: every question of the API as a method, documents of one's own, networks, watching, files."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar, cast

import orjson

from client.answer import Connection, CutWarning, Reader, Told
from client.document import digest, document, reads, selecting, variables
from client.error import TryLater, Unreachable, error_of
from client.made.answer import Mutation, Query
from client.made.choice import NetworkFormat
from client.made.question import Questions
from client.network import NETWORK, graph_of, node_link_graph
from client.stream import Event, events, lines
from client.transport import TIMEOUT_S, Caller, Transport

if TYPE_CHECKING:
    import networkx as nx

T = TypeVar("T")
# A stream says something every quarter of a minute, if only a comment.
_STREAM_TIMEOUT_S = (5.0, 60.0)
_PIECE = 1 << 16
EVENTS = "text/event-stream"


class Client(Questions):
    """A client of one server, for one caller; use it as a context, or close it. Threads may share it.

    `url` is the server's address, `token` an access token or API key or what gives one (it is asked before every
    request), `purpose` why it is asked (`INVESTIGATION`, ...) with a `reference` where there is one, `markings` what to
    look as where the server knows nobody. `timeout_s` is for connecting and for waiting; what only reads is asked at
    most `attempts` times where the server says to try later or the connection is lost. `verify` is as requests has it:
    the file of a certificate authority. With `persisted` questions are asked by the digests of their documents, for an
    installation that trusts only those in `client.DOCUMENTS`.

    Every method raises ApiError, by code, for an answer with errors, and Unreachable where there is none.
    """

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        *,
        token: str | Callable[[], str] | None = None,
        purpose: str | None = None,
        reference: str | None = None,
        markings: str | None = None,
        timeout_s: tuple[float, float] = TIMEOUT_S,
        attempts: int = 4,
        verify: bool | str = True,
        persisted: bool = False,
    ) -> None:
        self._transport = Transport(url, timeout_s=timeout_s, attempts=attempts, verify=verify)
        self._caller = Caller(token, purpose, reference, markings)
        self._persisted = persisted

    @property
    def url(self) -> str:
        """The server's address."""
        return self._transport.url

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def for_purpose(self, purpose: str, reference: str | None = None) -> Self:
        """The same client, asking for another reason; it shares the connections."""
        other = copy(self)
        told = self._caller
        other._caller = Caller(told.token, purpose, reference, told.markings)
        return other

    def ask(self, text: str, given: Mapping[str, Any] | None = None, *, operation: str | None = None) -> Query:
        """The answer to a document of one's own; select `__typename` where a thing may be of several kinds."""
        content, told = self._content({"query": text, "operationName": operation}, given or {}, again=reads(text))
        return Query(content["data"], told)

    def change(self, text: str, given: Mapping[str, Any] | None = None) -> Mutation:
        """The answer to a document that changes something; it is sent once, whatever happens."""
        content, told = self._content({"query": text}, given or {}, again=False)
        return Mutation(content["data"], told)

    def ask_kept(self, name: str, given: Mapping[str, Any] | None = None, *, again: bool = True) -> Query:
        """The answer to a document that the installation keeps, by its file's name or `sha256:` and its digest.

        With `again` it is taken for one that only reads.
        """
        content, told = self._content({"documentId": name}, given or {}, again=again)
        return Query(content["data"], told)

    def network(self, ids: Sequence[str], **given: Any) -> nx.MultiDiGraph:  # noqa: ANN401 - as `expand` has them
        """The network around things, as `expand` has it with all its arguments, for networkx (see `graph_of`)."""
        return graph_of(self.expand(ids, **given, select=NETWORK))

    def take_network(self, ids: Sequence[str], **given: Any) -> nx.MultiDiGraph:  # noqa: ANN401 - the same
        """The network that `exportNetwork` gives, with the properties of all things: on record as a disclosure."""
        return node_link_graph(self.export_network(ids, **given, format=NetworkFormat.NODE_LINK))

    def export(
        self,
        format_: str,
        to: str | PathLike[str],
        *,
        ids: Sequence[str] = (),
        hops: int | None = None,
        kinds: Sequence[str] = (),
    ) -> Path:
        """The file of an export (`csv`, `ndjson`, `graphml`, `ftm`), written while it comes; all, or a network.

        A file that broke off is not kept. Raises FileExistsError where there is one already.
        """
        out = Path(to)
        parameters = {"id": list(ids), "kind": list(kinds), "hops": hops}
        with (
            _written(out) as file,
            self._transport.sent(
                self._caller, "GET", f"/exports/{format_}", parameters=parameters, accept="*/*", stream=True
            ) as response,
        ):
            self._transport.check(response)
            for piece in response.iter_content(_PIECE):
                file.write(piece)
        return out

    def _question(
        self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T], *, again: bool = True
    ) -> T:
        content, told = self._content(self._body(name, select), given, again=again)
        found = read(content["data"][name], told)
        if isinstance(found, Connection):
            found.again = lambda after: cast("Any", self._question(name, {**given, "after": after}, select, read))
        return found

    def _change(self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T]) -> T:
        return self._question(name, given, select, read, again=False)

    def _watch(self, name: str, given: Mapping[str, Any], select: str | None, read: Reader[T]) -> Iterator[T]:
        """Asks again, with a token of then, where the stream ends or breaks off, until it is told to be complete."""
        body = self._body("watch" + name[:1].upper() + name[1:], select) | {"variables": variables(given)}
        lost = 0
        while True:
            try:
                for event in self._events(body):
                    if event.name == "complete":
                        return
                    content = orjson.loads(event.data)
                    if content.get("errors"):
                        raise error_of(content["errors"], request_id=None, status=200, partial=content.get("data"))
                    lost = 0
                    yield read(content["data"][name], self._told(content, None, given))
            except (TryLater, Unreachable) as error:
                lost += 1
                if lost >= self._transport.attempts:
                    raise
                time.sleep(getattr(error, "retry_after", None) or 2.0**lost / 2)

    def _events(self, body: Mapping[str, Any]) -> Iterator[Event]:
        with self._transport.sent(
            self._caller, "POST", "/graphql", body, accept=EVENTS, stream=True, timeout_s=_STREAM_TIMEOUT_S
        ) as response:
            self._transport.check(response)
            yield from events(lines(response.iter_content(None)))

    def _body(self, name: str, select: str | None) -> dict[str, Any]:
        if select is not None:
            if self._persisted:
                raise ValueError("select: with `persisted` a question is asked as its document has it")
            return {"query": selecting(name, select)}
        return {"documentId": digest(name)} if self._persisted else {"query": document(name)}

    def _content(
        self, body: Mapping[str, Any], given: Mapping[str, Any], *, again: bool
    ) -> tuple[dict[str, Any], Told]:
        whole = {**body, "variables": variables(given)}
        content, request_id = self._transport.ask(self._caller, whole, again=again)
        return content, self._told(content, request_id, given)

    @staticmethod
    def _told(content: Mapping[str, Any], request_id: str | None, given: Mapping[str, Any]) -> Told:
        told = Told.of(content.get("extensions") or {}, request_id)
        # Whoever says how many they want knows that there may be more.
        if told.truncated and given.get("first") is None:
            cuts = "; ".join(
                f"{cut['field']}: {cut['suppressed']} left out ({cut['reason']})" for cut in told.truncated
            )
            warnings.warn(f"the answer was cut: {cuts}", CutWarning, stacklevel=4)
        return told


@contextmanager
def _written(out: Path) -> Iterator[BinaryIO]:
    """A new file, which is taken away again where it is not finished."""
    with out.open("xb") as file:
        try:
            yield file
        except BaseException:
            out.unlink(missing_ok=True)
            raise
