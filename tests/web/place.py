"""Every page of the explorer, for what holds for each of them: where it is, when it is there, what one does on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Served

Act = Callable[[Page], None]
_PHONE = '{ search(text: "+447700900999", kinds: [PHONE], first: 1) { edges { node { entity { id } } } } }'


@dataclass(frozen=True)
class Place:
    """A page: where it is; what is there once it is; something to do that asks the server; what is there then.

    `typed`: a field and what somebody has entered there, which nothing may take away. `wait`: what says that it comes.
    `bare`: what is said where there is nothing at all. `begun`: what one does before there is anything there.
    """

    path: str
    ready: str
    act: Act
    then: Callable[[Page], Locator]
    bare: str
    wait: str
    typed: tuple[str, str] | None = None
    begun: Act = lambda _: None

    def open(self, page: Page, ids: dict[str, str]) -> None:
        """Go there without loading anything anew, as a link does, and begin."""
        page.evaluate("place => { location.hash = place }", "/" + self.path.format_map(ids))
        self.begun(page)

    def there(self, page: Page) -> None:
        expect(page.locator(self.ready).first).to_be_visible()


def places(served: Served) -> dict[str, str]:
    """Ids by the names that the places have for them."""
    found = served.ask(_PHONE)["search"]["edges"]
    phone = found[0]["node"]["entity"]["id"] if found else ""
    return {**served.names, "warned": served.warned, "phone": phone}


def still(page: Page) -> None:
    """Nothing on the page is waited for any more."""
    expect(page.locator(".waiting, [aria-busy=true]")).to_have_count(0)


def _seek(text: str) -> Act:
    return lambda page: page.get_by_role("searchbox", name="Search").fill(text)


def _press(name: str) -> Act:
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def _check(page: Page) -> None:
    page.get_by_role("button", name="Vehicle").click()
    page.get_by_label("Registration").fill("zz99 zzz")
    page.keyboard.press("Enter")


def _keep(page: Page) -> None:
    page.get_by_label("Find among what is shown").fill("+447700900999")
    page.locator(".things li button").first.click()
    page.get_by_test_id("chosen").get_by_role("button", name="Expand").click()


def _within(page: Page) -> None:
    page.get_by_role("combobox", name="Within").select_option("365")


def _brief(page: Page) -> None:
    page.get_by_role("link", name="Brief to print").click()


PLACES = {
    "search": Place(
        "search",
        "a.hit",
        _seek("strangerova"),
        lambda page: page.locator("a.hit").first,
        "Nothing found for",
        "Searching",
        typed=("#sought", "strangerova"),
        begun=_seek("stranger"),
    ),
    "subject": Place(
        "subject/{warned}",
        "[data-testid=warnings]",
        _press("Show losing values"),
        lambda page: page.get_by_role("group", name="All values"),
        "Nobody by that id",
        "Reading the profile",
    ),
    "thing": Place(
        "thing/{phone}",
        ".profile h1",
        lambda page: page.get_by_role("link", name="Open the network").click(),
        lambda page: page.locator(".news"),
        "Nothing by that id",
        "Reading",
    ),
    "review": Place(
        "review",
        ".review .sides, .review .nothing",
        _press("Different d"),
        lambda page: page.get_by_label("Reason"),
        "Nothing waits",
        "Reading the queue",
    ),
    "stop": Place(
        "stop",
        "form.stop",
        _check,
        lambda page: page.locator(".answer"),
        "Nothing found that you may see",
        "Checking",
    ),
    "network": Place(
        "network/{attack}",
        ".news",
        _keep,
        lambda page: page.locator(".news", has_text="added around +44"),
        "There is nothing here",
        "Reading the network",
        typed=("#keep-name", "Wolf's"),
    ),
    "brief": Place(
        "network/{attack}",
        ".news",
        _brief,
        lambda page: page.locator(".because-of"),
        "A brief is made of a network",
        "Reading the network",
    ),
    "event": Place(
        "event/{crime}",
        ".relevant",
        _within,
        lambda page: page.locator(".relevant[aria-busy=false]"),
        "No event by that id",
        "Looking for what bears on it",
    ),
    "live": Place(
        "live",
        ".tile",
        lambda page: page.get_by_role("button", name="Last 8 hours").click(),
        lambda page: page.locator(".tile").first,
        "Nothing new",
        "Counting",
    ),
}
