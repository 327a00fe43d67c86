"""A played day on its way: messages to the intake of a running server, when they are due."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
import requests

from graph.errors import BadInput, PolegraphError, Unreachable
from loaders.world.day import Day, Message

_AT_ONCE = 500
_TIMEOUT_S = 60.0
# A server that is away, or has too much to do, is waited for.
_PATIENCE_S = 180.0
_PAUSE_S = 0.5
_LOOK_S = 0.2
_LATER = (429, 503)


class Sender:
    """A session with a server. `counts`: what became of the messages so far."""

    def __init__(self, url: str, token: str | None, purpose: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        self._session.headers["X-Purpose"] = purpose
        if token is not None:
            self._session.headers["Authorization"] = f"Bearer {token}"
        self.counts: Counter[str] = Counter()
        self.stopped = threading.Event()

    def send(self, messages: Iterable[Message]) -> None:
        """Send messages, those of one file together; raises where the server refuses them, or has long been away."""
        files: dict[tuple[str, str], list[Message]] = defaultdict(list)
        for message in messages:
            files[message.source, message.file].append(message)
        for (source, file), some in files.items():
            for begin in range(0, len(some), _AT_ONCE):
                self._send(source, file, some[begin : begin + _AT_ONCE])

    def _send(self, source: str, file: str, messages: Sequence[Message]) -> None:
        body = b"".join(orjson.dumps(message.row, option=orjson.OPT_APPEND_NEWLINE) for message in messages)
        answer = self._post(f"/intake/{source}?file={file}", body, "application/x-ndjson")
        told = _json(answer)
        if answer.status_code not in (200, 422) or "loaded" not in told:
            raise PolegraphError(f"{self._url} takes no messages of {source}: {_why(answer, told)}")
        self.counts.update({name: told[name] for name in ("loaded", "unchanged", "rejected")})

    def ask(self, query: str, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """The data of an answer; raises PolegraphError where there are errors in it."""
        body = orjson.dumps({"query": query, "variables": variables})
        answer = self._post("/graphql", body, "application/json")
        told = _json(answer)
        if "data" not in told or told.get("errors"):
            raise PolegraphError(f"{self._url} does not answer: {_why(answer, told)}")
        data: Mapping[str, Any] = told["data"]
        return data

    def _post(self, path: str, body: bytes, kind: str) -> requests.Response:
        """The answer; where the server is away or busy it is sent again: a message sent twice changes nothing."""
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                answer = self._session.post(
                    f"{self._url}{path}", data=body, headers={"Content-Type": kind}, timeout=_TIMEOUT_S
                )
            except requests.ConnectionError as error:
                if time.monotonic() > until or self.stopped.is_set():
                    raise Unreachable(f"{self._url} does not answer: is it served there?") from error
            except requests.RequestException as error:
                raise BadInput(f"--url {self._url}: {error}") from None
            else:
                if answer.status_code not in _LATER or time.monotonic() > until or self.stopped.is_set():
                    return answer
            self.stopped.wait(_PAUSE_S)


class Player:
    """Sends a day's messages when they are due: `speed` seconds of the day in one, 0: as fast as they are taken."""

    def __init__(self, day: Day, sender: Sender, speed: float, from_hour: float) -> None:
        self._day, self._sender, self._speed = day, sender, speed
        self._messages = day.after(from_hour)
        self._since = day.given.begin + round(from_hour * 3_600)
        self.sent = 0
        self.lag_s = 0.0

    @property
    def total(self) -> int:
        """How many messages there are to be sent."""
        return len(self._messages)

    @property
    def hour(self) -> float:
        """Hours into the day by which all was sent."""
        if self.sent == 0:
            return (self._since - self._day.given.begin) / 3_600
        return (self._messages[self.sent - 1].at - self._day.given.begin) / 3_600

    def play(self, begun: float) -> Iterable[int]:
        """How many were sent, after each sending, until all are or the sender is stopped; it begins at `begun`."""
        while self.sent < self.total and not self._sender.stopped.is_set():
            due = self._due(begun)
            if due > self.sent:
                self._sender.send(self._messages[self.sent : due])
                self.sent = due
                late = time.monotonic() - begun - self._after(self.sent - 1)
                self.lag_s = max(self.lag_s, late if self._speed else 0.0)
                yield self.sent
            else:
                self._sender.stopped.wait(min(_LOOK_S, max(0.01, self._after(due) - (time.monotonic() - begun))))

    def _after(self, place: int) -> float:
        """Seconds after the beginning at which a message is due."""
        return (self._messages[place].at - self._since) / self._speed if self._speed else 0.0

    def _due(self, begun: float) -> int:
        if not self._speed:
            return min(self.total, self.sent + _AT_ONCE)
        played = self._since + (time.monotonic() - begun) * self._speed
        due = self.sent
        while due < self.total and due - self.sent < _AT_ONCE and self._messages[due].at <= played:
            due += 1
        return due


def _json(answer: requests.Response) -> Mapping[str, Any]:
    try:
        told = answer.json()
    except requests.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _why(answer: requests.Response, told: Mapping[str, Any]) -> str:
    """What a refusal says."""
    errors = told.get("errors")
    if errors:
        return f"{errors[0]['message']}"
    return f"{answer.status_code} {told.get('message') or told.get('error') or ''}".strip()
