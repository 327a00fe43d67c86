"""Football: fixtures with the officers deployed and the disorder, deployments, and the incidents of match days."""

from datetime import date, timedelta

from loaders.world.calendar import END, dmy
from loaders.world.desk import Desk, World
from loaders.world.flaw import Fault
from loaders.world.league import Match, matches
from loaders.world.noise import Quality
from loaders.world.writer import Dialect

SOURCE = "football"
_DIALECT = Dialect(",", "utf-8", "\r\n")
_FIXTURES = (
    "Fixture ID,Date,Kick off,Home,Away,Competition,Venue,Expected,Attendance,Category,"
    "Officers deployed,Incidents,Arrests,Updated"
).split(",")
# Of a match's incidents so many at most are calls to command and control.
_MOST_CALLS = 5


def write_football(world: World) -> None:
    """Write fixtures, those to come too, deployments and the incidents of match days."""
    desk = Desk(world, "football", SOURCE, Quality())
    fixtures, deployments, links = [], [], []
    by_day: dict[int, list[str]] = {}
    # A hamlet has few officers to name, but no match has one alone.
    named = min(4, 2 + len(world.people) // 500)
    for incident in world.incidents:
        by_day.setdefault(incident.moment.toordinal(), []).append(incident.ref)
    for serial, match in enumerate(matches(world.seed, len(world.people)), 1):
        ref, day = f"FX{serial:05d}", match.kick_off.toordinal()
        fixtures.append(_fixture(ref, match))
        if not match.played:
            continue
        officers = {desk.officer().collar for _ in range(named)}
        deployments += [[ref, collar, dmy(day)] for collar in sorted(officers)]
        calls = [call for call in by_day.get(day, ()) if desk.chance.hit(0.3)][: min(match.incidents, _MOST_CALLS)]
        # One call on the day of a match need have nothing to do with it, and nobody lists it.
        for call in calls if len(calls) > 1 else ():
            links.append([ref, call, dmy(day)])
            world.truth.connect(desk.event("PublicEvent", ref), ("command-control", "Incident", call), "LINKED")
    desk.csv("fixtures.csv", _FIXTURES, fixtures, _DIALECT, faults=(Fault.COLUMN_COUNT, Fault.ROW_KEY_REPEATED), vary=3)
    desk.csv("deployments.csv", ("Fixture ID", "Collar", "Date"), deployments, _DIALECT)
    desk.csv("incidents.csv", ("Fixture ID", "Incident ref", "Date"), links, _DIALECT)


def _fixture(ref: str, match: Match) -> list[str]:
    """Two days after the match what came of it is known; of those to come, on the last day, what is planned."""
    day = match.kick_off.date()
    told = (match.attendance, match.officers, match.incidents, match.arrests)
    attendance, officers, incidents, arrests = (str(each) if match.played else "" for each in told)
    updated = day + timedelta(days=2) if match.played else date.fromordinal(END)
    return [
        ref,
        f"{day:%d/%m/%Y}",
        f"{match.kick_off:%H:%M}",
        match.home,
        match.away,
        "Cup" if match.cup else "League",
        match.venue,
        str(match.expected),
        attendance,
        match.category,
        officers,
        incidents,
        arrests,
        f"{updated:%d/%m/%Y}",
    ]
