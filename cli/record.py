"""`polegraph record dispute|close|rectify|mark`: what somebody says against a record, and saying it anew."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.account import acting
from cli.console import say, show_json
from cli.progress import stages
from cli.session import Json, Markings, PurposeText, opened, viewer_of
from graph.answer import iso
from graph.declared import known_texts, refuse_undeclared
from graph.errors import BadInput
from graph.open import Graph
from graph.read.dispute import DataRight, DisputeView
from graph.read.record import record
from graph.settings import load_settings
from loaders import dispute as notes
from loaders.rectify_link import rectify_link
from loaders.restate import move, rectify
from loaders.settle import Progress
from security.audit import Act
from security.marking import MarkingError, parse_marking
from security.viewer import Viewer

app = typer.Typer(no_args_is_help=True, help="Records: disputes of the people concerned, rectification, marking.")
Id = Annotated[str, typer.Argument(metavar="RECORD", help="A record's id, r_...")]
Reason = Annotated[str, typer.Option("--reason", help="Why; whoever sees the record is told.")]
Note = dict[str, str | None]
Reference = Annotated[str | None, typer.Option("--reference", help="Of the request.")]


@app.command()
def dispute(
    record_id: Id,
    right: Annotated[DataRight, typer.Argument(case_sensitive=False, help="DISPUTED or RESTRICTED.")],
    reason: Reason,
    statement: Annotated[str | None, typer.Option("--statement", help="The person's own, word for word.")] = None,
    reference: Reference = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Note beside a record that whoever it is about disputes it, or had its use restricted.

    Example: polegraph record dispute r_mzxw6ytboi2dqnbqga4q DISPUTED --reason "says it was his brother"
    """
    settings = load_settings()
    with (
        acting(settings, Act.ALTERATION, "record dispute", asked=[record_id], purpose=purpose) as act,
        opened(settings) as graph,
    ):
        viewer = viewer_of(graph, markings, purpose)
        found = notes.dispute(graph, viewer, record_id, right, reason, statement, reference)
        act.add(graph, found)
    _show(found, json)


@app.command()
def close(
    dispute_id: Annotated[str, typer.Argument(metavar="DISPUTE", help="A dispute's id, as `dispute` printed it.")],
    reason: Reason,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Note that a dispute or restriction is over; it stays to be read.

    Example: polegraph record close q_0d6c0c1b9f3e4a55d2a1 --reason "withdrawn by the subject"
    """
    settings = load_settings()
    with acting(settings, Act.ALTERATION, "record close", purpose=purpose) as act, opened(settings) as graph:
        found = notes.close(graph, viewer_of(graph, markings, purpose), dispute_id, reason)
        act.add(graph, found)
    _show(found, json)


@app.command(name="rectify")
def rectified(
    wrong: Annotated[str, typer.Argument(metavar="RECORD|LINK", help="A record's id, r_..., or a link's, l_...")],
    name: Annotated[
        str,
        typer.Argument(
            metavar="PROPERTY",
            help="As in docs/data-dictionary.md; of a link role, status, grade, valid_from, valid_to, from, to.",
        ),
    ],
    reason: Reason,
    value: Annotated[
        str | None,
        typer.Option(
            "--value", help="The right one (of from and to: the record there); without it the wrong one, or link, goes."
        ),
    ] = None,
    reference: Reference = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Put a right value in the place of a wrong one, in all that a source said; the wrong one is erased.

    Of a record, or of a link: who or what stands at its end, or that there is no such link.

    Example: polegraph record rectify r_mzxw6ytboi2dqnbqga4q date_of_birth --value 1990-02-01 --reason "passport seen"
    """
    settings = load_settings()
    why = notes.text_of("reason", reason, notes.LONGEST_REASON)
    note = {"right": DataRight.RECTIFIED.value, "reason": why, "reference": reference}
    with (
        acting(settings, Act.ALTERATION, "record rectify", asked=[wrong], purpose=purpose) as act,
        opened(settings) as graph,
        stages(quiet=json) as progress,
    ):
        viewer = viewer_of(graph, markings, purpose)
        put = _link_right if wrong.startswith("l_") else _record_right
        told, noted = put(graph, viewer, (wrong, name, value), note, progress)
        act.details["rows"] = told["rows"]
        act.add_ids(each for each in noted if isinstance(each, str))
        act.add(graph, noted)
    if json:
        show_json(told)
    else:
        now = "gone" if told["value"] is None else f"{told['value']!r} now"
        say(f"{wrong}: {name} is {now} in {told['rows']:,} rows; tell the source, or it says it again")


def _record_right(
    graph: Graph, viewer: Viewer, asked: tuple[str, str, str | None], note: Note, progress: Progress
) -> tuple[dict[str, Any], list[Any]]:
    """What a record says, put right and noted; returns what is told of it, and whom that names."""
    done, said = rectify(graph, viewer, *asked, progress)
    about = record(graph, viewer, done.record)
    noted = [] if about is None else [notes.put(graph, about, viewer.user, note | {"rectified": asked[1]})]
    return {"record": done.record, "rows": done.rows, "value": said}, noted


def _link_right(
    graph: Graph, viewer: Viewer, asked: tuple[str, str, str | None], note: Note, progress: Progress
) -> tuple[dict[str, Any], list[Any]]:
    """The same of a link."""
    done = rectify_link(graph, viewer, *asked, progress)
    noted = notes.put_of_link(graph, viewer, done.was, note | {"rectified": f"{done.was.type} {asked[1]}"})
    return {"link": done.id, "rows": done.rows, "value": asked[2]}, [done.was, *done.gone, *noted]


@app.command()
def mark(
    record_id: Id,
    marking: Annotated[str, typer.Argument(help='"OFFICIAL-SENSITIVE; operation=ACORN"')],
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Raise or lower a record's marking: its rows, its links in them, and the entity that it makes.

    Only to one that the markings file declares; where there is no such file, to one that is in use.

    Example: polegraph record mark r_mzxw6ytboi2dqnbqga4q "OFFICIAL-SENSITIVE; operation=ACORN"
    """
    settings = load_settings()
    try:
        to = parse_marking(marking)
    except MarkingError as error:
        raise BadInput(str(error)) from None
    with (
        acting(settings, Act.ALTERATION, "record mark", asked=[record_id], purpose=purpose) as act,
        opened(settings) as graph,
        stages(quiet=json) as progress,
    ):
        viewer = viewer_of(graph, markings, purpose)
        in_use = [each.text for each in graph.catalogue.markings.values()]
        refuse_undeclared(settings, to, known_texts(settings) or in_use, "the record")
        done = move(graph, viewer, record_id, to, progress)
        act.add_ids([done.record, *done.gone], parse_marking(done.was).join(to))
        act.details |= {"rows": done.rows, "from": done.was, "to": to.text}
    if json:
        show_json({"record": done.record, "rows": done.rows, "gone": list(done.gone)})
    else:
        say(f"{done.record}: marked {to.text} now, in {done.rows:,} rows")


def _show(found: DisputeView, json: bool) -> None:
    if json:
        show_json(as_json(found))
    else:
        say(f"{found.id}  {found.sentence}")


def as_json(found: DisputeView) -> dict[str, Any]:
    """A dispute without what it does not say."""
    told = {
        "id": found.id,
        "record": found.record,
        "right": found.right.value,
        "reason": found.reason,
        "statement": found.statement,
        "reference": found.reference,
        "rectified": found.rectified,
        "by": found.by,
        "at": iso(found.at),
        "closed_at": iso(found.closed_at),
        "closed_reason": found.closed_reason,
    }
    return {name: value for name, value in told.items() if value is not None}
