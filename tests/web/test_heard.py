"""What a screen reader says: the tree that the browser hands it, of a stop check and of a profile, in its order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Opened, Served

pytestmark = pytest.mark.database
# What one can do something with: each has to say what it is.
_CONTROLS = {
    "button",
    "link",
    "textbox",
    "searchbox",
    "combobox",
    "checkbox",
    "radio",
    "slider",
    "switch",
    "spinbutton",
}


@dataclass(frozen=True)
class Heard:
    """A part of the page as it is read out: what it is, what it is called, and the live region around it."""

    role: str
    name: str
    live: str


def heard(page: Page) -> list[Heard]:
    """All that is read, in order."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[Heard] = []

    def walk(node: dict[str, Any], live: str) -> None:
        told = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
        live = str(told.get("live") or live)
        role = str(node.get("role", {}).get("value", ""))
        name = str(node.get("name", {}).get("value", "")).strip()
        if not node["ignored"] and role not in ("InlineTextBox", "none", "generic"):
            found.append(Heard(role, name, live))
        for child in node.get("childIds", ()):
            if child in by_id:
                walk(by_id[child], live)

    walk(nodes[0], "")
    return found


def where(parts: list[Heard], text: str) -> int:
    """How many parts are read before the first that holds this."""
    at = next((n for n, each in enumerate(parts) if text in each.name), None)
    assert at is not None, f"{text!r} is not read: {[each.name for each in parts]}"
    return at


def nameless(parts: list[Heard]) -> list[Heard]:
    return [each for each in parts if each.role in _CONTROLS and not each.name]


def test_a_stop_check_is_heard_with_its_warnings_before_everything(phone: Opened, served: Served) -> None:
    page = phone.go("stop")
    page.get_by_role("button", name="Person").tap()
    form = heard(page)
    assert nameless(form) == []
    assert {"Name", "Day", "Month", "Year"} <= {each.name for each in form if each.role == "textbox"}
    assert any(each.role == "button" and each.name == "Person" for each in form)
    page.get_by_role("button", name="Check", exact=True).tap()
    expect(page.get_by_role("alert")).to_be_visible()
    wrong = heard(page)
    assert wrong[where(wrong, "Enter a name")].live == "assertive"
    person = "query($id: ID!) { entity(id: $id) { label ... on Person { dateOfBirth } } }"
    asked = served.ask(person, id=served.warned)["entity"]
    page.get_by_label("Name").fill(asked["label"])
    for field, text in zip(("Year", "Month", "Day"), asked["dateOfBirth"].split("-"), strict=True):
        page.get_by_label(field).fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("warnings")).to_be_visible()
    answer = heard(page)
    assert nameless(answer) == []
    # Whoever hears it is taken to the warnings, which are said by name, how many there are first.
    first = page.locator(".answer h2").first
    expect(first).to_be_focused()
    assert re.fullmatch(r"(1 warning or flag|\d+ warnings and flags): \S.*", first.inner_text())
    within = answer[where(answer, "Stop check: ") :]
    warning = next(n for n, each in enumerate(within) if each.name.startswith("Warning:"))
    links = [n for n, each in enumerate(within) if each.role == "link"]
    assert warning < min(links)
    assert where(answer, "OFFICIAL") < where(answer, "Stop check: ")


def test_a_profile_is_heard_with_its_warnings_before_what_else_is_known(desk: Opened, served: Served) -> None:
    page = desk.go(f"subject/{served.warned}")
    expect(page.get_by_test_id("warnings")).to_be_visible()
    parts = heard(page)
    assert nameless(parts) == []
    headings = [each.name for each in parts if each.role == "heading"]
    assert headings[0] == page.locator(".profile h1").inner_text()
    assert where(parts, "Warning:") < where(parts, "Golden record") < where(parts, "Associates")
    assert {"banner", "main", "navigation"} <= {each.role for each in parts}


def test_what_is_found_and_what_is_wrong_is_announced(desk: Opened, served: Served) -> None:
    page = desk.go("search")
    page.get_by_role("searchbox", name="Search").fill("strangerova")
    expect(page.locator("a.hit").first).to_be_visible()
    parts = heard(page)
    assert nameless(parts) == []
    assert parts[where(parts, " results")].live == "polite"
    page.route("**/graphql", lambda route: route.abort())
    desk.forgiven = "Failed to load resource"
    page.get_by_role("searchbox", name="Search").fill("strangerov")
    expect(page.get_by_role("alert")).to_be_visible()
    assert any(each.live == "assertive" and "No connection" in each.name for each in heard(page))


def test_every_control_of_a_network_and_of_the_queue_has_a_name(desk: Opened, served: Served) -> None:
    for place, there in ((f"network/{served.names['attack']}", ".news"), ("review", ".review"), ("live", ".tile")):
        page = desk.go(place)
        expect(page.locator(there).first).to_be_visible()
        parts = heard(page)
        assert nameless(parts) == [], place
        assert not any("canvas" in each.role.lower() for each in parts), place
