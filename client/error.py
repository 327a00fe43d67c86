"""What can go wrong, by the code that the API gives it.

    ClientError
    ├── Unreachable             nothing answered: no connection, no answer in time, or no answer of this API
    └── ApiError                the API answered with an error; `code` is its stable code
        ├── BadInput            BAD_INPUT
        │   └── TooCostly       TOO_COSTLY
        ├── NotFound            NOT_FOUND
        ├── Forbidden           FORBIDDEN
        │   ├── Unauthenticated UNAUTHENTICATED
        │   └── PurposeRequired PURPOSE_REQUIRED
        ├── Conflict            CONFLICT
        ├── TimedOut            TIMED_OUT
        ├── TryLater            any code, with the status 429 or 503: `retry_after` in seconds
        │   ├── RateLimited     RATE_LIMITED
        │   └── Unavailable     UNAVAILABLE
        └── Internal            INTERNAL

A code of a newer server that has no class here is an ApiError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

_LATER = (429, 503)


class ClientError(Exception):
    """Whatever keeps a question from being answered."""


class Unreachable(ClientError):
    """Nothing answered: see that the address is right and that `polegraph serve` runs there."""


class ApiError(ClientError):
    """An error that the API answered with: its message names the value and what to do next.

    `path` is where in the answer it happened, `request_id` what the server's log calls the request, `status` that of
    HTTP, `errors` all errors as they came, `partial` what was answered all the same.
    """

    code: str = "UNKNOWN"
    next_step: ClassVar[str] = "read the message"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        path: Sequence[str | int] = (),
        request_id: str | None = None,
        status: int = 200,
        errors: Sequence[Mapping[str, Any]] = (),
        partial: Mapping[str, Any] | None = None,
        retry_after: float | None = None,
    ) -> None:
        self.code = code or type(self).code
        super().__init__(f"{self.code}: {message}")
        self.message = message
        self.path = tuple(path)
        self.request_id = request_id
        self.status = status
        self.errors = tuple(errors)
        self.partial = partial
        self.retry_after = retry_after


class BadInput(ApiError):
    """A value, argument, header or document is wrong."""

    code = "BAD_INPUT"
    next_step = "correct the value that the message names"


class TooCostly(BadInput):
    """A limit is passed."""

    code = "TOO_COSTLY"
    next_step = "ask for less: a smaller `first` or `limit`, fewer hops, fewer lists inside lists"


class NotFound(ApiError):
    """Nothing by that name that this viewer may see."""

    code = "NOT_FOUND"
    next_step = "take an id that an answer gave"


class Forbidden(ApiError):
    """The caller may not."""

    code = "FORBIDDEN"
    next_step = "ask somebody whose role may"


class Unauthenticated(Forbidden):
    """The caller must say who they are: no token, or none that is good."""

    code = "UNAUTHENTICATED"
    next_step = "take a new token or API key"


class PurposeRequired(Forbidden):
    """The caller must say why they ask."""

    code = "PURPOSE_REQUIRED"
    next_step = "give `purpose`, and `reference` where there is one"


class Conflict(ApiError):
    """The data says otherwise by now."""

    code = "CONFLICT"
    next_step = "look again (`merge_preview`), then decide"


class TimedOut(ApiError):
    """The deadline passed; the work was cancelled."""

    code = "TIMED_OUT"
    next_step = "ask for less: fewer hops, a shorter span, fewer kinds"


class TryLater(ApiError):
    """Not now: the same may be asked again after `retry_after` seconds."""

    next_step = "ask again later"


class RateLimited(TryLater):
    """The caller asks faster than one may."""

    code = "RATE_LIMITED"
    next_step = "ask less often, or for less"


class Unavailable(TryLater):
    """The database does not answer, its schema does not fit, or the answer cannot be put on record."""

    code = "UNAVAILABLE"
    next_step = "ask again later; tell the operator where it lasts"


class Internal(ApiError):
    """A fault inside of the server."""

    code = "INTERNAL"
    next_step = "tell the operator `request_id`"


def _all(kind: type[ApiError]) -> list[type[ApiError]]:
    return [kind, *(each for below in kind.__subclasses__() for each in _all(below))]


_BY_CODE = {kind.code: kind for kind in _all(ApiError) if kind is not TryLater}


def error_of(
    errors: Sequence[Mapping[str, Any]],
    *,
    request_id: str | None,
    status: int,
    partial: Mapping[str, Any] | None = None,
    retry_after: float | None = None,
) -> ApiError:
    """The first of an answer's errors as what is raised; the others are in its `errors`."""
    first = errors[0]
    code = str((first.get("extensions") or {}).get("code") or ApiError.code)
    kind = _BY_CODE.get(code, ApiError)
    if status in _LATER and not issubclass(kind, TryLater):
        kind = TryLater
    return kind(
        str(first.get("message") or "no message"),
        code=code,
        path=first.get("path") or (),
        request_id=request_id,
        status=status,
        errors=errors,
        partial=partial,
        retry_after=retry_after,
    )
