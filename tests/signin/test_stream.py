"""What goes on ends with the rights that it was begun with; all streams share one number, and nobody has most of it."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack

import httpx2
import pytest

from api.limit import _CONNECTIONS, Limits
from api.stream import Streams
from graph.errors import Overloaded, RateLimited
from graph.open import Graph
from graph.settings import Settings
from security.api_key import ApiKeys
from security.viewer import Role
from tests.api.test_subscription import WATCH, Event, events, figures, serving, watching
from tests.read.world import World
from tests.signin.provider import Provider
from tests.signin.test_api_key import made
from tests.signin.test_signin import issuer, last, settings

__all__ = ["issuer", "settings"]
ALERTS = "subscription { alerts { more alerts { id } } }"
LIMITS = Limits(quiet_s=0.3, again_s=0.2, streams=5, streams_each=2)
ENDS_S = 30.0


def known(secret: str) -> dict[str, str]:
    return {"X-Purpose": "TEST", "Authorization": f"Bearer {secret}"}


def told(event: Event) -> str:
    """The code of an event's error."""
    return str(event[1]["errors"][0]["extensions"]["code"])


@pytest.mark.database
@pytest.mark.parametrize("query", [WATCH, ALERTS])
@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_stream_ends_with_the_key_or_token_that_began_it(
    graph: Graph, settings: Settings, issuer: Provider, query: str, how: str
) -> None:
    World(graph).viewer()
    key = made(settings)
    # Clocks may differ by half a minute, so this one is good for some seconds more.
    now = int(time.time())
    token = issuer.token(iat=now - 300, nbf=now - 300, exp=now - 25)
    with serving(graph, LIMITS, settings) as address:
        with watching(address, query, who=known(key if how == "revoked" else token)) as (_, stream):
            assert "errors" not in figures(stream)[1]
            if how == "revoked":
                ApiKeys(settings.keys_file).revoke(key.split("_")[1], now)
            since = time.monotonic()
            rest = [event for event in stream if event[0]]
        assert [name for name, _ in rest][-2:] == ["next", "complete"]
        assert told(rest[-2]) == "UNAUTHENTICATED"
        assert time.monotonic() - since < ENDS_S
    entry = last(settings)
    assert (entry["act"], entry["outcome"]) == ("REFUSAL", ["UNAUTHENTICATED"])
    assert entry["user"] == ("pc-77" if how == "expired" else f"key {key.split('_')[1]} vehicle feed")


@pytest.mark.database
def test_streams_of_all_kinds_are_counted_together_and_for_each_user(
    graph: Graph, settings: Settings, issuer: Provider
) -> None:
    World(graph).viewer()
    with serving(graph, LIMITS, settings) as address, ExitStack() as streams:
        held = []

        def begin(user: str, query: str) -> Event:
            who = known(issuer.token(sub=user))
            # A stream that nobody holds is closed.
            held.append(streams.enter_context(watching(address, query, who=who))[1])
            return figures(held[-1])

        assert ["errors" in begin("pc-1", query)[1] for query in (WATCH, ALERTS)] == [False, False]
        third = begin("pc-1", WATCH)
        assert (told(third), "2 streams open already: close one" in json.dumps(third[1])) == ("RATE_LIMITED", True)
        assert (last(settings)["user"], last(settings)["outcome"]) == ("pc-1", ["RATE_LIMITED"])
        assert ["errors" in begin(user, ALERTS)[1] for user in ("pc-2", "pc-2", "pc-3")] == [False] * 3
        assert told(begin("pc-4", WATCH)) == "UNAVAILABLE"


def test_connections_are_left_to_questions_and_who_leaves_makes_room() -> None:
    assert Limits().streams < _CONNECTIONS
    streams = Streams(2, 1)
    with streams.opened("a"):
        with pytest.raises(RateLimited), streams.opened("a"):
            pytest.fail("one each")
        with streams.opened("b"), pytest.raises(Overloaded), streams.opened("c"):
            pytest.fail("two in all")
        with streams.opened("c"):
            pass
    with streams.opened("a"):
        pass


@pytest.mark.database
def test_the_stream_of_a_load_ends_so_too(graph: Graph, settings: Settings) -> None:
    World(graph).viewer()
    run = "CREATE (:Run {id: 'b_1', state: 'RUNNING', sources: ['a'], began_at: 1, mk: 0, progress: '{}'})"
    graph.store.write(lambda tx: tx.run_text(run, {}))
    key = made(settings, role=Role.ADMINISTRATOR)
    headers = {"Accept": "text/event-stream", **known(key)}
    with (
        serving(graph, LIMITS, settings) as address,
        httpx2.Client(timeout=ENDS_S, headers=headers) as client,
        client.stream("GET", f"{address}/loads/b_1") as response,
    ):
        stream = events(response.iter_lines())
        assert next(stream) == ("progress", {})
        ApiKeys(settings.keys_file).revoke(key.split("_")[1], int(time.time()))
        (ended,) = list(stream)
    assert (ended[0], told(ended), last(settings)["act"]) == ("error", "UNAUTHENTICATED", "REFUSAL")
