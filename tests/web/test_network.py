"""A network in the browser: drawn, expanded, filtered, searched for paths, taken away; by keyboard as by mouse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from graph.audit import audit_log
from tests.audit.test_answer import last
from tests.web.conftest import Opened, Opening, Served

pytestmark = pytest.mark.database


def drawn(opened: Opened, id_: str) -> Page:
    """The network around somebody, when it is there."""
    page = opened.go(f"network/{id_}")
    expect(page.locator(".news")).to_contain_text("added around")
    expect(page.get_by_test_id("canvas").locator("canvas").first).to_be_visible()
    expect(page.get_by_test_id("canvas")).to_have_attribute("data-rest", "true")
    return page


def shown(page: Page) -> int:
    return int((page.locator("#things").inner_text()).split()[0])


def test_a_network_is_walked_by_keyboard_alone(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.names["long"])
    before = shown(page)
    page.get_by_label("Find among what is shown").focus()
    page.keyboard.type("+447700900999")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("chosen")).to_contain_text("+447700900999")
    page.keyboard.press("e")
    expect(page.locator(".news")).to_contain_text("added around +447700900999")
    assert shown(page) > before
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    assert shown(page) == before


def test_what_stands_beside_a_network_scrolls_and_the_page_does_not(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.warned)
    assert page.locator(".network-side").evaluate("(side) => side.scrollHeight > side.clientHeight")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_network_is_filtered_and_says_what_it_hides(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.warned)
    everything = shown(page)
    page.get_by_role("group", name="Kinds").get_by_role("button", name="Crimes").click()
    without = shown(page)
    assert without < everything
    expect(page.get_by_text(f"{everything - without} not shown")).to_be_visible()
    page.get_by_label("Until").fill(page.get_by_label("Until").get_attribute("min") or "")
    assert shown(page) < without
    page.get_by_role("button", name="Show everything").click()
    page.get_by_label("Hide crowded things").check()
    expect(page.get_by_test_id("crowded")).to_contain_text("idden")


def test_what_is_not_graded_is_not_shown_as_well_attested(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.names["long"])
    assert shown(page) > 1
    page.get_by_label("Attested").select_option("A")
    assert shown(page) == 1


def test_a_path_is_found_between_two(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.names["long"])
    page.get_by_role("button", name="Path from here").click()
    page.get_by_label("Find among what is shown").fill("+447700900999")
    page.locator(".things li button").click()
    page.get_by_role("button", name="Path to here").click()
    expect(page.locator(".news")).to_contain_text("the shortest over 1 link")


def test_who_looks_as_somebody_else_begins_anew(desk: Opened, served: Served) -> None:
    page = drawn(desk, served.names["crime"])
    expect(page.get_by_test_id("things")).to_contain_text("Hidden Strangerova")
    page.get_by_label("Look as").select_option("OFFICIAL")
    expect(page.get_by_test_id("things")).to_contain_text("Strangerova")
    expect(page.get_by_test_id("things")).not_to_contain_text("Hidden")
    expect(page.get_by_test_id("marking")).not_to_contain_text("ACORN")
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_another_network_takes_the_place_of_the_one_before(desk: Opened, served: Served) -> None:
    for who in ("long", "arabic", "attack"):
        drawn(desk, served.names[who])
        desk.go("search")
    page = drawn(desk, served.warned)
    expect(page.get_by_test_id("things")).not_to_contain_text("Strangerova")


def test_the_same_network_is_drawn_in_the_same_way(opening: Opening, served: Served) -> None:
    pictures = []
    for _ in range(2):
        page = drawn(opening(), served.names["attack"])
        page.mouse.move(1_200, 60)
        page.wait_for_timeout(400)
        pictures.append(page.get_by_test_id("canvas").screenshot())
    assert pictures[0] == pictures[1]


def crowd(route: Route) -> None:
    """The answer to an Expand, made up: no city of tests has as many things around one."""
    if json.loads(route.request.post_data or "{}").get("documentId") != "explorer/network":
        route.continue_()
        return
    ids = [f"e_{n:a>20}" for n in range(1_500)]
    nodes = [
        {"id": id_, "kind": "PERSON", "label": id_, "markings": ["OFFICIAL"], "degree": 3, "occurredFrom": None}
        for id_ in ids
    ]
    rest: dict[str, Any] = dict.fromkeys(("role", "validFrom", "validTo", "validPrecision", "grade"))
    links = [
        {"id": f"l_{n}", "type": "ASSOCIATED_WITH", "from": {"id": ids[n % 1_500]}, "to": {"id": ids[n * n % 1_500]}}
        | {"source": {"name": "made up"}, **rest}
        for n in range(1, 4_000)
    ]
    data = {"expand": {"nodes": nodes, "links": links, "truncated": None}}
    route.fulfill(json={"data": data, "extensions": {"marking": "OFFICIAL"}})


def test_a_large_network_is_placed_beside_the_page_and_comes_to_rest(opening: Opening) -> None:
    pictures = []
    for _ in range(2):
        opened = opening()
        opened.page.route("**/graphql", crowd)
        page = drawn(opened, f"e_{0:a>20}")
        assert len(page.workers) == 1
        expect(page.locator(".tally")).to_contain_text("1,500 things")
        page.mouse.move(1_200, 60)
        page.wait_for_timeout(400)
        pictures.append(page.get_by_test_id("canvas").screenshot())
    assert pictures[0] == pictures[1]


def test_no_script_that_is_made_of_a_text_runs_beside_a_network(desk: Opened, served: Served) -> None:
    # As layouts of others begin their workers: why ours is a file of ours.
    page = drawn(desk, served.names["long"])
    desk.forgiven = "TrustedScriptURL"
    made = """() => {
      try { new Worker(URL.createObjectURL(new Blob(["0"], {type: "text/javascript"}))); return "it runs" }
      catch (error) { return error.message } }"""
    assert "TrustedScriptURL" in page.evaluate(made)


def test_a_network_is_taken_away_as_picture_and_files(desk: Opened, served: Served, tmp_path: Path) -> None:
    page = drawn(desk, served.names["attack"])
    for button, name, begin in (
        ("Picture", "network.png", b"\x89PNG"),
        ("Drawing", "network.svg", b"<?xml"),
        ("GraphML", ".graphml", b"<?xml"),
        ("CSV", ".csv", b"id,"),
    ):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        download.value.save_as(tmp_path / "file")
        assert name in download.value.suggested_filename
        assert (tmp_path / "file").read_bytes().startswith(begin)
    expect(page.locator(".exports [role=status]")).to_contain_text("marked OFFICIAL")
    entry = last(audit_log(served.settings))
    assert (entry["act"], entry["purpose"]) == ("DISCLOSURE", "TEST")
