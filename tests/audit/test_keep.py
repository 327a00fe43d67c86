"""A backup keeps the log, and a restore brings it back: where it is the same log, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from graph.open import Graph
from graph.wipe import wipe
from security.audit import AuditLog, verify
from tests.audit.conftest import log_in, looked
from tests.cli.conftest import Command, connected, polegraph
from tests.keep.conftest import Keepsake, keepsake, lasting

pytestmark = pytest.mark.database
__all__ = ["connected", "keepsake", "lasting", "polegraph"]


def told(log: AuditLog) -> list[tuple[str, str]]:
    entries = [orjson.loads(link.body) for link in log.links()]
    return [(entry["operation"], entry["outcome"][0]) for entry in entries]


def test_the_log_goes_with_a_backup(
    connected: Command, keepsake: Keepsake, lasting: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del keepsake
    here = log_in(tmp_path / "data" / "audit")
    file = tmp_path / "kept.tar"
    assert connected("search", "smith").code == 0
    assert connected("backup", file).code == 0
    before = [("search", "OK"), ("backup", "BEGUN"), ("backup", "OK")]
    assert told(here) == before

    # Where it is a later state of the same log, it stays as it is.
    wipe(lasting.store)
    restored = connected("restore", file)
    assert restored.code == 0, restored.err
    assert told(here) == [*before, ("restore", "OK")]

    # On another machine it comes back, and goes on.
    wipe(lasting.store)
    monkeypatch.setenv("POLEGRAPH_DATA_DIR", str(tmp_path / "other"))
    assert connected("restore", file).code == 0
    there = log_in(tmp_path / "other" / "audit")
    assert told(there) == [*before[:2], ("restore", "OK")]
    assert [link.body for link in there.links()][:2] == [link.body for link in here.links()][:2]

    # A log of something else is not written over, and nothing is restored beside it.
    wipe(lasting.store)
    monkeypatch.setenv("POLEGRAPH_DATA_DIR", str(tmp_path / "third"))
    third = log_in(tmp_path / "third" / "audit")
    third.append(looked(1))
    third.close()
    refused = connected("restore", file)
    assert (refused.code, "is not the log of this backup" in refused.err) == (1, True)
    assert told(third) == [("search", "OK")]
    assert verify(there).problems == ()
