"""Putting a link right: another role, status, grade or date, another thing at one of its ends, or no such link at all.

Each row of the source that states the wrong thing of the same two records is said anew but for that (see
`loaders.restate`). What a short form said in a person's record beside such a link goes with the link.

Source: Data Protection Act 2018, section 46.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import orjson

from graph.answer import LinkView, pack_grade
from graph.errors import BadInput, NotFound
from graph.ids import entity_of, is_id, parse_link_id
from graph.marking_numbers import StoredMarkings
from graph.model import KINDS, LINKS, Identity
from graph.open import Graph
from graph.read.entity import entity
from graph.read.link import link
from graph.read.record import record
from graph.store import Transaction
from loaders.check_link import PRECISIONS
from loaders.encode import Claim
from loaders.hold import only_load
from loaders.keep.kept import row_of
from loaders.mapping.warning import STATUSES
from loaders.present import source_numbers
from loaders.restate import replace_rows
from loaders.retain.erase import erase
from loaders.settle import Progress
from loaders.short_form import Statement, without_short
from loaders.single_value import normal_value
from loaders.stored import StoredRow
from loaders.writer import locked
from security.viewer import Viewer
from standards.code_list import parse_grade
from standards.date import from_text

# What a statement of a row calls its ends, and what else of it can be put right.
_ENDS = {"from": "f", "to": "o"}
_WORDS = {"role": ("r",), "status": ("s",), "grade": ("g",), "valid_from": ("vf", "p"), "valid_to": ("vt",)}


@dataclass(frozen=True, slots=True)
class RightLink:
    """What was done: the link as it was, its id now (None: there is none any more), rows replaced, ids that went."""

    was: LinkView
    id: str | None
    rows: int
    gone: tuple[str, ...]


class _End(NamedTuple):
    """What is to stand at an end: the id of its node, and the number of its marking, if it has one."""

    node: str
    mk: int | None


class _Right(NamedTuple):
    """What is right: values by what a statement calls them, or the thing at an end (None: there is no such link)."""

    name: str
    said: dict[str, Any]
    end: _End | None = None

    def of(self, markings: StoredMarkings, statement: Statement) -> Statement | None:
        """The statement, put right."""
        if self.name not in _ENDS:
            return {key: value for key, value in (statement | self.said).items() if value is not None}
        if self.end is None:
            return None
        m = statement["m"] if self.end.mk is None else markings.join(statement["m"], self.end.mk)
        left = {key: value for key, value in statement.items() if key != "made"}
        return left | {_ENDS[self.name]: {"c": [self.end.node]}, "m": m}


def rectify_link(
    graph: Graph, viewer: Viewer, link_id: str, name: str, text: str | None, progress: Progress
) -> RightLink:
    """Give a link another role, status, grade, valid_from, valid_to, or another thing at its end `from` or `to`.

    Without a text it has none of it; without a thing at its end there is no such link. Raises NotFound for a link or
    thing that is hidden or absent, BadInput for what cannot be rectified so, and for a text that is no value of it.
    """
    wrong, at = link(graph, viewer, link_id), parse_link_id(link_id)
    if wrong is None:
        raise NotFound(f"there is no link by the id {link_id!r}; `links` of an entity answers with them")
    if at is None:
        raise BadInput(f"{link_id!r}: no source says it, resolution does; `polegraph resolve decide` says otherwise")
    right = _right(graph, viewer, wrong, name, text)
    markings = StoredMarkings(graph.store)
    with only_load(graph, sorted(source_numbers(graph.store)), progress):
        work = partial(_replace, graph, markings, wrong, at, right)
        rows, id_ = markings.within(lambda: graph.store.write(work))
        return RightLink(wrong, id_, rows, tuple(erase(graph, (), progress)))


def _replace(
    graph: Graph,
    markings: StoredMarkings,
    wrong: LinkView,
    at: tuple[str, int],
    right: _Right,
    transaction: Transaction,
) -> tuple[int, str | None]:
    """Replace the rows, in one transaction; returns how many, and the id of the link now."""
    seq = locked(transaction)
    row_id, place = at
    ends = {"from": wrong.origin.id, "to": wrong.target.id}
    found = transaction.run("retain/same_links", **ends, row=row_id, place=place)
    if not found:
        raise NotFound(f"the link {wrong.id!r} is not as it was when it was looked at: look again")
    places = {each["row"]["id"]: each["places"] for each in found}
    rows = [row_of(each) for each in found]
    (asked,) = (row for row in rows if row.properties["id"] == row_id)
    value = _value(right, _statements(asked)[place])

    stands: list[int] = []

    def said(row: StoredRow) -> StoredRow | None:
        stated, own = _statements(row), row.properties["id"]
        wrong_at = [each for each in places[own] if _value(right, stated[each]) == value]
        claims, links, mk = _said(graph, markings, row, wrong_at, right)
        if own == row_id and links[place] is not None:
            stands.append(sum(each is not None for each in links[:place]))
        left = orjson.dumps([each for each in links if each is not None]).decode()
        return StoredRow(row.properties | {"mk": mk, "links": left}, claims) if wrong_at else None

    heirs = replace_rows(graph, transaction, seq, rows, said)
    return len(heirs), f"l_{heirs[row_id][2:]}_{stands[0]}" if stands else None


def _value(right: _Right, statement: Statement) -> list[Any]:
    """What a statement says of what is put right; whoever stands wrongly at an end does so whatever else is said."""
    return [statement.get(key) for key in _WORDS.get(right.name, ())]


def _statements(row: StoredRow) -> list[Statement]:
    found: list[Statement] = orjson.loads(row.properties["links"])
    return found


def _said(
    graph: Graph, markings: StoredMarkings, row: StoredRow, places: Sequence[int], right: _Right
) -> tuple[tuple[Claim, ...], list[Statement | None], int]:
    """What a row says of things and of links, None where it says no more, with the statements at these places right.

    And its marking: the row shows its cells, so it is no lower than anything that it says.
    """
    former, claims, mk = _statements(row), row.claims, row.properties["mk"]
    links: list[Statement | None] = list(former)
    for place in places:
        links[place] = new = right.of(markings, former[place])
        if new is not None and new["m"] != former[place]["m"]:
            mk = markings.join(mk, new["m"])
    if right.name in _ENDS:
        for place in places:
            claims, links = without_short(graph, claims, former[place], links)
    return claims, links, mk


def _right(graph: Graph, viewer: Viewer, wrong: LinkView, name: str, text: str | None) -> _Right:
    """What is right of a link by a text of somebody's; raises BadInput and NotFound."""
    if name in _ENDS:
        return _Right(name, {}, None if text is None else _end(graph, viewer, wrong, name, text))
    if name not in _WORDS:
        raise BadInput(f"{name!r}: a link has no such property; it has {', '.join((*_WORDS, *_ENDS))}")
    said: dict[str, Any] = dict.fromkeys(_WORDS[name])
    if text is not None:
        said = {"role": _role, "status": _status, "grade": _grade}.get(name, _moment)(graph, wrong, name, text)
    was = {"vf": wrong.valid_from, "vt": wrong.valid_to, "r": wrong.role, "s": wrong.status, "g": wrong.grade}
    now = was | {"p": wrong.precision} | said
    if now == was | {"p": wrong.precision}:
        raise BadInput(f"{name!r}: the link says just that already")
    if now["vf"] is not None and now["vt"] is not None and now["vt"] < now["vf"]:
        raise BadInput(f"{name!r}: with {text!r} the link would end before it begins")
    return _Right(name, said)


def _role(graph: Graph, wrong: LinkView, name: str, text: str) -> dict[str, Any]:
    return {"r": _one_of(name, text, LINKS[wrong.type].roles)}


def _status(graph: Graph, wrong: LinkView, name: str, text: str) -> dict[str, Any]:
    return {"s": _one_of(name, text, STATUSES)}


def _one_of(name: str, text: str, known: Sequence[str]) -> str:
    if text not in known:
        raise BadInput(f"{name!r}: {text!r} is none of {', '.join(known) or 'those that it may have: it has none'}")
    return text


def _grade(graph: Graph, wrong: LinkView, name: str, text: str) -> dict[str, Any]:
    grade = parse_grade(text)
    if grade is None:
        raise BadInput(f"{name!r}: {text!r} is no grade; say it as 1A P")
    return {"g": pack_grade(grade.source, grade.intelligence, grade.handling)}


def _moment(graph: Graph, wrong: LinkView, name: str, text: str) -> dict[str, Any]:
    given, failed = normal_value(graph.ids, "Marker", name, text)
    if failed:
        raise BadInput(f"{name!r}: {text!r} is no date; say it as 2026-03-01, 2026-03 or 2026-03-01T10:15Z")
    moment = from_text(given[name])
    return {"vf": moment.epoch, "p": PRECISIONS[moment.precision]} if name == "valid_from" else {"vt": moment.epoch}


def _end(graph: Graph, viewer: Viewer, wrong: LinkView, name: str, text: str) -> _End:
    """The record or value of an id that is to stand at an end; raises NotFound, and BadInput for what may not."""
    if is_id(text, "r_"):
        found = record(graph, viewer, text)
        if found is None:
            raise NotFound(f"{name!r}: there is no record by the id {text!r}; `records` of an entity answers with them")
        keyed = KINDS[found.kind].identity is Identity.KEYED
        kind, end = found.kind, _End(entity_of(text) if keyed else text, found.mk)
    else:
        value = entity(graph, viewer, text)
        if value is None or value.mk is not None:
            raise NotFound(f"{name!r}: give a record, r_..., or a visible phone, postcode or the like, e_...: {text!r}")
        kind, end = value.kind, _End(value.id, None)
    may = LINKS[wrong.type].sources if name == "from" else LINKS[wrong.type].targets
    if kind not in may:
        raise BadInput(f"{name!r}: {text!r} is a {kind}; {wrong.type} has there one of {', '.join(sorted(may))}")
    return end
