"""Every error polegraph raises on purpose, as one tree.

    PolegraphError                  INTERNAL          exit 1   HTTP 500
    ├── BadInput                    BAD_INPUT         exit 2   HTTP 400   a value, an argument, a setting is wrong
    │   ├── MappingError            BAD_INPUT         exit 2   HTTP 400   a mapping file is wrong: every mistake at once
    │   └── TooCostly               TOO_COSTLY        exit 2   HTTP 400   a limit is passed
    ├── NotFound                    NOT_FOUND         exit 1   HTTP 404   absent, or hidden: they look the same
    ├── Forbidden                   FORBIDDEN         exit 1   HTTP 403
    │   ├── Unauthenticated         UNAUTHENTICATED   exit 1   HTTP 401
    │   └── PurposeRequired         PURPOSE_REQUIRED  exit 2   HTTP 403
    ├── RateLimited                 RATE_LIMITED      exit 1   HTTP 429   one user asks more than they may in a while
    ├── Conflict                    CONFLICT          exit 1   HTTP 409   the data says otherwise by now
    ├── LoadError                   BAD_INPUT         exit 1   HTTP 400   a source cannot be read or loaded
    │   └── TooManyBad              BAD_INPUT         exit 4   HTTP 400   more rejected than --max-bad
    ├── ServerError                 UNAVAILABLE       exit 1   HTTP 503   the managed server cannot be had
    ├── SchemaMismatch              UNAVAILABLE       exit 6   HTTP 503   schema, key or version does not fit
    ├── Unlogged                    UNAVAILABLE       exit 1   HTTP 503   the audit log cannot be written: no answer
    └── TransientError              UNAVAILABLE       exit 5   HTTP 503   worth another try, with jitter
        ├── Unreachable             UNAVAILABLE       exit 5   HTTP 503
        ├── Overloaded              UNAVAILABLE       exit 5   HTTP 503   more is sent than can be taken
        └── TimedOut                TIMED_OUT         exit 1   HTTP 504   the deadline passed; cancelled in the database

A message names the value, the place and what to do next; it never holds personal data that the caller did not send.
"""

from __future__ import annotations

from typing import ClassVar


class PolegraphError(Exception):
    """An error with a stable code, a message for a person, an exit code and an HTTP status.

    `outward`: what is told over the network instead, where the message names a path or a host of the installation.
    """

    code: ClassVar[str] = "INTERNAL"
    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, *, outward: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.outward = message if outward is None else outward


class BadInput(PolegraphError):
    """A value that the caller gave is wrong."""

    code = "BAD_INPUT"
    exit_code = 2
    http_status = 400


class MappingError(BadInput):
    """A mapping file is wrong; `problems` lists every mistake found, each with its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class TooCostly(BadInput):
    """A question asks for more than a limit allows; refused before execution."""

    code = "TOO_COSTLY"


class NotFound(PolegraphError):
    """Nothing by that name that this viewer may see."""

    code = "NOT_FOUND"
    http_status = 404


class Forbidden(PolegraphError):
    """The caller may not do this."""

    code = "FORBIDDEN"
    http_status = 403


class Unauthenticated(Forbidden):
    """The caller did not prove who they are."""

    code = "UNAUTHENTICATED"
    http_status = 401


class PurposeRequired(Forbidden):
    """The question needs a purpose (`X-Purpose`, `--purpose`)."""

    code = "PURPOSE_REQUIRED"
    exit_code = 2


class RateLimited(PolegraphError):
    """One user asks more than they may in a while; `after_s`: seconds until it is worth another try.

    `recorded`: whether the audit log has a refusal of this user from just now already.
    """

    code = "RATE_LIMITED"
    http_status = 429

    def __init__(self, message: str, *, after_s: int, recorded: bool = False) -> None:
        super().__init__(message)
        self.after_s = after_s
        self.recorded = recorded


class Conflict(PolegraphError):
    """The data says otherwise by now."""

    code = "CONFLICT"
    http_status = 409


class LoadError(PolegraphError):
    """A source cannot be read, or a delivery is refused as a whole."""

    code = "BAD_INPUT"
    http_status = 400


class TooManyBad(LoadError):
    """More rows were rejected than `--max-bad` allows; nothing of the last batch was kept."""

    exit_code = 4


class ServerError(PolegraphError):
    """The managed local server cannot be provided, started or stopped."""

    code = "UNAVAILABLE"
    http_status = 503


class SchemaMismatch(PolegraphError):
    """The graph's schema, secret key or version does not fit this installation."""

    code = "UNAVAILABLE"
    exit_code = 6
    http_status = 503


class Unlogged(PolegraphError):
    """The audit log cannot be written or read: nothing is answered that is not on record."""

    code = "UNAVAILABLE"
    http_status = 503


class TransientError(PolegraphError):
    """A fault that may pass: the same call may succeed on another try, where `passes` says so."""

    code = "UNAVAILABLE"
    exit_code = 5
    http_status = 503
    passes: ClassVar[bool] = True


class Unreachable(TransientError):
    """No database answers at the configured address, or it refuses us."""


class Overloaded(TransientError):
    """More is sent than can be taken now; nothing of it was kept."""


class TimedOut(TransientError):
    """The deadline passed; the work was cancelled in the database."""

    code = "TIMED_OUT"
    exit_code = 1
    http_status = 504


def http_status_of(code: str) -> int:
    """The HTTP status of an error's code."""
    waiting: list[type[PolegraphError]] = [PolegraphError]
    while waiting:
        error = waiting.pop()
        if error.code == code:
            return error.http_status
        waiting.extend(error.__subclasses__())
    return PolegraphError.http_status
