"""The scalars of the schema: Date and DateTime, ISO 8601."""

from __future__ import annotations

from datetime import UTC, date, datetime

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from graph.answer import iso

ISO_8601 = "https://www.iso.org/iso-8601-date-and-time-format.html"


def _parse_date(given: object) -> date:
    try:
        if isinstance(given, str) and len(given) == len("2024-05-31"):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise GraphQLError(f"{given!r} is no date; write one that exists as 2024-05-31")


def _parse_moment(given: object) -> datetime:
    try:
        if isinstance(given, str) and (moment := datetime.fromisoformat(given)).tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise GraphQLError(f"{given!r} is no time with a zone; write 2024-05-31T10:32:00Z")


def _serialize_date(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _serialize_moment(value: object) -> str:
    if isinstance(value, datetime):
        value = int(value.timestamp())
    return iso(value) or "" if isinstance(value, int) else str(value)


DATE: ScalarDefinition = strawberry.scalar(
    name="Date",
    description="A day, ISO 8601: 2024-05-31.",
    serialize=_serialize_date,
    parse_value=_parse_date,
    specified_by_url=ISO_8601,
)
DATE_TIME: ScalarDefinition = strawberry.scalar(
    name="DateTime",
    description="A time, ISO 8601 with zone, shown in UTC: 2024-05-31T10:32:00Z.",
    serialize=_serialize_moment,
    parse_value=_parse_moment,
    specified_by_url=ISO_8601,
)
SCALARS: dict[object, ScalarDefinition] = {date: DATE, datetime: DATE_TIME}
