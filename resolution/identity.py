"""Vehicles, addresses and organisations are told apart by their identifying properties, not by evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from resolution.key import THING_PROPERTIES, number
from standards.address import AddressParts, address_key, is_no_fixed_abode, parse_address
from standards.identifier import check_company, check_uprn
from standards.text import fold
from standards.vehicle import check_vin, check_vrm

# The legal form says nothing about which company it is.
_LEGAL_FORM = re.compile(r"\b(limited|ltd|plc|llp|company|co|inc)\b")


@dataclass(frozen=True, slots=True)
class Identities:
    """`seed[i]`: the place of the record that seeds record i's entity; pairs of one thing across markings."""

    seed: list[int]
    same_identity: list[tuple[int, int]]


def identity_keys(kind: str, properties: Mapping[str, Any]) -> tuple[str, ...]:
    """What identifies a thing, the strongest first; empty where nothing does."""
    return tuple(dict.fromkeys(_KEYS[kind](properties)))


def thing_keys(kind: str, properties: Mapping[str, Any]) -> dict[str, int]:
    """What identifies a thing as integers, by the properties that a record of it is found by."""
    keys = [number("thing", kind, key) for key in identity_keys(kind, properties)]
    return dict(zip(THING_PROPERTIES, keys, strict=False))


def _vehicle(properties: Mapping[str, Any]) -> Iterable[str]:
    vin, vrm = str(properties.get("vin") or ""), str(properties.get("vrm") or "")
    if vin and check_vin(vin).valid:
        yield f"vin:{check_vin(vin).value}"
    if vrm:
        yield f"vrm:{check_vrm(vrm).value}"


def _address(properties: Mapping[str, Any]) -> Iterable[str]:
    uprn, text = str(properties.get("uprn") or ""), str(properties.get("text") or "")
    if text and is_no_fixed_abode(text):
        return
    if uprn and check_uprn(uprn).valid:
        yield f"uprn:{check_uprn(uprn).value}"
    given = [properties.get(name) for name in ("saon", "paon", "street", "locality", "town", "postcode")]
    parts = AddressParts(*given) if properties.get("street") else parse_address(text, properties.get("postcode"))
    key = address_key(parts)
    if key is not None:
        yield f"address:{key}"


def _organisation(properties: Mapping[str, Any]) -> Iterable[str]:
    number, name = str(properties.get("company_number") or ""), fold(str(properties.get("name") or ""))
    if number and check_company(number).valid:
        yield f"company:{check_company(number).value}"
    bare = " ".join(_LEGAL_FORM.sub(" ", name).split())
    if bare:
        yield f"name:{bare}"


_KEYS: dict[str, Callable[[Mapping[str, Any]], Iterable[str]]] = {
    "Vehicle": _vehicle,
    "Address": _address,
    "Organisation": _organisation,
}
_STRONG = ("vin:", "uprn:", "company:")


class _Groups:
    """Union-find that keeps apart what analysts say is different and what has two strong identifiers of one scheme."""

    def __init__(self, strong: Sequence[frozenset[str]], different: Iterable[tuple[int, int]]) -> None:
        self._root = list(range(len(strong)))
        # Of millions of things few have a strong identifier, or share what they have.
        self._strong = {index: set(each) for index, each in enumerate(strong) if each}
        self._apart: defaultdict[int, set[int]] = defaultdict(set)
        self._members: dict[int, set[int]] = {}
        for a, b in different:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def root(self, index: int) -> int:
        while self._root[index] != index:
            self._root[index] = self._root[self._root[index]]
            index = self._root[index]
        return index

    def join(self, a: int, b: int, *, forced: bool = False) -> None:
        a, b = self.root(a), self.root(b)
        if a == b or self.kept_apart(a, b) or (not forced and self._conflict(a, b)):
            return
        self._root[b] = a
        if b in self._strong:
            self._strong[a] = self._strong.get(a, set()) | self._strong.pop(b)
        self._members[a] = self._of(a) | self._members.pop(b, {b})

    def _of(self, root: int) -> set[int]:
        return self._members.get(root) or {root}

    def kept_apart(self, a: int, b: int) -> bool:
        """Return whether analysts hold two groups, given by their roots, apart."""
        if not self._apart:
            return False
        return any(self._apart[member] & self._of(b) for member in self._of(a) if member in self._apart)

    def _conflict(self, a: int, b: int) -> bool:
        if a not in self._strong or b not in self._strong:
            return False
        for scheme in _STRONG:
            one, other = ({k for k in self._strong[r] if k.startswith(scheme)} for r in (a, b))
            if one and other and not one & other:
                return True
        return False


def identity_groups(
    ids: Sequence[str],
    mks: Sequence[int],
    first_as_of: Sequence[int],
    keys: Sequence[tuple[str, ...]],
    same: Iterable[tuple[int, int]],
    different: Iterable[tuple[int, int]],
) -> Identities:
    """Records of one marking that share a key are one thing, the strongest keys first; the same for any order.

    `keys`: the `identity_keys` of each record.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index in sorted(range(len(ids)), key=lambda i: ids[i]):
        for key in keys[index]:
            holders[key].append(index)
    groups = _Groups([frozenset(k for k in each if k.startswith(_STRONG)) for each in keys], different)
    for a, b in sorted(same, key=lambda pair: sorted((ids[pair[0]], ids[pair[1]]))):
        groups.join(a, b, forced=True)
    for key in sorted(holders, key=lambda k: (not k.startswith(_STRONG), k)):
        inside: dict[int, int] = {}
        for index in holders[key]:
            groups.join(inside.setdefault(mks[index], index), index)
    return Identities(_seeds(groups, ids, first_as_of), _across(groups, holders, ids, mks))


def _seeds(groups: _Groups, ids: Sequence[str], first_as_of: Sequence[int]) -> list[int]:
    best: dict[int, int] = {}
    for index in sorted(range(len(ids)), key=lambda i: (first_as_of[i], ids[i])):
        best.setdefault(groups.root(index), index)
    return [best[groups.root(index)] for index in range(len(ids))]


def _across(
    groups: _Groups, holders: Mapping[str, list[int]], ids: Sequence[str], mks: Sequence[int]
) -> list[tuple[int, int]]:
    """For each two entities of different markings that share a key, the pair of records with the least ids."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for key in sorted(holders):
        first: dict[int, int] = {}
        for index in holders[key]:
            first.setdefault(groups.root(index), index)
        for a, b in combinations(first.values(), 2):
            if mks[a] != mks[b] and not groups.kept_apart(groups.root(a), groups.root(b)):
                one, other = sorted((groups.root(a), groups.root(b)))
                pair = (a, b) if ids[a] < ids[b] else (b, a)
                found.setdefault((one, other), pair)
    return list(found.values())
