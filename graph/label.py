"""The label of a thing: what a person calls it in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.model import KINDS, VALUES

_BEST_IDENTIFIERS = ("pnc_id", "nhs_number", "ni_number", "driver_number", "cro_number", "passport_number", "phone")


# Lists are ordered by labels, in an index that takes no long text; and a line is no longer.
LONGEST = 300


def label(kind: str, values: Mapping[str, Any]) -> str:
    """The label of a thing of that kind with these properties.

    A person's name, else the best identifier; a value's value; an address's text and postcode; a place's name; an
    officer's rank, surname and collar number; else type and reference; the kind's name where nothing is known. At most
    300 characters.
    """
    found = next((text for text in _candidates(kind, values) if text), kind)
    return found if len(found) <= LONGEST else found[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _candidates(kind: str, values: Mapping[str, Any]) -> Iterator[str]:
    if kind == "Person":
        yield _joined(values, "given_name", "middle_name", "surname")
        yield from (_first(values.get(name)) for name in ("alias", *_BEST_IDENTIFIERS))
    elif kind == "Address":
        yield _address(values)
    elif kind == "Officer":
        yield _joined(values, "rank", "surname", "collar_number")
    elif kind == "Vehicle":
        yield from (_first(values.get(name)) for name in ("vrm", "vin"))
        yield _joined(values, "colour", "make", "model")
    elif kind in VALUES:
        yield _first(values.get("value"))
    elif kind in ("Organisation", "Place"):
        yield from (_first(values.get(name)) for name in ("name", "company_number", "description"))
    elif kind == "Area":
        yield from (_first(values.get(name)) for name in ("name", "code"))
    yield _joined(values, "type", "reference" if "reference" in KINDS[kind].by_name else "text")


def _address(values: Mapping[str, Any]) -> str:
    text = _first(values.get("text")) or _joined(values, "saon", "paon", "street", "town")
    postcode = _first(values.get("postcode"))
    return text if postcode and postcode in text else " ".join(part for part in (text, postcode) if part)


def _joined(values: Mapping[str, Any], *names: str) -> str:
    return " ".join(text for name in names if (text := _first(values.get(name))))


def _first(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return "" if value is None else str(value)
