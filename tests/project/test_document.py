"""Documents are true: generated ones are fresh, links lead somewhere, and named make targets exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from analysis.register import page as transparency
from graph.model import dictionary
from tests.project.tree import ROOT, name_of, tracked

LINK = re.compile(r"\[[^\]]*\]\((?!\w+:|#)([^)#\s]+)[^)]*\)")
TARGET = re.compile(r"^([a-z]+):.*## ", re.MULTILINE)
NAMED_TARGET = re.compile(r"(?:^|`)make ([a-z]+)", re.MULTILINE)
PAGES = [path for path in tracked() if path.suffix == ".md"]


def test_the_transparency_record_is_fresh() -> None:
    written = (ROOT / "docs/transparency.md").read_text("utf-8")
    assert written == transparency.render(), "write it again with `make docs`"


def test_the_data_dictionary_is_fresh() -> None:
    page = (ROOT / "docs/data-dictionary.md").read_text("utf-8")
    assert page == dictionary.render(), "write it again with `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    assert [target for target in LINK.findall(page.read_text("utf-8")) if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_named_make_targets_exist(page: Path) -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))
    assert set(NAMED_TARGET.findall(page.read_text("utf-8"))) <= targets


def test_every_page_is_in_the_index() -> None:
    linked = set(LINK.findall((ROOT / "docs/README.md").read_text("utf-8")))
    pages = {path.name for path in PAGES if path.parent == ROOT / "docs"} - {"README.md"}
    assert pages <= linked


def test_the_services_open_nothing_to_the_network() -> None:
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    services = yaml.safe_load(text)["services"]
    published = [port for service in services.values() for port in service.get("ports", ())]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert re.findall(r"\$\{POLEGRAPH_NEO4J_PASSWORD(.)", text) == [":"] * text.count("${POLEGRAPH_NEO4J_PASSWORD")
    assert "${POLEGRAPH_NEO4J_PASSWORD:-" not in text
    assert "0.0.0.0" not in text  # noqa: S104 - looked for, not listened on
    assert services["api"]["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert services["api"]["read_only"] is True
