"""The first load: gather, build, and import, start, index, count; or files and a command for another's server."""

from __future__ import annotations

import errno
import shlex
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadInput, LoadError
from graph.ids import Ids, load_key
from graph.managed.instance import Instance
from graph.open import fetching, managed, system_clock
from graph.settings import Settings
from graph.store import Store
from loaders.first.build import Built
from loaders.first.files import ImportFolder
from loaders.first.sink import GatherSink
from loaders.first.write import write_rest
from loaders.load import deliveries_of, inputs_of, load_into
from loaders.mapping import SourceMapping
from loaders.options import LoadOptions
from loaders.present import counts
from loaders.report import LoadReport
from loaders.run import Run, done_run
from loaders.settle import Progress
from security.marking import Marking

_FOLDER = "first"


def is_first(settings: Settings) -> bool:
    """Whether a first load is possible at once: the managed server has no graph yet."""
    return settings.neo4j_uri is None and not managed(settings).has_graph


def first_load(
    settings: Settings,
    markings: Sequence[Marking],
    mappings: Sequence[SourceMapping],
    options: LoadOptions,
    progress: Progress,
    clock: Callable[[], int] = system_clock,
) -> LoadReport:
    """Load every file of these mappings into the empty managed installation; returns what was done.

    The graph is that of `load`. Nothing is in it before everything is: a load that was cut short is simply run again.
    Raises what `load` raises, and LoadError where the graph is not empty.
    """
    instance = managed(settings)
    _refuse_a_graph(settings, instance)
    # First, because without them all further work is for nothing.
    instance.fetch(fetching(progress))
    with room(instance) as (aside, out):
        sink = GatherSink(Ids(load_key(settings.key_file)), markings, clock, aside, out)
        report, built = _gather(sink, mappings, options, progress, clock)
        started = time.monotonic()
        bring_in(instance, sink, built, progress)
        report.seconds["import"] = round(time.monotonic() - started, 3)
        return report


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """Import files for a server that somebody else runs.

    `command`: what to run in their folder, on the stopped server; `nodes` and `links`: how many it then holds.
    """

    report: LoadReport
    command: str
    nodes: int
    links: int


def first_files(
    settings: Settings,
    markings: Sequence[Marking],
    mappings: Sequence[SourceMapping],
    options: LoadOptions,
    place: Path,
    progress: Progress,
    clock: Callable[[], int] = system_clock,
) -> ImportFiles:
    """The graph of these mappings' files as import files in an empty folder; raises what `load` raises.

    The command stands in the folder too, as `import.sh`, its options in `import.args`. Ids are made with this
    installation's secret key.
    """
    place.mkdir(parents=True, exist_ok=True)
    if any(place.iterdir()):
        raise BadInput(f"--files {place} is not empty: name a new folder")
    with tempfile.TemporaryDirectory(prefix=".aside-", dir=place) as aside:
        sink = GatherSink(Ids(load_key(settings.key_file)), markings, clock, Path(aside), place)
        report, built = _gather(sink, mappings, options, progress, clock)
        folder = ImportFolder(place, Path())
        folder.add(write_rest(place, sink.gathered.notes, built, sink.ids, sink.markings))
    # Hundreds of files: more than anybody wants to see in a command.
    (place / "import.args").write_text("".join(f"{option}\n" for option in folder.arguments()), "utf-8")
    words = ["neo4j-admin", "database", "import", "full", settings.neo4j_database, "@import.args"]
    command = " ".join(map(shlex.quote, words))
    (place / "import.sh").write_text(f"#!/bin/sh\n{command}\n", "utf-8")
    return ImportFiles(report, command, folder.nodes_written, folder.links_written)


def _gather(
    sink: GatherSink,
    mappings: Sequence[SourceMapping],
    options: LoadOptions,
    progress: Progress,
    clock: Callable[[], int],
) -> tuple[LoadReport, Built]:
    began_at = clock()
    work = deliveries_of(mappings, options)
    given = inputs_of(work, options)
    report = load_into(sink, work, options, progress)
    if sink.built is None:
        raise LoadError("nothing was built of the rows that were read")
    run = Run(sink.run, options.today)
    report.run = run.id
    # It is on record from the moment that the graph is there.
    sink.gathered.notes.run = done_run(run, given, began_at, clock(), sink.mk, report.as_json())
    return report, sink.built


def _refuse_a_graph(settings: Settings, instance: Instance) -> None:
    if settings.neo4j_uri is not None:
        raise BadInput(
            "POLEGRAPH_NEO4J_URI names a server whose files are not ours: say with --files DIR where to write files "
            "and the command that imports them, or load without --first"
        )
    if not instance.has_graph:
        return
    with Store(instance.start()) as store:
        count = counts(store)
    if count["rows"] or count["decisions"]:
        raise LoadError(
            f"the graph holds {count['rows']:,} rows and {count['decisions']:,} decisions: "
            "load without --first, or empty it with `polegraph db wipe`"
        )


@contextmanager
def room(instance: Instance) -> Iterator[tuple[Path, Path]]:
    """Two empty folders in the managed installation, for what is put aside and for import files; then they are gone.

    Raises LoadError where there is no room for what is put into them.
    """
    place = instance.layout.import_folder / _FOLDER
    shutil.rmtree(place, ignore_errors=True)
    folders = place / "aside", place / "files"
    for folder in folders:
        folder.mkdir(parents=True)
    try:
        yield folders
    except OSError as error:
        # One of the library that writes tables says what is wrong, but not as a number.
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, None):
            raise LoadError(
                f"{place}: {error.strerror or error}; a first load needs room of about forty times the "
                "size of its files, as text. Nothing was loaded: free some, and load again"
            ) from None
        raise
    finally:
        shutil.rmtree(place, ignore_errors=True)


def bring_in(instance: Instance, sink: GatherSink, built: Built, progress: Progress) -> None:
    """Import what was built over whatever the managed server holds, and start it; its indexes are made later.

    Raises LoadError where the graph does not hold what was written.
    """
    # Room for the store: what was put aside is in the import files now.
    shutil.rmtree(sink.gathered.aside)
    folder = ImportFolder(sink.out, sink.out.relative_to(instance.layout.home))
    folder.add(write_rest(sink.out, sink.gathered.notes, built, sink.ids, sink.markings))
    progress("importing", 0, None)
    instance.import_graph(folder.arguments())
    progress("starting the server", 0, None)
    with Store(instance.start()) as store:
        _verify(store, folder)


def _verify(store: Store, folder: ImportFolder) -> None:
    found = counts(store)
    if (found["nodes"], found["links"]) != (folder.nodes_written, folder.links_written):
        raise LoadError(
            f"{folder.nodes_written:,} nodes and {folder.links_written:,} relationships were written, but the graph "
            f"holds {found['nodes']:,} and {found['links']:,}: `polegraph db wipe`, then load again"
        )
