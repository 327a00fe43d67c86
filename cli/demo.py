"""`polegraph demo`: the main job on the generated world, ending in an address to open and sample answers."""

from __future__ import annotations

import dataclasses
import signal
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import requests
import typer

from api.address import HOST, PORT
from cli.console import say, show_json, stages
from cli.session import declared_markings, opened
from graph.errors import PolegraphError
from graph.settings import Settings, load_settings
from loaders.first import first_load, is_first
from loaders.load import LoadOptions, load
from loaders.mapping import load_mappings
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
    settings = _with_markings(settings, folder)
    report = _load(settings, folder)
    _tell(report, time.monotonic() - started)
    from api.serve import background

    with opened(settings, prepare=True) as graph, background(settings, graph, HOST, port) as address:
        _ask(address, print_answers=once)
        say(f"answers after {time.monotonic() - started:.0f} s")
        if not once:
            say(f"open {address}/graphql for questions to try; stop with Ctrl-C")
            _wait()


def _with_markings(settings: Settings, folder: Path) -> Settings:
    if settings.markings_file is not None:
        return settings
    return settings.model_copy(update={"markings_file": folder / "markings.yaml"})


def _load(settings: Settings, folder: Path) -> LoadReport:
    """Load the city: as a whole where there is no graph yet, else what is new of it."""
    mappings = load_mappings(sorted((folder / "mappings").glob("*.yaml")), [])
    day = datetime.fromordinal(END).replace(tzinfo=UTC)
    options = LoadOptions(folder / "data", int(time.time()), int(day.timestamp()), batch_rows=settings.batch_rows)
    options = dataclasses.replace(options, rejects=folder / "rejects")
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

    people: list[str] = []
    for sample in SAMPLES:
        answer = _answer(address, sample, people)
        if not people:
            edges = answer["data"]["search"]["edges"]
            people += [e["node"]["entity"]["id"] for e in edges if e["node"]["entity"]["kind"] == "PERSON"]
        if print_answers:
            show_json({"question": sample.name, "answer": answer})


def _answer(address: str, sample: Sample, people: list[str]) -> dict[str, Any]:
    body: dict[str, Any] = {"query": sample.query, "variables": _filled(sample.variables, people)}
    response = requests.post(f"{address}/graphql", json=body, headers={"X-Purpose": "TRAINING"}, timeout=_TIMEOUT_S)
    answer: dict[str, Any] = response.json()
    if answer.get("errors"):
        raise PolegraphError(f"the question {sample.name} failed: {answer['errors'][0]['message']}")
    return answer


def _filled(variables: Mapping[str, Any], people: list[str]) -> dict[str, Any]:
    """The variables with ids of people that the first search found."""
    given = dict(variables)
    for name, place in (("id", 0), ("a", 0), ("b", -1)):
        if name in given and people:
            given[name] = people[place]
    return given


def _wait() -> None:
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    done.wait()
