"""Pictures of the explorer's pages for the documentation, taken of what `make demo` serves; the city is made up.

`make pictures` writes them to docs/pictures/explorer; POLEGRAPH_URL says where else the city is served.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from playwright.sync_api import Browser, Page, sync_playwright

from cli.day_sender import Sender
from loaders.world.day import DayGiven, day_of
from tests.project.tree import ROOT
from tests.web.conftest import DESK, FLAGS, PHONE, chromium

FOLDER = ROOT / "docs/pictures/explorer"
ADDRESS = os.environ.get("POLEGRAPH_URL", "http://127.0.0.1:8000")
# Whose day is played: of the city that `make demo ARGS="--people 2000"` serves; and how many hours of it have been.
PEOPLE, SEED, UNTIL_H = 2_000, 7, 20
PURPOSE = """sessionStorage.setItem("polegraph.purpose", '{"code": "TRAINING", "reference": "demo city"}')"""
WARNED = """{ entities(kind: PERSON, where: {property: "warnings", exists: true}, first: 500) {
  edges { node { id label degree ... on Person { dateOfBirth } } } } }"""
AROUND = """query($id: ID!) { subjectProfile(id: $id) {
  associates(first: 1) { edges { node { entity { id label } } } }
  events(first: 20) { edges { node { to { id kind } } } } } }"""


def ask(query: str, **variables: object) -> Any:
    """The data of an answer."""
    body: dict[str, Any] = {"query": query, "variables": variables}
    answer = requests.post(f"{ADDRESS}/graphql", json=body, headers={"X-Purpose": "TRAINING"}, timeout=30).json()
    return answer["data"]


@contextmanager
def opened(browser: Browser, place: str, size: dict[str, int] = DESK, **given: Any) -> Iterator[Page]:
    """A page of the explorer."""
    given |= {"viewport": size, "reduced_motion": "reduce"}
    context = browser.new_context(**given)
    context.add_init_script(PURPOSE)
    page = context.new_page()
    page.goto(f"{ADDRESS}/#/{place}")
    yield page
    context.close()


def take(page: Page, name: str) -> None:
    """The picture of a page that stands still."""
    page.wait_for_timeout(1_000)
    page.screenshot(path=FOLDER / f"{name}.png")


def at_a_desk(browser: Browser, person: dict[str, Any], crime: str, associate: dict[str, Any]) -> None:
    """Search, profile, why, network, event, queue."""
    with opened(browser, "search") as page:
        page.get_by_role("searchbox", name="Search").fill(person["label"][:-3])
        page.locator("a.hit").first.wait_for()
        take(page, "search")
    for name, scheme in (("profile", "light"), ("profile-dark", "dark")):
        with opened(browser, f"subject/{person['id']}", color_scheme=scheme) as page:
            page.locator(".profile h1").wait_for()
            take(page, name)
    with opened(browser, f"subject/{person['id']}") as page:
        page.get_by_role("button", name="Why is this one").click()
        page.locator(".waterfall").first.wait_for()
        page.locator("#why").evaluate("(part) => part.scrollIntoView()")
        take(page, "why")
    with opened(browser, f"network/{associate['id']}") as page:
        page.locator(".news").wait_for()
        page.locator(".canvas[data-rest=true]").wait_for()
        for kind in ("Markers", "Arrests", "Custody records"):
            for chip in page.get_by_role("group", name="Kinds").get_by_role("button", name=kind).all():
                chip.click()
        take(page, "network")
        page.get_by_role("link", name="Brief to print").click()
        page.locator(".because-of").wait_for()
        take(page, "brief")
    with opened(browser, f"event/{crime}") as page:
        page.locator(".bearing").first.wait_for()
        page.locator(".relevant").get_by_role("button", name="Why").nth(1).click()
        take(page, "event")
    with opened(browser, "review") as page:
        page.locator(".review .sides, .review .nothing").first.wait_for()
        take(page, "review")


def of_now(browser: Browser) -> None:
    """The live figures at a moment of a day of the city, which is played until now: what is under way is not over."""
    begin = int(time.time()) - UNTIL_H * 3_600
    day = day_of(DayGiven(PEOPLE, SEED, begin - begin % 60))
    sender = Sender(ADDRESS, None, "TRAINING")
    sender.send(day.prelude)
    sender.send(message for message in day.messages if message.at <= time.time())
    with opened(browser, "live") as page:
        page.locator("[data-tile=incidents_by_type] .groups li").first.wait_for()
        take(page, "live")


def on_a_phone(browser: Browser, person: dict[str, Any]) -> None:
    """The stop check, asked and answered."""
    with opened(browser, "stop", PHONE, is_mobile=True, has_touch=True, device_scale_factor=1.5) as page:
        page.get_by_role("button", name="Person").tap()
        page.get_by_label("Name").fill(person["label"])
        for field, text in zip(("Year", "Month", "Day"), person["dateOfBirth"].split("-"), strict=True):
            page.get_by_label(field).fill(text)
        take(page, "stop-check")
        page.get_by_role("button", name="Check", exact=True).tap()
        page.locator(".answer").wait_for()
        take(page, "stop-check-answer")


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    people = [edge["node"] for edge in ask(WARNED)["entities"]["edges"]]
    known = [each for each in people if each["dateOfBirth"] and len(each["dateOfBirth"]) == len("1990-01-01")]
    person = max(known, key=lambda each: (each["degree"], each["id"]))
    around = ask(AROUND, id=person["id"])["subjectProfile"]
    associate = around["associates"]["edges"][0]["node"]["entity"]
    crime = next(
        edge["node"]["to"]["id"] for edge in around["events"]["edges"] if edge["node"]["to"]["kind"] == "CRIME"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        at_a_desk(browser, person, crime, associate)
        on_a_phone(browser, person)
        of_now(browser)
        browser.close()


if __name__ == "__main__":
    main()
