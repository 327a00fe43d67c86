"""`polegraph retention queue|review|withdraw|run`: what is due, what somebody says of it, and letting it go."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.account import acting, consulting
from cli.console import out, say, show_json
from cli.progress import stages
from cli.session import Json, PurposeText, account_name, existing, opened
from graph.answer import day_of, iso
from graph.errors import BadInput
from graph.settings import load_settings
from loaders.retain import Disposal, Verdict, dispose, load_policy, planned
from loaders.retain import review as reviewed
from loaders.retain import withdraw as withdrawn
from loaders.retain.due import Standing, Word
from security.audit import Act

app = typer.Typer(no_args_is_help=True, help="How long what is held may be held: reviews, holds, disposal.")


@app.command()
def queue(
    first: Annotated[int, typer.Option("--first", min=1, max=10_000, help="How many of each list.")] = 50,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """What may go now, what is due and waits for somebody's word, and what is held; those due for longest first.

    Example: polegraph retention queue --first 20
    """
    settings = load_settings()
    policy = load_policy(settings.retention_file)
    with consulting("retention queue", None, purpose) as asking:
        found = planned(asking.graph, policy)
        shown = [*found.ready[:first], *found.asking[:first], *found.held[:first]]
        asking.answer((), [id_ for each in shown for id_ in each.ids])
    if json:
        show_json(_as_json(found, first))
    else:
        _show(found, first)


@app.command()
def review(
    id_: Annotated[str, typer.Argument(metavar="ID", help="A record's, a person's or an event's id.")],
    verdict: Annotated[Verdict, typer.Argument(case_sensitive=False, help="HOLD, RETAIN or DISPOSE.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it goes with what it is about.")],
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="RETAIN: the day until which.")
    ] = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Say what becomes of something: held until withdrawn (legal hold), retained until a day, or let go when due.

    Example: polegraph retention review e_mzxw6ytboi2dqnbqga4q HOLD --reason "civil claim 12/26"
    """
    settings = load_settings()
    day = None if until is None else int(until.replace(tzinfo=UTC).timestamp())
    with (
        acting(settings, Act.ALTERATION, "retention review", asked=[id_], purpose=purpose) as act,
        opened(settings) as graph,
    ):
        ids = reviewed(graph, id_, verdict, reason, account_name(), day)
        act.details["reviews"] = len(ids)
    show_json({"reviews": ids}) if json else out.print("\n".join(ids), markup=False)


@app.command()
def withdraw(
    review_id: Annotated[str, typer.Argument(metavar="REVIEW", help="A review's id, as `review` printed it.")],
    purpose: PurposeText = None,
) -> None:
    """Take back a review: a hold that is over, or a word that was wrong.

    Example: polegraph retention withdraw v_0d6c0c1b9f3e4a55d2a1
    """
    settings = load_settings()
    with (
        acting(settings, Act.ALTERATION, "retention withdraw", purpose=purpose, review=review_id[:30]),
        opened(settings) as graph,
    ):
        withdrawn(graph, review_id, account_name())
    say(f"{review_id} stands no more")


@app.command()
def run(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go, and the token for it.")] = False,
    as_shown: Annotated[str | None, typer.Option("--as-shown", help="The token of the dry run that was read.")] = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="Folder of loads' rejects: files with a key of what goes go too.")
    ] = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Erase what is due: rows, records, entities, words about them. Cannot be undone; goes only as a dry run showed it.

    Example: polegraph retention run --dry-run
    """
    if dry_run == (as_shown is not None):
        raise BadInput("say --dry-run to see what would go, then --as-shown TOKEN to let just that go")
    if rejects is not None:
        existing(rejects, "the folder of rejects")
    settings = load_settings()
    policy = load_policy(settings.retention_file)
    if as_shown is None:
        with consulting("retention run", None, purpose) as asking:
            found = planned(asking.graph, policy)
            asking.answer((), [id_ for each in (*found.ready, *found.asking, *found.held) for id_ in each.ids])
        show_json(_as_json(found, len(found.standings))) if json else _show(found, len(found.standings))
        return
    with (
        acting(settings, Act.ERASURE, "retention run", purpose=purpose, token=as_shown[:16]) as act,
        opened(settings) as graph,
        stages(quiet=json) as progress,
    ):
        done = dispose(graph, as_shown, policy, rejects, progress)
        act.add_ids(done.ids)
        rows, groups = len(done.plan.rows), sorted({each.group for each in done.plan.ready})
        act.details |= {"rows": rows, "groups": groups, "files": len(done.files)}
    files = [str(file) for file in done.files]
    if json:
        show_json({"rows": rows, "erased": list(done.ids), "groups": groups, "files": files})
    else:
        say(f"{rows:,} rows erased, with {len(done.ids):,} records, events and values that only they spoke of")
        for file in files:
            say(f"deleted {file}")


def _show(found: Disposal, first: int) -> None:
    for name, each in (("may go", found.ready), ("asks", found.asking), ("held", found.held)):
        for one in each[:first]:
            out.print(f"{name:7} {_day(one.due)}  {one.id}  {one.kind}  {one.because}", markup=False)
    out.print(
        f"{len(found.ready):,} may go with {len(found.rows):,} rows ({found.waiting:,} rows stay: others in them are "
        f"kept, or a word stands); {len(found.asking):,} ask for a review; {len(found.held):,} are held",
        markup=False,
    )
    out.print(f"token: {found.token}", markup=False)


def _as_json(found: Disposal, first: int) -> dict[str, Any]:
    return {
        "token": found.token,
        "rows": len(found.rows),
        "waiting_rows": found.waiting,
        "may_go": [_standing(each) for each in found.ready[:first]],
        "ask": [_standing(each) for each in found.asking[:first]],
        "held": [_standing(each) for each in found.held[:first]],
        "words": [_word(each) for each in found.words[:first]],
    }


def _standing(one: Standing) -> dict[str, Any]:
    dates = {"since": iso(one.since), "due": iso(one.due)}
    return {"id": one.id, "kind": one.kind, "group": one.group, **dates, "because": one.because}


def _word(one: Word) -> dict[str, Any]:
    return {"id": one.id, "record": one.record, "verdict": one.verdict, "until": iso(one.until)}


def _day(epoch: int | None) -> str:
    return "----------" if epoch is None else day_of(epoch)
