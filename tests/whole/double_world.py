"""Random small worlds: what a viewer may see, and near it what the viewer may not.

The hidden part is made to tempt: people with names one letter off and with the same births, phones and addresses as
visible ones, records under a visible record's own key, links among visible things, analysts' words on visible records,
things that a visible statement waits for, and very many links on one visible node.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

OPEN = "OFFICIAL"
SENSITIVE = "OFFICIAL-SENSITIVE"
ACORN = "OFFICIAL-SENSITIVE; operation=ACORN"
# Not declared when the schema is applied: it gets its number when the first row of it is loaded.
BIRCH = "SECRET; operation=BIRCH"
ALL = f"{ACORN}, {BIRCH}"
DECLARED = (OPEN, SENSITIVE, ACORN, BIRCH)
# Who looks, what they may see, what not.
TIERS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (OPEN, (OPEN,), (SENSITIVE, ACORN, BIRCH)),
    (OPEN, (OPEN,), (ACORN,)),
    (SENSITIVE, (OPEN, SENSITIVE), (ACORN, BIRCH)),
    (ACORN, (OPEN, SENSITIVE, ACORN), (BIRCH,)),
)
GIVEN = ("John", "Jon", "Mohammed", "Muhammad", "Anna", "Hannah", "Liam", "Stephen", "Steven", "Zofia")
SURNAMES = ("Smith", "Smyth", "Khan", "Kahn", "Nowak", "Kelly", "O'Neill", "Patel")
STREETS = ("High Street", "Station Road", "Church Lane")
EVENTS = ("CRIME", "INCIDENT", "CALL")
ROLES = {
    "INVOLVED_IN": ("SUSPECT", "OFFENDER", "VICTIM", "WITNESS", "INVOLVED_PARTY"),
    "ASSOCIATED_WITH": ("SIBLING", "ASSOCIATE", "CO_OFFENDER"),
    "LIVES_AT": ("HOME", "STAYS"),
    "USES": ("USER", "SUBSCRIBER"),
    "KEEPS": ("",),
    "DRIVES": ("",),
    "SUBJECT_OF": ("",),
    "MEMBER_OF": ("MEMBER",),
    "OCCURRED_AT": ("",),
    "HANDLED_BY": ("",),
    "RELATED_TO": ("LINKED", "SAME_SERIES"),
    "BY_HELD": ("SUSPECT",),
    "BY_MADE": ("SUSPECT",),
}
# Sizes of a crowd: most often some tens; past what makes a value generic, and past what makes a node crowded.
HUBS = (64, 64, 70, 70, 70, 80, 80, 80, 130, 1_020)
NAMED = "p-later"
NHS = tuple(f"943476{n:04d}" for n in range(5900, 5906))


class Arrival(StrEnum):
    """When hidden rows come."""

    BEFORE = "BEFORE"
    AMONG = "AMONG"
    AFTER = "AFTER"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a source's file; its marking is the last cell."""

    source: str
    file: str
    cells: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key of the thing it describes."""
        return self.cells[1]

    @property
    def marking(self) -> str:
        """The marking's text."""
        return self.cells[-1]


@dataclass(frozen=True, slots=True)
class Saying:
    """An analyst's word on two people's records, each named by its row."""

    a: Line
    b: Line
    verdict: str
    marking: str


@dataclass(slots=True)
class World:
    """One world: who looks, what the viewer sees and what not, when the hidden part comes, which markings are known."""

    name: str
    viewer: str
    hub: str
    arrival: Arrival
    words_first: bool
    declared: tuple[str, ...] = DECLARED
    seen: list[Line] = field(default_factory=list)
    hidden: list[Line] = field(default_factory=list)
    seen_words: list[Saying] = field(default_factory=list)
    hidden_words: list[Saying] = field(default_factory=list)
    chance: random.Random = field(default_factory=random.Random)

    def people(self, *, hidden: bool) -> list[Line]:
        """The rows about people."""
        return [line for line in (self.hidden if hidden else self.seen) if line.file == "people"]


def world(seed: int | str, number: int, *, hub_links: int | None = None) -> World:
    """The world of a seed and number; `hub_links` instead of a size by chance."""
    chance = random.Random(f"{seed}-{number}")
    return _Maker(chance, f"seed {seed}, world {number}", hub_links).made()


class _Maker:
    def __init__(self, chance: random.Random, name: str, hub_links: int | None) -> None:
        self._chance = chance
        viewer, self._visible, self._secret = chance.choice(TIERS)
        hub = chance.choice(("PHONE", "EVENT", "PERSON", "ADDRESS", "VEHICLE", "PAIR"))
        self._hub_links = chance.choice(HUBS) if hub_links is None else hub_links
        self._world = World(name, viewer, hub, chance.choice(list(Arrival)), chance.random() < 0.5)
        self._world.chance = chance
        self._rows = 0

    def made(self) -> World:
        self._see()
        self._hide()
        return self._world

    def _line(self, secret: bool, file: str, *cells: str, source: str = "", marking: str = "") -> Line:
        """Add a row to the visible or the hidden part."""
        self._rows += 1
        marking = marking or self._chance.choice(self._secret if secret else self._visible)
        source = source or self._chance.choice(("force", "force", "intel"))
        line = Line(source, file, (f"{'h' if secret else 'v'}{self._rows}", *cells, marking))
        (self._world.hidden if secret else self._world.seen).append(line)
        return line

    def _see(self) -> None:
        chance = self._chance
        for number in range(chance.randint(5, 9)):
            person = self._person(f"p{number}")
            self._line(False, "people", *person, source="force", marking=OPEN)
            for copy in range(chance.choice((0, 1, 1, 2))):
                same = (f"p{number}-{copy}", chance.choice((person[1], self._name())), *person[2:])
                self._line(False, "people", *self._thinned(same))
        for number in range(chance.randint(4, 6)):
            self._line(False, "events", *self._event(f"c{number}"), source="force", marking=OPEN)
        for cells in self._things(""):
            self._line(False, "things", *cells, source="force", marking=OPEN)
        for number in range(chance.randint(13, 15)):
            self._line(False, "matches", *self._match(f"fx{number}"), source="force", marking=OPEN)
        for _ in range(chance.randint(22, 30)):
            self._statement(False, "", "")
        for number in range(chance.randint(4, 7)):
            self._call(False, f"t{number}")
        # Their ends have not come, and do not for this viewer.
        self._line(False, "statements", "INVOLVED_IN", NAMED, "c0", "SUSPECT", "", "", "")
        for type_ in ("BY_HELD", "BY_MADE"):
            self._line(False, "statements", type_, NHS[-1], "c1", "SUSPECT", "", "", "", marking=OPEN)
        self._say(False)

    def _hide(self) -> None:
        chance = self._chance
        seen = self._world.people(hidden=False)
        for number in range(chance.randint(4, 9)):
            near = chance.choice(seen).cells[1:-1]
            key = chance.choice((f"s{number}", f"s{number}", near[0]))
            name = self._near(near[1]) if chance.random() < 0.7 else near[1]
            source = chance.choice(("", "", "covert"))
            self._line(True, "people", *self._thinned((key, name, *near[2:])), source=source)
        self._line(True, "people", "", *seen[0].cells[2:-1])
        # Who a visible statement waits for, and who has the number that another names somebody by.
        late = self._person(NAMED)
        self._line(True, "people", *late, source="force")
        self._line(True, "people", *self._person("s-by")[:9], NHS[-1], *late[10:])
        for number in range(chance.randint(1, 3)):
            key = chance.choice((f"sc{number}", "c0"))
            self._line(True, "events", *self._event(key), source=chance.choice(("force", "covert")))
        for number in range(chance.randint(2, 4)):
            key = chance.choice((f"sfx{number}", f"fx{number}"))
            self._line(True, "matches", *self._match(key), source=chance.choice(("force", "covert")))
        for cells in chance.sample(self._things("s"), 6):
            self._line(True, "things", *cells, source=chance.choice(("force", "covert")))
        for _ in range(chance.randint(10, 20)):
            self._statement(True, *chance.choice((("", ""), ("", ""), ("s", ""), ("", "s"), ("s", "s"))))
        for number in range(chance.randint(2, 5)):
            self._call(True, f"st{number}")
        self._crowd()
        self._say(True)

    def _name(self) -> str:
        return f"{self._chance.choice(GIVEN)} {self._chance.choice(SURNAMES)}"

    def _near(self, name: str) -> str:
        """The name with one letter swapped, dropped, doubled or changed."""
        at = self._chance.randrange(1, len(name) - 1)
        head, letter, next_, tail = name[:at], name[at], name[at + 1], name[at + 2 :]
        return self._chance.choice(
            (
                head + next_ + letter + tail,
                head + next_ + tail,
                head + letter * 2 + next_ + tail,
                head + "e" + next_ + tail,
            )
        )

    def _person(self, key: str) -> tuple[str, ...]:
        """Key, name, birth, gender, phone, e-mail, address, postcode, vrm, nhs, alias, warning, grade."""
        chance = self._chance
        birth = f"197{chance.randint(0, 2)}-0{chance.randint(1, 3)}-1{chance.randint(0, 2)}"
        some = (
            f"07700900{chance.randint(100, 105)}",
            f"{chance.choice(GIVEN).lower()}@example.org",
            f"{chance.randint(1, 4)} {chance.choice(STREETS)}, Testham",
            "TE1 1ST",
            f"TE{chance.randint(51, 54)} ABC",
            chance.choice(NHS[:-1]),
            self._name(),
            chance.choice(("VIOLENT", "WANTED", "no")),
        )
        given = (each if chance.random() < 0.6 else "" for each in some)
        gender = chance.choice(("Male", "Female", ""))
        return (key, self._name(), chance.choice((birth, birth, birth[:4])), gender, *given, self._grade())

    def _grade(self) -> str:
        return self._chance.choice(("", "1A P", "2B P", "3D C"))

    def _thinned(self, person: Sequence[str]) -> tuple[str, ...]:
        """A person of whom some columns are empty; key and name stay."""
        kept = (cell if place == 10 or self._chance.random() < 0.75 else "" for place, cell in enumerate(person[2:]))
        return (*person[:2], *kept)

    def _event(self, key: str) -> tuple[str, ...]:
        chance = self._chance
        place = (f"52.{chance.randint(40, 60)}", f"-1.{chance.randint(40, 60)}") if chance.random() < 0.7 else ("", "")
        day = f"2025-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
        type_ = chance.choice(("BURGLARY", "THEFT", "ROBBERY"))
        reference = f"REF/{chance.randint(10, 40)}"
        return (key, chance.choice(EVENTS), type_, chance.choice((day, day[:7], "")), reference, *place, self._grade())

    def _match(self, key: str) -> tuple[str, ...]:
        """A match: key, kick-off, category, away side, attendance, officers, incidents."""
        chance = self._chance
        kick_off = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02} {chance.choice(('15:00', '19:45'))}"
        away = chance.choice(("Oldmoor", "Fenby", "Saltby", ""))
        numbers = (chance.randint(2_000, 20_000), chance.randint(10, 90), chance.randint(0, 20))
        return (key, kick_off, chance.choice("ABC"), away, *map(str, numbers))

    def _things(self, prefix: str) -> list[tuple[str, ...]]:
        """Vehicles, addresses, organisations, officers, markers: key, kind, two values."""
        chance = self._chance
        return [
            *((f"{prefix}v{n}", "VEHICLE", f"TE{chance.randint(51, 54)} ABC", "BLUE") for n in range(3)),
            *((f"{prefix}a{n}", "ADDRESS", f"{n + 1} {chance.choice(STREETS)}, Testham", "TE1 1ST") for n in range(3)),
            *((f"{prefix}o{n}", "ORGANISATION", f"{chance.choice(SURNAMES)} Haulage Ltd", "COMPANY") for n in range(2)),
            *((f"{prefix}f{n}", "OFFICER", str(70 + chance.randint(0, 3)), chance.choice(SURNAMES)) for n in range(2)),
            *(
                (f"{prefix}m{n}", "MARKER", chance.choice(("WANTED", "VULNERABLE", "BAIL")), "seen at dawn")
                for n in range(2)
            ),
        ]

    def _statement(self, secret: bool, from_: str, to: str) -> None:
        """A link of a random type; `s` before an end's key names a hidden thing."""
        chance = self._chance
        type_ = chance.choice(list(ROLES))
        person, event = f"{from_ or 'p'}{chance.randint(0, 4)}", f"{to}c{chance.randint(0, 2 if to else 3)}"
        ends = {
            "INVOLVED_IN": (person, event),
            "ASSOCIATED_WITH": (person, f"{to or 'p'}{chance.randint(0, 4)}"),
            "LIVES_AT": (person, f"{to}a{chance.randint(0, 2)}"),
            "USES": (person, f"07700900{chance.randint(100, 105)}"),
            "KEEPS": (person, f"{to}v{chance.randint(0, 2)}"),
            "DRIVES": (person, f"{to}v{chance.randint(0, 2)}"),
            "SUBJECT_OF": (person, f"{to}m{chance.randint(0, 1)}"),
            "MEMBER_OF": (person, f"{to}o{chance.randint(0, 1)}"),
            "OCCURRED_AT": (f"{from_}c{chance.randint(0, 2)}", f"{to}a{chance.randint(0, 2)}"),
            "HANDLED_BY": (f"{from_}c{chance.randint(0, 2)}", f"{to}f{chance.randint(0, 1)}"),
            "RELATED_TO": (f"{from_}c{chance.randint(0, 1)}", f"{to}c{chance.randint(2, 3)}"),
            "BY_HELD": (chance.choice(NHS), event),
            "BY_MADE": (chance.choice(NHS), event),
        }[type_]
        role, day = chance.choice(ROLES[type_]), f"2024-0{chance.randint(1, 9)}-01"
        until = chance.choice(("", "", "2025-01-01"))
        self._line(secret, "statements", type_, *ends, role, chance.choice((day, "")), until, self._grade())

    def _call(self, secret: bool, key: str) -> None:
        """A call between two phones; of a visible one its ends may be of other markings than itself."""
        chance = self._chance
        (_, _, *rest), source = self._event(key), "force"
        self._line(secret, "events", key, "CALL", *rest, source=source, marking="" if secret else OPEN)
        for phone, role in zip(chance.sample(range(100, 106), 2), ("CALLER", "CALLED"), strict=True):
            self._line(
                secret, "statements", "RANG", f"07700900{phone}", key, role, "", "", self._grade(), source=source
            )

    def _crowd(self) -> None:
        """Very many hidden links on one visible node, or between two."""
        chance, hub = self._chance, self._world.hub
        type_, to = {
            "PHONE": ("USES", "07700900100"),
            "EVENT": ("INVOLVED_IN", "c0"),
            "PERSON": ("ASSOCIATED_WITH", "p0"),
            "ADDRESS": ("LIVES_AT", "a0"),
            "VEHICLE": ("KEEPS", "v0"),
            "PAIR": ("INVOLVED_IN", "c0"),
        }[hub]
        marking = chance.choice(self._secret)
        for number in range(self._hub_links):
            role, key = chance.choice(ROLES[type_]), f"hub{number}"
            if hub != "PAIR":
                birth = f"{chance.randint(1950, 1999)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
                cells = (key, self._near(self._name()), birth, *[""] * 10)
                self._line(True, "people", *cells, source="force", marking=marking)
            from_ = "p1" if hub == "PAIR" else key
            self._line(
                True,
                "statements",
                type_,
                from_,
                to,
                role,
                f"2025-01-{1 + number % 28:02d}",
                "",
                "1A P",
                marking=marking,
            )

    def _say(self, secret: bool) -> None:
        """Analysts' words: the hidden ones on visible records as well."""
        chance = self._chance
        people = self._world.people(hidden=False)
        others = [*people, *(line for line in self._world.people(hidden=True)[:8] if line.key)] if secret else people
        words = self._world.hidden_words if secret else self._world.seen_words
        for _ in range(chance.randint(2, 6) if secret else chance.randint(0, 2)):
            a, b = chance.choice(people), chance.choice(others)
            if a is not b:
                marking = chance.choice(self._secret if secret else self._visible)
                words.append(Saying(a, b, chance.choice(("SAME_AS", "SAME_AS", "DIFFERENT_FROM")), marking))
