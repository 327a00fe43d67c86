"""`polegraph jobs`: long questions about networks, worked at here with how far they are; and one's own jobs."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from time import sleep
from typing import Annotated

import typer

from analysis.emerging import Recent
from analysis.job import Question, Wanted
from analysis.key_player import Method
from analysis.scope import SHAREABLE, Scope
from api.ending import Ending
from api.jobs import Jobs
from api.limit import Limits
from api.log import configure
from cli.account import Consultation, consulting
from cli.console import out, say, show_json
from cli.job_answer import tell
from cli.progress import share
from cli.session import Json, Markings, PurposeText
from graph import job as kept
from graph.answer import iso
from graph.errors import BadInput
from graph.job import JobView
from graph.model import KINDS
from graph.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="Long questions about networks: ask one here, see and end one's own.")
_LOOK_S = 0.2

Ids = Annotated[list[str] | None, typer.Option("--id", help="Start from this person or organisation; again for more.")]
Hops = Annotated[int, typer.Option("--hops", help="How many ties far from those, 1 to 4.")]
Area = Annotated[
    str | None, typer.Option("--area", help="Only who or what is in this area, postcode, place or address.")
]
Kinds = Annotated[list[str] | None, typer.Option("--kind", help="What is shared ties too, as PHONE; again for more.")]
First = Annotated[int, typer.Option("--first", help="How many, 1 to 100.")]
JobId = Annotated[str, typer.Argument(metavar="ID", help="A job's id, as `jobs list` tells it.")]


@app.command("key-players")
def key_players(
    ids: Ids = None,
    hops: Hops = 2,
    area: Area = None,
    kinds: Kinds = None,
    method: Annotated[Method, typer.Option("--method", help="By what.")] = Method.FRAGMENTATION,
    first: First = 10,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Who holds a network together; Ctrl-C ends it.

    Example: polegraph jobs key-players --id e_mzxw6ytboi2dqnbqga4q --hops 3 --kind PHONE --method BETWEENNESS
    """
    wanted = Wanted(Question.KEY_PLAYERS, _scope(ids, hops, area, kinds), first, method)
    _asked("jobs key-players", wanted, [*(ids or ()), area or ""], markings, purpose, json=json)


@app.command()
def communities(
    ids: Ids = None,
    hops: Hops = 2,
    area: Area = None,
    kinds: Kinds = None,
    first: First = 20,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Which groups a network falls into; Ctrl-C ends it.

    Example: polegraph jobs communities --kind PHONE --kind ADDRESS
    """
    wanted = Wanted(Question.COMMUNITIES, _scope(ids, hops, area, kinds), first)
    _asked("jobs communities", wanted, [*(ids or ()), area or ""], markings, purpose, json=json)


@app.command("emerging-networks")
def emerging_networks(
    area: Area = None,
    window_days: Annotated[int, typer.Option("--window-days", help="Of the last so many days, 1 to 3,660.")] = 90,
    first: First = 10,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Which groups came, grew, joined or parted lately; Ctrl-C ends it.

    Example: polegraph jobs emerging-networks --window-days 365
    """
    wanted = Wanted(Question.EMERGING_NETWORKS, Recent(area, window_days), first)
    _asked("jobs emerging-networks", wanted, [area or ""], markings, purpose, json=json)


@app.command("list")
def list_jobs(markings: Markings = None, purpose: PurposeText = None, json: Json = False) -> None:
    """Your own jobs, the last begun first: also those that you asked the API for by this name.

    Example: polegraph jobs list
    """
    with consulting("jobs list", markings, purpose) as asking:
        found = asking.answer(kept.jobs(asking.graph, asking.viewer))
    if json:
        show_json([_as_json(view) for view in found])
        return
    for view in found:
        out.print(
            f"{view.id}  {view.state.value:<9}  {view.done:>4.0%}  {view.question}, begun {iso(view.begun)}",
            markup=False,
        )


@app.command()
def show(id_: JobId, markings: Markings = None, purpose: PurposeText = None, json: Json = False) -> None:
    """The answer of a job of yours, as you may see it now.

    Example: polegraph jobs show j_mzxw6ytboi2dqnbqga4q
    """
    with consulting("jobs show", markings, purpose, [id_]) as asking:
        view = kept.job(asking.graph, asking.viewer, id_)
        if view is None:
            raise kept.none_by(id_)
        tell(asking, view, json=json)


@app.command()
def cancel(id_: JobId, markings: Markings = None, purpose: PurposeText = None) -> None:
    """End a job of yours that is not over, wherever it is worked at.

    Example: polegraph jobs cancel j_mzxw6ytboi2dqnbqga4q
    """
    with consulting("jobs cancel", markings, purpose, [id_]) as asking:
        view = asking.answer(kept.cancel(asking.graph, asking.viewer, id_))
    out.print(f"{view.id}: {view.state.value}", markup=False)


def _scope(ids: list[str] | None, hops: int, area: str | None, kinds: Iterable[str] | None) -> Scope:
    known = {KINDS[name].enum: name for name in SHAREABLE}
    for kind in kinds or ():
        if kind not in known:
            raise BadInput(f"--kind {kind!r}: nothing that people share; it is one of {', '.join(known)}")
    return Scope(tuple(ids) if ids else None, hops, area, kinds=tuple(known[kind] for kind in kinds or ()))


def _asked(
    operation: str, wanted: Wanted, asked: Iterable[str], markings: str | None, purpose: str | None, *, json: bool
) -> None:
    with consulting(operation, markings, purpose, asked) as asking:
        tell(asking, _worked_at(asking, wanted), json=json)


def _worked_at(asking: Consultation, wanted: Wanted) -> JobView:
    """A job once it is over, worked at here."""
    # How it ended is told by what is printed.
    configure(load_settings().log_format, logging.WARNING)
    here = Jobs(asking.graph, Limits(), Ending())
    here.start()
    try:
        return _over(asking, here.begin(asking.graph, asking.viewer, wanted))
    finally:
        here.stop(wait=True)


def _over(asking: Consultation, view: JobView) -> JobView:
    """The job once it is over; whoever interrupts the command does not want it any more."""
    try:
        with share() as note:
            while not view.over:
                note(view.step, view.done)
                sleep(_LOOK_S)
                view = kept.job(asking.graph, asking.viewer, view.id) or view
    except KeyboardInterrupt:
        kept.cancel(asking.graph, asking.viewer, view.id)
        say(f"{view.id}: cancelled")
        raise
    return view


def _as_json(view: JobView) -> dict[str, object]:
    times = {"begun": iso(view.begun), "ended": iso(view.ended), "kept": iso(view.kept)}
    told = {"id": view.id, "question": view.question, "state": view.state.value, "step": view.step, "done": view.done}
    return {**told, **times, "error": view.error}
