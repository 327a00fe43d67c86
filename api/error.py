"""Errors as GraphQL shows them: ours with their code and message, everything else masked and logged."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import structlog
from graphql import GraphQLError

from api.log import where_it_failed
from graph.errors import BadInput, PolegraphError

INTERNAL = "INTERNAL"
_LOG = structlog.get_logger("polegraph.api")


def shown(error: GraphQLError, request_id: str) -> dict[str, Any]:
    """An error of an answer: message, place, path and `extensions.code`; what is not ours is masked and logged."""
    cause = _cause(error)
    code, message = (BadInput.code, error.message) if cause is None else _told(cause, request_id)
    entry: dict[str, Any] = {"message": message}
    if error.locations:
        entry["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        entry["path"] = error.path
    return entry | {"extensions": {"code": code}}


def plain(error: PolegraphError, request_id: str) -> dict[str, Any]:
    """The body of a request that was refused before its operation."""
    code, message = _told(error, request_id)
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


def _told(cause: BaseException, request_id: str) -> tuple[str, str]:
    """Code and message. What went wrong inside may quote statements or data: it goes to the log, not out.

    So does where database and audit log are.
    """
    if isinstance(cause, PolegraphError) and cause.code != INTERNAL:
        if cause.outward != cause.message:
            # Where the disk is full the line may fail as the log did: whoever waits is told all the same.
            with suppress(OSError):
                _LOG.warning("request_not_answered", request_id=request_id, code=cause.code, why=cause.message)
        return cause.code, cause.outward
    _LOG.error("request_failed", request_id=request_id, **where_it_failed(cause))
    return INTERNAL, f"something went wrong inside; tell the operator request {request_id}"


def _cause(error: GraphQLError) -> BaseException | None:
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause
