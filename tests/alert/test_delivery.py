"""Alerts delivered to a webhook, over a real server: signed, once, tried again, and never more than may be seen."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from alert.delivery import deliver, put_off, take
from alert.watch import WatchPattern
from api.courier import Undelivered, post
from graph.audit import audit_log
from graph.errors import BadInput, NotFound
from graph.settings import load_settings
from graph.webhook import Webhook, load_webhooks
from security.api_key import ApiKey, ApiKeys
from security.marking import parse_grants
from security.viewer import Role
from tests.alert.beat import OPEN, SECRET, Beat
from tests.api.test_subscription import LIMITS, serving

KEY = b64encode(bytes(range(32))).decode()
ANYTHING = (WatchPattern.ANYTHING,)


@dataclass
class Receiver:
    """Who is told: the messages that came, and what is answered to each in turn, then 204."""

    port: int = 0
    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < end, self.got
            time.sleep(0.05)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    known = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(known.answers.pop(0) if known.answers else 204)
            self.send_header("Location", f"http://127.0.0.1:{known.port}/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield known
    server.shutdown()
    server.server_close()


def hook(port: int, *, markings: str = OPEN, **more: Any) -> Webhook:
    given = {"telling": False, "private": True, "ca_file": None, **more}
    secrets = (b64decode(KEY),)
    return Webhook(
        "room", f"http://127.0.0.1:{port}/told?by=polegraph", parse_grants([markings]), secrets=secrets, **given
    )


@pytest.fixture
def beat(graph: Any, tmp_path: Path, receiver: Receiver) -> Beat:
    made = Beat(graph, tmp_path)
    made.graph = replace(made.graph, webhooks={"room": hook(receiver.port)})
    return made


@contextmanager
def delivering(beat: Beat) -> Iterator[str]:
    with serving(beat.graph, LIMITS) as address:
        yield address


def settled(beat: Beat) -> int:
    """How many alerts were delivered; the clock of the beat, which leaps by minutes, is not to pass what is taken."""
    states = [row["properties"]["state"] for row in beat.graph.store.internal("keep/deliveries")]
    return states.count("DELIVERED")


def entries(operation: str) -> list[dict[str, Any]]:
    found = [json.loads(link.body) for link in audit_log(load_settings()).links()]
    return [entry for entry in found if entry.get("operation") == operation]


@pytest.mark.database
def test_an_alert_is_delivered_signed_and_once(beat: Beat, receiver: Receiver) -> None:
    me = beat.viewer(OPEN, SECRET)
    ann = beat.person("ann", "Ann Able")
    made = beat.watch(ann, patterns=ANYTHING, viewer=me)
    beat.part("ann", "c0")
    beat.now += 1
    deliver(beat.graph, me, made.id, "room")
    with delivering(beat), delivering(beat):
        beat.part("ann", "c1")
        receiver.until(lambda: settled(beat) == 1)
        beat.part("ann", "c2", marking=SECRET)
        beat.part("ann", "c3")
        receiver.until(lambda: settled(beat) == 2)
        time.sleep(0.6)
    assert len(receiver.got) == 2, receiver.got
    (headers, body), _ = sorted(receiver.got, key=lambda each: json.loads(each[1])["timestamp"])
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = b64encode(hmac.new(b64decode(KEY), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"
    told = json.loads(body)
    assert (told["type"], told["data"]["id"], told["data"]["pattern"]) == (
        "alert.fired",
        headers["webhook-id"],
        "ANYTHING",
    )
    assert told["data"]["subjects"] == [{"id": ann, "kind": "Person"}]
    assert b"Able" not in body
    disclosed = [entry for entry in entries("webhook") if entry["details"]["watch"] == made.id]
    assert {(each["act"], each["user"], tuple(each["recipients"])) for each in disclosed} == {
        ("DISCLOSURE", "pc-1", ("127.0.0.1",))
    }
    assert [each["outcome"] for each in disclosed].count(["BEGUN"]) == 2
    with delivering(beat):
        beat.part("ann", "c4")
        receiver.until(lambda: settled(beat) == 3)
    assert len(receiver.ids) == len(set(receiver.ids)) == 3, (
        "what was delivered before the end is not delivered after it"
    )


@pytest.mark.database
def test_what_is_not_taken_is_tried_again_and_outlives_the_server(beat: Beat, receiver: Receiver) -> None:
    me = beat.viewer()
    made = beat.watch(beat.person("ann", "Ann Able"), patterns=ANYTHING, viewer=me)
    deliver(beat.graph, me, made.id, "room")
    receiver.answers = [500, 503]
    with delivering(beat):
        beat.part("ann", "c1")
        receiver.until(lambda: len(receiver.got) >= 1)
    with delivering(beat):
        beat.now += 61
        receiver.until(lambda: len(receiver.got) == 3)
    assert len(set(receiver.ids)) == 1
    assert take(beat.graph, ["room"]) == [], "nothing waits any more"


@pytest.mark.database
def test_what_may_not_be_seen_when_it_is_sent_is_not_sent(beat: Beat, receiver: Receiver) -> None:
    """An API key that was revoked, rights that have run out, a watch that is delivered no more."""
    keys = ApiKeys(load_settings().keys_file)
    secret = keys.create(ApiKey("", "room", Role.ANALYST, (OPEN,), "tester", 1, 2_000_000_000, None))
    user = keys.identify(secret, 5).user
    ann = beat.person("ann", "Ann Able")
    machine, person = beat.viewer(user=user), beat.viewer()
    for viewer in (machine, person):
        deliver(beat.graph, viewer, beat.watch(ann, patterns=ANYTHING, viewer=viewer).id, "room")
    with delivering(beat):
        beat.part("ann", "c1")
        receiver.until(lambda: settled(beat) == 2)
        keys.revoke(user.split()[1], 10)
        beat.part("ann", "c2")
        receiver.until(lambda: settled(beat) == 3)
        beat.now += 86_400
        beat.part("ann", "c3")
        time.sleep(1.0)
        assert len(receiver.got) == 3


@pytest.mark.database
def test_an_alert_is_taken_by_one(beat: Beat, receiver: Receiver) -> None:
    del receiver
    me = beat.viewer()
    made = beat.watch(beat.person("ann", "Ann Able"), patterns=ANYTHING, viewer=me)
    view = deliver(beat.graph, me, made.id, "room")
    assert (view.webhook, view.webhook_until) == ("room", beat.now + 86_400)
    rows = [
        {
            "id": f"a{n}", "watch": made.id, "webhook": "room", "at": n, "pattern": "ANYTHING", "state": "WAITING",
            "due": 0, "tries": 0,
        }
        for n in range(40)
    ]  # fmt: skip
    beat.graph.store.write(lambda transaction: transaction.run("alert/put_deliveries", nodes=rows))
    taken: list[str] = []
    crew = [
        threading.Thread(target=lambda: taken.extend(each.id for each in take(beat.graph, ["room"]))) for _ in range(6)
    ]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    assert sorted(taken) == sorted(f"a{n}" for n in range(40))
    beat.now += 61
    again = take(beat.graph, ["room"])
    assert again[0].tries == 2, "whoever had them is taken to be gone after a minute"
    put_off(beat.graph, again[0], 0)
    assert take(beat.graph, []) == []
    assert deliver(beat.graph, me, made.id, None).webhook is None
    beat.now += 61
    assert take(beat.graph, ["room"]) == [], "what waits of it is forgotten"
    with pytest.raises(BadInput, match="room"):
        deliver(beat.graph, me, made.id, "rom")
    with pytest.raises(NotFound):
        deliver(beat.graph, beat.viewer(user="pc-2"), made.id, "room")
    secret = beat.viewer(OPEN, SECRET)
    hidden = beat.watch(beat.person("eve", "Eve Hid", SECRET), patterns=ANYTHING, viewer=secret)
    with pytest.raises(BadInput, match="may not carry"):
        deliver(beat.graph, secret, hidden.id, "room")


def test_no_redirect_is_followed_and_nothing_inside_reached(receiver: Receiver) -> None:
    receiver.answers = [302]
    assert post(hook(receiver.port), "a_1", 7, b"{}") == 302
    assert [headers["webhook-id"] for headers, _ in receiver.got] == ["a_1"]
    for host in ("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254", "10.0.0.1"):
        inside = replace(hook(receiver.port, private=False), url=f"http://{host}:{receiver.port}/")
        with pytest.raises(Undelivered):
            post(inside, "a_2", 7, b"{}")
    assert len(receiver.got) == 1
    with pytest.raises(Undelivered):
        post(replace(hook(1), url="http://nowhere.invalid/"), "a_3", 7, b"{}")


WRONG = (
    ("url: https://a.example", "secret_file"),
    ("url: http://a.example\n    secret_file: {key}", "no https"),
    ("url: http://127.0.0.1\n    secret_file: {key}", "private: true"),
    ("url: https://u:p@a.example\n    secret_file: {key}", "host alone"),
    ("url: https://a.example\n    secret_file: {short}", "24 to 64"),
    ("url: https://a.example\n    secret_file: none", "cannot read"),
    ("url: https://a.example\n    secret_file: {key}\n    tells: all", "tells"),
    ("url: https://a.example\n    secret_file: {key}\n    private: maybe", "private"),
    ("url: https://a.example\n    secret_file: {key}\n    markings: NONE SUCH", "markings"),
    ("url: https://a.example\n    secret_file: {key}\n    more: 1", "may have"),
)


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_with_a_file_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "key").write_text(f"whsec_{KEY}\n")
    (tmp_path / "short").write_text("whsec_c2hvcnQ=\n")
    file = tmp_path / "hooks.yaml"
    file.write_text("webhooks:\n  room:\n    " + text.format(key=tmp_path / "key", short=tmp_path / "short") + "\n")
    with pytest.raises(BadInput, match=said) as raised:
        load_webhooks(file)
    assert KEY not in str(raised.value)


def test_a_file_declares_webhooks(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"whsec_{KEY}\n{KEY}\n")
    file = tmp_path / "hooks.yaml"
    file.write_text(
        f"webhooks:\n  room: {{url: 'https://a.example/x', secret_file: {tmp_path / 'key'}, tells: sentences}}\n"
    )
    (made,) = load_webhooks(file).values()
    assert (made.host, made.telling, made.private, len(made.secrets)) == ("a.example", True, False, 2)
    assert made.grants == parse_grants([])
    assert KEY not in repr(made)
    for wrong in ("webhooks:\n", "hooks: 1\n", "\t"):
        file.write_text(wrong)
        with pytest.raises(BadInput):
            load_webhooks(file)
    assert load_webhooks(None) == {}
