"""The whole way from files to a proposed mapping."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadInput, LoadError
from loaders.reader_place import Delivery
from loaders.suggest.column import columns_of
from loaders.suggest.document import render
from loaders.suggest.foreign import refer, rekey
from loaders.suggest.kind import entry_of, row_key
from loaders.suggest.label import label
from loaders.suggest.link import add_links
from loaders.suggest.proposal import Entry
from loaders.suggest.record import Rows
from loaders.suggest.sniff import Sniffed, find, sniff
from loaders.suggest.vocabulary import stem

_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed mapping: its text, the folder that its paths lie below, its entries, what to say aloud."""

    source: str
    data: Path
    text: str
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...]


def suggest(files: Sequence[Path], source: str | None = None, data: Path | None = None) -> Suggestion:
    """A mapping for files that have none; `data` (default: the folder that holds them all) is where its paths begin.

    Raises BadInput where no file is given, LoadError for a file that is no table of text.
    """
    if not files:
        raise BadInput("no file was given; name the data files to suggest a mapping for")
    folder = data if data is not None else _common(files)
    deliveries = {delivery.path: delivery for file in files for delivery in find(file, folder)}
    said: list[str] = []
    sniffed = [one for delivery in deliveries.values() if (one := _sniffed(delivery, said)) is not None]
    skipped = _shared([one.path for one in sniffed])
    entries = [entry_of(one, columns_of(one), skipped) for one in sniffed]
    rekey(entries)
    refer(entries)
    for entry in entries:
        entry.row_key = row_key(entry)
        rows = Rows(entry)
        rows.build()
        add_links(entry, rows)
        label(entry)
    name = source if source is not None else _name(files, folder)
    return Suggestion(name, folder, render(name, entries), tuple(entries), (*said, *_warnings(entries)))


def _sniffed(delivery: Delivery, said: list[str]) -> Sniffed | None:
    """A file's form; a member of an archive that is no data is passed over and told, a file that was named is not."""
    try:
        return sniff(delivery)
    except LoadError as error:
        if delivery.member is None:
            raise
        said.append(f"passed over: {error.message}")
        return None


def _shared(paths: Sequence[str]) -> int:
    """With how many same words the names of three or more files all begin."""
    stems = [stem(path) for path in paths]
    if len(stems) < _SEVERAL:
        return 0
    same = [len(set(column)) == 1 for column in zip(*stems, strict=False)]
    return same.index(False) if False in same else len(same)


def _common(files: Sequence[Path]) -> Path:
    folders = [Path(str(file).partition("!/")[0]).resolve().parent for file in files]
    return Path(os.path.commonpath(folders))


def _name(files: Sequence[Path], folder: Path) -> str:
    """The source's name until somebody gives a better one: that of the file, or of the folder of several."""
    text = Path(str(files[0]).partition("!/")[0]).name.split(".")[0] if len(files) == 1 else folder.resolve().name
    plain = "".join(letter if letter.isalnum() else "-" for letter in text.casefold()).strip("-")
    return plain if plain and plain != "made" else "source"


def _warnings(entries: Sequence[Entry]) -> list[str]:
    said: list[str] = []
    for entry in entries:
        where = entry.sniffed.path
        for column in entry.columns:
            if column.moments is not None and column.moments.ambiguous and column.name in entry.used:
                said.append(f"{where}: {column.name} reads day first and month first alike; day first is taken")
        if entry.kind is None and not entry.links:
            said.append(f"{where}: what its rows are could not be told; write records or links")
        if entry.sniffed.cut:
            said.append(f"{where}: only the first {entry.sniffed.table.read:,} rows were looked at")
    return said
