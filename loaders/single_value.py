"""One value of a property, brought into the normal form of the model as a mapping would."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import orjson

from graph.errors import BadInput
from graph.ids import Ids
from graph.model import KINDS, ValueType
from loaders.check import Checker
from loaders.mapping.source import mapping_of
from loaders.reader_table import Table
from loaders.row import FAILED

_PARSED = {ValueType.DATE: "date", ValueType.DATETIME: "datetime"}


def normal_value(ids: Ids, kind: str, name: str, text: str) -> tuple[Mapping[str, Any], list[str]]:
    """The properties that a text gives a thing of this kind as this property, and the serials that it fails.

    Raises BadInput for a text that a mapping would reject, or of which nothing is left.
    """
    declared = KINDS[kind].by_name[name]
    if declared.type is ValueType.POINT:
        raise BadInput(f"{name!r}: a point is not given as one text; correct it in its source")
    value: Any = {"column": "value"}
    if declared.type in _PARSED:
        value["parse"] = _PARSED[declared.type]
    record = {"kind": kind, "key": "{key}", "properties": {name: value}}
    document = {"source": "x", "files": [{"path": "x.csv", "row_key": "{key}", "records": {"it": record}}]}
    (entry,) = mapping_of(orjson.dumps(document).decode()).files
    table = Table("", entry.layout, "utf-8", {})
    table.lines.append(1)
    table.rows.append({"key": "k", "value": text})
    table.texts.append(text)
    checked = Checker(entry, as_of=None, today=int(time.time()), ids=ids).check(table)
    if checked.rejects:
        raise BadInput(f"{name!r}: {checked.rejects[0].reason}")
    given = dict(checked.rows[0].records[0].properties)
    failed = given.pop(FAILED, [])
    if not given:
        raise BadInput(f"{name!r}: nothing is left of {text!r} as a value; leave the value out to take it away")
    return given, [str(each) for each in failed] if isinstance(failed, list) else []
