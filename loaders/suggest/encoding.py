"""The encoding of an unknown file, told by which one turns its odd bytes into letters that people write."""

from __future__ import annotations

import codecs
from itertools import islice

from loaders.reader_place import Delivery, blocks

_BLOCKS = 8
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NUL_SHARE = 0.2
_ENOUGH = 0.6
# What stands in British exports beyond ascii: letters of names, the pound, degrees, and word processors' signs.
_USUAL = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýßœšžÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŠŽ£€‘’“”–—…°½¼·«»\xa0")
_OTHERS = ("windows-1252", "cp850", "mac-roman")


def encoding_of(delivery: Delivery) -> tuple[str | None, tuple[str, ...]]:
    """The encoding to say in a mapping (None: a byte order mark or UTF-8 says it), and what to say about it."""
    data = b"".join(islice(blocks(delivery), _BLOCKS))
    if data.startswith(_MARKS):
        return None, ()
    if data.count(0) > _NUL_SHARE * len(data):
        little = data[1::2].count(0) >= data[::2].count(0)
        return ("utf-16-le" if little else "utf-16-be"), ("encoding: every other byte is NUL",)
    odd = [line for line in data.split(b"\n") if not line.isascii()]
    broken = [line for line in odd if not _is_utf8(line)]
    # The last line may be cut off in the middle of a letter.
    if len(broken) * 2 <= len(odd):
        return None, _damaged(len(broken))
    best, share = max(((name, _usual(broken, name)) for name in _OTHERS), key=lambda pair: pair[1])
    if share >= _ENOUGH:
        return best, (f"encoding: {len(broken):,} lines are no UTF-8; in {best} they read as words",)
    return None, _damaged(len(broken))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _usual(lines: list[bytes], encoding: str) -> float:
    """The share of lines whose letters beyond ascii are all usual ones: a line may be damaged."""
    texts = [line.decode(encoding, "replace") for line in lines]
    good = sum(all(letter.isascii() or letter in _USUAL for letter in text) for text in texts)
    return good / len(texts) if texts else 0.0


def _damaged(count: int) -> tuple[str, ...]:
    lines = f"{count:,} line{'s' * (count > 1)}"
    return (f"{lines} cannot be decoded as UTF-8 and will be rejected",) if count else ()
