"""How many frames a second a large network is drawn with, in a real browser: `python -m bench.drawing 10000 30000`.

The pages are those that are served (POLEGRAPH_URL, or what `make demo` serves); only the answer to Expand is made up,
of so many things and links, because no demo has a network of that size around one person. Drawn without a graphics
card the processor paints every pixel: the frames here are the least that any machine gives.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any

from playwright.sync_api import Page, Route

from bench.browser import ADDRESS, browsing, page_of

_START = "e_" + "a" * 20
_SECONDS = 5
# Frames in so many seconds, and the longest wait between two.
_FRAMES = f"""() => new Promise((done) => {{
  const times = [];
  const frame = (now) => {{ times.push(now); if (now - times[0] < {_SECONDS * 1_000}) requestAnimationFrame(frame);
    else {{
      const waits = times.slice(1).map((time, at) => time - times[at]);
      done([waits.length / ((now - times[0]) / 1000), Math.max(...waits)]);
    }} }};
  requestAnimationFrame(frame);
}})"""

# What held the page up for more than 50 ms, in ms.
_TASKS = """() => {
  window.tasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach((each) => window.tasks.push(each.duration)))
    .observe({ type: "longtask" });
}"""


def network(things: int, links: int, seed: int = 1) -> dict[str, Any]:
    """The answer to an Expand: people in clusters of forty, phones and crimes among them."""
    chance = random.Random(seed)
    kinds = ("PERSON", "PERSON", "PHONE", "CRIME", "VEHICLE")
    letters = "abcdefghijklmnopqrstuvwxyz"
    ids = [_START, *(f"e_{''.join(letters[n // 26**at % 26] for at in range(4)):b<20}" for n in range(1, things))]
    nodes = [
        {
            "id": id_,
            "kind": kinds[n % 5],
            "label": f"Thing {n}",
            "markings": ["OFFICIAL"],
            "degree": 6,
            "occurredFrom": None,
        }
        for n, id_ in enumerate(ids)
    ]
    pairs = [(n, max(0, n - chance.randint(1, 40))) for n in range(1, things)]
    while len(pairs) < links:
        at = chance.randrange(things)
        pairs.append((at, min(things - 1, max(0, at + chance.randint(-60, 60)))))
    grade = {"source": 1, "intelligence": "A", "handling": "P", "label": "1A P"}
    made = [
        {
            "id": f"l_{n}", "type": "ASSOCIATED_WITH", "role": None, "validFrom": None, "validTo": None,
            "validPrecision": None, "from": {"id": ids[a]}, "to": {"id": ids[b]}, "source": {"name": "bench"},
            "grade": grade,
        }
        for n, (a, b) in enumerate(pairs)
    ]  # fmt: skip
    return {
        "data": {"expand": {"nodes": nodes, "links": made, "truncated": None}},
        "extensions": {"marking": "OFFICIAL"},
    }


def _drag(page: Page) -> tuple[float, float]:
    """Frames a second, and the longest wait in ms, while the drawing is moved about."""
    page.mouse.move(300, 400)
    page.mouse.down()
    page.evaluate(f"window.measured = ({_FRAMES})()")
    for step in range(_SECONDS * 30):
        page.mouse.move(300 + step % 60 * 4, 400 + step % 40 * 3)
    found: list[float] = page.evaluate("window.measured")
    page.mouse.up()
    return found[0], found[1]


def main(things: int = 10_000, links: int = 30_000) -> None:
    """Measure and print."""
    body = json.dumps(network(things, links))

    def answer(route: Route) -> None:
        asked = json.loads(route.request.post_data or "{}")
        if asked.get("documentId") == "explorer/network":
            route.fulfill(body=body, content_type="application/json")
        else:
            route.continue_()

    with browsing() as browser:
        page = page_of(browser)
        page.set_default_timeout(300_000)
        page.route("**/graphql", answer)
        page.goto(f"{ADDRESS}/#/search")
        page.locator("#sought").wait_for()
        page.evaluate(_TASKS)
        began = "async ([place]) => { window.began = performance.now(); location.hash = place; }"
        page.evaluate(began, [f"/network/{_START}"])
        page.locator(".news").wait_for()
        answered = page.evaluate("performance.now() - window.began")
        page.locator(".canvas[data-rest=true]").wait_for()
        placed = page.evaluate("performance.now() - window.began")
        tasks = page.evaluate("window.tasks")
        page.wait_for_timeout(1_000)
        still = page.evaluate(f"({_FRAMES})()")
        frames, longest = _drag(page)
        print(
            f"{things:,} things, {links:,} links: {answered / 1000:.1f} s to read them, {placed / 1000:.1f} s at rest"
        )
        print(f"tasks over 50 ms till then: {sorted(map(round, tasks), reverse=True)[:8]} ms of {len(tasks)}")
        print(f"still: {still[0]:.0f} frames/s; moved about: {frames:.1f} frames/s, longest wait {longest:.0f} ms")


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:]))
