"""A mapping held against its data files without loading: what stands in them, what fails which standard."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from graph.errors import LoadError, MappingError
from graph.model import ValueType
from loaders.check_value import column_of, refine, texts
from loaders.mapping.spec import FileMapping, Parse, SourceMapping, ValueSpec
from loaders.reader import check_columns, deliveries, read, warnings
from loaders.reader_format import tables
from loaders.reader_place import Delivery
from standards.date import is_ambiguous, parse_date

_CHUNK_ROWS = 20_000
_DAY_FIRST, _MONTH_FIRST = ("DD/MM/YYYY", "DD-MM-YYYY", "DD.MM.YYYY"), ("MM/DD/YYYY", "MM-DD-YYYY", "MM.DD.YYYY")
_SAMPLE_CHUNKS = 10
_DATES = (ValueType.DATE, ValueType.DATETIME)


def check_data(mapping: SourceMapping, data: Path) -> Iterator[str]:
    """One line for each data file: rows, rejects by code, findings by standard; and lines of warnings.

    Raises MappingError with every column that is not there and every date column that is written month first, and with
    every file that is not there or cannot be read; LoadError where these are all that is wrong.
    """
    yield from check_all([mapping], data)


def check_all(mappings: Sequence[SourceMapping], data: Path) -> Iterator[str]:
    """The lines of `check_data` for many mappings; what is wrong with any is raised at once, before the first."""
    found = [data_problems(mapping, data) for mapping in mappings]
    problems = [problem for _, wrong, _ in found for problem in wrong]
    unread = [problem for _, _, missing in found for problem in missing]
    if problems:
        raise MappingError([*problems, *unread])
    if unread:
        raise LoadError("\n".join(unread))
    for mapping, (pairs, _, _) in zip(mappings, found, strict=True):
        yield from (f"warning: {text}" for text in mapping.warnings)
        for entry, delivery in pairs:
            yield from (f"warning: {text}" for text in warnings(delivery, entry, None))
            yield _line(delivery, entry)


def data_problems(
    mapping: SourceMapping, data: Path
) -> tuple[list[tuple[FileMapping, Delivery]], list[str], list[str]]:
    """Each entry with its data files, every mistake that the data shows, and every file that cannot be had."""
    pairs: list[tuple[FileMapping, Delivery]] = []
    problems: list[str] = []
    unread: list[str] = []
    for entry in mapping.files:
        try:
            found = deliveries(entry, data) if entry.path else []
        except LoadError as error:
            unread.append(error.message)
            continue
        pairs += [(entry, delivery) for delivery in found]
        for delivery in found:
            try:
                check_columns(delivery, entry)
                problems += month_first(delivery, entry)
            except MappingError as error:
                problems += error.problems
            except LoadError as error:
                unread.append(error.message)
    return pairs, problems, unread


def _line(delivery: Delivery, entry: FileMapping) -> str:
    rows, codes, findings = 0, Counter[str](), Counter[str]()
    for chunk in read(delivery, entry, as_of=None, today=int(time.time()), chunk_rows=_CHUNK_ROWS):
        rows += chunk.read
        codes.update(reject.code.value for reject in chunk.rejects)
        findings.update(chunk.findings)
    return f"{delivery.path}: {rows:,} rows{_listed(', rejected', codes)}{_listed(', findings', findings)}"


def _listed(title: str, counts: Counter[str]) -> str:
    if not counts:
        return ""
    return f"{title} " + ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items()))


def month_first(delivery: Delivery, entry: FileMapping) -> list[str]:
    """The problem of each date column without formats that fails day first and does not month first, with both counts.

    Looks at the first 200,000 rows.
    """
    specs = [spec for spec in _dates(entry) if not spec.formats]
    failed: dict[int, list[int]] = {at: [0, 0] for at in range(len(specs))}
    for table in islice(tables(delivery, entry, _CHUNK_ROWS), _SAMPLE_CHUNKS):
        for at, spec in enumerate(specs):
            for text, count in Counter(texts(spec, table)).items():
                day, month = _fails(refine(spec, text).text)
                failed[at][0] += count * day
                failed[at][1] += count * month
    return [
        f"{entry.mapping}:{specs[at].line}: {_name(specs[at])} in {delivery.path} is written month first: "
        f"{day:,} values fail day first, {month:,} month first; say formats: [MM/DD/YYYY]"
        for at, (day, month) in failed.items()
        if day and not month
    ]


def _name(spec: ValueSpec) -> str:
    column = column_of(spec)
    return "a date" if column is None else f"column {column!r}"


def _fails(text: str) -> tuple[bool, bool]:
    """Whether a numeric date fails day first, and month first; neither for a text of another form."""
    head = text.partition(" ")[0].partition("T")[0]
    if is_ambiguous(head):
        return False, False
    day, month = (parse_date(head, forms) is None for forms in (_DAY_FIRST, _MONTH_FIRST))
    return (False, False) if day and month else (day, month)


def _dates(entry: FileMapping) -> Iterator[ValueSpec]:
    if entry.as_of is not None:
        yield entry.as_of
    for record in entry.records:
        for part in record.properties:
            for spec in part.values:
                if part.property.type in _DATES or spec.parse in (Parse.DATE, Parse.DATETIME):
                    yield spec
    for link in entry.links:
        yield from (spec for name, spec in link.properties.items() if name in ("valid_from", "valid_to"))
