"""The `polegraph` command: one for each thing a person does.

Exit codes: 0 done; 1 failed; 2 wrong use; 3 done, with rejected rows; 4 more rejected than --max-bad; 5 database
unreachable; 6 schema or version does not fit; 130 interrupted.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

import typer
from stamina.instrumentation import set_on_retry_hooks

from cli import analytics, ask, audit, db, decide, job, key, load, mapping, record, resolve, retention, schema
from cli.access_review import access_review
from cli.console import say
from cli.demand import demand
from cli.demo import demo
from cli.doctor import doctor
from cli.dump import dump
from cli.explain import explain
from cli.export import export
from cli.hotspots import hotspots
from cli.intake import intake
from cli.keep import backup_command, restore_command
from cli.loads import loads
from cli.metrics import metrics
from cli.quality import quality
from cli.serve import serve
from cli.subject_access import subject_access
from cli.world import world
from graph.errors import PolegraphError

_FAILED = 1
_INTERRUPTED = 130
_ROOT = Path(__file__).parents[1]

app = typer.Typer(
    name="polegraph",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="People, objects, locations and events of a police force as one graph. "
    "Exit codes: 0 done, 1 failed, 2 wrong use, 3 done with rejected rows, 4 more rejected than --max-bad, "
    "5 database unreachable, 6 schema does not fit, 130 interrupted.",
)
app.command()(demo)
app.command()(world)
app.command("load")(load.load_command)
app.command()(loads)
app.command()(intake)
app.add_typer(mapping.app, name="mapping")
for command in (decide.review, decide.preview, decide.decide, decide.retract):
    resolve.app.command()(command)
app.add_typer(resolve.app, name="resolve")
app.command()(ask.search)
app.command()(ask.profile)
app.command()(ask.path)
app.command()(explain)
app.command()(hotspots)
app.command()(demand)
app.command()(metrics)
app.command()(quality)
app.command()(serve)
app.add_typer(schema.app, name="schema")
app.add_typer(db.app, name="db")
app.command()(dump)
app.command()(export)
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.add_typer(analytics.app, name="analytics")
app.add_typer(job.app, name="jobs")
app.command()(subject_access)
app.command()(access_review)
app.add_typer(retention.app, name="retention")
app.add_typer(record.app, name="record")
app.add_typer(audit.app, name="audit")
app.add_typer(key.app, name="key")
app.command()(doctor)


def main() -> None:
    """Run the command and exit with its code."""
    sys.excepthook = _tell_unexpected
    # Whoever waits is told by the progress, in words.
    set_on_retry_hooks([])
    try:
        app(standalone_mode=True)
    except PolegraphError as error:
        say(f"error: {error.message}")
        sys.exit(error.exit_code)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        say(f"error: {place}{error.strerror or type(error).__name__}; free it, or name another place")
        sys.exit(_FAILED)
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:
            say("interrupted: what was committed stays, run the same command again to go on")
        raise


def _tell_unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say what broke and where, and no more: a message from inside may hold a row's values."""
    frames = traceback.extract_tb(trace)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(_ROOT) and ".venv" not in frame.filename]
    last = (own or frames)[-1:]
    place = "".join(f" at {Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in last)
    say(f"error: this is a fault of polegraph ({kind.__name__}{place}); report it with the command that you gave")
