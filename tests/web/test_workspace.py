"""What is made of a network: kept, noted, chosen together, understood, briefed; a search made narrower; a map."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from graph.audit import audit_log
from tests.audit.test_answer import last
from tests.web.conftest import Opened, Opening, Served
from tests.web.test_network import drawn, shown
from tests.web.test_page import axe, graves

pytestmark = pytest.mark.database


def choose(page: Page, text: str) -> None:
    """The first of the list that has this in it, chosen."""
    page.get_by_label("Find among what is shown").fill(text)
    page.locator(".things li button").first.click()
    page.get_by_label("Find among what is shown").fill("")


def keep(page: Page, name: str) -> None:
    page.get_by_label("Name of the workspace").fill(name)
    page.get_by_label("Name of the workspace").press("Enter")
    expect(page.locator(".keep [role=status]")).to_contain_text(f"Kept as “{name}”")


def test_a_network_is_kept_and_opened_as_it_lies(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.names["long"])
    everything = shown(page)
    choose(page, "+447700900999")
    page.get_by_label("Note", exact=True).fill("his <b>sister's</b>")
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("button", name="Pin", exact=True).click()
    page.get_by_label("Hide crowded things").check()
    keep(page, "Wolf")
    picture = page.get_by_test_id("canvas").screenshot()
    page.goto(f"{served.address}/#/network")
    page.reload()
    page.get_by_role("button", name="Wolf", exact=True).click()
    expect(page.locator(".news")).to_contain_text(f"as you left it: {everything} things")
    assert shown(page) == everything
    expect(page.get_by_label("Hide crowded things")).to_be_checked()
    choose(page, "+447700900999")
    expect(page.get_by_label("Note", exact=True)).to_have_value("his <b>sister's</b>")
    expect(page.get_by_role("button", name="Unpin")).to_be_visible()
    assert len(picture) > 1_000
    own = served.ask("{ workspaces { id name version marking things { note pinned expanded } } }")["workspaces"]
    (kept,) = [each for each in own if each["name"] == "Wolf"]
    assert sum(thing["pinned"] for thing in kept["things"]) == 1
    again = {"id": kept["id"], "version": kept["version"], "name": "Wolf"}
    served.ask("mutation($w: WorkspaceInput!) { saveWorkspace(workspace: $w) { id } }", w=again)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("changed meanwhile")
    page.get_by_role("button", name="Save as another").click()
    expect(page.locator(".keep [role=status]")).to_contain_text("Kept as")


def test_workspaces_are_renamed_and_given_up_by_keyboard_and_hidden_from_who_may_not_see(
    desk: Opened, served: Served
) -> None:
    for held in served.ask("{ workspaces { id } }")["workspaces"]:
        served.ask("mutation($id: ID!) { deleteWorkspace(id: $id) { id } }", id=held["id"])
    keep(drawn(desk, served.names["crime"]), "Hush")
    page = desk.page
    page.goto(f"{served.address}/#/network")
    page.reload()
    expect(page.get_by_role("button", name="Hush")).to_be_visible()
    page.get_by_label("Look as").select_option("OFFICIAL")
    expect(page.locator(".shelf")).to_contain_text("None yet")
    page.get_by_label("Look as").select_option("")
    page.get_by_role("button", name="Rename").focus()
    page.keyboard.press("Enter")
    page.get_by_label("New name").fill("Quiet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Quiet")).to_be_visible()
    page.get_by_role("button", name="Give up").press("Enter")
    page.get_by_role("button", name="Give it up for good").press("Enter")
    expect(page.locator(".shelf")).to_contain_text("None yet")


def test_a_brief_says_why_and_is_a_disclosure_on_record(desk: Opened, served: Served, tmp_path: Path) -> None:
    page = drawn(desk, served.names["attack"])
    choose(page, "+447700900999")
    page.get_by_label("Note", exact=True).fill("whose is it?")
    page.get_by_role("button", name="Note it").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Drawing (SVG)").click()
    download.value.save_as(tmp_path / "network.svg")
    words = " ".join(ElementTree.parse(tmp_path / "network.svg").getroot().itertext())  # noqa: S314 - our own file
    assert words.count("OFFICIAL") >= 2
    assert "<script" in words, "an attack is letters"
    page.get_by_role("link", name="Brief to print").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The network around")
    sheet = page.locator(".brief")
    for text in ("Note: whose is it?", "Test · T/1", "developer", "Because of these statements", "OFFICIAL"):
        expect(sheet).to_contain_text(text)
    assert page.locator(".because-of tbody tr").count() > 1
    entry = last(audit_log(served.settings))
    assert (entry["act"], entry["operation"], entry["purpose"]) == ("DISCLOSURE", "brief", "TEST")
    assert served.names["attack"] in entry["ids"]
    page.evaluate(axe())
    assert graves(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".sheet-mark")).to_have_text(["OFFICIAL", "OFFICIAL"])
    expect(page.locator(".sheet-mark").last).to_be_visible()
    expect(page.locator("header.top")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Back to the network").click()
    expect(page.get_by_test_id("canvas").locator("canvas").first).to_be_visible()


def test_many_are_chosen_with_a_lasso_noted_put_away_and_had_back(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.names["long"])
    everything = shown(page)
    page.get_by_role("button", name="Lasso").click()
    box = page.get_by_test_id("lasso").bounding_box()
    assert box is not None
    corners = [(3, 3), (box["width"] - 3, 3), (box["width"] - 3, box["height"] - 3), (3, box["height"] - 3)]
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    page.mouse.down()
    for x, y in corners:
        page.mouse.move(box["x"] + x, box["y"] + y)
    page.mouse.up()
    many = page.get_by_test_id("many")
    expect(many).to_contain_text(f"{everything} things chosen together")
    page.get_by_label("Note at each").fill("seen")
    page.get_by_label("Note at each").press("Enter")
    expect(page.get_by_text(f"Noted at {everything} things.").first).to_be_visible()
    page.get_by_role("button", name="Put all away").click()
    expect(page.locator("#things")).to_contain_text("0 things")
    page.get_by_role("button", name="Undo").click()
    assert shown(page) == everything
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".things li", has_text="✎")).to_have_count(0)


def test_several_are_connected_by_keyboard(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.names["crime"])
    page.get_by_label("Find among what is shown").fill("strangerova")
    page.locator(".things li button").first.focus()
    for key in ("x", "ArrowDown", "x"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("many")).to_contain_text("2 things chosen together")
    page.get_by_role("button", name="Connect them").press("Enter")
    expect(page.locator(".news")).to_contain_text("2 things connected through")


def test_groups_are_coloured_and_key_players_told_with_their_ranges(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.names["crime"])
    page.get_by_role("button", name="Colour groups").click()
    expect(page.get_by_role("list", name="Groups")).to_contain_text("Group 1")
    page.get_by_role("button", name="Key players").click()
    expect(page.get_by_role("list", name="Key players")).to_contain_text("from 0.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("list", name="Key players")).to_have_count(0)


def test_a_search_is_made_narrower_by_kind_place_and_time(desk: Opened, served: Served) -> None:
    page = desk.go("search")
    page.get_by_role("searchbox", name="Search").fill("strangerova")
    page.get_by_text("Narrow by kind, place and time").press("Enter")
    people = page.get_by_role("group", name="Kinds among what was found").get_by_role("button", name="People")
    expect(people).to_contain_text("5")
    people.press("Enter")
    expect(people).to_have_attribute("aria-pressed", "true")
    expect(page.locator("a.hit")).to_have_count(5)
    page.get_by_label("Happened from").fill("2031-01-01")
    expect(page.locator(".results")).to_contain_text("Nothing found")
    page.get_by_role("button", name="Take all away").click()
    expect(page.locator("a.hit").first).to_be_visible()


def test_a_map_is_opened_without_anything_from_elsewhere(opening: Opening, served: Served) -> None:
    query = "{ entities(kind: CRIME, first: 50) { edges { node { id ... on Event { location { latitude } } } } } }"
    crimes = [edge["node"] for edge in served.ask(query)["entities"]["edges"]]
    opened = opening()
    page = opened.go(f"event/{next(crime['id'] for crime in crimes if crime['location'])}")
    page.get_by_role("button", name="Open the map").press("Enter")
    place = page.get_by_test_id("map")
    expect(place.locator("circle").first).to_be_visible()
    scale = place.locator(".scale text").first.text_content() or ""
    place.locator("svg").first.press("-")
    expect(place.locator(".scale text").first).not_to_have_text(scale)
    page = opened.go(f"subject/{served.warned}")
    page.get_by_role("button", name="Look for places").press("Enter")
    expect(page.locator(".mapped")).to_contain_text("known.")
