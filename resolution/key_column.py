"""The blocking keys of many records at once: what `key.key_row` says of each, from their columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from resolution import key
from resolution.abreast import MANY, both, shared
from resolution.column import Codes, Column, Flags, Ints, Names, owners, starts_of
from resolution.key import FAMILIES, KEY_PROPERTIES, NO_KEY

Hashes = npt.NDArray[np.uint64]
_CONTACTS = ("phone", "vrm", "email")
_SPOTS = (key.street_in_town, key.house_in_town)
_MIX, _MASK = np.uint64(key.MIX), np.uint64(key.MASK)


def numbers(family: str, *parts: Hashes) -> Ints:
    """Return what `key.number` gives for each of many combinations of parts, given by the hashes of the parts."""
    mixed = np.full(len(parts[0]), key.hashed(family), np.uint64)
    for part in parts:
        mixed = (mixed * _MIX + part) & _MASK
    return mixed.astype(np.int64)


def hashes(values: Sequence[str]) -> Hashes:
    """Return `key.hashed` of each value."""
    # A copy of one that is begun takes half of the time of another.
    begin, digests = blake2b(digest_size=8).copy, []
    for value in values:
        one = begin()
        one.update(value.encode())
        digests.append(one.digest())
    return np.frombuffer(b"".join(digests), ">u8").astype(np.uint64) >> np.uint64(1)


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a key for every record: its hash, and which records have one."""

    hash: Hashes
    known: Flags

    @staticmethod
    def of(values: Sequence[str], codes: Codes | Ints) -> _Part:
        """Return the part that is the value of each code, none where that is empty or the code is -1."""
        there = np.array([bool(value) for value in values] + [False], bool)
        return _Part.hashed(hashes(values), np.where(there[codes], codes, -1))

    @staticmethod
    def hashed(of_codes: Hashes, codes: Codes | Ints) -> _Part:
        """Return the part that has the hash of each code, none where the code is -1."""
        return _Part(np.append(of_codes, np.uint64(0))[codes], codes >= 0)

    @staticmethod
    def some(values: Sequence[str], codes: Ints) -> _Part:
        """Return the part that is the value of each code, none where the code is -1; only such values are hashed."""
        used, places = np.unique(codes, return_inverse=True)
        known = int(np.searchsorted(used, 0))
        return _Part.hashed(hashes([values[code] for code in used[known:].tolist()]), places - known)

    def otherwise(self, other: _Part) -> _Part:
        """Return this part, or another where there is none."""
        return _Part(np.where(self.known, self.hash, other.hash), self.known | other.known)


def key_rows(names: Names, columns: Mapping[str, Column]) -> Ints:
    """Return the keys of records, a row a record and a column a key property, -1 for none."""
    count = len(names.starts) - 1
    if count < MANY:
        rows = np.full((count, len(KEY_PROPERTIES)), NO_KEY, np.int64)
        _fill(rows, _by_words(names, columns))
        _fill(rows, _by_values(names, columns))
        return rows
    rows = shared((count, len(KEY_PROPERTIES)), NO_KEY)
    both(lambda: _fill(rows, _by_words(names, columns)), lambda: _fill(rows, _by_values(names, columns)))
    return rows


def _fill(rows: Ints, parts: Mapping[str, Sequence[tuple[_Part, ...]] | Ints]) -> None:
    """Write the keys of families: numbers of the parts of each slot, or what they are already."""
    for family, found in parts.items():
        columns_of = [KEY_PROPERTIES.index(slot) for slot in FAMILIES[family]]
        if isinstance(found, np.ndarray):
            rows[:, columns_of] = found
            continue
        for at, these in zip(columns_of, found, strict=True):
            known = np.logical_and.reduce([part.known for part in these])
            rows[known, at] = numbers(family, *(part.hash[known] for part in these))


def _by_words(names: Names, columns: Mapping[str, Column]) -> Mapping[str, Sequence[tuple[_Part, ...]]]:
    """Return the parts of the keys of the words of a name, with a day, a home and the like."""
    words, pairs = _words(names)
    birth, address = columns["birth"], columns["address"]
    born = _nth(birth, 0)
    day = _Part.of([key.sorted_day(value) for value in birth.values], born)
    year = _Part.of([value[:4] for value in birth.values], born)
    postcode = _Part.of(columns["postcode"].values, _nth(columns["postcode"], 0))
    without = np.where(postcode.known, -1, _nth(address, 0))
    home = postcode.otherwise(_Part.some(address.values, without))
    origin = _Part.of(columns["birth_place"].values, _nth(columns["birth_place"], 0))
    return {
        "birth": [(word, day) for word in words],
        "home": [(word, home) for word in words[:2]],
        "year": [(*pair, year) for pair in pairs],
        "area": [(*pairs[0], _area(columns["postcode"]))],
        "origin": [(word, origin) for word in words[:2]],
        "name": [pairs[0]],
    }


def _by_values(names: Names, columns: Mapping[str, Column]) -> Mapping[str, Sequence[tuple[_Part, ...]] | Ints]:
    """Return the parts of the keys of what else a record knows, with no more of its name than initials."""
    initials, both, middles, given = _initials(names)
    birth, address = columns["birth"], columns["address"]
    born = _nth(birth, 0)
    whole_day = _Part.of([key.sorted_day(value) if key.is_whole(value) else "" for value in birth.values], born)
    nowhere = _Part(np.full(len(born), key.hashed(""), np.uint64), np.ones(len(born), bool))
    # One door is an address at each of the postcodes that it is given.
    named = [value.partition("|")[2] for value in address.values]
    place: dict[str, int] = {}
    door_of = np.array([*(place.setdefault(one, len(place)) for one in named), -1], np.int64)
    door = _Part.of([key.door_of(f"|{one}") for one in place], door_of[_nth(address, 0)])
    identifiers = hashes(columns["identifier"].values)
    return {
        "id": [(_Part.hashed(identifiers, _nth(columns["identifier"], slot)),) for slot in range(len(FAMILIES["id"]))],
        "contact": _contacts(columns, len(born), len(FAMILIES["contact"])),
        "address": [(_Part.some(address.values, _nth(_placed(address), 0)),)],
        "day": [(whole_day, _area(columns["postcode"]).otherwise(nowhere))],
        "door": [(initial, door) for initial in initials],
        "middle": middles,
        "initials": [(*both, whole_day)],
        "near": [(half, given) for half in _halves(columns["identifier"])],
        "spot": [(_Part.of([of(value) for value in address.values], _nth(address, 0)),) for of in _SPOTS],
    }


def _area(postcodes: Column) -> _Part:
    return _Part.of([key.area_of(value) for value in postcodes.values], _nth(postcodes, 0))


def _nth(column: Column, slot: int) -> Ints:
    """Return the code of each record's value at a place in its list, -1 where the list is shorter."""
    codes = np.full(len(column.starts) - 1, -1, np.int64)
    has = np.diff(column.starts) > slot
    codes[has] = column.codes[column.starts[:-1][has] + slot]
    return codes


def _placed(addresses: Column) -> Column:
    """Return the addresses of which the place is known."""
    placed = np.array([value[0] != "|" for value in addresses.values], bool)[addresses.codes]
    count = len(addresses.starts) - 1
    record = owners(addresses.starts)[placed]
    return Column(addresses.values, addresses.codes[placed], starts_of(np.bincount(record, minlength=count)))


def _contacts(columns: Mapping[str, Column], count: int, width: int) -> Ints:
    """Return the keys of phones, vehicles and emails: the first of each, then the seconds, as far as there is room."""
    rows, taken = np.full((count, width), NO_KEY, np.int64), np.zeros(count, np.int64)
    found = {scheme: contact_numbers(scheme, columns[scheme].values) for scheme in _CONTACTS}
    for slot in range(width):
        for scheme, keys in found.items():
            codes = _nth(columns[scheme], slot)
            there = np.nonzero((codes >= 0) & (taken < width))[0]
            if len(there):
                rows[there, taken[there]] = keys[codes[there]]
                taken[there] += 1
    return rows


def contact_numbers(scheme: str, values: Sequence[str]) -> Ints:
    """Return `key.contact_key` of each value."""
    return numbers("contact", np.full(len(values), key.hashed(scheme), np.uint64), hashes(values))


def shared_keys(columns: Mapping[str, Column]) -> dict[str, tuple[Ints, Ints]]:
    """Return `key.shared_keys` of all records, by family: the record of each key, and the key."""
    found = [(column, contact_numbers(scheme, column.values)) for scheme in _CONTACTS for column in (columns[scheme],)]
    address = columns["address"]
    contacts = [(owners(column.starts), keys[column.codes]) for column, keys in found]
    records, keys = (np.concatenate(each) for each in zip(*contacts, strict=True))
    return {
        "contact": (records, keys),
        "address": (owners(address.starts), numbers("address", hashes(address.values))[address.codes]),
    }


def _words(names: Names) -> tuple[list[_Part], list[tuple[_Part, _Part]]]:
    """Return the words that records are found by, and their pairs of given name and surname: first, second..."""
    sounds = [key.word_of(word) for word in names.words]
    distinct = sorted(set(sounds) - {""})
    place = {"": -1} | {sound: number for number, sound in enumerate(distinct)}
    code_of = np.array([*(place[sound] for sound in sounds), -1], np.int64)
    count = len(names.starts) - 1
    record = owners(names.starts)
    number = np.arange(len(record)) - names.starts[:-1][record]
    given, surname, middle = code_of[names.given], code_of[names.surname], code_of[names.middle]
    words = _ranked_words(names, (given, surname, middle), len(FAMILIES["birth"]))
    whole = np.where(
        (given >= 0) & (surname >= 0), np.minimum(given, surname) * len(distinct) + np.maximum(given, surname), -1
    )
    pairs = _ranked(record, number, whole, (count, len(FAMILIES["year"])))
    halves = [np.where(codes < 0, -1, np.divmod(codes, max(len(distinct), 1))) for codes in pairs.T]
    of_codes = hashes(distinct)
    return (
        [_Part.hashed(of_codes, codes) for codes in words.T],
        [(_Part.hashed(of_codes, lesser), _Part.hashed(of_codes, greater)) for lesser, greater in halves],
    )


def _ranked_words(names: Names, parts: tuple[Ints, Ints, Ints], width: int) -> Ints:
    """Return the first distinct words of each record: of every name given name and surname, then the middle name.

    `parts`: given name, surname and middle name of every name, -1 for none.
    """
    counts = np.diff(names.starts)
    found = np.full((len(counts), width), -1, np.int64)
    single = np.nonzero(counts == 1)[0]
    only = names.starts[single]
    found[single] = _in_row([codes[only] for codes in parts], width)
    more = np.nonzero(counts > 1)[0]
    if len(more):
        given, surname, middle = parts
        mine = np.repeat(counts > 1, counts)
        number = np.arange(len(mine)) - np.repeat(names.starts[:-1], counts)
        record, number = np.repeat(np.arange(len(more)), counts[more]), number[mine]
        first = names.starts[more]
        found[more] = _ranked(
            np.concatenate((record, record, np.arange(len(more)))),
            np.concatenate((2 * number, 2 * number + 1, np.full(len(more), 2 * int(counts.max())))),
            np.concatenate((given[mine], surname[mine], middle[first])),
            (len(more), width),
        )
    return found


def _in_row(columns: Sequence[Ints], width: int) -> Ints:
    """Return the first distinct codes of the columns in each row; -1 where there are no more."""
    found = np.full((len(columns[0]), width), -1, np.int64)
    filled = np.zeros(len(found), np.int64)
    for number, codes in enumerate(columns):
        new = (codes >= 0) & (filled < width)
        for former in columns[:number]:
            new &= codes != former
        rows = np.nonzero(new)[0]
        found[rows, filled[rows]] = codes[rows]
        filled[rows] += 1
    return found


def _halves(identifiers: Column) -> list[_Part]:
    """Return either half of each record's best identifier."""
    first = _nth(identifiers, 0)
    halves = zip(*map(key.halves_of, identifiers.values), strict=True)
    return [_Part.of(half, first) for half in halves] or [_Part.of((), first)] * 2


def _initials(names: Names) -> tuple[list[_Part], tuple[_Part, _Part], list[tuple[_Part, ...]], _Part]:
    """Return the initials of the first name: each once, then both in an order of their own.

    With them the parts of the keys of its middle name's initial, and the word of its given name.
    """
    count = len(names.starts) - 1
    record = np.nonzero(np.diff(names.starts))[0]
    first = names.starts[record]
    letters = sorted({word[0] for word in names.words})
    place = {letter: number for number, letter in enumerate(letters)}
    initial_of = np.array([*(place[word[0]] for word in names.words), -1], np.int64)
    given, surname, middle = (np.full(count, -1, np.int64) for _ in range(3))
    for codes, all_codes in ((given, names.given), (surname, names.surname), (middle, names.middle)):
        codes[record] = all_codes[first]
    one, two = initial_of[given], initial_of[surname]
    low, high = np.minimum(one, two), np.maximum(one, two)
    sounds, of_letters = [key.word_of(word) for word in names.words], hashes(letters)
    word, last = _Part.of(sounds, given), _Part.of(sounds, surname)
    third, ending = (_Part.hashed(of_letters, codes) for codes in (initial_of[middle], np.where(last.known, two, -1)))
    return (
        [
            _Part.hashed(of_letters, codes)
            for codes in (np.where(one >= 0, one, two), np.where((low >= 0) & (low < high), two, -1))
        ],
        (_Part.hashed(of_letters, low), _Part.hashed(of_letters, high)),
        [(last, third), (word, ending, third)],
        word,
    )


def _ranked(record: Ints, order: Ints, codes: Ints, shape: tuple[int, int]) -> Ints:
    """Return the first distinct codes of each record in the order given, a row a record; -1 where there are no more."""
    found = np.full(shape, -1, np.int64)
    known = codes >= 0
    record, order, codes = record[known], order[known], codes[known]
    by_order = np.argsort(record * (int(order.max(initial=0)) + 1) + order)
    record, codes = record[by_order], codes[by_order]
    first = np.sort(np.unique(record * (int(codes.max(initial=0)) + 1) + codes, return_index=True)[1])
    record, codes = record[first], codes[first]
    rank = np.arange(len(record)) - np.searchsorted(record, np.arange(shape[0]))[record]
    near = rank < shape[1]
    found[record[near], rank[near]] = codes[near]
    return found
