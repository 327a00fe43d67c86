"""The files of the project: what is tracked, or would be."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = (
    "cypher",
    "standards",
    "security",
    "graph",
    "resolution",
    "loaders",
    "analysis",
    "alert",
    "api",
    "cli",
    "client",
)


@cache
def tracked() -> tuple[Path, ...]:
    """Tracked files that are there, and new ones that are not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(path for name in sorted(set(listed.split("\0")) - {""}) if (path := ROOT / name).is_file())


@cache
def modules() -> tuple[Path, ...]:
    """Python files of the rooms, tests and benchmarks."""
    return tuple(path for path in tracked() if path.suffix == ".py")


def name_of(path: Path) -> str:
    """A file's path inside the project."""
    return path.relative_to(ROOT).as_posix()
