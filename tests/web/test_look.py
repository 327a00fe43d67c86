"""Looking for somebody and at them: with a mouse, with the keyboard alone, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import ATTACK, Opened, Served

pytestmark = pytest.mark.database
# With the files of the network, which are fetched beside the profile while there is nothing else to do.
FIRST_LOAD = 170_000
STOP_CHECK = 50_000
THUMB = 44


def wide(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    found: int = page.evaluate("document.documentElement.scrollWidth - Math.min(innerWidth, screen.width)")
    return found


def test_from_a_name_to_a_person_by_keyboard_alone(desk: Opened, served: Served) -> None:
    page = desk.go("search")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.type("stranger")
    expect(page.get_by_role("status")).to_contain_text("results")
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.hit").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".profile h1")).to_be_visible()
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    assert desk.received < FIRST_LOAD


def test_the_way_past_the_bar_is_the_first_stop_of_the_keyboard(desk: Opened, served: Served) -> None:
    page = desk.go(f"subject/{served.warned}")
    expect(page.get_by_test_id("warnings")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_results_are_narrowed_and_nothing_found_is_said(desk: Opened, served: Served) -> None:
    page = desk.go("search")
    page.get_by_role("searchbox", name="Search").fill("07701")
    expect(page.locator("a.hit .icon.kind-phone").first).to_be_visible()
    page.get_by_role("button", name="People").click()
    page.get_by_role("searchbox", name="Search").fill("nobodyofthatname")
    expect(page.get_by_role("heading", name="Nothing found for")).to_be_visible()


def test_a_profile_says_warnings_first_and_why_it_is_one(desk: Opened, served: Served) -> None:
    page = desk.go(f"subject/{served.warned}")
    warnings, golden = page.get_by_test_id("warnings"), page.get_by_role("heading", name="Golden record")
    expect(warnings).to_contain_text("Warning:")
    above, below = warnings.bounding_box(), golden.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]
    page.get_by_role("button", name="Show losing values").click()
    expect(page.locator(".values .won").first).to_be_visible()
    page.get_by_role("button", name="Why is this one person?").click()
    bits = page.locator("#why > .scroll tbody td.num")
    expect(bits.first).to_be_visible()
    told = [float(text.replace("−", "-")) for text in bits.all_text_contents()]
    total = page.locator("#why > .scroll tfoot td.num").inner_text()
    assert sum(told) == pytest.approx(float(total.replace("−", "-")), abs=0.06 * len(told))
    page.locator(".associates").get_by_role("button", name="Why").first.click()
    expect(page.locator(".because li").first).to_be_visible()
    expect(page.get_by_role("img", name="events")).to_be_visible()


def test_a_page_that_was_left_does_not_come_back(desk: Opened, served: Served) -> None:
    page = desk.go("search")
    expect(page.get_by_role("searchbox", name="Search")).to_be_visible()
    page.evaluate("""for (const place of ["live", "network", "stop"]) location.hash = `/${place}`""")
    page.evaluate(f"location.hash = '/subject/{served.warned}'")
    expect(page.get_by_test_id("warnings")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_test_id("warnings")).to_be_visible()


@pytest.mark.parametrize("sort", ["attack", "long", "arabic", "combined"])
def test_no_name_breaks_a_page_or_runs(phone: Opened, served: Served, sort: str) -> None:
    page = phone.go(f"subject/{served.names[sort]}")
    expect(page.locator(".profile h1")).to_be_visible()
    label = served.ask("query($id: ID!) { entity(id: $id) { label } }", id=served.names[sort])["entity"]["label"]
    assert page.locator(".profile h1 bdi").inner_text() == " ".join(label.split())
    assert wide(page) <= 0
    page.goto(f"{served.address}/#/event/{served.names['crime']}")
    expect(page.locator(".event-page h1")).to_contain_text(ATTACK)
    expect(page.get_by_text("Strangerova").first).to_be_visible()
    assert wide(page) <= 0


def test_a_stop_check_fits_a_phone_in_one_hand(phone: Opened, served: Served) -> None:
    person = served.ask(
        "query($id: ID!) { entity(id: $id) { label ... on Person { dateOfBirth } } }", id=served.warned
    )["entity"]
    page = phone.go("stop")
    page.get_by_role("button", name="Check", exact=True).tap()
    expect(page.get_by_role("alert")).to_contain_text("Enter a registration")
    page.get_by_role("button", name="Person").tap()
    page.get_by_label("Name").fill(person["label"])
    for field, text in zip(("Year", "Month", "Day"), person["dateOfBirth"].split("-"), strict=True):
        page.get_by_label(field).fill(text)
    small = [
        name
        for target in page.locator("form button, form input, nav a").all()
        if (box := target.bounding_box()) is not None and min(box["height"], box["width"]) < THUMB
        for name in [target.inner_text() or target.get_attribute("id")]
    ]
    assert small == []
    page.keyboard.press("Enter")
    first = page.locator(".answer > *:not(.hidden)").first
    expect(first).to_have_class("warnings")
    expect(page.get_by_test_id("marking")).to_contain_text("OFFICIAL")
    assert wide(page) <= 0
    assert phone.received < STOP_CHECK
    page.get_by_role("button", name="New check").tap()
    page.get_by_role("button", name="Vehicle").tap()
    page.get_by_label("Registration").fill("zz99 zzz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing found that you may see")).to_be_focused()
    expect(page.get_by_text("This does not say that it is safe")).to_be_visible()
