"""Call data: phone to phone records in a compressed CSV with ISO offsets, and the subscribers of some numbers."""

from collections.abc import Iterator
from datetime import datetime

from loaders.world.calendar import END, LONDON, START, a_day, a_moment, dmy, later
from loaders.world.chance import Weighted
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.network import CountyLine, offenders_of
from loaders.world.noise import Quality
from loaders.world.population import Person
from loaders.world.writer import Dialect

SOURCE = "telecoms"
CALLS_PER_PERSON = 0.95
SUBSCRIBERS_PER_PERSON = 0.24
_DIALECT = Dialect(",", "utf-8", "\n")
_QUALITY = Quality(
    typo=0.02,
    nickname=0.03,
    middle=0.2,
    birth_missing=0.35,
    phone_missing=0.0,
    generic=0.0,
    malformed=0.0,
    address_missing=0.15,
    stale=0.0,
    accents=0.5,
)
_KINDS = Weighted.of({"V": 6.0, "S": 3.5, "D": 0.5})
Raw = tuple[datetime, str, str, str, int]


def write_call(world: World) -> None:
    """Write calls and subscribers."""
    desk = Desk(world, "call", SOURCE, _QUALITY)
    calls = sorted([*_talk(desk, world), *(call for line in world.lines for call in _bursts(desk, line))])
    rows = [_row(desk, serial, call) for serial, call in enumerate(calls, 1)]
    columns = ("call_id", "start", "a_number", "b_number", "kind", "seconds")
    desk.csv("calls.csv.gz", columns, rows, _DIALECT, faults=(Fault.COLUMN_COUNT, Fault.NO_KEY))
    fields = ("account", "number", "name", "dob", "address", "postcode", "from", "updated")
    desk.csv("subscribers.csv", fields, _subscribers(desk, world), Dialect(quote_all=True), faults=(Fault.NO_KEY,))


def _row(desk: Desk, serial: int, call: Raw) -> list[str]:
    moment, one, other, kind, seconds = call
    offset = moment.replace(tzinfo=LONDON).isoformat()
    return [f"C{serial:08d}", offset, _wire(desk, one), _wire(desk, other), kind, str(seconds)]


def _wire(desk: Desk, number: str) -> str:
    way = desk.chance.real()
    if way < 0.6:
        return f"+44{number[1:]}"
    return f"0044{number[1:]}" if way < 0.7 else number


def _talk(desk: Desk, world: World) -> Iterator[Raw]:
    """Calls of the numbers under enquiry with their circles: household, group and chance acquaintances."""
    chance, people = desk.chance, [person for person in world.people if person.phones]
    offenders = [person for person in offenders_of(world.people) if person.phones] or people
    if not people:
        return
    together = {member.id: group.members for group in world.groups for member in group.members}
    focus = chance.sample(offenders, max(1, len(offenders) // 3))
    circles: dict[str, Weighted[Person]] = {}
    for _ in range(int(len(world.people) * CALLS_PER_PERSON)):
        person = chance.among(focus)
        if person.id not in circles:
            mates = [mate for mate in together.get(person.id, ()) if mate.phones]
            circles[person.id] = Weighted.ranked([*mates, *(chance.among(people) for _ in range(14))], 1.1)
        other, day = chance.pick(circles[person.id]), a_day(chance)
        numbers = [person.phone(day), other.phone(day)]
        if numbers[0] == numbers[1]:
            continue
        if chance.hit(0.5):
            numbers.reverse()
        kind = chance.pick(_KINDS)
        seconds = int(chance.tail(0.7, 3000) * 8) if kind == "V" else 0
        yield a_moment(chance, day), numbers[0], numbers[1], kind, seconds


def _bursts(desk: Desk, line: CountyLine) -> Iterator[Raw]:
    """The line's texts: every few days one burst to many buyers within minutes; after the change the second number."""
    chance = desk.chance
    buyers = [buyer for buyer in line.buyers if buyer.phones]
    day = line.changed - 120
    while day < line.changed + 120 and buyers:
        number = line.numbers[day >= line.changed]
        moment = a_moment(chance, day)
        for at, buyer in enumerate(chance.sample(buyers, min(len(buyers) // 2 + 1, chance.integer(8, 20)))):
            yield later(moment, at // 3), number, buyer.phone(day), "S", 0
            if chance.hit(0.25):
                yield later(moment, 5 + chance.real() * 60), buyer.phone(day), number, "V", chance.integer(8, 40)
        for runner in line.runners:
            if runner.phones and chance.hit(0.3):
                yield later(moment, 90), number, runner.phone(day), "V", chance.integer(10, 90)
        day += chance.integer(3, 9)


def _subscribers(desk: Desk, world: World) -> list[list[str]]:
    chance = desk.chance
    grown = [person for person in world.people if person.phones and person.age(START) >= 16]
    rows: list[list[str]] = []
    for person in chance.sample(grown, min(len(grown), int(len(world.people) * SUBSCRIBERS_PER_PERSON))):
        for first, number in person.phones:
            account = f"AC{len(rows) + 1:07d}"
            day = max(first, START)
            seen = desk.person(account, person, day)
            birth = seen.born("{y}-{m:02d}-{d:02d}")
            since = dmy(day - chance.integer(0, 900) if not first else day)
            rows.append([account, number, seen.full, birth, seen.line, seen.postcode, since, dmy(min(END, day + 30))])
    return rows
