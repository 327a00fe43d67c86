from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph.errors import ServerError
from graph.managed.java import find_java

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")


def launcher(folder: Path, says: str, exit_code: int = 0) -> Path:
    path = folder / "java"
    path.write_text(f"#!/bin/sh\necho ran >> {folder}/runs\necho '{says}' >&2\nexit {exit_code}\n")
    path.chmod(0o755)
    return path


def test_bundled_java_is_found_and_supported(tmp_path: Path) -> None:
    java = find_java(tmp_path)

    assert java.path.exists()
    assert java.release == 21


def test_release_is_asked_once_until_the_launcher_changes(tmp_path: Path) -> None:
    path = launcher(tmp_path, 'openjdk version "17.0.9" 2023-10-17')

    assert [find_java(tmp_path / "cache", path).release for _ in range(3)] == [17, 17, 17]
    assert (tmp_path / "runs").read_text() == "ran\n"

    launcher(tmp_path, 'openjdk version "21" 2023-09-19')
    assert find_java(tmp_path / "cache", path).release == 21


@pytest.mark.parametrize("says", ['openjdk version "11.0.2"', 'java version "1.8.0_392"', 'openjdk version "25"'])
def test_unsupported_release_is_named(tmp_path: Path, says: str) -> None:
    with pytest.raises(ServerError, match=r"is Java \d+, Neo4j runs on 17 or 21"):
        find_java(tmp_path, launcher(tmp_path, says))


def test_what_is_no_java_is_refused_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"no working Java \(exit 3\): cannot open shared object"):
        find_java(tmp_path, launcher(tmp_path, "cannot open shared object", 3))
    with pytest.raises(ServerError, match="no working Java"):
        find_java(tmp_path, launcher(tmp_path, "hello"))
    with pytest.raises(ServerError, match="no Java at"):
        find_java(tmp_path, tmp_path / "absent")
    (tmp_path / "java").chmod(0o644)
    with pytest.raises(ServerError, match="does not run"):
        find_java(tmp_path, tmp_path / "java")
