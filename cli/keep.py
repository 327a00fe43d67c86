"""`polegraph backup` and `polegraph restore`: an installation into one file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from cli.account import acting, entry_of
from cli.console import say, show_json
from cli.progress import stages
from cli.session import Json, existing, opened, writable
from graph.audit import audit_log, put_on_record
from graph.settings import load_settings
from loaders.keep import back_up, check, restore
from security.audit import Act


def backup_command(
    file: Annotated[Path, typer.Argument(help="File to write.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file where it is there.")] = False,
    json: Json = False,
) -> None:
    """Write all that cannot be derived, and the secret key, into one file; loads may go on meanwhile.

    Example: polegraph backup polegraph-2026-03-01.tar
    """
    settings = load_settings()
    writable(file, "the backup")
    with (
        acting(settings, Act.DISCLOSURE, "backup", whole=True, to=file.name),
        opened(settings) as graph,
        stages(quiet=json) as progress,
    ):
        report = back_up(graph, settings, file, progress, force=force)
    say(f"{file} holds the secret key, and personal data: it is readable by you alone; keep it so")
    if report.waiting:
        say(f"{report.waiting:,} records wait to be resolved (`polegraph resolve`); a restore resolves them")
    if json:
        show_json(asdict(report))
    else:
        say(f"{_told(report.counts)} as after batch {report.seq}: {report.bytes:,} bytes in {report.seconds:.1f} s")


def restore_command(
    file: Annotated[Path, typer.Argument(help="File that `polegraph backup` wrote.")],
    check_only: Annotated[bool, typer.Option("--check", help="Only say whether the file is whole; no server.")] = False,
    json: Json = False,
) -> None:
    """Bring a backup back into an empty installation: its key, its data, and all that follows from them.

    Example: polegraph restore polegraph-2026-03-01.tar
    """
    existing(file, "the backup")
    with stages(quiet=json) as progress:
        if check_only:
            manifest = check(file, progress).archive.manifest
        else:
            settings = load_settings()
            report = restore(settings, file, progress)
            restored = replace(entry_of(Act.COLLECTION, "restore"), whole=True, details=report.counts)
            with closing(audit_log(settings)) as log:
                put_on_record(log, restored)
    if check_only:
        found = asdict(manifest)
        say(f"{file} is whole: {_told(manifest.counts)} as after batch {manifest.seq}")
    else:
        found = asdict(report)
        say(f"restored {_told(report.counts)} as after batch {report.seq} in {sum(report.seconds.values()):.1f} s")
    if json:
        show_json(found)


def _told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in ("rows", "values", "decisions", "sources"))
