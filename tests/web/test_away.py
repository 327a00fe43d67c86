"""A stop check where the network goes: it starts, its last answers can be read for a while, and that is on record."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from graph.audit import audit_log
from tests.web.conftest import ATTACK, Opened, Served

pytestmark = pytest.mark.database
# The whole page, its files kept for later included.
EVERYTHING = 100_000
OFFLINE = "net::ERR_INTERNET_DISCONNECTED"


def checked(opened: Opened, served: Served) -> Page:
    """A phone that has had the answer of a stop check, and has what starts it without network."""
    opened.forgiven = OFFLINE
    page = opened.go("stop")
    assert page.evaluate("navigator.serviceWorker.ready.then((found) => found.active.scriptURL)").endswith("/worker.js")
    label = served.ask("query($id: ID!) { entity(id: $id) { label } }", id=served.warned)["entity"]["label"]
    page.get_by_role("button", name="Person").tap()
    page.get_by_label("Name").fill(label)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_be_visible()
    return page


def test_the_last_answers_are_read_without_network_and_that_goes_on_record(phone: Opened, served: Served) -> None:
    page = checked(phone, served)
    asked = page.locator("h1 bdi").inner_text()
    assert phone.received < EVERYTHING
    page.context.set_offline(True)
    page.get_by_role("button", name="New check").tap()
    page.get_by_role("button", name=asked).tap()
    expect(page.get_by_role("status")).to_contain_text("This is old")
    expect(page.locator(".answer")).to_be_visible()
    expect(page.get_by_test_id("marking")).to_contain_text("OFFICIAL")
    # On the device there is the number of the request and when, and nothing of whom it was about but ids.
    noted = json.loads(page.evaluate("localStorage.getItem('polegraph.shown')"))
    assert [sorted(each) for each in noted] == [["at", "ids", "request"]]
    stored = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert asked.split()[-1] not in stored
    assert "Strangerova" not in stored
    before = sum(1 for _ in audit_log(served.settings).links())
    page.context.set_offline(False)
    for _ in range(100):
        if page.evaluate("localStorage.getItem('polegraph.shown')") is None:
            break
        page.wait_for_timeout(200)
    entries = [json.loads(link.body) for link in audit_log(served.settings).links(before + 1)]
    (entry,) = [entry for entry in entries if entry["operation"] == "shownAgain"]
    assert (entry["purpose"], entry["details"]["answer"]) == ("TEST", noted[0]["request"])
    assert entry["asked"] == sorted(noted[0]["ids"])


def test_it_starts_without_network_and_knows_nothing_then(phone: Opened, served: Served) -> None:
    page = checked(phone, served)
    session = page.context.new_cdp_session(page)
    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    session.detach()
    # A test's window is a private one, in which nothing is installed.
    assert {error["errorId"] for error in found} <= {"in-incognito"}
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="Stop check")).to_be_visible()
    expect(page.get_by_test_id("last")).to_contain_text("No answer of the last 15 minutes")
    places = page.evaluate(
        """caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))
           .then((found) => found.flat().map((one) => new URL(one.url).pathname))"""
    )
    assert {place for place in places if not place.startswith("/assets/")} == {"/", "/explorer"}


def test_it_is_gone_after_a_while_or_at_once(phone: Opened, served: Served) -> None:
    phone.page.clock.install()
    page = checked(phone, served)
    page.context.set_offline(True)
    page.get_by_role("button", name="New check").tap()
    expect(page.get_by_test_id("last")).to_contain_text("answers of the last 15 minutes")
    page.clock.fast_forward(14 * 60_000)
    expect(page.get_by_test_id("last").get_by_role("listitem")).to_have_count(1)
    page.get_by_test_id("last").get_by_role("listitem").get_by_role("button").tap()
    expect(page.get_by_role("status")).to_contain_text("14 minutes ago")
    page.clock.fast_forward(61_000)
    expect(page.get_by_text("No answer of the last 15 minutes")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_label("Name").fill(ATTACK)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_be_visible()
    page.get_by_role("button", name="New check").tap()
    page.get_by_role("button", name="Forget it now").tap()
    expect(page.get_by_test_id("last")).to_have_count(0)
    page.context.set_offline(True)
    expect(page.get_by_test_id("last")).to_contain_text("No answer")
