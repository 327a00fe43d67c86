"""An open installation: store, ids, catalogue and clock, handed to every read and every write."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph import demand_weight
from graph.catalogue import Catalogue
from graph.errors import BadInput
from graph.ids import Ids, load_key
from graph.managed.config import Memory
from graph.managed.instance import Connection, Instance
from graph.relevance import DEFAULTS, load_weights
from graph.settings import Settings, secret_in
from graph.store import Store
from graph.webhook import Webhook, load_webhooks

Clock = Callable[[], int]
Progress = Callable[[int, int], None]


def fetching(note: Callable[[str, int, int | None], None]) -> Progress:
    """What reports the bytes of the server's jars as a stage, in megabytes."""
    stage = "fetching the database server (MB, once)"
    return lambda done, total: note(stage, done // 1_000_000, total // 1_000_000)


def system_clock() -> int:
    """Now, epoch seconds."""
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Graph:
    """What reads and writes need: the store, the maker of ids, the catalogue of markings and sources, the clock.

    `relevance`: the weights of `eventContext`; `demand`: those of `demandForecast`;
    `webhooks`: where alerts may be delivered.
    """

    store: Store
    ids: Ids
    catalogue: Catalogue
    clock: Clock = system_clock
    relevance: Mapping[str, float] = field(default_factory=lambda: DEFAULTS)
    demand: Mapping[str, float] = field(default_factory=lambda: demand_weight.DEFAULTS)
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)


def managed(settings: Settings) -> Instance:
    """The managed local server of the data folder."""
    memory = Memory(settings.heap_mb, settings.page_cache_mb)
    return Instance(settings.data_dir, settings.cache_dir, settings.maven_url, memory=memory)


def connection(settings: Settings, progress: Progress | None = None) -> Connection:
    """Where the database is: the configured server, else the managed one, started if it is not running."""
    if settings.neo4j_uri is None:
        return managed(settings).start(progress)
    user, database = settings.neo4j_user, settings.neo4j_database
    return Connection(settings.neo4j_uri, user, _password(settings), database, settings.neo4j_ca_file)


def _password(settings: Settings) -> str:
    """The password of the configured server, of its file where that is named."""
    file = settings.neo4j_password_file
    if file is None:
        return settings.neo4j_password.get_secret_value() if settings.neo4j_password else ""
    if settings.neo4j_password is not None:
        raise BadInput("POLEGRAPH_NEO4J_PASSWORD and POLEGRAPH_NEO4J_PASSWORD_FILE are both set: keep the file alone")
    return secret_in("POLEGRAPH_NEO4J_PASSWORD_FILE", file)


def open_graph(settings: Settings, *, progress: Progress | None = None, clock: Clock = system_clock) -> Graph:
    """The installation that the settings name, connected; raises Unreachable where no database answers."""
    weights = load_weights(settings.relevance_file)
    demand = demand_weight.load_demand_weights(settings.demand_file)
    webhooks = load_webhooks(settings.webhooks_file)
    store = Store(
        connection(settings, progress),
        timeout_s=settings.query_timeout_s,
        silence_s=settings.silence_s,
        reconnect=lambda: connection(settings),
    )
    store.verify()
    return Graph(store, Ids(load_key(settings.key_file)), Catalogue(store), clock, weights, demand, webhooks)
