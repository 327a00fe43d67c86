"""Physical lines out of bytes: decoded, their line ends found out, numbered, with what is damaged among them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from graph.errors import LoadError
from loaders.row import Code

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"PK\x03\x04", "a zip archive or a spreadsheet; save it as CSV, or name the member: x.zip!/member.csv"),
    (b"PAR1", "a Parquet file; say format: parquet"),
    (b"\x1f\x8b", "compressed by gzip; its name must end in .gz"),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd; its name must end in .zst"),
)
_NUL_SHARE, _BAD_SHARE = 0.2, 0.5
_LONGEST = 64 << 20
_REPLACED = "�"


class Line(NamedTuple):
    """One physical line without its end: its number from 1, its text, and what is wrong with its bytes (a code)."""

    number: int
    text: str
    damage: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that follow each other, the first one's number from 1; `damages` by place: what is wrong with its bytes."""

    first: int
    texts: list[str]
    damages: dict[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Line]:
        for place, text in enumerate(self.texts):
            yield Line(self.first + place, text, self.damages.get(place, ""))


def read_lines(data: Iterable[bytes], encoding: str | None, path: str) -> tuple[str, Iterator[Lines]]:
    """The encoding that was used and the lines of a file, blank ones too, about a megabyte of them at a time.

    `encoding` None is what a byte order mark says, else UTF-8. Bytes that cannot be decoded stand as lone surrogates
    (in UTF-16 and UTF-32 as U+FFFD) in a line marked `undecodable`; NUL bytes mark it `nul-byte`. Raises LoadError
    where the first megabyte shows another encoding or another format, or a line is longer than 64 MiB.
    """
    source = iter(data)
    first = next(source, b"")
    for magic, what in _FORMATS:
        if first.startswith(magic):
            raise LoadError(f"{path}: this is {what}")
    used = _encoding(first, encoding, path)
    _check_width(first, used, path)
    return used, _lines(chain([first], source), used, path)


def _encoding(first: bytes, stated: str | None, path: str) -> str:
    marked = next((name for mark, name in _BOMS if first.startswith(mark)), None)
    if stated is None:
        return marked or "utf-8"
    wide = is_wide(stated)
    if marked is not None and (is_wide(marked) != wide):
        raise LoadError(
            f"{path}: begins with the mark of {marked}, but the mapping says {stated}; say encoding: {marked}"
        )
    if marked is None and stated.replace("_", "-") in ("utf-16", "utf-32"):
        return f"{stated}-le" if first[1:2] == b"\0" else f"{stated}-be" if first[:1] == b"\0" else stated
    return stated


def is_wide(encoding: str) -> bool:
    """True for the encodings whose letters have two or four bytes."""
    return encoding.replace("_", "-").startswith(("utf-16", "utf-32"))


def _check_width(first: bytes, used: str, path: str) -> None:
    nul = first.count(0)
    if not is_wide(used) and nul > _NUL_SHARE * len(first):
        raise LoadError(
            f"{path}: wrong encoding {used}: every other byte is NUL, it looks like utf-16; say encoding: utf-16"
        )
    if is_wide(used) and first and not nul:
        raise LoadError(f"{path}: wrong encoding {used}: no byte is NUL; say encoding: utf-8 or windows-1252")


def _lines(data: Iterable[bytes], encoding: str, path: str) -> Iterator[Lines]:
    wide = is_wide(encoding)
    decoder = codecs.getincrementaldecoder(encoding)("replace" if wide else "surrogateescape")
    end, rest, number, checked = "\n", "", 1, False
    for block in chain(data, [b""]):
        text = decoder.decode(block, final=not block)
        if not checked:
            end = "\r" if "\r" in text and "\n" not in text else "\n"
        damaged = "\0" in text or not _clean(text, wide=wide) or damaged_rest(rest, wide=wide)
        parts = (rest + text).split(end)
        rest = parts.pop() if block else ""
        if len(rest) > _LONGEST:
            raise LoadError(f"{path}: line {number + len(parts)} is longer than {_LONGEST >> 20} MiB")
        if not block and parts and not parts[-1]:
            parts.pop()
        if not checked and damaged:
            _check_share(parts, encoding, path, wide=wide)
        checked = True
        if "\r" in text or (parts and "\r" in parts[0]):
            parts = [part[:-1] if part.endswith("\r") else part for part in parts]
        if "\ufeff" in text:
            # At the head of the file, and of every file that was put behind it.
            parts = [part.removeprefix("\ufeff") for part in parts]
        yield Lines(number, parts, _damages(parts, wide=wide) if damaged else {})
        number += len(parts)


def damaged_rest(rest: str, *, wide: bool) -> bool:
    """True where the beginning of a line that the block before left over holds damage."""
    return bool(rest) and ("\0" in rest or not _clean(rest, wide=wide))


def _clean(text: str, *, wide: bool) -> bool:
    if text.isascii():
        return True
    if wide:
        return _REPLACED not in text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _damages(texts: list[str], *, wide: bool) -> dict[int, str]:
    seen = [place for place, text in enumerate(texts) if "\0" in text or not text.isascii()]
    return {place: code for place in seen if (code := _damage(texts[place], wide=wide))}


def _damage(text: str, *, wide: bool) -> str:
    if not _clean(text, wide=wide):
        return Code.UNDECODABLE
    return Code.NUL_BYTE if "\0" in text else ""


def _check_share(lines: list[str], encoding: str, path: str, *, wide: bool) -> None:
    bad = sum(1 for line in lines if not _clean(line, wide=wide))
    if bad > 1 and bad > _BAD_SHARE * len(lines):
        raise LoadError(
            f"{path}: wrong encoding {encoding}: {bad} of the first {len(lines)} lines cannot be decoded; "
            "it looks like windows-1252: say encoding: windows-1252"
        )
