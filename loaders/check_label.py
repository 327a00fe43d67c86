"""Markings and grades of rows, records and links: the nearest that says something wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from loaders.check_value import Bad, Memo, column_of, refine, texts
from loaders.mapping.spec import FileMapping, GradeSpec, ValueSpec
from loaders.reader_table import Table
from loaders.row import Code
from security.marking import CLASSIFICATIONS, FLOOR, Marking, MarkingError, parse_marking
from standards.code_list import parse_grade

GRADE_FINDING = "GRADE"
Marked = str | Bad | None
Graded = int | str | None


def marking_vector(entry: FileMapping, nearest: ValueSpec | None = None) -> Callable[[Table], list[str | Bad]]:
    """The function from a table to each row's marking, or to that of a part of the row which says its own.

    The nearest that says something wins, the floor where nobody does; with it goes the marking of the delivery. A
    marking is its canonical text, or Bad (`unknown-marking`) where it is none or is not declared.
    """
    specs = entry.markings if nearest is None else (nearest, *entry.markings)
    memos = [Memo(partial(_marking, spec, entry.known)) for spec in specs]
    floor, raised = FLOOR.text, Memo(partial(_raised, parse_marking(entry.at_least)))

    def said_of(table: Table) -> list[str | Bad]:
        said: list[Marked] = [None] * len(table.rows)
        for spec, memo in zip(specs, memos, strict=True):
            if not spec.source.columns:
                constant = memo[spec.source.fill(())]
                return [constant or floor if own is None else own for own in said]
            said = [new if own is None else own for own, new in zip(said, memo.over(texts(spec, table)), strict=True)]
        return [floor if own is None else own for own in said]

    if entry.at_least == floor:
        return said_of
    return lambda table: raised.over(said_of(table))


def _raised(least: Marking, own: str | Bad) -> str | Bad:
    return own if isinstance(own, Bad) else parse_marking(own).join(least).text


def _marking(spec: ValueSpec, known: frozenset[str], text: str) -> Marked:
    refined = refine(spec, text)
    if refined.bad is not None or not refined.known:
        return _unknown(spec, refined.text)
    if not refined.text:
        return None
    try:
        canonical = parse_marking(refined.text).text
    except MarkingError:
        return _unknown(spec, refined.text)
    return canonical if not known or canonical in known or canonical == FLOOR.text else _unknown(spec, canonical)


def _unknown(spec: ValueSpec, text: str) -> Bad:
    return Bad(column_of(spec), Code.UNKNOWN_MARKING, "this marking is not known or not declared", text)


def grade_vector(specs: Sequence[GradeSpec | None]) -> Callable[[Table], list[Graded]]:
    """The function from a table to each row's grade, packed; a text is a grade that is none, `specs` nearest first."""
    columns = [_grades(spec) for spec in specs if spec is not None]

    def vector(table: Table) -> list[Graded]:
        if not columns:
            return [None] * len(table.rows)
        rows = zip(*(column(table) for column in columns), strict=True)
        return [next((grade for grade in row if grade is not None), None) for row in rows]

    return vector


def _grades(spec: GradeSpec) -> Callable[[Table], list[Graded]]:
    specs = spec.parts if spec.parts is not None else (spec.whole,)
    used = [part for part in specs if part is not None]

    def pack(row: tuple[str, ...]) -> Graded:
        text = "".join(refine(part, cell).text for part, cell in zip(used, row, strict=True))
        grade = parse_grade(text) if text else None
        if grade is None:
            return GRADE_FINDING if text else None
        return grade.source * 100 + "ABCDE".index(grade.intelligence) * 10 + 10 + "PC".index(grade.handling) + 1

    memo = Memo(pack)
    return lambda table: memo.over(list(zip(*(texts(part, table) for part in used), strict=True)))


def unread_marking(entry: FileMapping) -> str:
    """The marking of a row whose own cannot be read: at or above any that it might have had."""
    joined = parse_marking(entry.constant_marking() or entry.at_least)
    for text in entry.known:
        joined = joined.join(parse_marking(text))
    if entry.known or entry.constant_marking() is not None:
        return joined.text
    # Any well-formed marking is taken where none is declared; the clauses are nobody's to guess.
    return joined.join(parse_marking(CLASSIFICATIONS[-1])).text
