"""Requests to the API: who asks and why, waiting, asking again what only reads, and errors by their code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson
import requests
import stamina

from client.error import TryLater, Unreachable, error_of

T = TypeVar("T")
# The server ends an operation after 30 s and says so; a little more, and nobody is there.
TIMEOUT_S = (5.0, 40.0)
_LONGEST_WAIT_S = 30.0
_REQUEST_ID = "X-Request-Id"
_BROKEN = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and why.

    `token` is an access token or an API key, or gives one whenever one is needed. `markings` is what to look as, where
    the server knows nobody (`POLEGRAPH_AUTH=none`).
    """

    token: str | Callable[[], str] | None = field(default=None, repr=False)
    purpose: str | None = None
    reference: str | None = None
    markings: str | None = None

    def headers(self) -> dict[str, str]:
        """What says so in a request."""
        token = self.token() if callable(self.token) else self.token
        why = "; ".join(part for part in (self.purpose, self.reference) if part)
        told = {
            "Authorization": None if token is None else f"Bearer {token}",
            "X-Purpose": why or None,
            "X-Viewer-Markings": self.markings,
        }
        return {name: value for name, value in told.items() if value is not None}


class Transport:
    """Connections to one server, kept open; several threads may share it."""

    def __init__(
        self, url: str, *, timeout_s: tuple[float, float] = TIMEOUT_S, attempts: int = 4, verify: bool | str = True
    ) -> None:
        self.url = url.rstrip("/")
        self.attempts = attempts
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.verify = verify

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def ask(self, caller: Caller, body: Mapping[str, Any], *, again: bool) -> tuple[dict[str, Any], str | None]:
        """The answer to an operation as it came, and what the server calls the request.

        With `again` it is asked again, at most `attempts` times in all, where the server says to try later (after
        `Retry-After`) or the connection was refused or lost. Raises ApiError for an answer with errors, Unreachable
        where there is none.
        """
        return self.patiently(lambda: self._once(caller, body), again=again)

    def patiently(self, once: Callable[[], T], *, again: bool) -> T:
        """What is done once, or where it may be done again, in a while."""
        found: list[T] = []
        for attempt in stamina.retry_context(_when, attempts=self.attempts if again else 1, timeout=None):
            with attempt:
                found.append(once())
        return found[0]

    def _once(self, caller: Caller, body: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
        with self.sent(caller, "POST", "/graphql", body) as response:
            content = _json(response)
        request_id = response.headers.get(_REQUEST_ID)
        if errors := content.get("errors"):
            raise error_of(
                errors,
                request_id=request_id,
                status=response.status_code,
                partial=content.get("data"),
                retry_after=_retry_after(response),
            )
        return content, request_id

    @contextmanager
    def sent(
        self,
        caller: Caller,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        parameters: Mapping[str, Any] | None = None,
        accept: str = "application/json",
        stream: bool = False,
        timeout_s: tuple[float, float] | None = None,
    ) -> Iterator[requests.Response]:
        """The response to a request, whatever its status; raises Unreachable where none comes or it breaks off."""
        headers = {"Accept": accept, **caller.headers()}
        data = None if body is None else orjson.dumps(body)
        if data is not None:
            headers["Content-Type"] = "application/json"
        try:
            with self._session.request(
                method,
                self.url + path,
                params=parameters,
                data=data,
                headers=headers,
                timeout=timeout_s or self._timeout_s,
                stream=stream,
                allow_redirects=False,
            ) as response:
                yield response
        except _BROKEN as error:
            raise _Lost(f"{self.url} does not answer: {type(error).__name__}") from error
        except requests.Timeout as error:
            raise Unreachable(f"{self.url} does not answer in time: {type(error).__name__}") from error

    def check(self, response: requests.Response) -> None:
        """Nothing; raises ApiError for a response that is an error, Unreachable for one that is none of this API's."""
        if response.ok:
            return
        errors = _json(response).get("errors") or [{"message": f"status {response.status_code}"}]
        request_id = response.headers.get(_REQUEST_ID)
        raise error_of(errors, request_id=request_id, status=response.status_code, retry_after=_retry_after(response))


class _Lost(Unreachable):
    """No connection, or one that broke off: what only reads may be asked again at once."""


def _when(error: Exception) -> bool | float:
    """Whether to ask again, or after how many seconds."""
    if isinstance(error, TryLater):
        return True if error.retry_after is None else error.retry_after
    return isinstance(error, _Lost)


def _json(response: requests.Response) -> dict[str, Any]:
    try:
        content = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        content = None
    if not isinstance(content, dict):
        said = response.text.strip()[:100]
        raise Unreachable(f"{response.url} is no API of polegraph: status {response.status_code}, {said!r}")
    return content


def _retry_after(response: requests.Response) -> float | None:
    """Seconds; of a date, which this API does not send, nothing."""
    told = response.headers.get("Retry-After", "")
    return min(float(told), _LONGEST_WAIT_S) if told.isdigit() else None
