"""The application: routes, schema and executor around one open graph."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import anyio.to_thread
from fastapi import FastAPI

from analysis.kept_events import Kept
from analysis.kept_links import keeping
from api.alarm import Alarm
from api.alerting import Alerting
from api.aside import Aside
from api.ask import Desk, graphql_router
from api.authorise import authorise_router
from api.companion.export import export_router
from api.companion.route import companion_router
from api.delivery import Delivering, keys_of
from api.document import Documents
from api.ending import Ending
from api.explorer.page import assets, explorer_router
from api.intake import IntakeDesk, intake_router
from api.jobs import Jobs
from api.limit import Limits
from api.loads import loads_router
from api.metric import Metrics
from api.middleware import Edge
from api.misfit import REFUSALS, tell_misfits
from api.operation import Executor
from api.page import static
from api.persisted import PersistedDocuments
from api.route import health_router
from api.rule import check_ruled
from api.schema import SCHEMA
from api.shown import shown_router
from api.stream import Streams
from api.subscription import Subscriptions
from api.tile_metric import TileMetrics
from api.viewer import Door
from api.watch import Watch
from graph.audit import audit_log
from graph.declared import known_texts
from graph.errors import BadInput
from graph.open import Graph
from graph.settings import Auth, Settings
from graph.version import version
from loaders.mapping import load_mappings
from security.api_key import ApiKeys


def create_app(settings: Settings, graph: Graph, limits: Limits | None = None, aside: Aside | None = None) -> FastAPI:
    """The application over an open graph; raises BadInput where the settings do not fit together.

    `aside`: where dear questions are answered; without one they are answered here.
    """
    door = Door.of(settings, graph.catalogue, graph.clock)
    limits = limits or Limits()
    metrics = Metrics()
    alarm = Alarm.of(settings)
    log = audit_log(settings)
    documents = Documents(SCHEMA._schema, limits)
    kept = Kept(graph)
    ending = Ending()
    jobs = Jobs(graph, limits, ending)
    executor = Executor(
        SCHEMA._schema, graph, limits, metrics, log, documents, glass=door.glass, alarm=alarm, kept=kept, jobs=jobs
    )
    watch = Watch(graph, limits.quiet_s, ending, kept)
    streams = Streams.of(limits, known=settings.auth is not Auth.NONE)
    alerting = Alerting(graph, limits.streams, limits.quiet_s, ending)
    subscriptions = Subscriptions(SCHEMA._schema, graph, limits, log, executor, streams, watch, alerting, jobs)
    asking = Desk(door, executor, subscriptions, limits, aside, known=settings.auth is not Auth.NONE)
    desk = _desk(settings, graph, limits)
    delivering = Delivering(graph, keys_of(ApiKeys(settings.keys_file), graph.clock), log, limits.quiet_s, ending)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        alarm.check(door.glass)
        with graph.store.watched(), kept_network(settings, graph):
            if desk is not None:
                # Where messages are taken figures are asked for: the first need not wait for the columns.
                kept.begin()
            jobs.start()
            delivery = asyncio.create_task(delivering.run()) if graph.webhooks else None
            yield
            ending.begin()
            if delivery is not None:
                await delivery
            await anyio.to_thread.run_sync(jobs.stop)
            await anyio.to_thread.run_sync(kept.end)
            if desk is not None:
                await anyio.to_thread.run_sync(desk.close)
            await anyio.to_thread.run_sync(log.close)

    app = FastAPI(
        title="polegraph",
        version=version(),
        # The pages that FastAPI has for it load their scripts from elsewhere.
        docs_url=None,
        redoc_url=None,
        responses=REFUSALS,
        lifespan=lifespan,
    )
    app.state.ending = ending
    tell_misfits(app, asking.misfit)
    app.include_router(graphql_router(asking, limits, PersistedDocuments.of(settings, documents)))
    app.include_router(companion_router(asking, limits, SCHEMA._schema))
    app.include_router(export_router(door, graph, log))
    app.include_router(loads_router(door, graph, log, streams, limits, ending))
    app.include_router(intake_router(desk, door, limits, log))
    app.include_router(health_router(graph, metrics, log, TileMetrics(graph, kept) if settings.metrics_tiles else None))
    app.include_router(explorer_router(settings, door, log))
    app.include_router(authorise_router(door, settings, log))
    app.include_router(shown_router(door, log))
    app.router.routes.append(assets())
    app.router.routes.append(static())
    check_ruled(SCHEMA._schema, app.routes)
    app.add_middleware(Edge, limits=limits, metrics=metrics, loopback=settings.auth is Auth.NONE)
    return app


@contextmanager
def kept_network(settings: Settings, graph: Graph) -> Iterator[None]:
    """Keep the links that networks are made of as long as the context lasts, where the settings say so."""
    if not settings.network_snapshot:
        yield
        return
    with keeping(graph.store):
        yield


def _desk(settings: Settings, graph: Graph, limits: Limits) -> IntakeDesk | None:
    """Where messages are taken, if there are mappings for them; raises MappingError where one of those is wrong."""
    if settings.mappings_dir is None:
        return None
    paths = sorted(settings.mappings_dir.glob("*.yaml"))
    if not paths:
        raise BadInput(f"POLEGRAPH_MAPPINGS_DIR {settings.mappings_dir} holds no mapping: no *.yaml in it")
    texts = known_texts(settings)
    return IntakeDesk(graph, load_mappings(paths, texts), limits)
