"""`polegraph world --live`: a day of the demo world, played into the intake of a running server."""

from __future__ import annotations

import signal
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import orjson

from cli.console import say
from cli.day_sender import Player, Sender
from cli.day_watch import Watched, judged, watch_for
from cli.progress import stages
from graph.errors import BadInput
from graph.settings import secret_in
from loaders.world.day import Day, DayGiven, Message, day_of, moment, write_mappings
from standards.date import parse_date

_HOUR_S = 3_600
_MOST_SPEED = 100_000.0


@dataclass(frozen=True, slots=True)
class Playing:
    """How a day is played: where to, how fast (0: as fast as it is taken), from which hour of it on, what beside."""

    url: str
    token_file: Path | None
    purpose: str
    speed: float
    from_hour: float
    watch: bool
    dry_run: bool
    lines: Path | None
    folder: Path | None


def begin_of(text: str | None, hours: float, speed: float) -> int:
    """When a day begins (epoch): as said, else so that it ends when it has been played: nothing is of the future.

    At speed 1 that is now. Raises BadInput for what is no moment.
    """
    if text is None:
        share = 1 - 1 / speed if speed > 1 else 1.0 if speed == 0 else 0.0
        now = int(time.time() - hours * _HOUR_S * share)
        return now - now % 60
    date = parse_date(text, ())
    if date is None:
        raise BadInput(f"--from {text!r}: write a moment as 2026-11-28T06:00:00Z")
    return date.epoch


def play_day(given: DayGiven, how: Playing) -> None:
    """Play a day, write it down or count it; raises BadInput for what does not fit together."""
    _check(given, how)
    try:
        day = day_of(given)
    except ValueError as error:
        raise BadInput(f"--people {given.people}: {error}") from None
    if how.folder is not None:
        _write_down(day, how.folder)
    if how.lines is not None:
        written = [*day.prelude, *day.after(how.from_hour)]
        how.lines.write_bytes(b"".join(map(_line, written)))
        say(f"{len(written):,} messages in {how.lines}")
    elif how.dry_run:
        _count(day)
    else:
        _send(day, how)


def _check(given: DayGiven, how: Playing) -> None:
    for name, share in (("late", given.late), ("duplicate", given.duplicate), ("corrected", given.corrected)):
        if not 0 <= share <= 1:
            raise BadInput(f"--{name} {share:g}: a share from 0 to 1")
    if not 0 <= how.speed <= _MOST_SPEED:
        raise BadInput(f"--speed {how.speed:g}: 0 (as fast as it is taken) to {_MOST_SPEED:,.0f}")
    if not 0 <= how.from_hour < given.hours:
        raise BadInput(f"--from-hour {how.from_hour:g}: 0 to less than the {given.hours:g} hours of the day")


def _write_down(day: Day, folder: Path) -> None:
    """What the day is taken and judged by."""
    write_mappings(folder / "live")
    truth = folder / "truth" / "day.ndjson"
    truth.parent.mkdir(parents=True, exist_ok=True)
    truth.write_bytes(b"".join(orjson.dumps(each.as_json(), option=orjson.OPT_APPEND_NEWLINE) for each in day.seeded))
    say(f"mappings in {folder / 'live'}, what watches are to find in {truth}")


def _line(message: Message) -> bytes:
    told = {"at": moment(message.at), "source": message.source, "file": message.file, "row": message.row}
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _count(day: Day) -> None:
    counts = Counter(message.file for message in (*day.prelude, *day.messages))
    for file, count in sorted(counts.items()):
        say(f"{file}: {count:,} messages")
    named = ", ".join(each.name for each in day.seeded if each.fires)
    say(f"{len(day.incidents):,} incidents from {moment(day.given.begin)}; watches are to find: {named}")


def _send(day: Day, how: Playing) -> None:
    token = None if how.token_file is None else secret_in("--token-file", how.token_file)
    sender = Sender(how.url, token, how.purpose)
    before = {
        number: signal.signal(number, lambda *_: sender.stopped.set()) for number in (signal.SIGINT, signal.SIGTERM)
    }
    player = Player(day, sender, how.speed, how.from_hour)
    try:
        with stages() if how.speed != 1 else nullcontext(lambda *_: None) as progress:
            sender.send(day.prelude)
            watches = watch_for(day, sender) if how.watch else []
            say(f"the day of {moment(day.given.begin)} plays into {how.url}; stop with Ctrl-C")
            for sent in player.play(time.monotonic()):
                progress("messages", sent, player.total)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    _tell(day, how, sender, player)
    if watches:
        _judge(day, sender, player, watches)


def _judge(day: Day, sender: Sender, player: Player, watches: list[Watched]) -> None:
    """Say which of the patterns that were sent so far were found."""
    found = judged(sender, watches, day.given.begin + round(player.hour * _HOUR_S))
    wrong = sorted(name for name, right in found.items() if not right)
    said = f"; not as they were to be: {', '.join(wrong)}" if wrong else ""
    say(f"of {len(found)} seeded patterns so far {len(found) - len(wrong)} were found, or did not fire, as due{said}")


def _tell(day: Day, how: Playing, sender: Sender, player: Player) -> None:
    counts = ", ".join(f"{sender.counts[name]:,} {name}" for name in ("loaded", "unchanged", "rejected"))
    say(f"{player.sent:,} of {player.total:,} messages sent, and {len(day.prelude):,} before them: {counts}")
    if player.lag_s > 1:
        say(f"the server was behind by at most {player.lag_s:.0f} s")
    if player.sent < player.total:
        hour = int(player.hour * 100) / 100
        given = day.given
        say(
            f"go on with: polegraph world --live --url {how.url} --people {given.people} --seed {given.seed} --calls "
            f"{given.calls} --hours {given.hours:g} --speed {how.speed:g} --from {moment(given.begin)} "
            f"--from-hour {hour:g}"
        )
