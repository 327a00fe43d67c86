"""`polegraph record dispute|close|rectify|mark`: what somebody says against a record, and saying it anew."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.account import acting
from cli.console import say, show_json
from cli.progress import stages
from cli.session import Json, Markings, PurposeText, opened, viewer_of
from graph.answer import iso
from graph.errors import BadInput
from graph.read.dispute import DataRight, DisputeView
from graph.read.record import record
from graph.settings import load_settings
from loaders import dispute as notes
from loaders.restate import move, rectify
from security.audit import Act
from security.marking import MarkingError, parse_marking

app = typer.Typer(no_args_is_help=True, help="Records: disputes of the people concerned, rectification, marking.")
Id = Annotated[str, typer.Argument(metavar="RECORD", help="A record's id, r_...")]
Reason = Annotated[str, typer.Option("--reason", help="Why; whoever sees the record is told.")]
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
        act.named.add(found)
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
        act.named.add(found)
    _show(found, json)


@app.command(name="rectify")
def rectified(
    record_id: Id,
    name: Annotated[str, typer.Argument(metavar="PROPERTY", help="As in docs/data-dictionary.md.")],
    reason: Reason,
    value: Annotated[str | None, typer.Option("--value", help="The right one; without it the wrong one goes.")] = None,
    reference: Reference = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Put a right value in the place of a wrong one, in all that a record's source said; the wrong one is erased.

    Example: polegraph record rectify r_mzxw6ytboi2dqnbqga4q date_of_birth --value 1990-02-01 --reason "passport seen"
    """
    settings = load_settings()
    why = notes.text_of("reason", reason, notes.LONGEST_REASON)
    with (
        acting(settings, Act.ALTERATION, "record rectify", asked=[record_id], purpose=purpose) as act,
        opened(settings) as graph,
        stages(quiet=json) as progress,
    ):
        viewer = viewer_of(graph, markings, purpose)
        done, said = rectify(graph, viewer, record_id, name, value, progress)
        act.details["rows"] = done.rows
        note = {"right": DataRight.RECTIFIED.value, "reason": why, "reference": reference, "rectified": name}
        about = record(graph, viewer, done.record)
        if about is not None:
            act.named.add(notes.put(graph, about, viewer.user, note))
    if json:
        show_json({"record": done.record, "rows": done.rows, "value": said})
    else:
        say(f"{done.record}: {name} is {said!r} now in {done.rows:,} rows; tell the source, or it says it again")


@app.command()
def mark(
    record_id: Id,
    marking: Annotated[str, typer.Argument(help='"OFFICIAL-SENSITIVE; operation=ACORN"')],
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Raise or lower a record's marking: its rows, its links in them, and the entity that it makes.

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
        done = move(graph, viewer_of(graph, markings, purpose), record_id, to, progress)
        act.named.add_all([done.record, *done.gone])
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
