"""Deciding who is whom in the browser: with four keys, from a profile; what comes of it is shown first, and undone."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import ANNA, HANNA, Opened, Served

pytestmark = pytest.mark.database
QUEUE = "{ reviewQueue(first: 1) { totalCount } }"


def waiting(served: Served) -> int:
    found: int = served.ask(QUEUE)["reviewQueue"]["totalCount"]
    return found


def pair(page: Page) -> str:
    return page.locator(".sides thead").inner_text()


def say(page: Page, reason: str) -> None:
    """A reason for what is shown, and the word."""
    expect(page.get_by_test_id("consequence")).to_be_visible()
    expect(page.get_by_label("Reason")).to_be_focused()
    if reason:
        page.keyboard.type(reason)
    page.keyboard.press("Enter")


def test_the_queue_is_worked_with_four_keys(desk: Opened, parish: Served) -> None:
    page = desk.go("review")
    expect(page.locator(".sides")).to_be_visible()
    expect(page.locator(".waterfall").first).to_be_visible()
    before, first = waiting(parish), pair(page)
    page.keyboard.press("l")
    expect(page.locator(".told").first).to_contain_text("Left for later")
    second = pair(page)
    assert second != first
    page.keyboard.press("s")
    expect(page.get_by_test_id("consequence")).to_contain_text("become one person")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say why")
    say(page, "one name, one hand")
    expect(page.locator(".told").first).to_contain_text("are one")
    assert waiting(parish) < before
    page.keyboard.press("u")
    expect(page.get_by_test_id("consequence")).to_contain_text("1 entity become 2")
    say(page, "another of that name")
    expect(page.locator(".told").first).to_contain_text("wait again")
    assert (waiting(parish), pair(page)) == (before, second)
    page.keyboard.press("d")
    say(page, "seen together")
    expect(page.locator(".told").first).to_contain_text("are two")
    page.keyboard.press("d")
    # The last reason is offered again.
    expect(page.get_by_label("Reason")).to_have_value("seen together")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("consequence")).to_have_count(0)
    page.get_by_label("Letters act as keys").uncheck()
    page.keyboard.press("d")
    expect(page.get_by_test_id("consequence")).to_have_count(0)


def test_a_key_pressed_as_soon_as_a_pair_is_there_is_not_lost(desk: Opened) -> None:
    desk.page.add_init_script("""
        const watch = new MutationObserver(() => {
            if (!document.querySelector(".sides")) return;
            watch.disconnect();
            document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "d", bubbles: true, cancelable: true }));
        });
        watch.observe(document, { childList: true, subtree: true });
    """)
    page = desk.go("review")
    expect(page.get_by_test_id("consequence")).to_be_visible()


def test_what_changed_meanwhile_is_said_and_shown_anew(desk: Opened, parish: Served) -> None:
    page = desk.go("review")
    expect(page.locator(".sides")).to_be_visible()
    with page.expect_request(lambda asked: "explorer/merge" in (asked.post_data or "")) as asked:
        page.keyboard.press("s")
    ends = json.loads(asked.value.post_data or "")["variables"]
    expect(page.get_by_label("Reason")).to_be_focused()
    query = """mutation($a: ID!, $b: ID!) {
      decide(a: $a, b: $b, verdict: DIFFERENT, reason: "two files") { decision { id } } }"""
    word = parish.ask(query, **ends)["decide"]["decision"]["id"]
    say(page, "one hand")
    expect(page.get_by_role("alert")).to_contain_text("The data has changed meanwhile")
    expect(page.locator(".consequence .against")).to_contain_text("different from")
    query = 'mutation($id: ID!) { retract(decision: $id, reason: "mistaken") { decision { id } } }'
    parish.ask(query, id=word)


def say_too_late(page: Page, reason: str) -> None:
    """A word on what is not as it was shown: that is said, and it is shown anew."""
    with page.expect_response(lambda got: "explorer/split" in (got.request.post_data or "")):
        say(page, reason)
        expect(page.get_by_role("alert")).to_contain_text("The data has changed meanwhile")
    expect(page.locator(".word button[type=submit]")).to_be_enabled()


def test_what_parts_two_and_what_is_taken_back_is_what_was_shown(desk: Opened, parish: Served) -> None:
    page = desk.go("review")
    expect(page.locator(".sides")).to_be_visible()
    with page.expect_request(lambda asked: "explorer/split" in (asked.post_data or "")) as asked:
        page.keyboard.press("d")
    ends = json.loads(asked.value.post_data or "")["variables"]
    expect(page.get_by_label("Reason")).to_be_focused()
    query = """mutation($a: ID!, $b: ID!) {
      decide(a: $a, b: $b, verdict: POSSIBLY_SAME, reason: "perhaps") { decision { id } } }"""
    perhaps = parish.ask(query, **ends)["decide"]["decision"]["id"]
    say_too_late(page, "two hands")
    say(page, "")
    expect(page.locator(".told").first).to_contain_text("are two")
    page.keyboard.press("u")
    expect(page.get_by_test_id("consequence")).to_be_visible()
    expect(page.get_by_label("Reason")).to_be_focused()
    query = 'mutation($id: ID!) { retract(decision: $id, reason: "mistaken") { decision { id } } }'
    parish.ask(query, id=perhaps)
    say_too_late(page, "one hand")
    say(page, "")
    expect(page.locator(".told").first).to_contain_text("wait again")


def test_who_may_not_decide_sees_why_and_may_look(desk: Opened, parish: Served) -> None:
    page = desk.go("review")
    page.get_by_label("Look as").select_option("user:demo-officer")
    expect(page.get_by_role("note").first).to_contain_text("Your role (officer) may not decide who is whom")
    expect(page.locator(".sides")).to_be_visible()
    page.get_by_role("button", name="Same s").click()
    expect(page.get_by_test_id("consequence")).to_be_visible()
    assert page.get_by_label("Reason").count() == 0
    page.get_by_label("Look as").select_option("user:demo-analyst")
    expect(page.get_by_role("note")).to_have_count(0)


def test_from_a_profile_two_are_made_one_and_parted_again(desk: Opened, parish: Served) -> None:
    page = desk.go(f"subject/{parish.person(ANNA['name'])}")
    page.get_by_role("button", name="This is the same as").click()
    expect(page.get_by_label("Find the other")).to_be_focused()
    page.keyboard.type(HANNA["name"])
    page.locator(".others button").first.click()
    consequence = page.get_by_test_id("consequence")
    expect(consequence).to_contain_text("cannot be true of one person")
    expect(consequence.locator(".warned")).to_contain_text("Violent, now on Hanna Lisowa")
    expect(page.locator(".same-as .sides")).to_be_visible()
    say(page, "married name")
    expect(page.locator(".head .told")).to_contain_text("Said")
    expect(page.get_by_test_id("warnings")).to_contain_text("VIOLENT")
    page.locator(".decision").get_by_role("button", name="Take it back").click()
    expect(page.get_by_test_id("consequence")).to_contain_text("1 entity become 2")
    say(page, "her sister")
    expect(page.get_by_test_id("warnings")).to_contain_text("No warnings")
    expect(page.get_by_text("1 word taken back")).to_be_visible()


def test_a_record_that_does_not_belong_is_taken_out(desk: Opened, parish: Served) -> None:
    page = desk.go(f"subject/{parish.person(ANNA['name'])}")
    page.get_by_role("button", name="Why is this one person?").click()
    page.get_by_text("2 records, side by side").click()
    part = page.get_by_role("button", name="These are two")
    expect(part).to_be_disabled()
    for box in page.locator("#why thead input").all():
        box.check()
    part.click()
    expect(page.get_by_test_id("consequence")).to_contain_text("The two records are apart then")
    say(page, "twins")
    expect(page.locator("#why .told")).to_contain_text("Anna Nowakowa and Anna Nowakowa")
    expect(page.locator(".decision")).to_contain_text("twins")
