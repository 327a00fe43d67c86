"""What is sent: rows of a source with the moment at which they are sent, and what a day is asked to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from loaders.world.calendar import LONDON

HOUR_S = 3_600
INCIDENTS = ("command-control", "live/incidents.ndjson")
UNITS = ("command-control", "live/units.ndjson")
DUTY = ("force-register", "live/duty.ndjson")
SIGHTINGS = ("vehicles", "live/sightings.ndjson")
MARKERS = ("markers", "live/markers.ndjson")
FIXTURES = ("football", "live/fixtures.ndjson")
# The column that a row of each is known by, and the one that says when it was so.
_KEYS = {"live/units.ndjson": ("ref", "unit"), "live/duty.ndjson": ("collar",), "live/fixtures.ndjson": ("fixture",)}
_KEYED = {"live/sightings.ndjson": ("sighting_id",)}


@dataclass(frozen=True, slots=True)
class DayGiven:
    """What a day is asked to be: whose city, when it begins (epoch), how long, and how large.

    `calls`: emergency calls in 24 hours; `officers`: of the force. `late`, `duplicate`, `corrected`: the share (0..1)
    of the messages that come minutes after their time, come twice, or put right what the same row said before.
    """

    people: int
    seed: int
    begin: int
    hours: float = 24.0
    calls: int = 2_000
    officers: int = 8_000
    late: float = 0.05
    duplicate: float = 0.02
    corrected: float = 0.01

    @property
    def span(self) -> int:
        """Seconds that it lasts."""
        return round(self.hours * HOUR_S)

    @property
    def name(self) -> str:
        """What its references begin with: days that begin at different minutes have no row in common."""
        return f"D{datetime.fromtimestamp(self.begin, UTC):%y%m%d%H%M}"

    @property
    def end(self) -> int:
        """The moment at which it ends (epoch)."""
        return self.begin + self.span


@dataclass(frozen=True, slots=True)
class Message:
    """A row of a source's live file, to be sent at a moment (epoch) of the day."""

    at: int
    source: str
    file: str
    row: Mapping[str, Any]

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it the same row as another."""
        columns = _KEYS.get(self.file) or _KEYED.get(self.file) or ("ref",)
        return (self.file, *(str(self.row[column]) for column in columns))


def moment(epoch: int) -> str:
    """A moment as messages write it: UTC, to the second."""
    return f"{datetime.fromtimestamp(epoch, UTC):%Y-%m-%dT%H:%M:%SZ}"


def local(epoch: int) -> datetime:
    """A moment on the clocks of the city."""
    return datetime.fromtimestamp(epoch, LONDON)
