"""Stamps: keyed digests of rows as they stood, by which the same row is known again without being checked.

A stamp is of the cells that the mapping reads, by the names of their columns, and of everything else that decides what
the row says (`decisive`): rows of one stamp have one key, one content, one set of findings. Of the day of the load only
the year is in it, so that a daily delivery finds yesterday's: two-figure years hang on no more, and a row whose date of
birth meets its standard for a part of this year only has no stamp. Nor has one that says nothing (it may be known by
all its cells), or that gives itself a date which is none.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence

import orjson

from graph.ids import Ids
from loaders.check_value import Memo
from loaders.decisive import decisive
from loaders.mapping.spec import FileMapping
from loaders.reader_table import Table
from loaders.row import RecordClaim
from standards.date import DateTextError, check_birth, from_epoch, from_text

# Bytes of a digest, of which 16 are compared; as text they fill their characters.
SIZE, LENGTH = 18, 24


class Stamper:
    """Stamps the rows of one file entry; `today` is the day of the load in epoch seconds."""

    def __init__(self, ids: Ids, entry: FileMapping, today: int) -> None:
        known = decisive(entry)
        self._columns = known.columns
        self._placed = known.placed
        self._births = known.births
        year = _year(today)
        self._begun = ids.stamper(f"{known.fingerprint}{year if known.births else ''}", SIZE)
        self._first, self._last = (from_text(f"{year}-{day}").epoch for day in ("01-01", "12-31"))
        self._years = Memo(_year)
        self._steady = Memo(self._is_steady)

    def digests(self, table: Table, moments: Sequence[int] | int) -> list[bytes]:
        """The digest of each row; `moments` (one, or one for each row) are the days that its dates are read by."""
        if not table.rows or not self._columns:
            return [b""] * len(table.rows)
        cells, begun, found = table.cells(self._columns), self._begun, list[bytes]()
        if self._placed and isinstance(moments, int):
            begun = begun.copy()
            begun.update(self._years[moments].encode())
        elif self._placed and not isinstance(moments, int):
            cells = [(*row, year) for row, year in zip(cells, self._years.over(moments), strict=True)]
        copy = begun.copy
        # Within a text a quote stands behind a backslash, so that this ends one row and begins the next.
        for row in orjson.dumps(cells)[3:-3].split(b'"],["'):
            digest = copy()
            digest.update(row)
            found.append(digest.digest())
        return found

    def lasts(self, records: Iterable[RecordClaim]) -> bool:
        """Whether what the row says of dates of birth is the same on every day of this year."""
        if not self._births:
            return True
        births = (record.properties.get("date_of_birth") for record in records)
        return all(self._steady[birth] for birth in births if isinstance(birth, str))

    def _is_steady(self, birth: str) -> bool:
        try:
            date = from_text(birth)
        except DateTextError:
            return True
        # It holds for 120 years on end, so what is so on both days is so between them.
        return check_birth(date, self._first).valid == check_birth(date, self._last).valid


def text_of_digests(digests: Sequence[bytes]) -> list[str]:
    """The digests as the graph keeps them, LENGTH characters each; nothing for none."""
    given = [digest for digest in digests if digest]
    texts = b64encode(b"".join(given)).decode()
    found = iter(range(0, len(texts), LENGTH))
    return [texts[(at := next(found)) : at + LENGTH] if digest else "" for digest in digests]


def _year(moment: int) -> str:
    return from_epoch(moment).text[:4]
