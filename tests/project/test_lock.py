"""The locks fit `pyproject.toml`: everything asked for is pinned within its range, and nothing is left over.

What a package asks for is read from what is installed, so no network is needed; `make lock` writes both anew.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNTIME = tuple(map(Requirement, PROJECT["dependencies"]))
DEVELOPMENT = RUNTIME + tuple(map(Requirement, PROJECT["optional-dependencies"]["dev"]))
LOCKS = {"requirements.txt": RUNTIME, "requirements-dev.txt": DEVELOPMENT}
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ ;\\]+) *(?:; *(?P<marker>[^\\]+?))? *\\?$", re.MULTILINE)


def _pins(lock: str) -> dict[str, str]:
    """Each pinned name and its version on this machine."""
    text = (ROOT / lock).read_text("utf-8")
    requirements = (Requirement(match[0].rstrip(" \\")) for match in PIN.finditer(text))
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement in requirements
        if requirement.marker is None or requirement.marker.evaluate()
    }


def _wanted(roots: tuple[Requirement, ...]) -> set[str]:
    """The names that the roots need on this machine, directly or through others."""
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(root.name, frozenset(root.extras)) for root in roots]
    while waiting:
        name, extras = waiting.pop()
        if (canonicalize_name(name), extras) not in seen:
            seen.add((canonicalize_name(name), extras))
            waiting += [(further.name, frozenset(further.extras)) for further in _asked_by(name, extras)]
    return {str(name) for name, _ in seen}


def _asked_by(name: str, extras: frozenset[str]) -> Iterator[Requirement]:
    here = {key: str(value) for key, value in default_environment().items()}
    for requirement in map(Requirement, requires(name) or ()):
        if requirement.marker is None or any(requirement.marker.evaluate(here | {"extra": e}) for e in ("", *extras)):
            yield requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_within_its_range(lock: str) -> None:
    pins = _pins(lock)
    assert [
        str(wanted) for wanted in LOCKS[lock] if not wanted.specifier.contains(pins.get(wanted.name.lower(), "0"))
    ] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_is_exactly_what_is_needed(lock: str) -> None:
    try:
        assert _pins(lock).keys() == _wanted(LOCKS[lock])
    except PackageNotFoundError as missing:
        pytest.fail(f"{missing} is not installed: run the tests with `make test`")


def test_the_environment_is_the_locked_one() -> None:
    pins = _pins("requirements-dev.txt")
    assert {name: version(name) for name in pins} == pins


def test_developers_run_what_users_run() -> None:
    assert _pins("requirements.txt").items() <= _pins("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    starts = [match.start() for match in PIN.finditer(text)]
    entries = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []
