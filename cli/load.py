"""`polegraph load`: sources into the graph."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from cli.account import Acting, acting
from cli.console import err, out, say, show_json
from cli.progress import stages
from cli.session import existing, opened
from graph.declared import declared_markings, known_texts, refuse_undeclared
from graph.errors import BadInput
from graph.settings import Settings, load_settings
from loaders.first import first_files, first_load
from loaders.load import load
from loaders.mapping import SourceMapping, load_mappings
from loaders.options import Bad, LoadOptions
from loaders.report import LoadReport
from loaders.run import Going
from security.audit import Act
from security.marking import FLOOR, MarkingError, parse_marking
from standards.date import Precision, from_epoch, parse_date

Mappings = Annotated[list[Path], typer.Argument(help="Mapping files, or preset:NAME.")]
Data = Annotated[Path, typer.Option("--data", help="Folder of the data files.")]
_REJECTED = 3


def load_command(
    mappings: Mappings,
    data: Data,
    first: Annotated[bool, typer.Option("--first", help="All at once into the empty local server.")] = False,
    files: Annotated[
        Path | None, typer.Option("--files", help="With --first: only write import files there, and the command.")
    ] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Date of the delivery, 2026-03-01.")] = None,
    full: Annotated[
        bool, typer.Option("--full", help="The delivery is whole: what it does not hold is retracted.")
    ] = False,
    marking: Annotated[
        str | None, typer.Option("--marking", help='What all of it is marked at least: "SECRET; operation=ACORN".')
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a load that was cut short.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew, without a word about one cut short.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read, check and count; write nothing.")] = False,
    max_bad: Annotated[
        str | None, typer.Option("--max-bad", help="Stop above so many rejected rows: 100 or 1%.")
    ] = None,
    rejects: Annotated[Path | None, typer.Option("--rejects", help="Folder for rejected rows.")] = None,
    no_resolve: Annotated[bool, typer.Option("--no-resolve", help="Leave new records unresolved.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Load sources: what is new is added, what changed replaced, what is the same skipped.

    Example: polegraph load crime.yaml custody.yaml --data exports --as-of 2026-03-01 --rejects bad;
    after a power cut the same with --resume; a whole export, what is gone from it being retracted: --full;
    what one operation delivered, for nobody else: --marking "OFFICIAL-SENSITIVE; operation=ACORN".
    """
    settings = load_settings()
    declared = known_texts(settings)
    known = load_mappings(mappings, declared)
    options = LoadOptions(
        existing(data, "--data folder"),
        int(time.time()),
        day(as_of),
        dry_run=dry_run,
        full=full,
        marking=_marking(settings, marking, declared),
        going=_going(resume=resume, restart=restart),
        max_bad=_bad(max_bad),
        rejects=rejects,
        resolve=not no_resolve,
        batch_rows=settings.batch_rows,
        settle_s=settings.settle_s,
    )
    if files is not None and not first:
        raise BadInput("--files is for a first load: say --first too")
    # A dry run keeps nothing: there is nothing to put on record.
    on_record = nullcontext() if dry_run else collecting(settings, known, options.marking)
    with on_record as act:
        if files is not None:
            report = _write_files(settings, known, options, files, quiet=json)
        elif first:
            report = _first(settings, known, options, quiet=json)
        else:
            report = _load(settings, known, options, quiet=json)
        if act is not None:
            act.details.update(collected(report))
    for warning in report.told:
        say(f"warning: {warning}")
    if json:
        show_json(report.as_json())
    else:
        show(report)
    if report.rejected:
        raise typer.Exit(_REJECTED)


def _marking(settings: Settings, text: str | None, declared: Sequence[str]) -> str:
    """The canonical text of a delivery's marking, the floor of none; raises BadInput as a mapping's would."""
    if text is None:
        return FLOOR.text
    try:
        marking = parse_marking(text)
    except MarkingError as error:
        raise BadInput(f"--marking: {error}") from None
    if declared:
        refuse_undeclared(settings, marking, declared, "what is loaded")
    return marking.text


def collecting(
    settings: Settings, known: list[SourceMapping], marking: str = FLOOR.text
) -> AbstractContextManager[Acting]:
    """A load that is on record, with its sources and what it was marked at least."""
    sources = [mapping.source for mapping in known]
    return acting(settings, Act.COLLECTION, "load", sources=sources, at_least=marking)


def collected(report: LoadReport) -> dict[str, Any]:
    """What the record of a load says of it: its run, rows by file, entities written."""
    names = ("read", "loaded", "unchanged", "repeated", "rejected", "retracted")
    return {
        "run": report.run,
        "files": {f"{file.source} {file.path}": {name: getattr(file, name) for name in names} for file in report.files},
        "resolved": {kind.kind: kind.written for kind in report.resolved},
    }


def _load(settings: Settings, known: list[SourceMapping], options: LoadOptions, *, quiet: bool) -> LoadReport:
    with opened(settings, prepare=True) as graph, stages(quiet=quiet) as progress:
        return load(graph, known, options, progress)


def _write_files(
    settings: Settings, known: list[SourceMapping], options: LoadOptions, files: Path, *, quiet: bool
) -> LoadReport:
    _refuse_for_first(options)
    with stages(quiet=quiet) as progress:
        written = first_files(settings, declared_markings(settings), known, options, files, progress)
    say(
        f"{written.nodes:,} nodes and {written.links:,} relationships are in {files}. On the database's machine, with "
        f"its server stopped and its database empty, run in that folder:\n{written.command}\n"
        "then start the server and run: polegraph schema apply"
    )
    return written.report


def _first(settings: Settings, known: list[SourceMapping], options: LoadOptions, *, quiet: bool) -> LoadReport:
    _refuse_for_first(options)
    with stages(quiet=quiet) as progress:
        report = first_load(settings, declared_markings(settings), known, options, progress)
        progress("indexing", 0, None)
        with opened(settings, prepare=True):
            return report


def _refuse_for_first(options: LoadOptions) -> None:
    if options.going is Going.RESUME:
        raise BadInput("--first keeps nothing before it is done: there is nothing to resume, load with --first again")
    if options.dry_run:
        raise BadInput("--first and --dry-run exclude each other: a dry run without --first says what would be loaded")


def show(report: LoadReport) -> None:
    """Print a load's counts as a table, and the reasons of rejected rows."""
    table = Table("file", box=None)
    for column in ("read", "loaded", "unchanged", "repeated", "rejected"):
        table.add_column(column, justify="right")
    for file in report.files:
        counts = (file.read, file.loaded, file.unchanged, file.repeated, file.rejected)
        table.add_row(f"{file.source} {file.path}", *(f"{count:,}" for count in counts))
    out.print(table)
    for file in report.files:
        if file.retracted:
            err.print(f"retracted because {file.path} does not hold them: {file.retracted:,} rows", markup=False)
        if file.codes:
            reasons = ", ".join(f"{count} {code}" for code, count in sorted(file.codes.items()))
            err.print(f"rejected in {file.path}: {reasons}", markup=False)


def day(text: str | None) -> int | None:
    """The moment of `--as-of`, epoch seconds; BadInput where it is no date."""
    if text is None:
        return None
    date = parse_date(text, ("YYYY-MM-DD",))
    if date is None:
        raise BadInput(f"--as-of {text!r} is no date: write it as {from_epoch(int(time.time()), Precision.DAY).text}")
    return date.epoch


def _going(*, resume: bool, restart: bool) -> Going:
    if resume and restart:
        raise BadInput(
            "--resume and --restart exclude each other: go on with the load that was cut short, or begin anew"
        )
    return Going.RESUME if resume else Going.RESTART if restart else Going.ANEW


def _bad(text: str | None) -> Bad:
    if text is None:
        return Bad()
    number = text.removesuffix("%")
    try:
        return Bad(share=float(number) / 100) if text.endswith("%") else Bad(rows=int(number))
    except ValueError:
        raise BadInput(f"--max-bad {text!r} is neither a number of rows (100) nor a share (1%)") from None
