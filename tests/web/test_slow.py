"""A slow network: each page says that it waits, and does not jump; what comes late takes no newer answer's place."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.web.conftest import Opened, Opening, Served
from tests.web.place import PLACES, places, still

pytestmark = pytest.mark.database
# A link like 3G: 150 ms there and back, 1.6 Mbit/s. As bench/explorer.py has it.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
# What is moved under whoever reads, as browsers count it: below this a page is stable. Source: web.dev/cls.
STABLE = 0.1
NOTED = """window.noted = {moved: 0, said: []};
const count = (each) => { if (!each.hadRecentInput) noted.moved += each.value; };
new PerformanceObserver((list) => list.getEntries().forEach(count)).observe({type: "layout-shift", buffered: true});
const waits = () => document.querySelectorAll(".waiting, [aria-busy=true] .told");
new MutationObserver(() => waits().forEach((each) => noted.said.push(each.textContent)))
  .observe(document, {subtree: true, childList: true, characterData: true});"""


@pytest.mark.parametrize("name", PLACES)
def test_a_page_says_that_it_waits_and_does_not_jump(opening: Opening, parish: Served, name: str) -> None:
    place = PLACES[name]
    opened = opening(scripts=(NOTED,))
    opened.page.context.new_cdp_session(opened.page).send("Network.emulateNetworkConditions", SLOW)
    page = opened.go(place.path.format_map(places(parish)))
    place.begun(page)
    place.there(page)
    if name == "stop":
        place.act(page)
        expect(place.then(page)).to_be_visible()
    still(page)
    noted = page.evaluate("noted")
    assert any(place.wait in said for said in noted["said"]), noted["said"]
    assert noted["moved"] < STABLE


class Held:
    """Questions of a page whose answers are held back, those that `which` says, until they are let go."""

    def __init__(self, page: Page, which: Callable[[str, dict[str, Any]], bool]) -> None:
        self._which = which
        self.routes: list[Route] = []
        self.asked: list[dict[str, Any]] = []
        page.route("**/graphql", self._hold)

    def _hold(self, route: Route) -> None:
        body = json.loads(route.request.post_data or "{}")
        if not self._which(body["documentId"], body["variables"]):
            route.continue_()
            return
        self.asked.append(body["variables"])
        self.routes.append(route)

    def let_go(self) -> None:
        for route in self.routes:
            # Whoever asked may not wait for it any more.
            with suppress(Error):
                route.continue_()
        self.routes.clear()


def settled(page: Page) -> None:
    """Whatever is under way has come."""
    page.wait_for_load_state("networkidle")
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def test_results_that_come_late_do_not_replace_newer_ones(desk: Opened, served: Served) -> None:
    held = Held(desk.page, lambda name, given: name == "explorer/search" and given["text"] == "strangerova")
    page = desk.go("search")
    box = page.get_by_role("searchbox", name="Search")
    box.fill("strangerova")
    expect(page.get_by_role("status")).to_contain_text("Searching")
    box.fill("nobodyofthatname")
    expect(page.get_by_role("heading", name="Nothing found for")).to_be_visible()
    held.let_go()
    settled(page)
    expect(page.locator("a.hit")).to_have_count(0)


def test_of_letters_typed_fast_only_the_last_are_asked_for(desk: Opened, served: Served) -> None:
    desk.page.clock.install()
    held = Held(desk.page, lambda name, _: name == "explorer/search")
    page = desk.go("search")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.clock.pause_at("2040-01-01")
    page.keyboard.type("strangerova")
    page.clock.run_for(100)
    settled_on = [given["text"] for given in held.asked]
    assert settled_on == ["st"], "the first that can be sought is, at once"
    page.clock.run_for(100)
    page.clock.resume()
    expect(page.get_by_role("status")).to_contain_text("Searching")
    held.let_go()
    expect(page.locator("a.hit").first).to_be_visible()
    assert [given["text"] for given in held.asked] == ["st", "strangerova"]


def test_a_network_that_comes_late_is_not_added_to_another(desk: Opened, served: Served) -> None:
    held = Held(desk.page, lambda name, given: name == "explorer/network" and given["ids"] == [served.names["attack"]])
    page = desk.go(f"network/{served.names['attack']}")
    expect(page.get_by_text("Reading the network")).to_be_visible()
    page.evaluate(f"location.hash = '/network/{served.warned}'")
    expect(page.locator(".news")).to_contain_text("added around")
    held.let_go()
    settled(page)
    expect(page.get_by_test_id("things")).not_to_contain_text("Strangerova")


def test_what_takes_long_in_a_network_can_be_stopped(desk: Opened, served: Served) -> None:
    held = Held(desk.page, lambda name, given: name == "explorer/network")
    page = desk.go(f"network/{served.names['attack']}")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("status").first).to_contain_text("Expanding was stopped")
    held.let_go()
    settled(page)
    expect(page.get_by_test_id("canvas")).to_have_count(0)
    expect(page.get_by_role("link", name="Search").last).to_be_visible()


def test_a_stop_check_that_comes_late_is_not_the_answer_to_the_next(phone: Opened, served: Served) -> None:
    held = Held(phone.page, lambda name, given: name == "explorer/stop-check" and "person" in given)
    page = phone.go("stop")
    page.get_by_role("button", name="Person").tap()
    page.get_by_label("Name").fill(
        served.ask("query($id: ID!) { entity(id: $id) { label } }", id=served.warned)["entity"]["label"]
    )
    page.get_by_role("button", name="Check", exact=True).tap()
    expect(page.get_by_text("Checking")).to_be_visible()
    page.get_by_role("button", name="New check").tap()
    page.get_by_role("button", name="Vehicle").tap()
    page.get_by_label("Registration").fill("zz99 zzz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing found that you may see")).to_be_visible()
    held.let_go()
    settled(page)
    expect(page.get_by_role("heading", name="Nothing found that you may see")).to_be_visible()
