"""Bare records of the reserved source `made`: they stand in for ends that `missing: make` names and nobody describes.

One for each (kind, scheme, value, marking), exactly while a live end names it and no other record that the statement
may see has the identifier; so the order of loading does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.ids import Ids
from graph.marking_numbers import MarkingNumbers
from graph.model import KINDS
from loaders.bind import Waiting
from loaders.content import keys_of
from loaders.encode import identifier_id

SOURCE = "made"


@dataclass(frozen=True, slots=True)
class MadeRecord:
    """A record to be made, as it is stored, and the identifier it has."""

    properties: dict[str, Any]
    identifier: str


def made_records(ids: Ids, markings: MarkingNumbers, waiting: Iterable[Waiting], source: int) -> dict[str, MadeRecord]:
    """The records that these rows' links ask for, by id; `source`: the number of the source `made`."""
    return {
        record.properties["id"]: record
        for waits in waiting
        for end in waits.make
        for record in (_made(ids, markings, end, source),)
    }


def _made(ids: Ids, markings: MarkingNumbers, end: Mapping[str, Any], source: int) -> MadeRecord:
    kind, scheme, value, mk = end["kind"], end["scheme"], end["value"], end["mk"]
    key = f"{scheme}={value}"
    given = {scheme: [value] if KINDS[kind].by_name[scheme].repeatable else value}
    properties = {
        "id": ids.record(SOURCE, kind, key, markings.marking(mk).text),
        "kind": kind,
        "key": key,
        "mk": mk,
        "source": source,
        "version": 1,
        "recorded_at": 0,
        "live": True,
        **given,
        **keys_of(kind, given),
    }
    return MadeRecord(properties, identifier_id(ids, kind, scheme, value))
