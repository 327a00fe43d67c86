"""Safeguarding: referrals about children with the carer on the same row, all of it OFFICIAL-SENSITIVE."""

from loaders.world.calendar import END, START, a_day, dmy
from loaders.world.chance import Weighted
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.noise import Quality
from loaders.world.population import Person
from loaders.world.writer import Dialect

SOURCE = "safeguarding"
PER_PERSON = 0.1
_DIALECT = Dialect(",", "utf-8", "\r\n", quote_all=True)
_QUALITY = Quality(typo=0.02, nickname=0.05, birth_missing=0.04, phone_missing=0.3, address_missing=0.04, accents=0.6)
_COLUMNS = (
    "Referral,Received,Category,Agency,Risk,Child name,Child DOB,Child gender,NHS no,Child phone,Address,Postcode,"
    "Carer ref,Carer name,Carer DOB,Carer phone,Relation,Outcome,Updated"
).split(",")
_CATEGORIES = Weighted.of(
    {"Neglect": 4.0, "Domestic abuse in the home": 4.0, "Physical abuse": 1.5, "Emotional abuse": 2.0, "Missing": 1.0}
)
_AGENCIES = ("Police", "School", "Health visitor", "Hospital", "Social care", "Charity")


def write_safeguarding(world: World) -> None:
    """Write the referrals: a part of the children come again and again; the runners of the county lines are there."""
    desk = Desk(world, "safeguarding", SOURCE, _QUALITY)
    chance = desk.chance
    families = _families(world)
    children = [person for person in world.people if person.age(START) < 17] or world.people
    often = Weighted.ranked(chance.sample(children, max(1, len(children) // 6)), 0.4)
    rows = []
    for line in world.lines:
        rows += [
            _row(desk, families, f"SG/L{line.id}{n:02d}", child, "Exploitation") for n, child in enumerate(line.runners)
        ]
    for serial in range(1, int(len(world.people) * PER_PERSON) + 1):
        child = chance.pick(often) if chance.hit(0.5) else chance.among(children)
        rows.append(_row(desk, families, f"SG/{serial:06d}", child, chance.pick(_CATEGORIES)))
    faults = (Fault.NO_KEY, Fault.COLUMN_COUNT, Fault.UNDECODABLE)
    desk.csv("referrals.csv", _COLUMNS, rows, _DIALECT, faults=faults)


def _families(world: World) -> dict[int, list[Person]]:
    """The grown people of each household, by household."""
    grown: dict[int, list[Person]] = {}
    for person in world.people:
        if person.age(START) >= 20:
            grown.setdefault(person.household, []).append(person)
    return grown


def _row(desk: Desk, families: dict[int, list[Person]], ref: str, child: Person, category: str) -> list[str]:
    chance, day = desk.chance, a_day(desk.chance)
    seen = desk.person(f"{ref}/CHILD", child, day)
    carers = [person for person in families.get(child.household, ()) if person is not child]
    carer = [""] * 5
    if carers and chance.hit(0.85):
        parent = chance.among(carers[:2])
        known = desk.person(f"{ref}/CARER", parent, day)
        relation = "Mother" if parent.gender == "Female" else "Father"
        carer = [f"{ref}/CARER", known.surname_first, known.born("{d:02d}/{m:02d}/{yy:02d}"), known.phone, relation]
    return [
        ref,
        dmy(day),
        category,
        chance.among(_AGENCIES),
        str(chance.integer(1, 10)),
        seen.full,
        seen.born("{d:02d}/{m:02d}/{y}"),
        child.gender.value,
        f"{child.nhs[:3]} {child.nhs[3:6]} {child.nhs[6:]}" if chance.hit(0.55) else "",
        seen.phone,
        seen.address,
        seen.postcode,
        *carer,
        chance.among(("Assessment", "No further action", "Child in need plan", "Child protection plan")),
        dmy(min(END, day + 5)),
    ]
