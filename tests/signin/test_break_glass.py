"""Break-glass: what it takes, what it widens, for how long, and who is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import orjson
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from cli import doctor
from graph.audit import audit_log
from graph.open import Graph
from graph.settings import Auth, Settings
from security.break_glass import BreakGlass, BreakGlassError, Breaking
from security.marking import EVERYTHING, parse_grants, parse_marking
from tests.api.conftest import ADDRESS, served
from tests.read.world import ACORN, OPEN, World
from tests.signin.provider import AUDIENCE, Provider, provider

__all__ = ["served"]
MADE = Breaking("", "pc-1", "OFFICER", (ACORN,), "a child is missing", None, None, 1_000, 1_000 + 1_800)
SECRET = "SECRET; operation=BIRCH"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"markings": (SECRET,)}, "not among"),
        ({"markings": ()}, "none"),
        ({"reason": "because  "}, "say why"),
        ({"reason": "a line\nand another one"}, "printable"),
        ({"until": 1_000 + 60}, "5 to 240"),
        ({"until": 1_000 + 86_400}, "5 to 240"),
    ],
)
def test_what_it_takes(tmp_path: Path, change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(BreakGlassError, match=complaint):
        BreakGlass(tmp_path / "glass", [ACORN]).begin(replace(MADE, **change))
    with pytest.raises(BreakGlassError, match="not set up"):
        BreakGlass(tmp_path / "glass", []).begin(MADE)
    assert not (tmp_path / "glass").exists()


def test_it_widens_one_user_until_it_ends_or_is_allowed_no_more(tmp_path: Path) -> None:
    glass, other = BreakGlass(tmp_path / "glass", [ACORN]), BreakGlass(tmp_path / "glass", [ACORN])
    held = parse_grants([OPEN])
    made = glass.begin(MADE)

    wide, broken = other.widened("pc-1", held, 1_500)
    assert broken == (made.id,)
    assert all(wide.satisfies(parse_marking(text)) for text in (ACORN, OPEN, "OFFICIAL-SENSITIVE"))
    for user, grants, now in (("pc-2", held, 1_500), ("pc-1", held, 2_800), ("pc-1", EVERYTHING, 1_500)):
        assert other.widened(user, grants, now) == (grants, ())
    assert BreakGlass(tmp_path / "glass", [SECRET]).widened("pc-1", held, 1_500)[0] == held
    assert other.end(made.id, 1_600, "sgt-9").ended_by == "sgt-9"
    assert glass.widened("pc-1", held, 1_700) == (held, ())
    with pytest.raises(BreakGlassError, match="ended already"):
        glass.end(made.id, 1_700, "sgt-9")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("OFFICIAL; operation=DELTA", True),
        (SECRET, True),
        ("SECRET", True),
        ("OFFICIAL; operation=BIRCH|ELM", True),
        ("OFFICIAL-SENSITIVE; operation=DELTA", False),
        ("SECRET; operation=DELTA", False),
        ("SECRET; operation=BIRCH; org=FORCE", False),
        ("TOP SECRET; operation=BIRCH", False),
    ],
)
def test_it_shows_what_is_held_and_what_is_named_and_nothing_of_both_together(
    tmp_path: Path, text: str, seen: bool
) -> None:
    glass, held = BreakGlass(tmp_path / "glass", [SECRET]), parse_grants(["OFFICIAL; operation=DELTA"])
    glass.begin(replace(MADE, markings=(SECRET,)))
    wide, _ = glass.widened("pc-1", held, 1_500)
    assert wide.satisfies(parse_marking(text)) is seen
    # What pages are sealed to, too, is neither of the two.
    assert wide.seal not in {held.seal, parse_grants([SECRET, "OFFICIAL; operation=DELTA"]).seal}


def test_where_nobody_would_be_told_it_is_refused_and_the_doctor_says_so(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, break_glass_markings=ACORN)
    found = doctor.break_glass(settings)
    assert (found.ok, "POLEGRAPH_BREAK_GLASS_WEBHOOK" in found.advice) == (False, True)
    for given in ({"break_glass_webhook": "https://told.example/"}, {"break_glass_told_otherwise": True}):
        assert doctor.break_glass(settings.model_copy(update=given)).ok
    assert doctor.break_glass(Settings(data_dir=tmp_path)).ok


@pytest.fixture
def alerts() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address that takes alerts, and what it was told."""
    told: list[dict[str, Any]] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Taking) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", told
        server.shutdown()


@pytest.fixture
def issuer() -> Iterator[Provider]:
    with provider() as made:
        made.add("one", "ES256")
        yield made


@pytest.mark.database
def test_an_officer_sees_for_a_while_and_supervisors_are_told(
    issuer: Provider, served: Graph, alerts: tuple[str, list[dict[str, Any]]], tmp_path: Path
) -> None:
    world = World(served)
    hidden = world.thing("Person", "Secret Probe", marking=ACORN)
    settings = Settings(
        data_dir=tmp_path,
        auth=Auth.OIDC,
        oidc_issuer=issuer.issuer,
        oidc_audience=AUDIENCE,
        break_glass_markings=ACORN,
        break_glass_webhook=alerts[0],
    )
    served.catalogue.refresh()
    with TestClient(create_app(settings, served), base_url="https://polegraph.example") as client:

        def headers(user: str, role: str) -> dict[str, str]:
            token = issuer.token(sub=user, polegraph_role=role, polegraph_markings=[OPEN])
            return {"X-Purpose": "SAFEGUARDING; c 7", "Authorization": f"Bearer {token}"}

        def ask(user: str, role: str, query: str, **variables: Any) -> dict[str, Any]:
            body = {"query": query, "variables": variables}
            found: dict[str, Any] = client.post("/graphql", json=body, headers=headers(user, role)).json()
            return found

        def sees(user: str = "pc-1", role: str = "ANALYST") -> Any:
            return ask(user, role, "query($id: ID!) { entity(id: $id) { label } }", id=hidden)["data"]["entity"]

        given = f'markings: ["{ACORN}"], reason: $why'
        say = f"mutation($why: String!) {{ breakGlass({given}) {{ id alerted }} }}"
        end = "mutation($id: ID!) { endBreakGlass(id: $id) { endedBy active } }"
        assert sees() is None
        assert ask("pc-1", "ADMINISTRATOR", say, why="I am curious")["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        broken = ask("pc-1", "ANALYST", say, why="a child is missing")["data"]["breakGlass"]
        assert sees() == {"label": "Secret Probe"}
        assert sees("pc-2") is None
        # It does not let anybody take things away.
        taken = client.get(f"/exports/ndjson?id={hidden}", headers=headers("pc-1", "ANALYST"))
        assert "Secret" not in taken.text
        # Nor does it let anything be kept of them: a watch and a workspace outlive it.
        standing = 'mutation($id: ID!) { watch(name: "mine", ids: [$id]) { id } }'
        drawn = (
            'mutation($id: ID!) { saveWorkspace(workspace: {name: "mine", things: [{id: $id, x: 0, y: 0}]}) { id } }'
        )
        for change in (standing, drawn):
            refused = ask("pc-1", "ANALYST", change, id=hidden)
            assert refused["errors"][0]["extensions"]["code"] in {"NOT_FOUND", "BAD_INPUT"}, refused
        (told,) = alerts[1]
        assert (told["user"], told["markings"], broken["alerted"]) == ("pc-1", [ACORN], True)
        assert "child" not in json.dumps(told)
        shown = ask("sgt-9", "SUPERVISOR", "{ emergencyAccess { id user reason active } }")["data"]["emergencyAccess"]
        assert shown == [{"id": broken["id"], "user": "pc-1", "reason": "a child is missing", "active": True}]
        assert ask("pc-2", "ANALYST", "{ emergencyAccess { id } }")["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        absent = ask("pc-2", "ANALYST", end, id=broken["id"])["errors"][0]
        assert absent["extensions"]["code"] == "NOT_FOUND"
        ended = ask("sgt-9", "SUPERVISOR", end, id=broken["id"])["data"]["endBreakGlass"]
        assert ended == {"endedBy": "sgt-9", "active": False}
        assert sees() is None
    entries = [orjson.loads(link.body) for link in audit_log(settings).links()]
    marked = [
        (each["user"], each["operation"], each["act"], each["outcome"])
        for each in entries
        if broken["id"] in each.get("details", {}).get("break_glass", ())
    ]
    assert marked == [
        ("pc-1", "breakGlass", "ALTERATION", ["OK"]),
        ("pc-1", "entity", "CONSULTATION", ["OK"]),
        ("sgt-9", "endBreakGlass", "ALTERATION", ["OK"]),
    ]
    assert "a child is missing" not in b"".join(link.body for link in audit_log(settings).links()).decode()
    world.remove()


@pytest.mark.database
def test_nobody_breaks_glass_where_nobody_is_told(served: Graph, tmp_path: Path) -> None:
    say = f'mutation {{ breakGlass(markings: ["{ACORN}"], reason: "a child is missing") {{ id alerted }} }}'
    for otherwise in (False, True):
        settings = Settings(data_dir=tmp_path, break_glass_markings=ACORN, break_glass_told_otherwise=otherwise)
        with TestClient(create_app(settings, served), base_url=ADDRESS) as client:
            told = client.post("/graphql", json={"query": say}).json()
        if otherwise:
            assert told["data"]["breakGlass"]["alerted"] is None
        else:
            assert "POLEGRAPH_BREAK_GLASS_WEBHOOK" in told["errors"][0]["message"]
