"""The real browser that the explorer's benchmarks look with, at what `make demo` serves, or POLEGRAPH_URL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

ADDRESS = os.environ.get("POLEGRAPH_URL", "http://127.0.0.1:8000")
DESK, PHONE = (1280, 860), (360, 740)
_CHROMIUM = os.environ.get("POLEGRAPH_TEST_CHROMIUM", "/usr/bin/chromium")
_FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-sync --enable-unsafe-swiftshader".split()
_PURPOSE = """sessionStorage.setItem("polegraph.purpose", '{"code": "TEST", "reference": "bench"}')"""


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser that draws without a graphics card, while the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


def page_of(browser: Browser, size: tuple[int, int] = DESK) -> Page:
    """A page of this size, with nothing kept from others, that says why it looks."""
    width, height = size
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.add_init_script(_PURPOSE)
    return page
