"""Ten thousand of something: each page says how many there are and how many it shows, and goes on page by page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.read.world import World
from tests.web.conftest import Opened, Served

pytestmark = pytest.mark.database
MANY = 10_000
# Each as the first is, but for what tells them apart; all of them are of the first one's row.
_MORE = """MATCH (h:Entity {id: $hub})-[l:INVOLVED_IN]->(c:Entity {id: $first})
UNWIND range(0, size($ids) - 1) AS n
WITH h, l, c {.*, id: $ids[n], key: $ids[n], label: 'Manyfold ' + n} AS made, n
CREATE (d:Entity:Event:Incident) SET d = made, d.location = point({latitude: 51.5, longitude: 0.1 + n * 0.00001})
CREATE (h)-[m:INVOLVED_IN]->(d) SET m = l {.*, place: n + 2}"""


def letters(n: int) -> str:
    """A number as the end of an id, where there are no digits that look like letters."""
    return str(n).translate(str.maketrans("0123456789", "abcdefghij")).rjust(20, "a")


@pytest.fixture(scope="module")
def hub(served: Served) -> str:
    """Somebody who had a part in ten thousand incidents of the last hour."""
    world = World(served.graph)
    who = world.thing("Person", "Hub Manyfold", given_name="Hub", surname="Manyfold")
    began = datetime.now(UTC) - timedelta(minutes=20)
    told: dict[str, Any] = {"occurred_from": began.strftime("%Y-%m-%dT%H:%MZ"), "at": int(began.timestamp())}
    first = world.thing("Incident", "Manyfold", type="Manyfold", reference="Manyfold", **told)
    world.link("INVOLVED_IN", who, first, role="CALLER")
    ids = [f"e_{letters(n)}" for n in range(MANY - 1)]
    served.graph.store.write(lambda work: work.run_text(_MORE, {"hub": who, "first": first, "ids": ids}) and None)
    return who


def test_a_search_says_how_many_and_goes_on_page_by_page(desk: Opened, hub: str) -> None:
    page = desk.go("search")
    page.get_by_role("searchbox", name="Search").fill("manyfold")
    told = page.locator(".results .told")
    expect(told).to_contain_text("20 of the best 300 results; there are more than are looked at")
    for shown in (40, 60):
        page.get_by_role("button", name="Show more").press("Enter")
        expect(page.locator("a.hit")).to_have_count(shown)
        expect(page.locator("a.hit").nth(shown - 20)).to_be_focused()
        expect(told).to_contain_text(f"{shown} of the best 300")
    page.get_by_role("searchbox", name="Search").fill("hub manyfold")
    expect(page.locator("a.hit").first).to_contain_text("Hub Manyfold")


def test_a_profile_goes_through_its_events_page_by_page(desk: Opened, hub: str) -> None:
    page = desk.go(f"subject/{hub}")
    events = page.locator(".timeline .event")
    expect(events.first).to_be_visible()
    before = events.count()
    more = page.get_by_role("button", name="Show older events")
    more.dblclick()
    expect(events).to_have_count(2 * before)
    labels = page.locator(".timeline .event .thing").all_inner_texts()
    assert len(set(labels)) == len(labels), "who presses twice gets one page"
    expect(page.locator(".timeline .more")).to_contain_text(f"{2 * before} of 10,000 are shown.")


def test_a_network_says_what_it_left_out(desk: Opened, hub: str) -> None:
    page = desk.go(f"network/{hub}")
    expect(page.locator(".news")).to_contain_text("9,750 things left out (limit 250 reached)")
    expect(page.locator(".left")).to_contain_text("9,750 things left out")
    expect(page.get_by_test_id("canvas")).to_have_attribute("data-rest", "true")


def test_live_figures_count_all_and_the_map_says_how_many_it_shows(desk: Opened, hub: str) -> None:
    page = desk.go("live")
    expect(page.locator("[data-tile=incidents] .figure")).to_contain_text("10,000")
    expect(page.locator(".mapped")).to_contain_text("The newest 300 are looked at; there are more.")
