"""Names that are attacks, very long, from right to left or combined, on every page: nothing breaks, nothing runs."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.read.world import World
from tests.web.conftest import ARABIC, ATTACK, COMBINED, LONG, Opened, Served, tell
from tests.web.place import PLACES, places
from tests.web.test_page import WIDER

pytestmark = pytest.mark.database
ODD = {"attack": ATTACK, "long": LONG, "arabic": ARABIC, "combined": COMBINED}


@pytest.fixture(scope="module")
def odd(parish: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Two records of each odd name that may be one, and an incident of now whose every word is an attack."""
    rows = [{"id": f"{side}-{sort}", "name": f"{name} Oddly"} for sort, name in ODD.items() for side in "pq"]
    tell(parish.graph, tmp_path_factory.mktemp("odd"), rows)
    now = parish.graph.clock() - 60
    World(parish.graph).thing("Incident", ATTACK, type=ATTACK, status=ATTACK, priority=ATTACK, at=now)
    return parish


def plain(text: str) -> str:
    """Letters as they are composed, case and spaces aside: sources write names in their own way."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def holds(page: Page, names: set[str]) -> None:
    """All these names are on the page as letters, and none of them makes it wider than the screen."""
    shown = plain(page.locator("main").inner_text())
    assert {name for name in names if plain(name) not in shown} == set()
    assert page.evaluate(WIDER) == []


@pytest.mark.parametrize("name", ["search", "thing", "event", "network", "brief"])
def test_odd_names_are_letters_on_a_page(phone: Opened, odd: Served, name: str) -> None:
    path = "event/{crime}" if name == "event" else "network/{crime}" if name in ("network", "brief") else None
    place = PLACES[name]
    page = phone.go((path or place.path).format_map(places(odd)))
    if name == "search":
        page.get_by_role("searchbox", name="Search").fill("strangerova")
    place.there(page)
    if name in ("network", "brief"):
        page.get_by_label("Find among what is shown").fill("strangerova")
        page.locator(".things li button").first.click()
        page.get_by_label("Note", exact=True).fill(ATTACK)
        page.get_by_role("button", name="Note it").click()
        page.get_by_label("Find among what is shown").fill("")
        page.get_by_label("Name of the workspace").fill(LONG)
        page.get_by_label("Name of the workspace").press("Enter")
        expect(page.locator(".keep [role=status]")).to_contain_text("Kept as")
    if name == "brief":
        page.get_by_role("link", name="Brief to print").click()
        expect(page.locator(".because-of")).to_be_visible()
    holds(page, set(ODD.values()))


def test_odd_names_are_letters_in_the_queue(phone: Opened, odd: Served) -> None:
    page = phone.go("review")
    seen = ""
    while "That was all of them" not in (shown := page.locator("main").inner_text()):
        expect(page.locator(".review .sides, .review .nothing").first).to_be_visible()
        assert page.evaluate(WIDER) == []
        seen += plain(shown)
        page.keyboard.press("l")
    # Those in other letters meet no other record by their names alone.
    assert plain(COMBINED) in seen


@pytest.mark.parametrize("sort", ODD)
def test_odd_names_are_letters_in_a_stop_check(phone: Opened, odd: Served, sort: str) -> None:
    page = phone.go("stop")
    page.get_by_role("button", name="Person").tap()
    page.get_by_label("Name").fill(f"{ODD[sort]} Oddly"[:200])
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_be_visible()
    holds(page, {ODD[sort]})


def test_odd_names_are_letters_in_figures_and_alerts(phone: Opened, odd: Served, tmp_path: Path) -> None:
    watch = "mutation($name: String!, $ids: [ID!]) { watch(name: $name, ids: $ids) { id } }"
    who = odd.person(f"{ATTACK} Oddly")
    made = odd.ask(watch, name=ATTACK, ids=[who])["watch"]["id"]
    began = odd.graph.clock()
    page = phone.go("live")
    while odd.graph.clock() == began:
        page.wait_for_timeout(50)
    crimes = [
        {"id": f"{side}-attack", "name": f"{ATTACK} Oddly", "crime": f"odd {side}", "at": "2026-01-02T03:04:00Z"}
        for side in "pq"
    ]
    tell(odd.graph, tmp_path, crimes)
    expect(page.locator(".alerts li").first).to_contain_text(ATTACK)
    expect(page.locator(".tile").first).to_be_visible()
    holds(page, {ATTACK})
    odd.ask("mutation($id: ID!) { unwatch(id: $id) { id } }", id=made)
