from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
import stamina

from graph.errors import BadInput, ServerError
from graph.managed.artifact import Artifact, JarLock
from graph.managed.provision import is_complete, jar_paths, provide, repository
from tests.managed.conftest import Repository


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.jar")}


def expected(lock: JarLock, served: Repository) -> dict[str, bytes]:
    return {artifact.file_name: served.files[artifact.repository_path] for artifact in lock.artifacts}


def biggest(lock: JarLock) -> Artifact:
    return max(lock.artifacts, key=lambda artifact: artifact.size)


def test_all_jars_come_once_with_progress(tmp_path: Path, repository: Repository, lock: JarLock) -> None:
    told: list[tuple[int, int]] = []

    paths = provide(lock, tmp_path, repository.url, lambda done, total: told.append((done, total)))

    assert paths == jar_paths(lock, tmp_path)
    assert contents(tmp_path) == expected(lock, repository)
    assert told[-1] == (lock.size, lock.size)
    assert not list(tmp_path.glob("*.part"))


def test_second_time_nothing_is_fetched_or_read(tmp_path: Path, repository: Repository, lock: JarLock) -> None:
    provide(lock, tmp_path, repository.url)
    asked = len(repository.asked)

    provide(lock, tmp_path, "http://127.0.0.1:9/nothing-here", lambda *_: pytest.fail("no progress when all is there"))
    assert len(repository.asked) == asked


@pytest.mark.parametrize("damage", ["missing", "half", "marker lost and corrupt"])
def test_damage_heals_by_fetching_that_jar_alone(
    tmp_path: Path, repository: Repository, lock: JarLock, damage: str
) -> None:
    provide(lock, tmp_path, repository.url)
    repository.asked.clear()
    jar = tmp_path / biggest(lock).file_name
    if damage == "missing":
        jar.unlink()
    elif damage == "half":
        jar.write_bytes(jar.read_bytes()[:1_000])
    else:
        jar.write_bytes(b"x" * jar.stat().st_size)
        next(tmp_path.glob("*.verified")).unlink()

    provide(lock, tmp_path, repository.url)

    assert contents(tmp_path) == expected(lock, repository)
    assert repository.asked == [biggest(lock).repository_path]


def test_leftover_of_a_killed_download_is_no_jar(tmp_path: Path, repository: Repository, lock: JarLock) -> None:
    part = tmp_path / f"{biggest(lock).file_name}.part"
    part.write_bytes(b"half of it")

    provide(lock, tmp_path, repository.url)

    assert contents(tmp_path) == expected(lock, repository)
    assert not part.exists()


def test_faults_that_pass_are_tried_again(tmp_path: Path, repository: Repository, lock: JarLock) -> None:
    faults: list[list[int | float]] = [[503], [0.5], [429, 0.0], [500, 502], []]
    for artifact, met in zip(lock.artifacts, faults, strict=True):
        repository.faults[artifact.repository_path] = met
    told: list[int] = []

    provide(lock, tmp_path, repository.url, lambda done, _: told.append(done))

    assert contents(tmp_path) == expected(lock, repository)
    assert told[-1] == lock.size


def test_wrong_hash_is_refused_and_leaves_nothing(tmp_path: Path, repository: Repository, lock: JarLock) -> None:
    path = biggest(lock).repository_path
    repository.files[path] = repository.files[path][::-1]

    with pytest.raises(ServerError, match=r"is not the jar that jars\.lock names") as caught:
        provide(lock, tmp_path, repository.url)

    assert biggest(lock).coordinates in str(caught.value)
    assert repository.asked.count(path) == 1
    assert biggest(lock).file_name not in contents(tmp_path)
    assert not is_complete(lock, tmp_path)
    assert not list(tmp_path.glob("*.part"))


def test_absent_jar_says_which_setting_is_wrong(tmp_path: Path, repository: Repository, lock: JarLock) -> None:
    del repository.files[lock.artifacts[0].repository_path]

    with pytest.raises(ServerError, match=r"HTTP 404 for org\.example\.deep:jar0:1\.0; check that POLEGRAPH_MAVEN_URL"):
        provide(lock, tmp_path, repository.url)


def test_no_server_there_says_so_without_the_credentials(tmp_path: Path, lock: JarLock) -> None:
    hasty = stamina.set_testing(True, attempts=2)
    with hasty, pytest.raises(ServerError, match="no connection") as caught:
        provide(lock, tmp_path, "http://somebody:geheim@127.0.0.1:9/maven")

    assert "geheim" not in str(caught.value)


def test_several_callers_share_one_download(tmp_path: Path, repository: Repository, lock: JarLock) -> None:
    with ThreadPoolExecutor(4) as pool:
        for call in [pool.submit(provide, lock, tmp_path, repository.url) for _ in range(4)]:
            call.result()

    assert sorted(repository.asked) == sorted(artifact.repository_path for artifact in lock.artifacts)


def test_full_disk_is_seen_before_the_download(
    tmp_path: Path, repository: Repository, lock: JarLock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000))

    with pytest.raises(ServerError, match=f"need {lock.size:,} bytes more and 1,000 are free") as caught:
        provide(lock, tmp_path, repository.url)

    assert str(tmp_path) in str(caught.value)
    assert repository.asked == []


@pytest.mark.skipif(os.name != "posix", reason="the limit is one of POSIX")
def test_disk_that_fills_up_in_between_names_folder_and_bytes(
    tmp_path: Path, repository: Repository, lock: JarLock
) -> None:
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from graph.errors import ServerError\n"
        "from graph.managed.artifact import parse_lock\n"
        "from graph.managed.provision import provide\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000))\n"
        "try:\n"
        "    provide(parse_lock(sys.stdin.read()), Path(sys.argv[1]), sys.argv[2])\n"
        "except ServerError as error:\n"
        "    sys.exit(error.message)\n"
    )
    text = "\n".join(artifact.line for artifact in lock.artifacts)

    ran = subprocess.run(
        [sys.executable, "-c", script, tmp_path, repository.url],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1
    assert f"no room in {tmp_path} for " in ran.stderr
    assert "bytes): free some space" in ran.stderr
    assert not list(tmp_path.glob("*.part"))
    assert contents(provide(lock, tmp_path, repository.url)[0].parent) == expected(lock, repository)


def test_address_is_checked_and_defaults_to_the_one_jgo_knows() -> None:
    from jgo.constants import MAVEN_CENTRAL_URL

    assert repository(None) == MAVEN_CENTRAL_URL
    for wrong in ("", "ftp://host/maven", "file:///maven", "maven"):
        with pytest.raises(BadInput, match="POLEGRAPH_MAVEN_URL"):
            repository(wrong)


def test_folder_that_cannot_be_made_is_named(tmp_path: Path, lock: JarLock) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ServerError, match="cannot make the folder"):
        provide(lock, tmp_path / "file" / "jars", "http://127.0.0.1:9/maven")


def test_folder_that_cannot_be_written_is_named(tmp_path: Path, lock: JarLock) -> None:
    (tmp_path / ".lock").mkdir()

    with pytest.raises(ServerError, match=f"cannot fetch the server's jars: {tmp_path} cannot be written"):
        provide(lock, tmp_path, "http://127.0.0.1:9/maven")
