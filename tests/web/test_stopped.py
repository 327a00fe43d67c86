"""A server that stops while somebody looks: each page says so and what to do, loses nothing, and goes on by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.project.tree import ROOT
from tests.web.conftest import Opening, Served
from tests.web.place import PLACES, places
from tests.web.way import Way, way

pytestmark = pytest.mark.database
GONE = "Failed to load resource"


@pytest.fixture(scope="module")
def leading(parish: Served) -> Iterator[Way]:
    """A way to the server of the city that can be cut."""
    with way(urlsplit(parish.address).port or 0) as made:
        yield made


def alone(page: Page) -> None:
    """That it is away is said, once, and that it goes on by itself."""
    alert = page.locator("main").get_by_role("alert")
    expect(alert).to_have_count(1)
    expect(alert).to_contain_text("No connection to polegraph")
    expect(alert).to_contain_text(re.compile("goes on by itself|is still here"))


def test_every_page_of_the_router_is_tried() -> None:
    router = (ROOT / "web/src/main.tsx").read_text("utf-8").split("const PAGES", 1)[1].split("};", 1)[0]
    assert sorted(re.findall(r"^  (\w+): \[", router, re.MULTILINE)) == sorted(PLACES)


@pytest.mark.parametrize("name", PLACES)
def test_a_page_goes_on_when_the_server_is_back(opening: Opening, parish: Served, leading: Way, name: str) -> None:
    place, ids = PLACES[name], places(parish)
    leading.mend()
    opened = opening(f"http://127.0.0.1:{leading.port}")
    opened.forgiven = GONE
    page = opened.go("nowhere")
    expect(page.get_by_role("heading", name="Page not found")).to_be_visible()
    # What starts without network is there: a browser tells of a worker that it cannot fetch.
    page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    leading.cut()
    page.evaluate("place => { location.hash = place }", "/" + place.path.format_map(ids))
    # A stop check begins without a server: its files are kept.
    if name == "stop":
        place.there(page)
    else:
        alone(page)
    leading.mend()
    expect(page.get_by_role("alert")).to_have_count(0)
    place.begun(page)
    place.there(page)
    heading = page.locator("h1").first.inner_text()
    leading.cut()
    if place.typed:
        page.locator(place.typed[0]).fill(place.typed[1])
    place.act(page)
    alone(page)
    if name not in ("thing", "brief", "stop"):
        expect(page.locator("h1").first).to_have_text(heading)
    leading.mend()
    expect(place.then(page)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    if place.typed:
        expect(page.locator(place.typed[0])).to_have_value(place.typed[1])


def test_what_is_changed_is_not_lost_where_it_cannot_be_said(opening: Opening, parish: Served, leading: Way) -> None:
    leading.mend()
    opened = opening(f"http://127.0.0.1:{leading.port}")
    opened.forgiven = GONE
    page = opened.go(f"network/{parish.names['attack']}")
    expect(page.locator(".news")).to_be_visible()
    leading.cut()
    page.get_by_label("Name of the workspace").fill("Wolf's")
    page.get_by_label("Name of the workspace").press("Enter")
    expect(page.locator(".keep").get_by_role("alert")).to_contain_text("What you entered is still here")
    leading.mend()
    page.get_by_label("Name of the workspace").press("Enter")
    expect(page.locator(".keep [role=status]")).to_contain_text("Kept as “Wolf's”")
    (kept,) = [each for each in parish.ask("{ workspaces { id name } }")["workspaces"] if each["name"] == "Wolf's"]
    parish.ask("mutation($id: ID!) { deleteWorkspace(id: $id) { id } }", id=kept["id"])
