"""Values over distinct texts: `extract`, `map`, `else`, and what is said of a value that is bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from loaders.mapping.spec import Condition, Else, ValueSpec
from loaders.reader_table import Table
from loaders.row import Code, Value

MAP_FINDING = "MAP"
# What things and rows are known by, and lists are ordered by, is looked up in indexes, which take no long text.
LONGEST_KEY = 2_000
_SHOWN = 200
_MOST_REMEMBERED = 1 << 17

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """A function remembered over its distinct arguments; forgets all when it holds too many."""

    def __init__(self, function: Callable[[K], V]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: K) -> V:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        value = self[key] = self._function(key)
        return value

    def over(self, keys: Sequence[K]) -> list[V]:
        """The values of many keys, in their order."""
        return list(map(self.__getitem__, keys))


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a row is rejected: the column (where one is to blame), a stable code, the reason, the value."""

    column: str | None
    code: Code
    reason: str
    value: str


@dataclass(slots=True)
class Troubles:
    """What is wrong with the rows of a table, by their places: why one is rejected, which standards one fails."""

    bad: dict[int, Bad] = field(default_factory=dict)
    findings: dict[int, Counter[str]] = field(default_factory=dict)

    def reject(self, row: int, bad: Bad) -> None:
        """Reject a row; the first reason stands."""
        self.bad.setdefault(row, bad)

    def find(self, row: int, *serials: str) -> None:
        """Count the standards that a value of a row fails."""
        self.findings.setdefault(row, Counter()).update(serials)


@dataclass(frozen=True, slots=True)
class Refined:
    """A text after `extract` and `map`; `known` False where the map does not know it, `mapped` where it does."""

    text: str
    known: bool = True
    mapped: bool = False
    bad: Bad | None = None


@dataclass(frozen=True, slots=True)
class Out:
    """What one text gives a record: properties, the serials it fails, or why the row is rejected."""

    properties: dict[str, Value]
    findings: tuple[str, ...] = ()
    bad: Bad | None = None


@dataclass(frozen=True, slots=True)
class Normal:
    """The properties that a text stands for, and the serials of the standards it fails; None where it is no such."""

    properties: dict[str, Value] | None
    findings: tuple[str, ...] = ()


def texts(spec: ValueSpec, table: Table) -> list[str]:
    """The text of each row before `extract`, `map` and `parse`; empty where every column it names is empty."""
    template = spec.source
    if not template.columns:
        return [template.fill(())] * len(table.rows)
    if template.alone:
        return table.column(template.columns[0])
    form, fill = template.form, template.fill
    cells = zip(*(table.column(name) for name in template.columns), strict=True)
    return [form % row if all(row) else fill(row) for row in cells]


def keys(spec: ValueSpec, table: Table) -> list[str]:
    """The text of each row where an empty column means no key at all."""
    template = spec.source
    refine = refiner(spec)
    if template.alone or not template.columns:
        found = texts(spec, table)
    else:
        form = template.form
        cells = zip(*(table.column(name) for name in template.columns), strict=True)
        found = [form % row if all(row) else "" for row in cells]
    return found if refine is None else [refine_key(refined) for refined in Memo(refine).over(found)]


def refine_key(refined: Refined) -> str:
    """The text of a key; one that the map does not know is no key."""
    return refined.text if refined.known and refined.bad is None else ""


def column_of(spec: ValueSpec) -> str | None:
    """The column to name when a value is bad: the one it comes from, None where it is made of several."""
    return spec.source.columns[0] if len(set(spec.source.columns)) == 1 else None


def too_long(spec: ValueSpec | None, text: str) -> Bad | None:
    """Why a row is rejected whose key, value or text is too long for an index, None where it is not."""
    if len(text) <= LONGEST_KEY:
        return None
    reason = f"{len(text)} characters, more than the {LONGEST_KEY} that a key, value or text in an index may have"
    return Bad(None if spec is None else column_of(spec), Code.KEY_TOO_LONG, reason, text[:_SHOWN])


def refiner(spec: ValueSpec) -> Callable[[str], Refined] | None:
    """The function that extracts and maps, None where there is nothing to do."""
    if spec.extract is None and spec.map is None:
        return None
    return lambda text: _refine(spec, text)


def refine(spec: ValueSpec, text: str) -> Refined:
    """A text after `extract` and `map`, with what `else` says of one that the map does not know."""
    return Refined(text) if spec.extract is None and spec.map is None else _refine(spec, text)


def _refine(spec: ValueSpec, text: str) -> Refined:
    if spec.extract is not None and text:
        match = spec.extract.search(text)
        text = "" if match is None else (match[1] if match.re.groups else match[0]) or ""
        text = text.strip()
    if spec.map is None:
        return Refined(text)
    if text in spec.map:
        return Refined(spec.map[text], mapped=True)
    if not text:
        return Refined("")
    return _unknown(spec, text)


def _unknown(spec: ValueSpec, text: str) -> Refined:
    match spec.otherwise:
        case Else.KEEP:
            return Refined(text)
        case Else.DROP:
            return Refined("")
        case Else.VALUE:
            return Refined(spec.other, mapped=True)
        case Else.REJECT:
            return Refined(text, bad=bad_value(spec, text, "the map does not know it"))
    return Refined(text, known=False)


def bad_value(spec: ValueSpec, text: str, reason: str) -> Bad:
    """Why a row is rejected by `else: reject`."""
    return Bad(column_of(spec), Code.BAD_VALUE, reason, text)


def converter(
    spec: ValueSpec, normal: Callable[[str], Normal], name: str, *, text_kept: bool
) -> Callable[[str], Out | None]:
    """The function from a text to what it gives a record: None where it gives nothing.

    `normal` brings a text in its normal form; where it cannot, `else` decides, and a bad value is kept raw under `name`
    if the property can hold text (`text_kept`), and counted either way.
    """

    def convert(text: str) -> Out | None:
        refined = refine(spec, text)
        if refined.bad is not None:
            return Out({}, bad=refined.bad)
        if not refined.text:
            return None
        found = normal(refined.text)
        if not refined.known:
            properties = found.properties or ({name: refined.text} if text_kept else {})
            return Out(properties, found.findings or (MAP_FINDING,))
        if found.properties is not None:
            return Out(found.properties, found.findings)
        return _failed(spec, refined.text, found, normal, {name: refined.text} if text_kept else {})

    return convert


def _failed(
    spec: ValueSpec, text: str, found: Normal, normal: Callable[[str], Normal], raw: dict[str, Value]
) -> Out | None:
    match spec.otherwise:
        case Else.DROP:
            return None
        case Else.REJECT:
            return Out({}, bad=bad_value(spec, text, f"it fails {', '.join(found.findings)}"))
        case Else.VALUE:
            other = normal(spec.other)
            return Out(other.properties or {}, other.findings)
    return Out(raw, found.findings)


def holds(conditions: Sequence[Condition], table: Table) -> list[bool] | None:
    """For each row whether all conditions hold; None where there are none."""
    if not conditions:
        return None
    vectors = [_holds(condition, table) for condition in conditions]
    return vectors[0] if len(vectors) == 1 else [all(row) for row in zip(*vectors, strict=True)]


def _holds(condition: Condition, table: Table) -> list[bool]:
    def test(text: str) -> bool:
        refined = refine(condition.value, text).text
        if condition.among is None and condition.outside is None and condition.matches is None:
            return bool(refined)
        return (
            (condition.among is None or refined in condition.among)
            and (condition.outside is None or refined not in condition.outside)
            and (condition.matches is None or condition.matches.search(refined) is not None)
        )

    return Memo(test).over(texts(condition.value, table))
