"""What is not restored, and what is not written: damaged and newer archives, full graphs, other keys, full disks."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph.open import Graph
from graph.wipe import wipe
from loaders.keep.archive import MANIFEST, ArchiveReader, ArchiveWriter
from loaders.keep.manifest import FORMAT, Manifest
from tests.cli.conftest import Command
from tests.conftest import KEY
from tests.keep.conftest import Keepsake

pytestmark = pytest.mark.database


@pytest.fixture
def copy(keepsake: Keepsake, tmp_path: Path) -> Path:
    """A copy of the backup that may be spoilt."""
    file = tmp_path / "copy.tar"
    file.write_bytes(keepsake.file.read_bytes())
    return file


def places(file: Path) -> dict[str, tuple[int, int]]:
    """Where each member lies in the archive, as tar itself says."""
    with tarfile.open(file) as archive:
        return {member.name: (member.offset_data, member.size) for member in archive}


def test_a_backup_is_a_tar_of_what_it_says(keepsake: Keepsake) -> None:
    assert stat.S_IMODE(keepsake.file.stat().st_mode) == 0o600
    names = list(places(keepsake.file))
    assert names[-1] == MANIFEST
    assert {"secret.key", "rows-00.ndjson.zst", "values.ndjson.zst", "decisions.ndjson.zst"} < set(names)
    assert not list(keepsake.file.parent.glob("*.part"))


def test_a_changed_byte_in_any_member_is_found(polegraph: Command, copy: Path) -> None:
    whole = copy.read_bytes()
    assert polegraph("restore", copy, "--check").code == 0
    for name, (start, size) in places(copy).items():
        spoilt = bytearray(whole)
        spoilt[start + size // 2] ^= 1
        copy.write_bytes(spoilt)
        ran = polegraph("restore", copy, "--check")
        assert (ran.code, name in ran.err) == (1, True), (name, ran.err)


def test_an_archive_that_ends_early_names_where(polegraph: Command, copy: Path) -> None:
    whole = copy.read_bytes()
    for name, (start, size) in places(copy).items():
        copy.write_bytes(whole[: start + size // 2])
        ran = polegraph("restore", copy, "--check")
        assert (ran.code, f"member {name}" in ran.err) == (1, True), (name, ran.err)
    for other in (b"", b"id,name\n1,John\n" * 100):
        copy.write_bytes(other)
        ran = polegraph("restore", copy, "--check")
        assert (ran.code, "it is no backup" in ran.err or "before its first member" in ran.err) == (1, True), ran.err


def test_an_archive_without_its_manifest_is_not_whole(polegraph: Command, copy: Path) -> None:
    start, _ = places(copy)[MANIFEST]
    copy.write_bytes(copy.read_bytes()[: start - tarfile.BLOCKSIZE])

    ran = polegraph("restore", copy, "--check")

    assert (ran.code, "before manifest.json" in ran.err) == (1, True)


def _repacked(keepsake: Keepsake, file: Path, change: Callable[[Manifest], Manifest]) -> Path:
    """The archive with another manifest, whole in itself."""
    whole = ArchiveReader(keepsake.file)
    with ArchiveWriter(file) as archive:
        for name in whole.manifest.members:
            archive.content(name, [whole.content(name)])
        archive.finish(change(whole.manifest))
    return file


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda m: replace(m, schema=(*m.schema, "0099_tomorrow")), "0099_tomorrow"),
        (lambda m: replace(m, format=FORMAT + 1, version="9.1.0"), "9.1.0 or later"),
    ],
)
def test_a_newer_backup_is_refused(
    polegraph: Command, keepsake: Keepsake, tmp_path: Path, change: Callable[[Manifest], Manifest], named: str
) -> None:
    ran = polegraph("restore", _repacked(keepsake, tmp_path / "newer.tar", change))

    assert (ran.code, named in ran.err) == (6, True), ran.err
    assert not (tmp_path / "data").exists()


def test_a_graph_that_is_not_empty_is_left_as_it_is(connected: Command, lasting: Graph, keepsake: Keepsake) -> None:
    before = lasting.store.internal("load/counts")

    ran = connected("restore", keepsake.file)

    assert (ran.code, "into an empty one" in ran.err) == (1, True)
    assert lasting.store.internal("load/counts") == before


def test_another_key_is_refused(
    connected: Command, lasting: Graph, keepsake: Keepsake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.key"
    other.write_bytes(KEY[::-1])
    monkeypatch.setenv("POLEGRAPH_SECRET_KEY_FILE", str(other))

    restored = connected("restore", keepsake.file)
    kept = connected("backup", tmp_path / "kept.tar")

    assert (restored.code, str(other) in restored.err) == (6, True)
    assert (kept.code, "another secret key" in kept.err) == (6, True)
    assert other.read_bytes() == KEY[::-1]
    assert not (tmp_path / "kept.tar").exists()
    del lasting


def test_a_graph_of_another_installation_is_refused_though_it_is_empty(
    connected: Command, lasting: Graph, keepsake: Keepsake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wipe(lasting.store)
    lasting.store.write(lambda tx: tx.run("admin/install", fingerprint="ffffffffffffffff"))
    monkeypatch.setenv("POLEGRAPH_SECRET_KEY_FILE", str(tmp_path / "none.key"))

    ran = connected("restore", keepsake.file)

    assert (ran.code, "no other installation uses" in ran.err) == (6, True)
    assert not (tmp_path / "none.key").exists()
    wipe(lasting.store)


def test_a_file_is_only_replaced_on_demand(connected: Command, ask: Command, tmp_path: Path) -> None:
    file = tmp_path / "kept.tar"
    file.write_text("something else")

    assert ask("backup", file).code == 2
    assert file.read_text() == "something else"
    assert ask("backup", file, "--force").code == 0
    assert connected("restore", file, "--check").code == 0
    assert ask("backup", tmp_path).code == 2
    assert ask("backup", tmp_path / "nowhere" / "kept.tar").code == 2
    assert connected("restore", tmp_path / "absent.tar").code == 2


# The disk is full once it is on record that a backup begins: before that, nothing would be written at all.
SHORT = """
import resource
import cli.keep
from cli.main import main
kept = cli.keep.back_up
def short(*given, **named):
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_048, 2_048))
    return kept(*given, **named)
cli.keep.back_up = short
main()
"""


def test_a_full_disk_leaves_nothing(ask: Command, tmp_path: Path) -> None:
    """The limit on the size of a file stands in for the disk's end: the write fails in the same place."""
    del ask
    file = tmp_path / "kept.tar"

    ran = subprocess.run(
        [sys.executable, "-c", SHORT, "backup", str(file)],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 1, ran.stderr
    assert "free it, or name another place" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert [path.name for path in tmp_path.glob("kept*")] == []
