"""What holds for every page: nobody is shut out (axe), in light and dark, at a desk and on a phone; figures come."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.project.tree import ROOT
from tests.web.conftest import DESK, PHONE, Opened, Opening, Served, missing

pytestmark = pytest.mark.database
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
# What makes the page wider than the screen, but for what scrolls by itself.
# A phone shows what is too wide for it smaller, and says then that its window is wider than its screen.
WIDER = """document.documentElement.scrollWidth <= Math.min(innerWidth, screen.width) ? []
  : [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > screen.width + 1)
  .filter((each) => !each.parentElement.closest(".scroll, .filters"))
  .map((each) => each.outerHTML.slice(0, 120)).slice(0, 5)"""
GRAVE = ("serious", "critical")
PAGES = {
    "search": ("search", "a.hit"),
    "subject": ("subject/{warned}", "[data-testid=warnings]"),
    "event": ("event/{crime}", ".relevant"),
    "stop": ("stop", "form.stop"),
    "review": ("review", ".review .sides, .review .nothing"),
    "network": ("network/{attack}", ".news"),
    "live": ("live", ".tile"),
    "thing": ("thing/{phone}", ".profile"),
}


def places(served: Served) -> dict[str, str]:
    query = '{ search(text: "+447700900999", kinds: [PHONE], first: 1) { edges { node { entity { id } } } } }'
    phone = served.ask(query)["search"]["edges"][0]["node"]["entity"]["id"]
    return {**served.names, "warned": served.warned, "phone": phone}


def graves(page: Page) -> list[str]:
    """What axe finds that shuts somebody out."""
    found: dict[str, Any] = json.loads(
        page.evaluate("axe.run({resultTypes: ['violations']}).then((found) => JSON.stringify(found))")
    )
    return [
        f"{each['id']}: {node['html'][:150]} {node['failureSummary'][:300]}"
        for each in found["violations"]
        if each["impact"] in GRAVE
        for node in each["nodes"][:3]
    ]


def axe() -> str:
    """What looks for what shuts somebody out."""
    if not AXE.is_file():
        missing("axe is not there: run `npm ci` in web")
    return AXE.read_text("utf-8")


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light")])
def test_nobody_is_shut_out(opening: Opening, served: Served, size: dict[str, int], scheme: str) -> None:
    opened = opening(viewport=size, color_scheme=scheme, scripts=(axe(),))
    found: dict[str, list[str]] = {}
    for name, (place, there) in PAGES.items():
        page = opened.go(place.format_map(places(served)))
        if name == "search":
            page.get_by_role("searchbox", name="Search").fill("strangerova")
        expect(page.locator(there).first).to_be_visible()
        if name == "subject":
            page.get_by_role("button", name="Why is this one").click()
            page.get_by_role("button", name="Show losing values").click()
            expect(page.get_by_role("group", name="All values")).to_be_visible()
            expect(page.locator(".waterfall").first).to_be_visible()
        wide = page.evaluate(WIDER)
        assert wide == [], f"{name} at {size}"
        if problems := graves(page):
            found[name] = problems
    assert found == {}


def test_what_asks_for_a_purpose_shuts_nobody_out(opening: Opening, served: Served) -> None:
    page = opening(purpose=False, scripts=(axe(),)).go("search")
    expect(page.get_by_role("heading", name="Why are you looking?")).to_be_visible()
    assert graves(page) == []


def test_figures_come_by_themselves(desk: Opened, served: Served) -> None:
    page = desk.go("live")
    figure = page.locator("[data-tile=crimes] .figure")
    expect(figure).to_contain_text("1")
    expect(page.get_by_text("Up to date")).to_be_visible()


def test_an_event_says_what_bears_on_it(desk: Opened, served: Served) -> None:
    query = "query($id: ID!) { subjectProfile(id: $id) { events(first: 1) { edges { node { to { id label } } } } } }"
    found = served.ask(query, id=served.warned)["subjectProfile"]["events"]["edges"][0]["node"]["to"]
    page = desk.go(f"event/{found['id']}")
    expect(page.get_by_role("heading", level=1)).to_have_text(found["label"])
    page.locator(".relevant").get_by_role("button", name="Why").first.click()
    expect(page.locator(".reasons li").first).to_be_visible()
    page.get_by_role("combobox", name="Within").select_option("30")
    expect(page.locator(".relevant")).to_have_attribute("aria-busy", "false")
