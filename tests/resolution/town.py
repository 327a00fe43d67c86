"""A small made-up town with truth: households, twins, fathers and sons of one name, flatmates, noisy records."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from resolution.table import Table

_GIVEN = (
    "John Sarah Mohammed Fatima Piotr Katarzyna Daniel Emma Imran Aisha Owen Bronwen Callum Isla Chinedu Blessing "
    "Stephen Catherine William Elizabeth Andrei Ioana Gurpreet Simran Dmitri Svetlana Rowan Saffron Tobias Verity"
).split()
_SURNAMES = (
    "Smith Hussain Kowalski Okafor Williams Patel Singh Popescu Brennan Larkfield Thackeray Merriweather Dunnock "
    "Ashgrove Pemberley Quillan Harrowgate Stonebridge Copperfield Wetherby Nightingale Underhill Fairweather Holloway"
).split()
# Enough surnames of our own making that strangers seldom share a whole name.
_SURNAMES += [
    f"{head}{tail}"
    for head in "Ash Black Corn Dal Ember Fern Grim Hazel".split()
    for tail in "wick combe thorpe dale shaw worth bury stead".split()
]
_SPELLINGS = {
    "Mohammed": "Muhammad",
    "Stephen": "Steven",
    "Catherine": "Kathryn",
    "William": "Bill",
    "Hussain": "Husain",
}
_STREETS = "Mill Lane,Station Road,Church Street,Oak Avenue,Victoria Road,Park Close,Quay Terrace,Abbey Row".split(",")


@dataclass(frozen=True, slots=True)
class Town:
    """Records as stored properties, who each of them is, and their markings."""

    ids: list[str]
    properties: list[dict[str, Any]]
    truth: list[int]
    mks: list[int]

    def table(self) -> Table:
        """The records in columns, every one first seen on the same day."""
        n = len(self.ids)
        return Table.build(self.ids, np.array(self.mks, np.int32), np.zeros(n, np.int64), self.properties)

    def only(self, mk: int) -> Town:
        """The records of one marking."""
        return self.of([place for place, mark in enumerate(self.mks) if mark == mk])

    def of(self, places: list[int]) -> Town:
        """The records of these places, in their order."""
        return Town(
            [self.ids[place] for place in places],
            [self.properties[place] for place in places],
            [self.truth[place] for place in places],
            [self.mks[place] for place in places],
        )


def made(people: int = 300, seed: int = 7, restricted: float = 0.15) -> Town:
    """A town of about `people` persons in households, one to five records each, some under marking 1."""
    chance = random.Random(seed)
    population = [person for _ in range(people // 3) for person in _household(chance)]
    ids, properties, truth, mks = [], [], [], []
    for who, person in enumerate(population):
        for _ in range(chance.randint(1, 5)):
            ids.append(f"r_{chance.getrandbits(60):020d}")
            properties.append(_record(chance, person))
            truth.append(who)
            mks.append(int(chance.random() < restricted))
    return Town(ids, properties, truth, mks)


def _household(chance: random.Random) -> list[dict[str, Any]]:
    surname, home, phone = chance.choice(_SURNAMES), _home(chance), _phone(chance)
    first, second, third = (_person(chance, surname, home) for _ in range(3))
    first["given_name"], second["given_name"], third["given_name"] = chance.sample(_GIVEN, 3)
    kind = chance.random()
    if kind < 0.1:
        third["date_of_birth"] = second["date_of_birth"]
    elif kind < 0.2:
        third["given_name"] = first["given_name"]
        third["date_of_birth"] = f"{int(first['date_of_birth'][:4]) + 27}-09-12"
    elif kind < 0.35:
        third["surname"] = chance.choice(_SURNAMES)
    if chance.random() < 0.3:
        first["phone"] = second["phone"] = [phone]
    return [first, second, third]


def _person(chance: random.Random, surname: str, home: tuple[str, str]) -> dict[str, Any]:
    birth = f"{chance.randint(1945, 2006)}-{chance.randint(1, 12):02d}-{chance.randint(2, 28):02d}"
    return {
        "given_name": chance.choice(_GIVEN), "surname": surname, "date_of_birth": birth,
        "address": [home[0]], "postcode": [home[1]], "phone": [_phone(chance)],
    }  # fmt: skip


def _home(chance: random.Random) -> tuple[str, str]:
    code = f"ZX{chance.randint(1, 20)} {chance.randint(1, 9)}{chance.choice('ABD')}{chance.choice('EFGH')}"
    return f"{chance.randint(1, 120)} {chance.choice(_STREETS)}", code


def _phone(chance: random.Random) -> str:
    return f"+447700{chance.randint(0, 999_999):06d}"


def _record(chance: random.Random, person: Mapping[str, Any]) -> dict[str, Any]:
    said = dict(person)
    for part in ("given_name", "surname"):
        if chance.random() < 0.2:
            said[part] = _SPELLINGS.get(said[part], said[part])
        if chance.random() < 0.05:
            cut = chance.randrange(1, len(said[part]))
            said[part] = said[part][:cut] + said[part][cut + 1 :]
    if chance.random() < 0.03:
        said["given_name"], said["surname"] = said["surname"], said["given_name"]
    year, month, day = said["date_of_birth"].split("-")
    if chance.random() < 0.04 and int(day) <= 12:
        said["date_of_birth"] = f"{year}-{day}-{month}"
    if chance.random() < 0.1:
        said["address"], said["postcode"] = ([text] for text in _home(chance))
    for part, rate in (("date_of_birth", 0.1), ("phone", 0.4), ("address", 0.1), ("postcode", 0.1)):
        if chance.random() < rate:
            del said[part]
    return said
