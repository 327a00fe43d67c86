"""Why a server did not start: the telling lines of its logs, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.errors import ServerError
from graph.managed.layout import Layout

_LINES = 5
_TAIL_BYTES = 200_000
_STAMP = re.compile(r"^\d{4}-\d\d-\d\d \S+ (INFO|WARN|ERROR)\s+")
_NOISE = re.compile(r"^\s*(at |\.\.\. \d+ more|$)|^\s*Suppressed:")
_CAUSE = re.compile(r"Caused by: (?:[\w.$]+(?:Exception|Error): )?(.+)")


@dataclass(frozen=True, slots=True)
class LogMark:
    """How long the server's log was before a start, in bytes: what comes after is of that start."""

    size: int


@dataclass(frozen=True, slots=True)
class _Cure:
    pattern: re.Pattern[str]
    advice: str


_PORT_TAKEN = re.compile(r"Address already in use|PortBindException")
_CURES = tuple(
    _Cure(re.compile(pattern, re.IGNORECASE), advice)
    for pattern, advice in (
        ("no space left on device|disk quota exceeded", "free some space where the data folder is, and start again"),
        (
            "could not reserve enough space|insufficient memory|cannot allocate memory|OutOfMemoryError",
            "the machine has too little free memory: end other programs, or set POLEGRAPH_HEAP_MB lower",
        ),
        (
            "FileLockException|lock file has been locked by another process|already in use by another",
            "another Neo4j uses this data folder: stop it, or choose another folder with POLEGRAPH_DATA_DIR",
        ),
        (
            "UnsupportedLogVersion|StoreVersion|store version|unable to (upgrade|migrate|read) .*store|downgrade"
            "|UnsupportedFormat|not a known format",
            "the store is of another Neo4j version: choose another folder with POLEGRAPH_DATA_DIR and load again",
        ),
        ("permission denied|AccessDeniedException", "the data folder must belong to you: fix its owner and rights"),
    )
)


def mark_log(layout: Layout) -> LogMark:
    """Where the server's log ends now."""
    try:
        return LogMark((layout.logs / "neo4j.log").stat().st_size)
    except OSError:
        return LogMark(0)


def is_port_taken(layout: Layout, mark: LogMark) -> bool:
    """Whether the start that began at `mark` failed because another process took the port in between."""
    return _PORT_TAKEN.search(_read_since(layout, mark)) is not None


def explain(layout: Layout, mark: LogMark, what: str) -> ServerError:
    """The error for a failed start: `what` happened, the last telling lines, what to do, where the logs are."""
    text = _read_since(layout, mark)
    told = telling_lines(text)
    advice = next((cure.advice for cure in _CURES if cure.pattern.search(text)), None)
    said = "; it said:\n  " + "\n  ".join(told) if told else ""
    return ServerError(f"{what}{said}\n{advice or 'read the whole log'} (logs: {layout.logs})")


def telling_lines(text: str) -> list[str]:
    """Up to five lines that say what went wrong, deepest cause last: errors and causes, else the last ones printed."""
    lines = [line for line in text.splitlines() if not _NOISE.search(line)]
    causes = [match[1] for line in lines if (match := _CAUSE.search(line))]
    errors = [_STAMP.sub("", line) for line in lines if " ERROR " in line]
    chosen = [*errors[-2:], *causes[-3:]] or [_STAMP.sub("", line) for line in lines[-_LINES:]]
    return [line.strip()[:300] for line in dict.fromkeys(chosen)]


def _read_since(layout: Layout, mark: LogMark) -> str:
    return "\n".join(part for part in (_tail(layout, "console.log", 0), _tail(layout, "neo4j.log", mark.size)) if part)


def _tail(layout: Layout, name: str, start: int) -> str:
    try:
        with (layout.logs / name).open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(start if start <= size else 0, size - _TAIL_BYTES))
            return stream.read().decode(errors="replace")
    except OSError:
        return ""
