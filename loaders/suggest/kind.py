"""What the rows of a file are: the kind that name, key and columns speak for, and the column that is the key."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import PurePosixPath

from graph.model import EVENTS, KINDS
from loaders.suggest.column import Column
from loaders.suggest.proposal import Entry, braced
from loaders.suggest.sniff import Sniffed
from loaders.suggest.term import kind_of, role_of
from loaders.suggest.vocabulary import stem, words

KEYS = ("ref", "urn", "custody_number", "code", "uprn", "collar_number", "officer", "area", "parent")
TIMES = ("as_of", "date", "time", "valid_from", "valid_to", "occurred_from", "occurred_to", "reported_at")
# What says that a row is about a person, whoever else it is about.
PERSONAL = frozenset(
    "name forenames given_name middle_name surname maiden_name alias title date_of_birth year_of_birth age gender "
    "place_of_birth nationality ethnicity_self ethnicity_observed height_cm build occupation pnc_id cro_number "
    "ni_number driver_number passport_number nhs_number warning date_of_death".split()
)
NAMING = frozenset("name forenames given_name surname date_of_birth".split())
CONTACT = frozenset("phone email address postcode saon paon street locality town uprn".split())
NUMBERS = ("pnc_id", "cro_number", "ni_number", "driver_number", "passport_number", "nhs_number")

_STEM, _FOLDER, _KEY, _MOST_SPECIFIC, _MOST_PERSONAL = 4.0, 1.5, 3.0, 4, 3
_RARE = 2
_LEAST = 2.0
_SPEAKING = {"urn": "IntelReport", "vrm": "Vehicle", "vin": "Vehicle", "custody_number": "Custody"}
_SPEAKING_WEIGHT = 1.0
_PHONES_OF_A_CALL = 2
_MOST_PAIRED = 8
_SIDES = ({"start", "end"}, {"source", "target"}, {"from", "to"})


def entry_of(sniffed: Sniffed, columns: list[Column], skipped: int = 0) -> Entry:
    """A file with what its rows are and their key; `kind` None where nothing says it, or it only ties other things.

    `skipped`: so many first words of its name all files have, which tell none of them apart.
    """
    entry = Entry(sniffed, columns, stem=stem(sniffed.path, skipped))
    entry.notes += sniffed.notes
    if _only_ties(columns):
        entry.notes.append("these rows only tie things that other files describe")
    else:
        entry.kind = _kind(sniffed, columns, entry.stem)
    entry.key = key_column(columns, entry.kind, entry.stem)
    return entry


def _only_ties(columns: list[Column]) -> bool:
    """True where two or more references stand in a row, and beside them only dates and roles."""
    keys = [column for column in columns if column.means(*KEYS)]
    rest = [c for c in columns if not c.means(*KEYS, *TIMES, "role", "relation") and len(c.counts) != 1]
    sides = {word for column in keys for word in column.about}
    if len(keys) < 2 or rest:
        return False
    return any(pair <= sides for pair in _SIDES) or not any(column.unique and column.full for column in keys)


def _kind(sniffed: Sniffed, columns: list[Column], named: tuple[str, ...]) -> str | None:
    score: defaultdict[str, float] = defaultdict(float)
    if (said := kind_of(named)) is not None:
        score[said] += _STEM
    for folder in PurePosixPath(sniffed.path.rpartition("!/")[0] or sniffed.path).parts[:-1]:
        if (found := kind_of(words(folder))) is not None:
            score[found] += _FOLDER
    for column in columns:
        spoken = _SPEAKING.get(column.meaning)
        if spoken is not None:
            score[spoken] += _SPEAKING_WEIGHT
        about = kind_of(column.about)
        if about is not None and column.means(*KEYS) and column.unique and column.full:
            score[about] += _KEY
    for kind, count in _specific(columns).items():
        score[kind] += min(count, _MOST_SPECIFIC)
    # `Victim Name` beside `Suspect Name` speaks of an event rather than of a person.
    score["Person"] += min(sum(c.meaning in PERSONAL and not c.about for c in columns), _MOST_PERSONAL)
    if sum(column.means("phone") for column in columns) >= _PHONES_OF_A_CALL and any(
        c.means("duration_s") for c in columns
    ):
        score["Call"] += _KEY
    best, weight = max(score.items(), key=lambda item: (item[1], item[0]), default=("", 0.0))
    return best if weight >= _LEAST else None


def _specific(columns: Iterable[Column]) -> Counter[str]:
    """How many columns mean something that only one or two kinds have, by kind."""
    holders = {
        name: [kind for kind in KINDS if name in KINDS[kind].by_name] for c in columns for name in c.meanings[:1]
    }
    return Counter(
        kind
        for name, kinds in holders.items()
        if name not in PERSONAL | CONTACT and len(kinds) <= _RARE
        for kind in kinds
    )


def key_column(columns: list[Column], kind: str | None, named: tuple[str, ...]) -> Column | None:
    """The column by which the row's own thing is known, None where there is none.

    One whose values come once each and that is called a reference of the thing; among several the one that says so
    best, then the first. A thing said by several rows (a suspect of many crimes) has a reference that comes again.
    """
    if kind is None:
        return None
    if kind == "Vehicle":
        return next((c for c in columns if c.means("vrm", "vin") and c.full), None)
    usable = [column for column in columns if column.identifying and (column.full or not column.cells)]
    scored = [(_key_score(column, kind, named), -column.place, column) for column in usable]
    score, _, best = max(scored, key=lambda item: item[:2], default=(0, 0, None))
    return best if best is not None and score >= _LEAST else None


def _key_score(column: Column, kind: str, named: tuple[str, ...]) -> float:
    score = 0.0
    about = kind_of(column.about)
    if column.unique:
        score += 2.0
    if column.means(*KEYS):
        score += 1.0
    if (
        column.meaning in NUMBERS
        or column.meaning in PERSONAL | CONTACT
        or column.meaning in ("serial_number", "vrm", "phone")
    ):
        score -= 2.0
    if about == kind or (kind == "Person" and role_of(column.about)):
        score += 2.0
    elif not column.about or set(column.about) <= set(named):
        score += 1.0
    elif about is not None:
        score -= 2.0
    if column.means("officer", "area", "parent"):
        score -= 3.0
    if not column.meanings and column.few:
        score -= 2.0
    return score


def row_key(entry: Entry) -> str | None:
    """The template that tells rows apart: the key, else the fewest references that do so together.

    Somebody's part in an event is a row for each event, even where nobody comes twice yet.
    """
    key = entry.key
    event = next((r.column for r in entry.references if r.kind in EVENTS and r.column.full), None)
    if key is not None and event is not None and entry.kind == "Person" and role_of(entry.stem):
        return braced(key.name, event.name)
    if key is not None and (key.unique or not key.cells):
        return braced(key.name)
    keys = [c for c in entry.columns if c.means(*KEYS, "phone", "vrm") and c.identifying and (c.full or not c.cells)]
    alone = next((c for c in keys if c.unique and c.cells and key is None), None)
    if alone is not None:
        return braced(alone.name)
    found = next((pair for pair in combinations(keys[:_MOST_PAIRED], 2) if _tell_apart(*pair)), None)
    return None if found is None else braced(*(column.name for column in found))


def _tell_apart(first: Column, second: Column) -> bool:
    pairs = list(zip(first.cells, second.cells, strict=True))
    return not pairs or len(set(pairs)) >= 0.97 * len(pairs)
