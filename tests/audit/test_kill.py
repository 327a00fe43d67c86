"""The API killed while it answers: whoever was answered is on record."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import pytest
import requests

from graph.open import Graph
from security.audit import verify
from tests.audit.conftest import log_in
from tests.cli.conftest import Command, connected, polegraph, town
from tests.project.tree import ROOT

pytestmark = pytest.mark.database
__all__ = ["connected", "polegraph", "town"]
QUERY = {"query": '{ search(text: "smith") { edges { node { entity { id } } } } }'}
ASKERS = 4


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _ask(address: str, asker: int) -> list[str]:
    """The names of the requests that were answered, until nobody answers any more."""
    answered: list[str] = []
    for number in range(100_000):
        name = f"asker-{asker}-{number}"
        try:
            response = requests.post(f"{address}/graphql", json=QUERY, headers={"X-Request-Id": name}, timeout=30)
            assert response.json()["data"]["search"]["edges"]
        except requests.RequestException:
            return answered
        answered.append(name)
    return answered


def test_whoever_was_answered_is_on_record(connected: Command, town: Graph, tmp_path: Path) -> None:
    del connected, town
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    serving = subprocess.Popen(
        [sys.executable, "-m", "cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if requests.get(f"{address}/readyz", timeout=5).status_code == 200:
                    break
            except requests.RequestException:
                time.sleep(0.2)
        with ThreadPoolExecutor(ASKERS) as pool:
            asked = [pool.submit(_ask, address, asker) for asker in range(ASKERS)]
            time.sleep(3)
            serving.kill()
            answered = [name for each in asked for name in each.result()]
    finally:
        serving.kill()
        serving.wait()
    log = log_in(tmp_path / "data" / "audit")
    recorded = {entry["request"] for link in log.links() if (entry := orjson.loads(link.body))["ids"]}
    assert len(answered) > ASKERS
    assert set(answered) <= recorded
    assert verify(log).problems == ()
