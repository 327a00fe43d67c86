"""How long the explorer takes in a real browser, as whoever sits before it waits.

From the last key to the results, from a click to the profile, from Expand to the drawing, and what a first visit loads,
over what `make demo` serves (or POLEGRAPH_URL). The browser's own clock, drawing included; it draws without a graphics
card, so that a network takes longer here than at a desk.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from typing import Any

import requests
from playwright.sync_api import Browser, Page

from bench.browser import ADDRESS, PHONE, browsing, check_served, page_of

_PEOPLE = "{ entities(kind: PERSON, first: 60) { edges { node { id label degree } } } }"
_TIMES = 30
_FEWEST = 10
# Do something, wait until what is looked for is there and has been drawn, say how many milliseconds that took.
_UNTIL = """async ([act, given, ready]) => {
  const acts = {
    type: (text) => {
      const input = document.getElementById("sought");
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    go: (place) => { location.hash = place; },
    press: (chosen) => { document.querySelector(chosen).click(); },
  };
  const has = ([what, text]) => [...document.querySelectorAll(what)].some((each) => each.textContent.includes(text));
  const there = () => ready.every(has);
  performance.clearResourceTimings();
  const began = performance.now();
  acts[act](given);
  while (!there()) {
    if (performance.now() - began > 30_000) throw new Error(`${ready} did not come: ${document.body.innerText}`);
    await new Promise((go) => setTimeout(go, 2));
  }
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  const took = performance.now() - began;
  const asked = performance.getEntriesByType("resource").filter((each) => each.name.endsWith("/graphql"));
  return [took, took - asked.reduce((all, each) => all + each.responseEnd - each.startTime, 0)];
}"""


def _people() -> list[dict[str, Any]]:
    answer = requests.post(f"{ADDRESS}/graphql", json={"query": _PEOPLE}, headers={"X-Purpose": "TEST"}, timeout=60)
    told = answer.json()
    if not told.get("data"):
        sys.exit(f"{ADDRESS} does not say whom there is to look at: {answer.text[:300]}")
    people: list[dict[str, Any]] = [edge["node"] for edge in told["data"]["entities"]["edges"]]
    found = [each for each in people if each["degree"] > 1][:_TIMES]
    if len(found) < _FEWEST:
        sys.exit(f'at {ADDRESS} there are too few people with links to look at: serve `make demo ARGS="--people 2000"`')
    return found


def _tell(name: str, times: list[list[float]]) -> None:
    """Each time, and what of it was not waiting for the answer."""
    for words, some in ((name, [each[0] for each in times]), ("  without the answer", [each[1] for each in times])):
        cut = statistics.quantiles(some, n=20)
        print(f"{words:34} p50 {statistics.median(some):6.0f} ms   p95 {cut[-1]:6.0f} ms   of {len(some)}")


def _load(page: Page) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda asked: sizes.append(asked.sizes()["responseBodySize"]))
    page.goto(f"{ADDRESS}/#/search")
    page.locator("#sought").wait_for()
    entry = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    print(f"first visit: {sum(sizes):,} bytes, document ready after {page.evaluate(entry):.0f} ms")


def main() -> None:
    """Measure and print; ends with a sentence where there is nothing to measure."""
    argparse.ArgumentParser(
        prog="python -m bench.explorer",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog='example: make demo ARGS="--people 2000", and beside it python -m bench.explorer',
    ).parse_args()
    check_served()
    people = _people()
    with browsing() as browser:
        page = page_of(browser)
        _load(page)
        typed = [page.evaluate(_UNTIL, ["type", each["label"], [["a.hit", each["label"]]]]) for each in people]
        _tell("last key to results", typed)
        shown = [
            page.evaluate(_UNTIL, ["go", f"/subject/{each['id']}", [[".profile h1", each["label"]]]]) for each in people
        ]
        _tell("click to profile", shown)
        expanded = []
        for each in people:
            page.goto(f"{ADDRESS}/#/search")
            news = [[".news", f"around {each['label']}"], [".canvas[data-rest=true]", ""]]
            expanded.append(page.evaluate(_UNTIL, ["go", f"/network/{each['id']}", news]))
        _tell("expand to drawing", expanded)
        _roadside(browser, people)


def _roadside(browser: Browser, people: list[dict[str, Any]]) -> None:
    """A stop check on a phone over a link like 3G: 150 ms there and back, 1.6 Mbit/s."""
    page = page_of(browser, PHONE)
    link = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
    link.send("Network.emulateNetworkConditions", slow)
    sizes: list[int] = []
    page.on("requestfinished", lambda asked: sizes.append(asked.sizes()["responseBodySize"]))
    page.goto(f"{ADDRESS}/#/stop")
    page.get_by_role("button", name="Person").click()
    answered = []
    for each in people[:10]:
        page.get_by_label("Name").fill(each["label"])
        answered.append(page.evaluate(_UNTIL, ["press", "form.stop [type=submit]", [[".answer", "As of"]]]))
        page.get_by_role("button", name="New check").click()
    _tell("stop check over 3G", answered)
    print(f"{len(answered)} stop checks and the page: {sum(sizes):,} bytes")


if __name__ == "__main__":
    main()
