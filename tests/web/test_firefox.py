"""The explorer in Firefox: the main path of each page, once. `make firefox` runs it, and `make check` does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.conftest import Served, free_port
from tests.web.firefox import Firefox, firefox

pytestmark = [pytest.mark.database, pytest.mark.firefox]


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox(tmp_path_factory.mktemp("firefox"), free_port()) as started:
        started.size(1280, 900)
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


def test_from_a_name_to_a_profile_to_a_brief(fox: Firefox, served: Served) -> None:
    fox.type("#sought", "stranger")
    fox.wait("a.hit", "Strangerova")
    fox.press("ArrowDown", "Enter")
    fox.wait(".profile h1", "Strangerova")
    fox.click("button", "Why is this one person?")
    fox.wait("#why .waterfall")
    fox.click(".jump a", "Open the network")
    fox.wait(".news", "added around")
    fox.wait(".canvas[data-rest=true]")
    # Something is drawn, and not only the list of it.
    assert fox.run("return document.querySelector('.cannot')") is None
    fox.click(".things li:last-child button")
    fox.wait("[data-testid=chosen] h2")
    fox.click("button", "Arrange again")
    fox.wait(".canvas[data-rest=true]")
    fox.click("a", "Brief to print")
    fox.wait(".because-of")


def test_a_profile_says_warnings_and_where(fox: Firefox, served: Served) -> None:
    fox.go(f"{served.address}/#/subject/{served.warned}")
    fox.wait("[data-testid=warnings]", "Warning:")
    fox.click("button", "Look for places")
    fox.wait("h2", "Where")


def test_a_stop_check_is_answered_on_a_small_screen(fox: Firefox, served: Served) -> None:
    fox.size(450, 800)
    fox.go(f"{served.address}/#/stop")
    fox.click(".sorts button", "Person")
    fox.type("#name", served.ask("query($id: ID!) { entity(id: $id) { label } }", id=served.warned)["entity"]["label"])
    fox.press("Enter")
    fox.wait(".answer", "As of")
    assert fox.run("return document.documentElement.scrollWidth - innerWidth") <= 0
    fox.size(1280, 900)


def test_an_event_live_figures_and_the_queue(fox: Firefox, served: Served) -> None:
    fox.go(f"{served.address}/#/event/{served.names['crime']}")
    fox.wait(".event-page h1")
    fox.wait(".relevant")
    fox.go(f"{served.address}/#/live")
    fox.wait("[data-tile=crimes] .figure", "1")
    fox.wait("[role=status]", "Up to date")
    fox.go(f"{served.address}/#/review")
    fox.wait(".review")
