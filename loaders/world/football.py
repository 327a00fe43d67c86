"""Football: fixtures with the officers deployed and the disorder, deployments, and the incidents of match days."""

from datetime import date, timedelta

from loaders.world.calendar import END, START
from loaders.world.chance import Chance
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.noise import Quality
from loaders.world.writer import Dialect

SOURCE = "football"
_DIALECT = Dialect(",", "utf-8", "\r\n")
_HOME = (("Northmere Athletic", "Harbour Lane", 24000), ("Northmere Rovers", "Mill Park", 9000))
_AWAY = (
    "Saltby Town,Ravenport City,Kirkham Vale,Stonebridge United,Oldmoor Albion,Eastwick Wanderers,"
    "Fenby Rangers,Thornwell,Whitmoor County,Larkhill Victoria,Bramstead,Castlebeck"
).split(",")
_FIXTURES = (
    "Fixture ID,Date,Kick off,Home,Away,Competition,Venue,Expected,Attendance,Category,"
    "Officers deployed,Incidents,Arrests,Updated"
).split(",")


def write_football(world: World) -> None:
    """Write fixtures, deployments and the incidents of match days."""
    desk = Desk(world, "football", SOURCE, Quality())
    fixtures, deployments, links = [], [], []
    by_day: dict[int, list[str]] = {}
    for incident in world.incidents:
        by_day.setdefault(incident.moment.toordinal(), []).append(incident.ref)
    for serial, day in enumerate(_days(desk.chance, len(world.people)), 1):
        ref = f"FX{serial:05d}"
        calls = [call for call in by_day.get(day, ()) if desk.chance.hit(0.3)][: desk.chance.integer(0, 5)]
        fixtures.append(_fixture(desk, ref, day, len(calls)))
        officers = {desk.officer().collar for _ in range(4)}
        deployments += [[ref, collar, f"{date.fromordinal(day):%d/%m/%Y}"] for collar in sorted(officers)]
        for call in calls:
            links.append([ref, call, f"{date.fromordinal(day):%d/%m/%Y}"])
            world.truth.connect(desk.event("PublicEvent", ref), ("command-control", "Incident", call), "LINKED")
    desk.csv("fixtures.csv", _FIXTURES, fixtures, _DIALECT, faults=(Fault.COLUMN_COUNT, Fault.ROW_KEY_REPEATED), vary=3)
    desk.csv("deployments.csv", ("Fixture ID", "Collar", "Date"), deployments, _DIALECT)
    desk.csv("incidents.csv", ("Fixture ID", "Incident ref", "Date"), links, _DIALECT)


def _days(chance: Chance, people: int) -> list[int]:
    """Saturdays and some Tuesdays; a bigger city plays more, up to 400 fixtures."""
    days = [day for day in range(START, END) if day % 7 == 6 or (day % 7 == 2 and day % 14 == 2)]
    return sorted(chance.among(days) for _ in range(min(400, max(6, people // 140))))


def _fixture(desk: Desk, ref: str, day: int, incidents: int) -> list[str]:
    chance, on = desk.chance, date.fromordinal(day)
    home, venue, capacity = chance.among(_HOME)
    away = chance.among((*_AWAY, next(name for name, _, _ in _HOME if name != home)))
    derby = away.startswith("Northmere")
    crowd = int(capacity * min(1.0, 0.45 + 0.4 * chance.real() + 0.2 * derby))
    category = "C" if derby else chance.among("AAAABBC")
    officers = int(crowd / 400 * {"A": 0.6, "B": 1.2, "C": 2.4}[category]) + chance.integer(4, 12)
    arrests = chance.count(incidents * 0.5 + 2 * derby)
    return [
        ref,
        f"{on:%d/%m/%Y}",
        "15:00" if on.weekday() == 5 else "19:45",
        home,
        away,
        "League" if chance.hit(0.8) else "Cup",
        venue,
        str(round(crowd, -2)),
        str(crowd),
        category,
        str(officers),
        str(incidents),
        str(arrests),
        f"{on + timedelta(days=2):%d/%m/%Y}",
    ]
