"""The explorer's pages as they are committed: fresh, small, and asking nothing that the server does not know."""

from __future__ import annotations

import gzip
import json
import re

from api.explorer.typescript import typescript
from api.persisted import EXPLORER
from api.schema import SCHEMA
from tests.project.built import RECORDED, TYPES, digest
from tests.project.tree import ROOT, name_of, tracked

PAGES = ROOT / "api/explorer/pages"
ASSETS = sorted((PAGES / "assets").iterdir())
MOST_BYTES = 300_000
MOST_KEPT = 50_000
SOURCES = [path for path in tracked() if name_of(path).startswith("web/src/") and path.suffix in (".ts", ".tsx")]


def test_the_pages_are_those_of_the_sources() -> None:
    assert RECORDED.read_text("utf-8") == digest(), "build them again with `make web`"


def test_the_types_are_those_of_the_documents() -> None:
    assert (ROOT / TYPES).read_text("utf-8") == typescript(SCHEMA._schema, EXPLORER), "write them with `make docs`"


def test_the_pages_ask_the_documents_that_there_are() -> None:
    asked = {name for path in SOURCES for name in re.findall(r'"explorer/([a-z-]+)"', path.read_text("utf-8"))}
    assert asked == {path.stem for path in EXPLORER.glob("*.graphql")}


def test_everything_together_is_a_small_load() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in ASSETS) < MOST_BYTES


def test_built_files_are_lean_and_named_by_their_contents() -> None:
    assert [path.name for path in ASSETS if not re.fullmatch(r"[\w-]+-[\w-]{8}\.(?:js|css|svg)", path.name)] == []
    assert [path.name for path in ASSETS if b"sourceMappingURL" in path.read_bytes()] == []


def test_the_page_holds_no_script_and_no_style_of_its_own() -> None:
    page = (PAGES / "index.html").read_text("utf-8")
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page) == []
    assert re.findall(r"(?:src|href)=\"(?!/assets/|/manifest\.webmanifest\")", page) == []


def test_what_starts_without_network_is_there_and_small() -> None:
    (listed,) = re.findall(r"const FILES = (\[.*\]);", (PAGES / "worker.js").read_text("utf-8"))
    kept = [PAGES / name.removeprefix("/") for name in json.loads(listed)]
    assert {path.suffix for path in kept} == {".js", ".css", ".svg"}
    assert any(path.name.startswith("stop-") for path in kept)
    assert sum(len(gzip.compress(path.read_bytes())) for path in kept) < MOST_KEPT
    (icon,) = json.loads((PAGES / "manifest.webmanifest").read_text("utf-8"))["icons"]
    assert PAGES / icon["src"].removeprefix("/") in kept


def test_the_lock_of_the_pages_names_no_registry() -> None:
    packages = json.loads((ROOT / "web/package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
    # npm writes down where to give money, too.
    assert [name for name, package in packages.items() if "funding" in package] == [], "take out each `funding`"


def test_the_lock_of_the_pages_is_whole() -> None:
    # What is named and not there makes `npm ci` refuse all of it.
    packages = json.loads((ROOT / "web/package-lock.json").read_text("utf-8"))["packages"]
    locked = {name.rpartition("node_modules/")[2] for name in packages}
    kinds = ("dependencies", "devDependencies", "optionalDependencies")
    assert {name for each in packages.values() for kind in kinds for name in each.get(kind, ())} - locked == set()
