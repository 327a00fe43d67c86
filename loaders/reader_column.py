"""The columns that a mapping names, looked for in a data file before its first row is read."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import MappingError
from loaders.mapping.document import hint_for
from loaders.mapping.spec import FileMapping
from loaders.reader_place import Delivery


def check_names(delivery: Delivery, entry: FileMapping, header: Sequence[str]) -> None:
    """Return where the header has every column that the mapping names, once.

    Raises MappingError with all that are not there or stand twice.
    """
    if entry.columns and not set(entry.columns) & set(header):
        # The first line may then hold people, not names: it is not shown.
        line, name = min((line, name) for name, line in entry.columns.items())
        raise MappingError(
            [
                f"{entry.mapping}:{line}: unknown column {name!r}, and no other that the mapping names is in the first "
                f"line of {delivery.path}; correct delimiter or skip_rows, or say columns: [names] if it has no header"
            ]
        )
    problems = [
        f"{entry.mapping}:{line}: unknown column {name!r} in {delivery.path}{hint_for(name, set(header))}"
        for name, line in entry.columns.items()
        if name not in header
    ]
    problems += [
        f"{entry.mapping}:{line}: column {name!r} stands {header.count(name)} times in the header of {delivery.path}"
        for name, line in entry.columns.items()
        if header.count(name) > 1
    ]
    if problems:
        raise MappingError(problems)
