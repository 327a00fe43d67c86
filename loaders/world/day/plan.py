"""A day as a whole: its calls by the hour, its scenes and patterns, all messages in the order of their sending."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from loaders.world.chance import Chance, Weighted
from loaders.world.day.call import Desk
from loaders.world.day.message import HOUR_S, DayGiven, Message, local
from loaders.world.day.pattern import CARS, CAST, Play, Seeded, sightings
from loaders.world.day.scene import fixture, major, match_of, trouble
from loaders.world.day.shift import Roster
from loaders.world.day.town import town_of

# The mapping of each source that sends in a day.
MAPPINGS = ("football", "incident", "marker", "register", "vehicle")
# Calls by the local hour, 0 to 23; on Friday and Saturday evenings and in the nights after them half as many again.
_HOURS = (30, 24, 19, 15, 12, 11, 13, 19, 27, 33, 37, 40, 43, 44, 46, 51, 56, 60, 62, 61, 58, 54, 48, 39)
_WEEKEND = 1.5
# Seconds of the day by which a message comes late, at most a twentieth of it; and after which one is sent again.
_LATE = (120, 1_200)
_AGAIN = (5, 600)


@dataclass(frozen=True, slots=True)
class Day:
    """What is sent before anything happens, and then, in order; what a watch is to find; the incidents there are."""

    given: DayGiven
    prelude: tuple[Message, ...]
    messages: tuple[Message, ...]
    seeded: tuple[Seeded, ...]
    incidents: tuple[str, ...]

    def after(self, hours: float) -> tuple[Message, ...]:
        """The messages from so many hours into the day on."""
        since = self.given.begin + round(hours * HOUR_S)
        return tuple(message for message in self.messages if message.at >= since)


def day_of(given: DayGiven) -> Day:
    """The day: the same for the same that is given. Raises ValueError for a city with too few people to watch."""
    town = town_of(given.people, given.seed, CAST, CARS)
    chance = Chance(given.seed, given.people, "day", given.begin, given.calls)
    roster = Roster(town, given)
    play = Play(town, given, Chance(given.seed, given.people, "day", "patterns"))
    play.play()
    match = match_of(town, given, chance)
    desk = Desk(town, roster, chance, given.corrected)
    calls = [desk.ordinary(f"{given.name}-{number:06d}", at) for number, at in enumerate(_moments(given, chance), 1)]
    calls += [*trouble(town, given, match, chance), *major(town, given, chance), *play.calls]
    calls.sort(key=lambda call: (call.opened, call.ref))
    said = [message for call in calls for message in desk.live(call)]
    parades = list(roster.parades())
    others = [*fixture(town, given, match, chance), *sightings(town, given, chance), *play.seen]
    begun = [message for message in (*parades, *others) if message.at <= given.begin]
    later = [message for message in (*parades, *others, *said) if message.at > given.begin]
    sent = sorted(_disordered(later, given, chance), key=lambda message: (message.at, message.key))
    return Day(
        given,
        (*play.introduced, *begun),
        tuple(message for message in sent if message.at < given.end),
        tuple(play.seeded),
        tuple(call.ref for call in calls),
    )


def write_mappings(out: Path) -> None:
    """Write the mappings that a day's messages are taken by."""
    out.mkdir(parents=True, exist_ok=True)
    for name in MAPPINGS:
        path = files("loaders.world") / "mappings" / "live" / f"{name}.yaml"
        (out / f"{name}.yaml").write_bytes(path.read_bytes())


def _moments(given: DayGiven, chance: Chance) -> list[int]:
    """When ordinary calls come, in order: more of them at the hours when more happens."""
    slices = max(1, int(given.hours * 6))
    weights = [_weight(given.begin + place * 600) for place in range(slices)]
    parts = Weighted(range(slices), weights)
    wanted = round(given.calls * given.hours / 24)
    latest = given.end - 1
    return sorted(min(latest, given.begin + chance.pick(parts) * 600 + chance.integer(1, 599)) for _ in range(wanted))


def _weight(epoch: int) -> float:
    there = local(epoch)
    night = local(epoch - 6 * HOUR_S)
    busy = night.weekday() in (4, 5) and night.hour >= 12
    return _HOURS[there.hour] * (_WEEKEND if busy else 1.0)


def _disordered(messages: list[Message], given: DayGiven, chance: Chance) -> Iterator[Message]:
    """The messages, some of them late, some of them twice."""
    least, most = (min(seconds, given.span // 20) for seconds in _LATE)
    for message in messages:
        late = chance.hit(given.late)
        sent = replace(message, at=message.at + chance.integer(least, most)) if late else message
        yield sent
        if chance.hit(given.duplicate):
            yield replace(sent, at=sent.at + chance.integer(*_AGAIN))
