"""A token that has ended while somebody looks: each page says so, loses nothing, and goes on with the next one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.signin.provider import Provider
from tests.web.conftest import Opening, Served, signed
from tests.web.place import PLACES, places

pytestmark = pytest.mark.database
ENDED = "Your sign-in has ended"


@pytest.fixture(scope="module")
def pasting(parish: Served) -> Iterator[tuple[str, Provider]]:
    """Where tokens are pasted, and who gives them."""
    with signed(parish, None) as found:
        yield found


def paste(page: Page, token: str) -> None:
    page.get_by_label("Access token").fill(token)
    page.get_by_role("button", name="Continue").click()


def end(page: Page, issuer: Provider) -> None:
    """From now on what was signed in with has ended, until there is another token."""
    ended = issuer.token(exp=int(time.time()) - 600)
    was: list[str] = []

    def late(route: Route, request: Request) -> None:
        given = request.headers.get("authorization", "")
        was.append(given)
        headers = {**request.headers, "authorization": f"Bearer {ended}"} if given == was[0] else None
        route.continue_(headers=headers)

    page.route("**/graphql", late)


@pytest.mark.parametrize("name", PLACES)
def test_a_page_goes_on_with_another_token(
    opening: Opening, parish: Served, pasting: tuple[str, Provider], name: str
) -> None:
    address, issuer = pasting
    place = PLACES[name]
    opened = opening(address)
    opened.forgiven = "401"
    page = opened.go(place.path.format_map(places(parish)))
    rights: dict[str, Any] = {"polegraph_markings": ["OFFICIAL-SENSITIVE; operation=ACORN"]}
    paste(page, issuer.token(**rights))
    place.begun(page)
    place.there(page)
    end(page, issuer)
    if place.typed:
        page.locator(place.typed[0]).fill(place.typed[1])
    place.act(page)
    expect(page.get_by_text(ENDED)).to_be_visible()
    page.get_by_role("button", name="Sign in again").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    paste(page, issuer.token(iat=int(time.time()) - 1, **rights))
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(place.then(page)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    if place.typed:
        expect(page.locator(place.typed[0])).to_have_value(place.typed[1])
