"""Signs that somebody may have looked where they had no business to, each with the entries that show it.

They say where professional standards might ask, never that somebody did wrong. Source for what to look for: HMICFRS,
Shining a light on betrayal: abuse of position for a sexual purpose (2019); the Information Commissioner's prosecutions
under the Data Protection Act 2018, section 170 (looking up oneself, family, neighbours, colleagues).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scipy import stats

from analysis.access import span_of
from analysis.misuse_place import name_of, places_of
from analysis.scope import MOST
from graph.answer import EntityView
from graph.audit import on_record
from graph.open import Graph
from graph.read.entity import entities_by_id
from graph.read.event import Listed
from graph.read.page import cut_to, within
from security.audit import AuditLog
from security.audit.subject import Access, looks
from security.viewer import Viewer

_MOST_DAYS = 366
# The same subject, never with a reference, on so many days.
_DAYS = 3
# So many looks without a reference, when most of somebody's have none and hardly anybody else's.
_LOOKS, _SHARE = 10, 0.5
# So many different subjects in an hour, and less likely than that by what is usual.
_SUBJECTS, _UNLIKELY = 20, 1e-6


class MisuseSign(StrEnum):
    """What a look was, or looks were."""

    SELF = "SELF"
    SAME_SURNAME = "SAME_SURNAME"
    SAME_ADDRESS = "SAME_ADDRESS"
    COLLEAGUE = "COLLEAGUE"
    OUT_OF_AREA = "OUT_OF_AREA"
    REPEATED = "REPEATED"
    NO_REFERENCE = "NO_REFERENCE"
    BURST = "BURST"


@dataclass(frozen=True, slots=True)
class MisuseView:
    """A sign: whose looks (and the officer that is), at whom, the entries, and what it says in words."""

    sign: MisuseSign
    user: str
    officer: EntityView | None
    entities: tuple[EntityView, ...]
    accesses: tuple[Access, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Look:
    """A look at one subject: asked for by its id; or else found by a name, plate or number that was given.

    Who is found may be one of many of that name: so it tells whose they are, and not how much somebody looks.
    """

    access: Access
    subject: str
    asked: bool = True


@dataclass(frozen=True, slots=True)
class _Found:
    sign: MisuseSign
    user: str
    looks: tuple[Look, ...]
    sentence: str


def misuse_indicators(
    graph: Graph, viewer: Viewer, log: AuditLog, window_days: int = 30, first: int = 50
) -> Listed[MisuseView]:
    """The signs in the looks of the last days, in the order of `MisuseSign`, then by user and first entry.

    A look is a subject whose id somebody gave, or, for the signs of names and homes, whom a check by name, plate or
    number found; what a search lists nobody looked at yet. A user is the officer whose collar number their name is, or
    ends with. Raises BadInput for numbers out of range, Unlogged where the log cannot be read.
    """
    within("first", first, 1, MOST)
    since, until = span_of(graph.clock(), within("windowDays", window_days, 1, _MOST_DAYS))
    with on_record():
        entries = list(looks(log, since, until)) if log.book.exists() else []
    known = entities_by_id(graph, viewer, sorted({id_ for each in entries for id_ in (*each.asked, *each.found)}))
    every = [look for entry in entries for look in _looks(entry, known)]
    seen = [look for look in every if look.asked]
    people = {view.id: view for view in known.values()}
    staff = _Staff(graph, viewer, {look.access.user for look in every}, people.values())
    placed = [*_by_name(every, people, staff), *_by_place(graph, viewer, every, staff)]
    found = [*placed, *repeated(seen), *without_reference(seen), *bursts(seen)]
    order = list(MisuseSign)
    found.sort(key=lambda each: (order.index(each.sign), each.user, each.looks[0].access.seq))
    shown, cut = cut_to(found, first)
    officers = entities_by_id(graph, viewer, sorted(filter(None, {staff.id_of(each.user) for each in shown})))
    return Listed(tuple(_view(each, people, officers.get(staff.id_of(each.user) or "")) for each in shown), cut)


def _looks(entry: Access, known: Mapping[str, EntityView]) -> Iterable[Look]:
    """The people at whom an entry looks, each once."""
    asked, found = (
        {known[id_].id: None for id_ in ids if id_ in known and known[id_].kind == "Person"}
        for ids in (entry.asked, entry.found)
    )
    yield from (Look(entry, id_) for id_ in asked)
    yield from (Look(entry, id_, asked=False) for id_ in found if id_ not in asked)


def _view(found: _Found, people: Mapping[str, EntityView], officer: EntityView | None) -> MisuseView:
    subjects = dict.fromkeys(look.subject for look in found.looks)
    accesses = {look.access.seq: look.access for look in found.looks}
    return MisuseView(
        found.sign,
        found.user,
        officer,
        tuple(people[id_] for id_ in subjects),
        tuple(accesses.values()),
        found.sentence,
    )


class _Staff:
    """The officers that users are, and those who have the name of a subject."""

    def __init__(self, graph: Graph, viewer: Viewer, users: Iterable[str], people: Iterable[EntityView]) -> None:
        self._collars = {user: _collars(user) for user in users}
        surnames = sorted({surname for view in people if (surname := name_of(view.properties)[1])})
        collars = sorted({collar for some in self._collars.values() for collar in some})
        rows = graph.store.read(viewer, "access/officers", collars=collars, surnames=surnames) if collars else []
        self._by_collar = {row["collar"].lower(): row for row in reversed(rows) if row["collar"]}
        self._names = {name_of(row): row["id"] for row in rows if all(name_of(row))}

    def officer(self, user: str) -> Mapping[str, Any] | None:
        """The officer whom a user's name says by its collar number, None where it says none."""
        return next((self._by_collar[each] for each in self._collars[user] if each in self._by_collar), None)

    def id_of(self, user: str) -> str | None:
        """The officer's id."""
        officer = self.officer(user)
        return None if officer is None else str(officer["id"])

    def named(self, name: tuple[str, str]) -> str | None:
        """The officer of that name."""
        return self._names.get(name)


def _collars(user: str) -> list[str]:
    """What a user's name can be as a collar number: all of it, or the last word of what stands before an @."""
    tail = "".join(sign if sign.isalnum() else " " for sign in user.partition("@")[0]).split()
    return [each.lower() for each in dict.fromkeys((user, *tail[-1:]))]


def _by_name(seen: Sequence[Look], people: Mapping[str, EntityView], staff: _Staff) -> Iterable[_Found]:
    """Looks at oneself, at somebody of the same surname, at a colleague: by names, which others may have too."""
    for (user, subject), some in _grouped(seen, lambda look: (look.access.user, look.subject)).items():
        officer, name = staff.officer(user), name_of(people[subject].properties)
        own = name_of(officer) if officer is not None else None
        if own is not None and all(own) and own == name:
            yield _Found(MisuseSign.SELF, user, some, f"{user} looked at somebody of their own name, {_times(some)}")
        elif own is not None and own[1] and own[1] == name[1]:
            yield _Found(
                MisuseSign.SAME_SURNAME, user, some, f"{user} looked at somebody of their own surname, {_times(some)}"
            )
        elif all(name) and staff.named(name) is not None:
            yield _Found(
                MisuseSign.COLLEAGUE, user, some, f"{user} looked at somebody of an officer's name, {_times(some)}"
            )


def _by_place(graph: Graph, viewer: Viewer, seen: Sequence[Look], staff: _Staff) -> Iterable[_Found]:
    """Looks at somebody who lives where the user does, and at somebody of whom nothing is where the user works."""
    known = {user: row for look in seen if (row := staff.officer(user := look.access.user)) is not None}
    names = {user: name_of(row) for user, row in known.items()}
    looked = [look.subject for look in seen if look.access.user in known]
    places = places_of(graph, viewer, looked, (row["id"] for row in known.values()), names.values())
    for (user, subject), some in _grouped(seen, lambda look: (look.access.user, look.subject)).items():
        if user not in known:
            continue
        if places.lives_with(subject, names[user]):
            said = f"{user} looked at somebody who lives with one of their own name, {_times(some)}"
            yield _Found(MisuseSign.SAME_ADDRESS, user, some, said)
        some = tuple(look for look in some if look.asked)
        if some and places.is_out_of_area(subject, str(known[user]["id"])):
            said = f"{user} looked at somebody of whom nothing is where they deal with events, {_times(some)}"
            yield _Found(MisuseSign.OUT_OF_AREA, user, some, said)


def repeated(seen: Sequence[Look]) -> Iterable[_Found]:
    """The same subject on several days, never with the reference of a case."""
    for (user, _), some in _grouped(seen, lambda look: (look.access.user, look.subject)).items():
        days = {look.access.at[:10] for look in some}
        if len(days) >= _DAYS and not any(look.access.reference for look in some):
            said = f"{user} looked at the same person on {len(days)} days, never with a reference"
            yield _Found(MisuseSign.REPEATED, user, some, said)


def without_reference(seen: Sequence[Look]) -> Iterable[_Found]:
    """Somebody most of whose looks have no reference, where those of the others do."""
    bare = [look for look in seen if not look.access.reference]
    every, without = (_grouped(some, lambda look: look.access.user) for some in (seen, bare))
    for user, some in without.items():
        others, bare_others = len(seen) - len(every[user]), len(bare) - len(some)
        share, usual = len(some) / len(every[user]), bare_others / others if others else 0.0
        if len(some) >= _LOOKS and share >= _SHARE and share >= 2 * usual:
            said = f"{share:.0%} of {len(every[user])} looks of {user} have no reference, of the others' {usual:.0%}"
            yield _Found(MisuseSign.NO_REFERENCE, user, some, said)


def bursts(seen: Sequence[Look]) -> Iterable[_Found]:
    """Very many different subjects within a clock hour, beside what everybody's busy hours have."""
    hours = _grouped(seen, lambda look: (look.access.user, look.access.at[:13]))
    sizes = {key: len({look.subject for look in some}) for key, some in hours.items()}
    for (user, hour), size in sizes.items():
        others = [other for key, other in sizes.items() if key != (user, hour)]
        usual = sum(others) / len(others) if others else 1.0
        if size >= _SUBJECTS and stats.poisson.sf(size - 1, usual) < _UNLIKELY:
            said = f"{user} looked at {size} people in the hour from {hour[:10]} {hour[11:]}:00; {usual:.1f} are usual"
            yield _Found(MisuseSign.BURST, user, hours[user, hour], said)


def _grouped(seen: Iterable[Look], key: Callable[[Look], Any]) -> dict[Any, tuple[Look, ...]]:
    groups: defaultdict[Any, list[Look]] = defaultdict(list)
    for look in seen:
        groups[key(look)].append(look)
    return {name: tuple(some) for name, some in groups.items()}


def _times(some: Sequence[Look]) -> str:
    return "once" if len(some) == 1 else f"{len(some)} times"
