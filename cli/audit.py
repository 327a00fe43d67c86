"""`polegraph audit`: whether the log is as it was written, its lines, and who looked at somebody."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from dataclasses import asdict, replace
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.account import entry_of
from cli.console import out, say, show_json
from cli.session import Json
from graph.audit import audit_log, on_record, put_on_record
from graph.errors import BadInput, PolegraphError, Unlogged
from graph.settings import load_settings
from security.audit import Act, AuditLog, FileBook
from security.audit import verify as verify_log
from security.audit.look import between
from security.audit.look import who as who_looked

app = typer.Typer(no_args_is_help=True, help="The log of who did what, when and why.")
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
_MOMENT = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+Z)?)?)?")


class Format(StrEnum):
    """What an export can be."""

    NDJSON = "ndjson"


@app.command()
def verify(
    head: Annotated[
        str | None,
        typer.Option("--head", help="A number and hash noted elsewhere, NUMBER:HASH, that must still stand."),
    ] = None,
    json: Json = False,
) -> None:
    """Hold the log to its chain and to its signed checkpoints; exit 1 where something was changed, cut off or put in.

    That you asked is put on record in a log that is as it was written; one that is not stays as it is.

    Example: polegraph audit verify
    """
    with closing(audit_log(load_settings())) as log:
        with on_record():
            found = verify_log(log, _head(head))
        unlogged = None if found.problems else _noted(log)
    if json:
        show_json(asdict(found))
    else:
        for problem in found.problems:
            out.print(problem, markup=False)
        say(
            f"{found.entries:,} entries, vouched for up to number {found.sealed:,} by {found.checkpoints:,} checkpoints"
        )
        say(f"the last is {found.entries}:{found.head}; note it elsewhere, and hold the log to it with --head")
    if found.problems:
        raise PolegraphError(
            "the log is not as it was written: keep it and its checkpoints as they are, and ask who had them"
        )
    if unlogged is not None:
        raise unlogged


def _noted(log: AuditLog) -> Unlogged | None:
    """Put on record that the log was held to its chain; what kept that from it, so that the verdict is told first."""
    try:
        put_on_record(log, entry_of(Act.CONSULTATION, "audit verify"))
    except Unlogged as error:
        return error
    return None


def _head(text: str | None) -> tuple[int, bytes] | None:
    if text is None:
        return None
    match = _HEAD.fullmatch(text)
    if match is None:
        raise BadInput(f"--head {text!r} is not NUMBER:HASH, as `polegraph audit verify` prints it")
    return int(match[1]), bytes.fromhex(match[2])


@app.command()
def export(
    format_: Annotated[Format, typer.Option("--format", help="A JSON object on each line.")] = Format.NDJSON,
    since: Annotated[
        str | None, typer.Option("--since", help="From this time on, 2026-03-01 or 2026-03-01T10:15Z.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", help="Before this time.")] = None,
) -> None:
    """Print entries with their hashes, for a monitoring system or a court; the export itself is on record first.

    Example: polegraph audit export --format ndjson --since 2026-03-01 > march.ndjson
    """
    del format_
    since, until = _moment("--since", since), _moment("--until", until)
    with closing(audit_log(load_settings())) as log:
        asked = {name: text for name, text in (("since", since), ("until", until)) if text is not None}
        put_on_record(log, replace(entry_of(Act.DISCLOSURE, "audit export"), details=asked))
        with on_record():
            sys.stdout.buffer.writelines(between(log, since, until))
            sys.stdout.buffer.flush()


def _moment(name: str, text: str | None) -> str | None:
    if text is not None and _MOMENT.fullmatch(text) is None:
        raise BadInput(f"{name} {text!r} is no time: write it as 2026-03-01 or 2026-03-01T10:15:00Z")
    return text


@app.command()
def move(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file that the log was kept in until now.")],
) -> None:
    """Bring the entries of a log in a file into the one in PostgreSQL; nothing may write the file any more.

    The chain goes on there, and the checkpoints hold it as before. Given again it brings what came since.

    Example: polegraph audit move ~/.local/share/polegraph/audit/audit.db
    """
    if not file.exists():
        raise BadInput(f"{file} is not there")
    with closing(audit_log(load_settings())) as log:
        if not log.book.shared:
            raise BadInput("the log is in a file: say with POLEGRAPH_AUDIT_URL where it shall be")
        with on_record():
            moved = log.put_back(AuditLog(FileBook(file), log.seal).links())
        put_on_record(log, replace(entry_of(Act.ALTERATION, "audit move"), details={"entries": moved}))
        say(f"{moved:,} entries are in {log.book.place}; keep {file}, and set POLEGRAPH_AUDIT_URL on every host")


@app.command()
def who(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of a person, a thing or a record.")],
    json: Json = False,
) -> None:
    """Say who asked for this or was shown it, when and why; that you asked is on record first.

    Example: polegraph audit who e_mzxw6ytboi2dqnbqga4q
    """
    with closing(audit_log(load_settings())) as log:
        put_on_record(log, entry_of(Act.CONSULTATION, "audit who", [id_]))
        with on_record():
            found = list(who_looked(log, id_))
    if json:
        show_json([{"seq": seq, **entry} for seq, entry in found])
        return
    for seq, entry in found:
        out.print(_line(seq, entry), markup=False)


def _all(entry: dict[str, Any]) -> list[str]:
    """Of an entry that took all there is, what that was: the log does not know of what kind an id is."""
    if not entry.get("whole"):
        return []
    kinds, marking = entry.get("details", {}).get("kinds"), entry.get("marking")
    return [f"(all {', '.join(kinds) if kinds else 'kinds'}{f', up to {marking}' if marking else ''})"]


def _line(seq: int, entry: dict[str, Any]) -> str:
    purpose = "; ".join(filter(None, (entry.get("purpose"), entry.get("reference"))))
    outcome = ", ".join(entry["outcome"])
    where = chain((entry["operation"],), _all(entry), entry.get("recipients", ()))
    return f"{seq:>7}  {entry['at']}  {entry['user']}  {purpose or '-'}  {entry['act']} {' '.join(where)}  {outcome}"
