"""Signing in by redirect, in the browser: to the identity provider and back to the same place; ended, refused, out."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.signin.provider import Provider
from tests.web.conftest import Opened, Opening, Served, signed

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def knowing(served: Served) -> Iterator[tuple[str, Provider]]:
    """Where one has to sign in, and the identity provider."""
    with signed(served) as found:
        yield found


@pytest.fixture
def opened(opening: Opening, knowing: tuple[str, Provider]) -> Opened:
    address, issuer = knowing
    issuer.next = {}
    made: Opened = opening(address)
    made.beyond = issuer.issuer
    return made


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_one_comes_back_to_where_one_was(opened: Opened, served: Served, knowing: tuple[str, Provider]) -> None:
    address, _ = knowing
    page = opened.go(f"subject/{served.warned}")
    sign_in(page)
    expect(page.get_by_test_id("warnings")).to_be_visible()
    assert page.url == f"{address}/#/subject/{served.warned}"
    expect(page.locator(".session .who")).to_contain_text("pc-77")
    expect(page.locator(".session .who")).to_contain_text("Analyst")
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])")
    assert re.search(r"eyJ|verifier", kept) is None
    with page.expect_navigation():
        page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_what_has_ended_is_said_and_the_page_stays(
    opened: Opened, served: Served, knowing: tuple[str, Provider]
) -> None:
    _, issuer = knowing
    page = opened.go(f"subject/{served.warned}")
    issuer.next = {"exp": int(time.time()) + 4}
    sign_in(page)
    expect(page.get_by_text("Your sign-in has ended")).to_be_visible()
    expect(page.get_by_test_id("warnings")).to_be_visible()
    page.get_by_role("button", name="This is the same as").click()
    page.get_by_label("Find the other").fill("stranger")
    issuer.next = {}
    with page.expect_popup() as beside:
        page.get_by_role("button", name="Sign in again").click()
    # Neither the page nor what was entered went away for it, and the window beside it is gone.
    expect(page.get_by_text("Your sign-in has ended")).to_have_count(0)
    expect(page.get_by_test_id("warnings")).to_be_visible()
    expect(page.get_by_label("Find the other")).to_have_value("stranger")
    expect(page.locator(".others button").first).to_be_visible()
    if not beside.value.is_closed():
        beside.value.wait_for_event("close")


def test_who_is_not_let_in_is_told(opened: Opened, knowing: tuple[str, Provider]) -> None:
    address, issuer = knowing
    opened.forgiven = "401"
    page = opened.go("search")
    issuer.next = None
    sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("The identity provider did not sign you in (access_denied)")
    issuer.next = {"aud": "another"}
    sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("the token is not of the issuer for this audience")
    # An answer that this tab never asked for, as another site could send one.
    page.goto(f"{address}/?code=x&state=y#/search")
    expect(page.get_by_role("alert")).to_contain_text("not to a question of this tab")
    assert "code" not in page.url


def test_whoever_may_not_decide_is_told_why(opened: Opened, knowing: tuple[str, Provider]) -> None:
    _, issuer = knowing
    page = opened.go("review")
    issuer.next = {"polegraph_role": "OFFICER"}
    sign_in(page)
    expect(page.get_by_role("note")).to_contain_text("Your role (officer) may not decide who is whom")
