"""The first load of a managed installation: gather, build, import, start, index, count."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence

from graph.errors import LoadError
from graph.ids import Ids, load_key
from graph.managed.instance import Instance
from graph.open import fetching, managed, system_clock
from graph.settings import Settings
from graph.store import Store
from loaders.first.build import Built
from loaders.first.files import ImportFolder
from loaders.first.gathered import GatherSink
from loaders.first.write import write_files
from loaders.load import deliveries_of, load_into
from loaders.mapping import SourceMapping
from loaders.options import LoadOptions
from loaders.reader import collector_off
from loaders.report import LoadReport
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
    sink = GatherSink(Ids(load_key(settings.key_file)), markings, clock)
    with collector_off():
        report = load_into(sink, deliveries_of(mappings, options), options, progress)
        if sink.built is None:
            raise LoadError("nothing was built of the rows that were read")
        started = time.monotonic()
        bring_in(instance, sink, sink.built, by_evidence=options.resolve, progress=progress)
        report.seconds["import"] = round(time.monotonic() - started, 3)
        return report


def _refuse_a_graph(settings: Settings, instance: Instance) -> None:
    if settings.neo4j_uri is not None:
        raise LoadError("a first load is for the managed server: unset POLEGRAPH_NEO4J_URI, or load without --first")
    if not instance.has_graph:
        return
    with Store(instance.start()) as store:
        count = _counts(store)
    if count["rows"] or count["decisions"]:
        raise LoadError(
            f"the graph holds {count['rows']:,} rows and {count['decisions']:,} decisions: "
            "load without --first, or empty it with `polegraph db wipe`"
        )


def bring_in(instance: Instance, sink: GatherSink, built: Built, *, by_evidence: bool, progress: Progress) -> None:
    """Import what was built over whatever the managed server holds, and start it; its indexes are made later.

    Raises LoadError where the graph does not hold what was written.
    """
    place = instance.layout.import_folder / _FOLDER
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    try:
        progress("writing import files", 0, None)
        folder = ImportFolder(place, place.relative_to(instance.layout.home))
        write_files(folder, sink.gathered, built, sink.ids, sink.markings, by_evidence=by_evidence)
        progress("importing", 0, None)
        instance.import_graph(folder.arguments())
        progress("starting the server", 0, None)
        with Store(instance.start()) as store:
            _verify(store, folder)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _counts(store: Store) -> dict[str, int]:
    return {row["what"]: row["count"] for row in store.internal("load/counts")}


def _verify(store: Store, folder: ImportFolder) -> None:
    found = _counts(store)
    if (found["nodes"], found["links"]) != (folder.nodes_written, folder.links_written):
        raise LoadError(
            f"{folder.nodes_written:,} nodes and {folder.links_written:,} relationships were written, but the graph "
            f"holds {found['nodes']:,} and {found['links']:,}: `polegraph db wipe`, then load again"
        )
