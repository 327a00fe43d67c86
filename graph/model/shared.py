"""Properties and helpers that several kinds share."""

from __future__ import annotations

from graph.model.core import Property, ValueType


def text(
    name: str, description: str, standard: str | None = None, *, searched: bool = False, ordered: bool = False
) -> Property:
    """A text property."""
    return Property(name, ValueType.TEXT, description, standard=standard, searched=searched, ordered=ordered)


def code(name: str, description: str, standard: str | None = None, *, ordered: bool = False) -> Property:
    """A code out of a list; unknown codes are kept and counted as findings."""
    return Property(name, ValueType.TEXT, description, standard=standard, coded=True, ordered=ordered)


def many(
    name: str, description: str, standard: str | None = None, *, plural: str | None = None, searched: bool = False
) -> Property:
    """A text property with several values."""
    return Property(
        name, ValueType.TEXT, description, repeatable=True, standard=standard, plural=plural, searched=searched
    )


def identifier(
    name: str, description: str, standard: str | None = None, *, repeatable: bool = True, ordered: bool = False
) -> Property:
    """A number or mark that names one thing within its scheme."""
    return Property(
        name,
        ValueType.TEXT,
        description,
        repeatable=repeatable,
        standard=standard,
        identifier=True,
        searched=True,
        ordered=ordered,
    )


def number(name: str, description: str, *, ordered: bool = False) -> Property:
    """A whole number."""
    return Property(name, ValueType.INT, description, ordered=ordered)


def moment(name: str, description: str, *, ordered: bool = False) -> Property:
    """A date and time, with the precision it was given in."""
    return Property(name, ValueType.DATETIME, description, ordered=ordered)


def day(name: str, description: str, standard: str | None = "DS_001", *, ordered: bool = False) -> Property:
    """A date, with the precision it was given in."""
    return Property(name, ValueType.DATE, description, standard=standard, ordered=ordered)


NOTE = text("note", "free text about the thing")
LOCATION = Property("location", ValueType.POINT, "where it is, latitude and longitude in WGS 84", standard="DS_014")
# Who keeps groups of retention keeps them per record: what is found for a person is reckoned over all of theirs.
RETENTION = (
    number("retention_group", "MoPI group that the source gives it, 1 to 4"),
    day("review_on", "day before which the source does not let it go"),
)
