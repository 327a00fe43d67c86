"""Firefox, as it is installed, driven over Marionette: the socket on which every Firefox listens where it is told to.

No driver program and no library lies between. Source: https://firefox-source-docs.mozilla.org/testing/marionette/.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import IO, Any, TypeVar

T = TypeVar("T")
PATIENCE_S = 60.0
_ENTER, _DOWN = "\ue007", "\ue015"
KEYS = {"Enter": _ENTER, "ArrowDown": _DOWN}
# Nothing is asked of anybody but the page's own server.
_PREFS = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    # A free one, which it writes down.
    "marionette.port": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
    # Of a machine without a graphics card.
    "webgl.force-enabled": True,
}
_LOG = "firefox.log"
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# What its pages said that is wrong; read where only the browser itself may read.
_SAID = """return Services.console.getMessageArray().filter((each) => each instanceof Ci.nsIScriptError)
  .filter((each) => each.sourceName.startsWith(arguments[0]) && !(each.flags & Ci.nsIScriptError.warningFlag))
  .map((each) => `${each.errorMessage} (${each.sourceName}:${each.lineNumber})`)"""


def installed() -> tuple[str, str]:
    """Firefox, and a screen that nobody sees, without which it draws nothing there; or LookupError."""
    program, screen = shutil.which("firefox-esr") or shutil.which("firefox"), shutil.which("Xvfb")
    if program is None or screen is None:
        raise LookupError("no Firefox, or no Xvfb, to try the explorer in Firefox: install firefox-esr and xvfb")
    return program, screen


class Firefox:
    """A window of it; whatever fails raises RuntimeError with what Firefox says."""

    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire.makefile("rwb")
        self._turns = count(1)
        self._read()
        self.name = self.ask("WebDriver:NewSession", capabilities={})["capabilities"]["browserVersion"]

    def ask(self, command: str, **given: Any) -> Any:
        """What a command answers."""
        body = json.dumps([0, next(self._turns), command, given]).encode()
        self._wire.write(b"%d:%s" % (len(body), body))
        self._wire.flush()
        _, _, wrong, answer = self._read()
        if wrong is not None:
            raise RuntimeError(f"{command}: {wrong['error']}: {wrong['message']}")
        return answer

    def _read(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self._wire.read(1)
        return json.loads(self._wire.read(int(size[:-1])))

    def go(self, address: str) -> None:
        self.ask("WebDriver:Navigate", url=address)

    def run(self, script: str, *given: object) -> Any:
        """What a script of the page returns."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=list(given))["value"]

    def wait(self, place: str, text: str = "") -> str:
        """The text of the first part of the page that is there and holds this."""
        script = """return [...document.querySelectorAll(arguments[0])]
          .map((each) => each.innerText ?? each.textContent).find((said) => said.includes(arguments[1])) ?? null"""
        here = "return document.body.innerText"
        found = _until(
            lambda: self.run(script, place, text), lambda: f"no {place} with {text!r}: {self.run(here)[:2_000]}"
        )
        return str(found)

    def click(self, place: str, text: str = "") -> None:
        """As a hand does: where it is, if nothing lies above it."""
        self.ask("WebDriver:ElementClick", id=self._part(place, text))

    def type(self, place: str, text: str) -> None:
        self.ask("WebDriver:ElementSendKeys", id=self._part(place), text=text)

    def draw(self, place: str, *corners: tuple[float, float]) -> None:
        """A line by mouse, its button held down, over corners that are told as parts (0..1) of what is there."""
        self.wait(place)
        box = "const {x, y, width, height} = document.querySelector(arguments[0]).getBoundingClientRect();"
        x, y, width, height = self.run(f"{box} return [x, y, width, height]", place)
        moves = [{"type": "pointerMove", "x": int(x + a * width), "y": int(y + b * height)} for a, b in corners]
        actions = [moves[0], {"type": "pointerDown", "button": 0}, *moves[1:], {"type": "pointerUp", "button": 0}]
        self.ask("WebDriver:PerformActions", actions=[{"type": "pointer", "id": "mouse", "actions": actions}])

    def _part(self, place: str, text: str = "") -> str:
        self.wait(place, text)
        script = """return [...document.querySelectorAll(arguments[0])]
          .find((each) => each.textContent.includes(arguments[1]))"""
        return str(self.run(script, place, text)[_ELEMENT])

    def press(self, *keys: str) -> None:
        actions = [{"type": way, "value": KEYS.get(key, key)} for key in keys for way in ("keyDown", "keyUp")]
        self.ask("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    @contextmanager
    def narrow(self, width: int) -> Iterator[None]:
        """The page as wide as this while the block runs: no window of Firefox is made as narrow as a phone."""
        resized = "gBrowser.selectedBrowser.style.maxWidth = arguments[0]"
        self._privileged(resized, f"{width}px")
        try:
            _until(lambda: self.run("return innerWidth") == width or None, lambda: f"no page of {width} pixels")
            yield
        finally:
            self._privileged(resized, "")

    def picture(self, place: str) -> bytes:
        """What is to be seen of a part of the page, which stays where it is, as PNG."""
        given = {"id": self._part(place), "full": False, "scroll": False}
        return base64.b64decode(self.ask("WebDriver:TakeScreenshot", **given)["value"])

    def wrong(self, address: str) -> list[str]:
        """What was said on the console of pages from there that is an error."""
        found: list[str] = self._privileged(_SAID, address)
        return found

    def _privileged(self, script: str, *given: object) -> Any:
        """What a script returns that is of the browser and not of its page."""
        self.ask("Marionette:SetContext", value="chrome")
        try:
            return self.run(script, *given)
        finally:
            self.ask("Marionette:SetContext", value="content")


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """It, with a profile of its own in this folder, while the block runs."""
    program, screen = installed()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _PREFS.items()]
    (folder / "user.js").write_text("\n".join(lines), "utf-8")
    flags = ["--marionette", "--remote-allow-system-access", "--no-remote", "--profile", str(folder)]
    with (folder / _LOG).open("wb") as log, _screen(screen, log) as display:
        # What it keeps outside its profile stays in the folder too.
        surroundings = {**os.environ, "HOME": str(folder), "DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1"}
        process = subprocess.Popen([program, *flags], stdout=log, stderr=log, env=surroundings)
        try:
            with _reached(folder, process) as wire:
                yield Firefox(wire)
        finally:
            process.terminate()
            process.wait(30)


@contextmanager
def _screen(program: str, log: IO[bytes]) -> Iterator[str]:
    """The name of a screen that nobody sees."""
    ours, theirs = os.pipe()
    flags = ["-displayfd", str(theirs), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    process = subprocess.Popen([program, *flags], stdout=log, stderr=log, pass_fds=[theirs])
    os.close(theirs)
    try:
        with os.fdopen(ours, "rb") as told:
            yield f":{told.readline().decode().strip()}"
    finally:
        process.terminate()
        process.wait(30)


def _reached(folder: Path, process: subprocess.Popen[bytes]) -> socket.socket:
    """A socket to the port that Firefox chose, and wrote down in its folder."""

    def port() -> int | None:
        if process.poll() is not None:
            raise RuntimeError(f"Firefox ended: {(folder / _LOG).read_text('utf-8', 'replace')[-2_000:]}")
        chosen = folder / "MarionetteActivePort"
        text = chosen.read_text("ascii") if chosen.exists() else ""
        return int(text) if text else None

    found = _until(port, lambda: "Firefox does not say where it listens")
    return socket.create_connection(("127.0.0.1", found), timeout=PATIENCE_S)


def _until(look: Callable[[], T | None], wrong: Callable[[], str]) -> T:
    """What is found as soon as something is; RuntimeError, with what is wrong, where that takes too long."""
    end = time.monotonic() + PATIENCE_S
    while (found := look()) is None:
        if time.monotonic() > end:
            raise RuntimeError(wrong())
        time.sleep(0.1)
    return found
