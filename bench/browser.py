"""The real browser that the explorer's benchmarks look with, at what `make demo` serves, or POLEGRAPH_URL."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import requests
from playwright.sync_api import Browser, Page, sync_playwright

ADDRESS = os.environ.get("POLEGRAPH_URL", "http://127.0.0.1:8000")
DESK, PHONE = (1280, 860), (360, 740)
_CHROMIUM = os.environ.get("POLEGRAPH_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
_ASKED_S = 10
_FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-sync --enable-unsafe-swiftshader".split()
_PURPOSE = """sessionStorage.setItem("polegraph.purpose", '{"code": "TEST", "reference": "bench"}')"""


def check_served() -> None:
    """Nothing; ends with what is missing where there is no browser, or nobody serves the explorer."""
    if _CHROMIUM is None:
        sys.exit("no Chromium to look with: install it, or name it in POLEGRAPH_TEST_CHROMIUM")
    try:
        answer = requests.get(f"{ADDRESS}/readyz", timeout=_ASKED_S)
    except requests.RequestException as error:
        sys.exit(
            f"nobody serves the explorer at {ADDRESS} ({type(error).__name__}): "
            'run `make demo ARGS="--people 2000"` beside this, or say in POLEGRAPH_URL where it is'
        )
    if answer.status_code != HTTPStatus.OK:
        sys.exit(f"what is served at {ADDRESS} is not ready: {answer.status_code} {answer.text[:200]}")


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
