"""The demo world from a seed: its silos as source files, their mappings, the known markings and the truth."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from loaders.world.belonging import Outfitter
from loaders.world.call import write_call
from loaders.world.crime import write_crime
from loaders.world.custody import write_custody
from loaders.world.day import write_mappings
from loaders.world.desk import FileSummary, World
from loaders.world.football import write_football
from loaders.world.geography import city
from loaders.world.incident import write_incident
from loaders.world.intelligence import write_intelligence
from loaders.world.marker import write_marker
from loaders.world.network import county_lines_of, groups_of
from loaders.world.plan import Planner
from loaders.world.population import Founder
from loaders.world.register import write_register
from loaders.world.safeguarding import write_safeguarding
from loaders.world.staff import businesses_of, officers_of
from loaders.world.stop_search import write_stop_search
from loaders.world.vehicle import write_vehicle

Progress = Callable[[str, int, int], None]

_SILOS: dict[str, Callable[[World], None]] = {
    "register": write_register,
    "crime": write_crime,
    "incident": write_incident,
    "custody": write_custody,
    "stop_search": write_stop_search,
    "intelligence": write_intelligence,
    "marker": write_marker,
    "vehicle": write_vehicle,
    "call": write_call,
    "safeguarding": write_safeguarding,
    "football": write_football,
}
LEAST_PEOPLE = 20


@dataclass(frozen=True, slots=True)
class WorldSummary:
    """What was written: the folder, the files by silo, and how many person records the truth knows."""

    out: Path
    people: int
    seed: int
    silos: dict[str, tuple[FileSummary, ...]]
    person_records: int

    @property
    def rows(self) -> int:
        """Rows of all source files together, wrong ones included, headers not."""
        return sum(file.rows for files in self.silos.values() for file in files)

    @property
    def mappings(self) -> tuple[Path, ...]:
        """The mapping file of each silo."""
        return tuple(self.out / "mappings" / f"{silo}.yaml" for silo in self.silos)


def generate(out: Path, people: int, seed: int, progress: Progress | None = None) -> WorldSummary:
    """What was written below `out`: `data/SILO/`, `mappings/SILO.yaml`, `live/`, `markings.yaml`, `truth/`.

    The same people and seed always give the same bytes. `progress(step, done, total)` is called after every step.
    Raises ValueError for fewer than 20 people.
    """
    if people < LEAST_PEOPLE:
        raise ValueError(f"a world of {people} people has no city; ask for at least {LEAST_PEOPLE}")
    told = progress or (lambda _step, _done, _total: None)
    total = len(_SILOS) + 2
    world = _world(out, people, seed)
    told("people", 1, total)
    silos: dict[str, tuple[FileSummary, ...]] = {}
    for done, (silo, write) in enumerate(_SILOS.items(), 2):
        before = len(world.files)
        write(world)
        silos[silo] = tuple(world.files[before:])
        told(silo, done, total)
    _copy_settings(out)
    world.truth.write(out / "truth", world.groups, world.lines)
    told("truth", total, total)
    return WorldSummary(out, people, seed, silos, len(world.truth.persons))


def _world(out: Path, people: int, seed: int) -> World:
    place = city(people, seed)
    persons, households = Founder(people, seed).settle()
    keepings = Outfitter(place, persons, households, seed).equip()
    groups = groups_of(persons, seed)
    planner = Planner(place, persons, households, groups, seed)
    crimes = planner.crimes()
    return World(
        out=out,
        seed=seed,
        city=place,
        people=persons,
        keepings=keepings,
        cars={keeping.keeper.serial: keeping for keeping in keepings},
        groups=groups,
        lines=county_lines_of(persons, seed),
        officers=officers_of(place, people, seed),
        businesses=businesses_of(place, people, seed),
        crimes=crimes,
        incidents=planner.incidents(crimes),
    )


def _copy_settings(out: Path) -> None:
    package = files("loaders.world")
    (out / "mappings").mkdir(parents=True, exist_ok=True)
    for silo in _SILOS:
        (out / "mappings" / f"{silo}.yaml").write_bytes((package / "mappings" / f"{silo}.yaml").read_bytes())
    write_mappings(out / "live")
    (out / "markings.yaml").write_bytes((package / "markings.yaml").read_bytes())
