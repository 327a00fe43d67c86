"""An empty graph, as there is before the first load: each page says that there is nothing, and what to do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.conftest import PHONE, Opening, Served
from tests.web.place import PLACES, still
from tests.web.test_page import WIDER, axe, graves

pytestmark = pytest.mark.database
NOBODY = dict.fromkeys(("warned", "attack", "crime", "phone"), "e_" + "a" * 20)


@pytest.mark.parametrize("name", PLACES)
def test_a_page_says_that_there_is_nothing(opening: Opening, served: Served, name: str) -> None:
    place = PLACES[name]
    page = opening(viewport=PHONE, scripts=(axe(),)).go("brief" if name == "brief" else place.path.format_map(NOBODY))
    if name in ("search", "stop"):
        place.act(page)
    expect(page.locator("main")).to_contain_text(place.bare)
    still(page)
    assert page.evaluate(WIDER) == []
    assert graves(page) == []


def test_what_is_made_of_a_network_says_where_to_begin(opening: Opening, served: Served) -> None:
    page = opening().go("network")
    expect(page.locator(".shelf")).to_contain_text("None yet")
    page.get_by_role("link", name="Search").last.click()
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()


def test_figures_of_nothing_are_noughts(opening: Opening, served: Served) -> None:
    page = opening().go("live")
    expect(page.locator("[data-tile=incidents] .figure")).to_have_text("0")
    expect(page.get_by_text("No incident of this window has a place.")).to_be_visible()
