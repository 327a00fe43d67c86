"""`polegraph demo`: the main job on the generated world, ending in an address to open and sample answers."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import requests
import typer

from api.address import HOST, PORT
from cli.console import say, show_json
from cli.load import collected, collecting
from cli.progress import stages
from cli.session import opened
from graph.declared import declared_markings
from graph.errors import PolegraphError
from graph.settings import Settings, load_settings
from loaders.first import first_load, is_first
from loaders.load import load
from loaders.mapping import SourceMapping, load_mappings
from loaders.options import LoadOptions
from loaders.report import LoadReport
from loaders.world import generate
from loaders.world.calendar import END

if TYPE_CHECKING:
    from api.sample import Sample

_TIMEOUT_S = 30


def demo(
    people: Annotated[int, typer.Option("--people", help="People of the city.", min=50)] = 20_000,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the city.")] = 7,
    port: Annotated[int, typer.Option("--port", help="Port of the API.")] = PORT,
    once: Annotated[bool, typer.Option("--once", help="Ask the sample questions, print the answers, exit.")] = False,
) -> None:
    """Generate a city, load its systems, resolve them into one graph, serve it, and show what to ask.

    Example: polegraph demo --people 2000 --once
    """
    settings = load_settings()
    started = time.monotonic()
    folder = settings.data_dir / "demo" / f"{people}-{seed}"
    with stages() as progress:
        generate(folder, people, seed, progress)
    settings = _with_city(settings, folder)
    mappings = load_mappings(sorted((folder / "mappings").glob("*.yaml")), [])
    with collecting(settings, mappings) as act:
        report = _load(settings, folder, mappings)
        act.details.update(collected(report))
    _tell(report, time.monotonic() - started)
    from api.serve import background

    with opened(settings, prepare=True) as graph, background(settings, graph, HOST, port) as address:
        _ask(address, print_answers=once)
        say(f"answers after {time.monotonic() - started:.0f} s")
        if not once:
            say(f"open {address}/ to look around, {address}/graphql for questions to try; stop with Ctrl-C")
            given = "" if (people, seed) == (20_000, 7) else f" --people {people} --seed {seed}"
            say(f"what happens now: polegraph world --live --speed 60 --watch{given} --url {address}")
            _wait()


def _with_city(settings: Settings, folder: Path) -> Settings:
    """The settings with the city's markings, and the mappings of its day, where there are none of one's own."""
    markings = settings.markings_file or folder / "markings.yaml"
    mappings = settings.mappings_dir or folder / "live"
    return settings.model_copy(update={"markings_file": markings, "mappings_dir": mappings})


def _load(settings: Settings, folder: Path, mappings: list[SourceMapping]) -> LoadReport:
    """Load the city: as a whole where there is no graph yet, else what is new of it."""
    day = datetime.fromordinal(END).replace(tzinfo=UTC)
    options = LoadOptions(
        folder / "data",
        int(time.time()),
        int(day.timestamp()),
        rejects=folder / "rejects",
        batch_rows=settings.batch_rows,
        settle_s=settings.settle_s,
    )
    if is_first(settings):
        with stages() as progress, ThreadPoolExecutor(1) as pool:

            def note(stage: str, done: int, total: int | None) -> None:
                if stage == "importing":
                    # The database's tool is waited for; the API's two seconds of imports pass meanwhile.
                    pool.submit(import_module, "api.serve")
                progress(stage, done, total)

            return first_load(settings, declared_markings(settings), mappings, options, note)
    with opened(settings, prepare=True) as graph, stages() as progress:
        return load(graph, mappings, options, progress)


def _tell(report: LoadReport, seconds: float) -> None:
    read = sum(file.read for file in report.files)
    loaded = sum(file.loaded for file in report.files)
    unchanged = sum(file.unchanged for file in report.files)
    counts = f"{loaded:,} loaded, {unchanged:,} unchanged, {report.rejected:,} rejected"
    say(f"{read:,} rows read: {counts}, in {seconds:.0f} s")
    for kind in report.resolved:
        if kind.kind == "Person":
            say(f"{kind.records:,} records of people are {kind.entities:,} people")


def _ask(address: str, *, print_answers: bool) -> None:
    from api.sample import SAMPLES

    known: dict[str, Any] = {}
    for sample in SAMPLES:
        answer = _answer(address, sample, known)
        _learn(known, answer["data"])
        if print_answers:
            show_json({"question": sample.name, "answer": answer})


def _answer(address: str, sample: Sample, known: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: known.get(name, value) for name, value in sample.variables.items()}
    body: dict[str, Any] = {"query": sample.query, "variables": given}
    response = requests.post(f"{address}/graphql", json=body, headers={"X-Purpose": "TRAINING"}, timeout=_TIMEOUT_S)
    answer: dict[str, Any] = response.json()
    if answer.get("errors"):
        raise PolegraphError(f"the question {sample.name} failed: {answer['errors'][0]['message']}")
    return answer


def _learn(known: dict[str, Any], data: Mapping[str, Any]) -> None:
    """What later questions are about: the best connected of those found, and somebody near them."""
    if "search" in data:
        subject = _best_connected(edge["node"]["entity"] for edge in data["search"]["edges"])
        if subject is not None and subject["kind"] == "PERSON":
            born = subject["dateOfBirth"]
            partial = {"name": subject["label"], "yearOfBirth": int(born[:4]) if born else None}
            known.update({"id": subject["id"], "a": subject["id"], "partial": partial})
    if "expand" in data:
        # Nearest first: the one that stays is the furthest.
        for node in data["expand"]["nodes"][1:]:
            if node["kind"] == "PERSON":
                known["b"] = node["id"]
    if "entities" in data:
        vehicle = _best_connected(edge["node"] for edge in data["entities"]["edges"])
        if vehicle is not None:
            known["vrm"] = vehicle["label"]


def _best_connected(entities: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    return max(entities, key=lambda entity: (entity["degree"], entity["id"]), default=None)


def _wait() -> None:
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    done.wait()
