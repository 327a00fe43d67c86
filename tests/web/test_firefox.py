"""The explorer in Firefox: the main path of each page, once. `make firefox` runs it, and `make check` does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.conftest import PHONE, Served
from tests.web.firefox import Firefox, firefox

pytestmark = [pytest.mark.database, pytest.mark.firefox]
_CORNERS = ((0.02, 0.02), (0.98, 0.02), (0.98, 0.98), (0.02, 0.98))


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("firefox")) as started:
        yield started


@pytest.fixture
def fox(window: Firefox, served: Served) -> Iterator[Firefox]:
    """Firefox, where somebody said why they look; its console is held to be empty of errors."""
    window.go(f"{served.address}/#/search")
    window.run("""sessionStorage.setItem("polegraph.purpose", '{"code": "TEST", "reference": "T/1"}')""")
    window.ask("WebDriver:Refresh")
    window.wait("#sought")
    yield window
    assert window.wrong(served.address) == []
    assert window.run("return window.ran ?? null") is None


def test_why_one_looks_is_asked_first(window: Firefox, served: Served) -> None:
    window.go(f"{served.address}/#/search")
    window.wait("h1", "Why are you looking?")
    window.click("label.choice", "Test")
    window.click(".gate button[type=submit]")
    window.wait("[data-testid=purpose]", "Test")


def test_from_a_name_to_a_person_by_keyboard(fox: Firefox, served: Served) -> None:
    fox.type("#sought", "stranger")
    fox.wait("a.hit", "Strangerova")
    fox.wait("[role=status]", "results")
    fox.press("ArrowDown", "Enter")
    fox.wait(".profile h1", "Strangerova")
    fox.press("/")
    fox.wait("#sought:focus")


def test_a_profile_says_warnings_why_it_is_one_and_where(fox: Firefox, served: Served) -> None:
    fox.go(f"{served.address}/#/subject/{served.warned}")
    fox.wait("[data-testid=warnings]", "Warning:")
    fox.click("button", "Show losing values")
    fox.wait(".values .won")
    fox.click("button", "Why is this one person?")
    fox.wait("#why .waterfall")
    fox.click("button", "Look for places")
    fox.wait(".mapped", "known.")


def test_a_network_is_drawn_understood_kept_opened_again_and_briefed(fox: Firefox, served: Served) -> None:
    fox.go(f"{served.address}/#/network/{served.names['crime']}")
    fox.wait(".news", "added around")
    fox.wait(".canvas[data-rest=true]")
    # Something is drawn, and not only the list of it.
    assert fox.run("return document.querySelector('.cannot')") is None
    before = fox.picture(".canvas")
    fox.click(".tools button", "Lasso")
    fox.draw("[data-testid=lasso]", *_CORNERS)
    fox.wait("[data-testid=many]", "chosen together")
    assert fox.picture(".canvas") != before
    fox.click(".things li:last-child button")
    fox.wait("[data-testid=chosen] h2")
    fox.click("button", "Arrange again")
    fox.wait(".canvas[data-rest=true]")
    fox.click("button", "Colour groups")
    fox.wait("[aria-label=Groups]", "Group 1")
    fox.click("button", "Key players")
    fox.wait("[aria-label='Key players']", "from 0.")
    fox.type("#keep-name", "Fox")
    fox.press("Enter")
    fox.wait(".keep [role=status]", "Kept as “Fox”")
    fox.go(f"{served.address}/#/network")
    fox.ask("WebDriver:Refresh")
    fox.click(".shelf button", "Fox")
    fox.wait(".news", "as you left it")
    fox.click("a", "Brief to print")
    fox.wait(".because-of")


def test_an_event_says_what_bears_on_it_and_is_on_a_map(fox: Firefox, served: Served) -> None:
    query = "query($id: ID!) { subjectProfile(id: $id) { events(first: 1) { edges { node { to { id label } } } } } }"
    found = served.ask(query, id=served.warned)["subjectProfile"]["events"]["edges"][0]["node"]["to"]
    fox.go(f"{served.address}/#/event/{found['id']}")
    fox.wait(".event-page h1", found["label"])
    fox.click(".relevant button[aria-expanded=false]")
    fox.wait(".reasons li")
    fox.click("button", "Open the map")
    fox.wait("[data-testid=map] .scale text")


def test_live_figures_come(fox: Firefox, served: Served) -> None:
    fox.go(f"{served.address}/#/live")
    fox.wait("[data-tile=crimes] .figure", "1")
    fox.wait("[role=status]", "Up to date")


def test_a_stop_check_is_answered_on_a_small_screen(fox: Firefox, served: Served) -> None:
    label = served.ask("query($id: ID!) { entity(id: $id) { label } }", id=served.warned)["entity"]["label"]
    with fox.narrow(PHONE["width"]):
        fox.go(f"{served.address}/#/stop")
        fox.click(".sorts button", "Person")
        fox.type("#name", label)
        fox.press("Enter")
        fox.wait(".answer", "As of")
        fox.wait(".answer .warnings")
        assert fox.run("return document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_queue_is_worked_by_keys(fox: Firefox, parish: Served) -> None:
    fox.go(f"{parish.address}/#/review")
    fox.wait(".sides")
    fox.press("s")
    fox.wait("[data-testid=consequence]", "become one person")
    fox.wait("#reason:focus")
    fox.type("#reason", "one hand")
    fox.press("Enter")
    fox.wait(".told", "are one")
    fox.press("u")
    fox.wait("[data-testid=consequence]", "1 entity become 2")
    fox.wait("#reason:focus")
    fox.press("Enter")
    fox.wait("[role=alert]", "Say why")
    fox.type("#reason", "two hands")
    fox.press("Enter")
    fox.wait(".told", "wait again")
    assert fox.run("return document.querySelector('[data-testid=consequence]')") is None
