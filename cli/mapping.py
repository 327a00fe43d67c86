"""`polegraph mapping`: mapping files proposed, checked, and ready ones."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from cli.console import out, say, show_json
from cli.session import existing, writable
from graph.declared import known_texts
from graph.errors import BadInput, MappingError
from graph.settings import load_settings
from loaders.check_data import check_all, data_problems
from loaders.mapping import read_mappings
from loaders.presets import PRESETS, preset_text
from loaders.suggest import Suggestion
from loaders.suggest import suggest as suggest_mapping

app = typer.Typer(no_args_is_help=True, help="Mapping files: propose one for new files, check them against data.")
Mappings = Annotated[list[Path], typer.Argument(help="Mapping files, or preset:NAME.")]
Data = Annotated[Path, typer.Option("--data", help="Folder of the data files.")]


@app.command()
def check(mappings: Mappings, data: Data) -> None:
    """Check mapping files against data files without loading; every mistake at once.

    Example: polegraph mapping check crime.yaml --data exports
    """
    settings = load_settings()
    folder = existing(data, "--data folder")
    found, problems = read_mappings(mappings, known_texts(settings))
    if problems:
        # What is understood is held against the data too, so that the next run does not bring the next mistakes.
        for mapping in found:
            _, wrong, unread = data_problems(mapping, folder)
            problems += [*wrong, *unread]
        raise MappingError(problems)
    for line in check_all(found, folder):
        typer.echo(line)


@app.command()
def suggest(
    files: Annotated[list[Path], typer.Argument(help="Data files: CSV, NDJSON, Parquet, .gz, .zst, x.zip.")],
    output: Annotated[Path | None, typer.Option("--out", help="Write the mapping here; else it is printed.")] = None,
    source: Annotated[str | None, typer.Option("--source", help="Name of the source; else from the files.")] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="Folder that its paths begin at; else the one above all.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Propose one mapping for files that have none: form, keys, records and links, each choice with its reason.

    Example: polegraph mapping suggest exports/*.csv --out exports.yaml --source crime-system
    """
    if output is not None and writable(output, "--out").exists():
        raise BadInput(f"{output} is there already; name another file, or take it away first")
    found = suggest_mapping(files, source, None if data is None else existing(data, "--data folder"))
    for warning in found.warnings:
        say(f"warning: {warning}")
    if output is not None:
        output.write_text(found.text, encoding="utf-8")
        for line in _next(output, found):
            say(line)
    if json:
        show_json(_as_json(found, output))
    elif output is None:
        typer.echo(found.text, nl=False)


def _next(output: Path, found: Suggestion) -> list[str]:
    """What was proposed in a line, and the command to give next."""
    records = sum(len(entry.records) for entry in found.entries)
    links = sum(len(entry.links) for entry in found.entries)
    unused = sum(len(entry.unused()) for entry in found.entries)
    counts = f"{len(found.entries)} files, {records} records, {links} links, {unused} columns not used"
    command = f"polegraph mapping check {shlex.quote(str(output))} --data {shlex.quote(str(found.data))}"
    return [f"{output}: {counts}; read it, correct it, then: {command}"]


def _as_json(found: Suggestion, output: Path | None) -> dict[str, object]:
    return {
        "source": found.source,
        "data": str(found.data),
        "mapping": None if output is None else str(output),
        "text": found.text,
        "warnings": list(found.warnings),
        "files": [
            {
                "path": entry.sniffed.path,
                "format": entry.sniffed.layout.format,
                "delimiter": entry.sniffed.layout.delimiter,
                "encoding": entry.sniffed.layout.encoding,
                "header": entry.sniffed.layout.header,
                "kind": entry.kind,
                "key": None if entry.key is None else entry.key.name,
                "records": [{"name": record.name, "kind": record.kind} for record in entry.records],
                "links": [link.type for link in entry.links],
                "unused": [column.name for column in entry.unused()],
            }
            for entry in found.entries
        ],
    }


@app.command()
def presets(json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False) -> None:
    """List the ready mappings: what is published in the same form by every force.

    Example: polegraph mapping presets
    """
    if json:
        show_json([{"name": name, "about": about} for name, about in PRESETS.items()])
        return
    width = max(map(len, PRESETS))
    for name, about in PRESETS.items():
        out.print(f"{name:<{width}}  {about}", markup=False)


@app.command()
def preset(
    name: Annotated[str, typer.Argument(help="Name of a ready mapping, as `mapping presets` lists it.")],
) -> None:
    """Print a ready mapping, to be kept as a file and corrected.

    Example: polegraph mapping preset police-uk-street > street.yaml
    """
    typer.echo(preset_text(name), nl=False)
