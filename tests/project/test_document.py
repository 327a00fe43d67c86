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
NAMED_TEST = re.compile(r"`(tests/[\w/.]+)`")
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


@pytest.mark.parametrize("page", [ROOT / "SECURITY.md", ROOT / "docs/asvs.md", ROOT / "docs/ncsc.md"], ids=name_of)
def test_what_is_behind_a_row_is_there(page: Path) -> None:
    rows = [line.split(" | ") for line in page.read_text("utf-8").splitlines() if line.startswith("| ")]
    named = {name for row in rows for cell in row for name in NAMED_TEST.findall(cell)}
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_requirement_of_the_verification_standard_is_answered_once() -> None:
    rows = re.findall(
        r"^\| (\d[^|]*) \| [^|]+ \| (\w+) \| (.*)\|$", (ROOT / "docs/asvs.md").read_text("utf-8"), re.MULTILINE
    )
    assert {met for _, met, _ in rows} == {"yes", "part", "no", "none"}
    # What is met has something behind it, what is met in part or not says why.
    assert [numbers for numbers, met, by in rows if met != "none" and not by.strip()] == []
    found = [each for numbers, _, _ in rows for part in numbers.split(", ") for each in _requirements(part)]
    assert len(found) == len(set(found))
    assert {section for section, *_ in found} == set(range(1, 18))


def _requirements(part: str) -> tuple[tuple[int, ...], ...]:
    """The first and, of a range, the last requirement that a part of a row names."""
    return tuple(tuple(map(int, each.split("."))) for each in part.split("-"))


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
