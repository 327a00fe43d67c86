"""How one begins: the purpose is asked once and shown, the marking follows the screen, who may see less sees less."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Opened, Opening, Served, signed

pytestmark = pytest.mark.database


def test_the_purpose_is_asked_once_sent_and_shown(opening: Opening, served: Served) -> None:
    opened = opening(purpose=False)
    page = opened.go(f"subject/{served.warned}")
    expect(page.get_by_role("heading", name="Why are you looking?")).to_be_focused()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose why you look")
    page.get_by_label("Reference").fill("räksmörgås")
    page.get_by_text("Investigation", exact=True).click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("plain letters")
    page.get_by_label("Reference").fill("NM/25/1")
    with page.expect_request("**/graphql") as asked:
        page.keyboard.press("Enter")
    assert asked.value.headers["x-purpose"] == "INVESTIGATION; NM/25/1"
    assert re.match(r'{"documentId":"explorer/[a-z-]+","variables":', asked.value.post_data or "")
    expect(page.get_by_test_id("purpose")).to_contain_text("Investigation · NM/25/1")
    expect(page.get_by_test_id("warnings")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("warnings")).to_be_visible()


def test_the_marking_of_the_screen_follows_what_is_on_it(desk: Opened, served: Served) -> None:
    page = desk.go("search")
    expect(page.get_by_test_id("marking")).to_contain_text("Nothing marked")
    page.get_by_role("searchbox", name="Search").fill("strangerova")
    expect(page.get_by_test_id("marking")).to_contain_text("OFFICIAL-SENSITIVE; operation=ACORN")
    expect(page.get_by_text("Hidden Strangerova")).to_be_visible()
    page.get_by_label("Look as").select_option("OFFICIAL")
    expect(page.get_by_text("Hidden Strangerova")).to_have_count(0)
    expect(page.get_by_test_id("marking")).to_have_text(re.compile(r"OFFICIAL$"))
    page.goto(f"{served.address}/#/subject/{served.names['hidden']}")
    expect(page.get_by_role("heading", name="Nobody by that id")).to_be_visible()
    page.get_by_label("Look as").select_option("")
    expect(page.get_by_role("heading", name="Hidden Strangerova")).to_be_visible()


def test_nothing_that_is_sought_stands_in_an_address_or_a_title(desk: Opened, served: Served) -> None:
    page = desk.go("search")
    page.get_by_role("searchbox", name="Search").fill("strangerova")
    page.locator("a.hit").first.click()
    expect(page.locator(".profile h1")).to_be_visible()
    assert page.title() == "Subject – polegraph"
    assert "strangerova" not in page.url.lower()
    assert page.evaluate("Object.keys(localStorage).join()") in ("", "polegraph.theme")


def test_a_token_is_pasted_where_nobody_is_redirected(opening: Opening, served: Served) -> None:
    with signed(served, None) as (address, issuer):
        page = opening(address).go(f"subject/{served.warned}")
        page.get_by_label("Access token").fill("a.wrong.token")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("alert")).to_contain_text("polegraph does not take this token")
        page.get_by_label("Access token").fill(issuer.token())
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_test_id("warnings")).to_be_visible()
        assert page.get_by_label("Look as").count() == 0
        assert "OFFICIAL" not in page.request.get(f"{address}/explorer").json()["viewers"]
        # Closing the tab is signing out.
        page.reload()
        expect(page.get_by_label("Access token")).to_be_visible()


def test_a_server_that_is_gone_is_told_in_words_that_say_what_to_do(desk: Opened, served: Served) -> None:
    desk.forgiven = "net::ERR_INTERNET_DISCONNECTED"
    page = desk.go("search")
    page.get_by_role("searchbox", name="Search").fill("stranger")
    expect(page.locator("a.hit").first).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("searchbox", name="Search").fill("strangero")
    expect(page.get_by_role("alert")).to_contain_text("No connection to polegraph")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("a.hit").first).to_be_visible()
