"""Watching somebody from a profile: what is new of them comes to the page of what is happening, until it was seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import HANNA, Opened, Served, tell

pytestmark = pytest.mark.database


def alerts(page: Page) -> Locator:
    return page.get_by_role("region", name="Alerts of what you watch")


def see(page: Page, alert: Locator) -> None:
    """One alert was seen, and is gone."""
    # The first of a list is another one as soon as more comes.
    told = page.locator(f'[data-alert="{alert.get_attribute("data-alert")}"]')
    told.get_by_role("button").click()
    expect(told).to_have_count(0)


def test_whom_one_watches_is_told_until_it_was_seen(desk: Opened, parish: Served, tmp_path: Path) -> None:
    subject = f"subject/{parish.person(HANNA['name'])}"
    page = desk.go(subject)
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.locator(".head .told")).to_contain_text("Watched")
    # A watch is of what comes after the second in which it was made.
    made = parish.graph.clock()
    while parish.graph.clock() == made:
        page.wait_for_timeout(50)
    page = desk.go("live")
    expect(alerts(page).get_by_role("status")).to_contain_text("Nothing new")
    tell(parish.graph, tmp_path, [{"id": "h1", **HANNA, "crime": "watched", "at": "2026-01-02T03:04:00Z"}])
    expect(alerts(page).get_by_role("listitem").first).to_contain_text("Hanna Lisowa")
    while "Nothing new" not in alerts(page).get_by_role("status").inner_text():
        see(page, alerts(page).get_by_role("listitem").first)
    page = desk.go(subject)
    page.get_by_role("button", name="Watched: stop").click()
    expect(page.get_by_role("button", name="Watch", exact=True)).to_be_visible()
