"""The explorer in a real browser, before the real API over the demo city, with people in it whose names are attacks.

One city is loaded and served for the whole folder. Every page that a test opens is held to this: no error on its
console, no request to anywhere else, nothing that runs out of the data.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
import requests
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect, sync_playwright

from api.serve import background
from graph import schema
from graph.catalogue import Catalogue
from graph.ids import Ids
from graph.open import Graph
from graph.settings import Auth, Settings
from graph.store import Store
from graph.wipe import wipe
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from loaders.world import generate
from loaders.world.calendar import END
from resolution.key import INDEXED
from security.marking import parse_marking
from tests.conftest import KEY
from tests.decide.parish import _COLUMNS, MAPPING
from tests.read.world import ACORN, OPEN, World
from tests.signin.provider import AUDIENCE, CLIENT, Provider, provider
from tests.whole.silo import write

# A machine that does much else is slow, and not wrong.
PATIENCE_MS = 20_000
expect.set_options(PATIENCE_MS)
PEOPLE = 60
# As many systems of the city as the pages need: each statement that a load asks has to be planned first.
SILOS = ("crime", "custody", "marker")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-unsafe-swiftshader"
).split()
PURPOSE = """sessionStorage.setItem("polegraph.purpose", '{"code": "TEST", "reference": "T/1"}')"""
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 860}
ATTACK = "<img src=x onerror=window.ran=1><script>window.ran=1</script>"
LONG = "Bartholomew-Maximilian " + "Wolfeschlegelsteinhausen" * 7
ARABIC = "ياسمين عبد الرحمن"
COMBINED = "Zoe\u0308 O\u0302\u0323\u0301\u0300 Q\u0328u\u030ainn"
_PERSON = (
    "query($text: String!) { search(text: $text, kinds: [PERSON], first: 1) { edges { node { entity { id } } } } }"
)
ALIKE = ("Ida Thornwell", "Ella Marshgate", "Vera Quillham", "Nora Flintoft")
ANNA = {"name": "Anna Nowakowa", "dob": "1980-05-06", "gender": "Female", "phone": "07700900101"}
HANNA = {"name": "Hanna Lisowa", "dob": "1990-01-09", "gender": "Female", "phone": "07700900103", "warning": "VIOLENT"}


def missing(what: str) -> NoReturn:
    """Fail where everything has to be tried; on a machine of somebody who has no browser leave these tests out."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def chromium() -> str:
    """The browser."""
    found = os.environ.get("POLEGRAPH_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing("no Chromium for the tests of the explorer: install it, or name it in POLEGRAPH_TEST_CHROMIUM")
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield started
        started.close()


@dataclass
class Served:
    """Where the city is served, over which graph, and whom the tests look at."""

    address: str
    graph: Graph
    settings: Settings
    warned: str = ""
    names: dict[str, str] = field(default_factory=dict)

    def ask(self, query: str, **variables: object) -> Any:
        body: dict[str, Any] = {"query": query, "variables": variables}
        answer = requests.post(f"{self.address}/graphql", json=body, headers={"X-Purpose": "TEST"}, timeout=30).json()
        assert "errors" not in answer, answer
        return answer["data"]

    def person(self, text: str) -> str:
        """The id of whom a search finds first."""
        found: str = self.ask(_PERSON, text=text)["search"]["edges"][0]["node"]["entity"]["id"]
        return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="package")
def served(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("city")
    generate(folder, PEOPLE, 7)
    settings = Settings(markings_file=folder / "markings.yaml")
    graph = _loaded(store, folder)
    with background(settings, graph, port=free_port()) as address:
        made = Served(address, graph, settings)
        made.names = _strangers(graph)
        made.warned = _warned(made)
        yield made


@pytest.fixture(scope="module")
def parish(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The city and a parish beside it: four pairs that may be one, two records of one woman, and another woman."""
    rows = [{"id": f"{side}{n}", "name": name} for n, name in enumerate(ALIKE) for side in "pq"]
    rows += [{"id": "a1", **ANNA}, {"id": "a2", **ANNA}, {"id": "h1", **HANNA}]
    tell(served.graph, tmp_path_factory.mktemp("parish"), rows)
    return served


def tell(graph: Graph, folder: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """The parish says these rows."""
    lines = [",".join(row.get(name, "OFFICIAL" if name == "marking" else "") for name in _COLUMNS) for row in rows]
    mapping = write(folder, {"people.csv": "\n".join([",".join(_COLUMNS), *lines, ""])}, MAPPING)
    now = graph.clock()
    report = load(graph, load_mappings([mapping], ()), LoadOptions(folder, now, now))
    assert report.rejected == 0


def _loaded(store: Store, folder: Path) -> Graph:
    wipe(store)
    mappings = load_mappings([folder / "mappings" / f"{silo}.yaml" for silo in SILOS], [])
    markings = [parse_marking(text) for text in (OPEN, "OFFICIAL-SENSITIVE", ACORN, "SECRET; operation=BIRCH")]
    schema.apply(store, Ids(KEY), INDEXED, markings)
    graph = Graph(store, Ids(KEY), Catalogue(store), lambda: int(datetime.now(UTC).timestamp()))
    day = int(datetime.fromordinal(END).replace(tzinfo=UTC).timestamp())
    load(graph, mappings, LoadOptions(folder / "data", day, day))
    return graph


def _strangers(graph: Graph) -> dict[str, str]:
    """Ids of people whose names are attacks, very long, from right to left, or combined; and something that is now."""
    world = World(graph)
    people = {}
    for sort, name in (("attack", ATTACK), ("long", LONG), ("arabic", ARABIC), ("combined", COMBINED)):
        given: dict[str, Any] = {"given_name": name, "surname": "Strangerova", "alias": [name], "note": name}
        people[sort] = world.thing("Person", f"{name} Strangerova", records=2, **given)
    people["hidden"] = world.thing("Person", "Hidden Strangerova", marking=ACORN, surname="Strangerova")
    now = datetime.now(UTC) - timedelta(minutes=20)
    told: dict[str, Any] = {"occurred_from": now.strftime("%Y-%m-%dT%H:%MZ"), "at": int(now.timestamp())}
    crime = world.thing("Crime", f"{ATTACK} C/1", type=ATTACK, reference="C/1", summary=ATTACK, **told)
    marker = world.thing("Marker", "WARNING_WEAPONS", type="WARNING_WEAPONS", text=ATTACK)
    phone = world.value("Phone", "+447700900999")
    for who in people.values():
        marking = ACORN if who == people["hidden"] else OPEN
        world.link("INVOLVED_IN", who, crime, marking=marking, role="SUSPECT")
        world.link("USES", who, phone, marking=marking, role=ATTACK)
    world.link("SUBJECT_OF", people["attack"], marker)
    return {**people, "crime": crime}


def _warned(made: Served) -> str:
    """The person of the city who has warnings, associates and the most links."""
    query = """{ entities(kind: PERSON, where: {property: "warnings", exists: true}, first: 200) {
      edges { node { id degree } } } }"""
    people = [edge["node"] for edge in made.ask(query)["entities"]["edges"]]
    found: str = max(people, key=lambda person: (person["degree"], person["id"]))["id"]
    return found


@dataclass
class Opened:
    """A page of a browser and what it must not do."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    received: int = 0
    # What a test does on purpose: a server that is gone is told of on the console.
    forgiven: str | None = None
    # Where the browser may go besides, and come back from; the pages themselves ask nothing there.
    beyond: str | None = None

    def go(self, place: str) -> Page:
        """The page of a place, opened."""
        self.page.goto(f"{self.address}/#/{place}")
        return self.page

    def watch(self) -> None:
        self.page.on("console", self._said)
        self.page.on("pageerror", self._failed)
        self.page.on("request", self._asked)
        self.page.on("requestfinished", self._came)

    def _said(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def _failed(self, error: Error) -> None:
        self.errors.append(str(error))

    def _asked(self, asked: Request) -> None:
        gone = self.beyond is not None and asked.url.startswith(self.beyond) and asked.is_navigation_request()
        if not gone and not asked.url.startswith((self.address, "data:", "blob:")):
            self.elsewhere.append(asked.url)

    def _came(self, asked: Request) -> None:
        sizes = asked.sizes()
        self.received += sizes["responseBodySize"] + sizes["responseHeadersSize"]

    def check(self) -> None:
        """Hold the page to what every page is held to."""
        assert self.elsewhere == []
        assert self.page.evaluate("window.ran") is None
        assert [said for said in self.errors if self.forgiven is None or self.forgiven not in said] == []


Opening = Callable[..., Opened]


@pytest.fixture
def opening(browser: Browser, served: Served) -> Iterator[Opening]:
    """Opens pages in a context of their own: `purpose` said already, of some size, in dark or light."""
    opened: list[Opened] = []

    def open_(
        address: str = served.address, *, purpose: bool = True, scripts: tuple[str, ...] = (), **given: Any
    ) -> Opened:
        context = browser.new_context(viewport=given.pop("viewport", DESK), reduced_motion="reduce", **given)
        context.set_default_timeout(PATIENCE_MS)
        for script in (*((PURPOSE,) if purpose else ()), *scripts):
            context.add_init_script(script)
        made = Opened(context.new_page(), address)
        made.watch()
        opened.append(made)
        return made

    yield open_
    for each in opened:
        each.check()
        each.page.context.close()


@pytest.fixture
def desk(opening: Opening) -> Opened:
    """A page at a desk."""
    return opening()


@pytest.fixture
def phone(opening: Opening) -> Opened:
    """A page on a phone."""
    return opening(viewport=PHONE, has_touch=True, is_mobile=True)


@contextmanager
def signed(served: Served, client: str | None = CLIENT) -> Iterator[tuple[str, Provider]]:
    """The same graph served to whoever signs in, and their identity provider; no `client`: tokens are pasted."""
    with provider() as issuer:
        issuer.add("one", "ES256")
        given = {"auth": Auth.OIDC, "oidc_issuer": issuer.issuer, "oidc_audience": AUDIENCE, "oidc_client_id": client}
        with background(served.settings.model_copy(update=given), served.graph, port=free_port()) as address:
            yield address, issuer
