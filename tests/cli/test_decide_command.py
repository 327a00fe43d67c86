"""Deciding who is whom on the command line, and the waterfall of a pair."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from graph.open import Graph
from tests.cli.conftest import Command
from tests.whole.silo import HEADER, load_silo, write

pytestmark = pytest.mark.database

STRANGERS = [
    (f"{given} Adler", f"19{43 + 11 * n}-0{n + 2}-1{n}") for n, given in enumerate(("Olga", "Peter", "Rosa"), 1)
]
ROWS = "".join(
    f"d{n},THEFT,2025-05-01,{n},{name},{born},,1,OFFICIAL\n"
    for n, (name, born) in enumerate([("Ida Thorn", "")] * 2 + [("Vera Quill", "")] * 2 + STRANGERS, 10)
)


@pytest.fixture(scope="module")
def thorns(town: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The town, and some who may be one."""
    folder = tmp_path_factory.mktemp("thorns")
    write(folder, {"crimes2.csv": HEADER + ROWS, "officers.csv": "collar,surname\n1,Iqbal\n"})
    load_silo(town, folder)
    return town


def _record(graph: Graph, key: str) -> str:
    return graph.ids.record("crimes", "Person", key, "OFFICIAL")


def test_what_waits_is_shown_previewed_decided_and_taken_back(ask: Command, thorns: Graph) -> None:
    waiting = json.loads(ask("resolve", "review", "--json").out)["pairs"]
    (pair, *_) = waiting
    a, b = pair["a"], pair["b"]
    assert {a, b} in ({_record(thorns, "10"), _record(thorns, "11")}, {_record(thorns, "12"), _record(thorns, "13")})
    assert pair["sentence"] in ask("resolve", "review").out.replace("\n", " ")

    shown = ask("resolve", "preview", a, b)
    token = json.loads(ask("resolve", "preview", a, b, "--json").out)["token"]
    assert "would be one entity" in shown.out
    assert f"token: {token}" in shown.out

    said = ask("resolve", "decide", a, b, "SAME", "--reason", "one household", "--token", token, "--json")
    decision = json.loads(said.out)["decision"]
    assert (decision["verdict"], decision["reason"]) == ("SAME", "one household")
    assert len(json.loads(said.out)["entities"]) == 1
    left = json.loads(ask("resolve", "review", "--json").out)["pairs"]
    assert len(left) == len(waiting) - 1
    explained = ask("explain", a, b)
    assert "one household" in explained.out
    assert "joined by: an analyst's word" in explained.out

    back = ask("resolve", "retract", decision["id"], "--reason", "it was not")
    assert (back.code, "taken back" in back.out) == (0, True)
    assert ask("resolve", "retract", decision["id"], "--reason", "again").code == 1
    assert json.loads(ask("resolve", "review", "--json").out)["pairs"] == waiting


def test_same_without_a_token_shows_first_and_stops_at_contradictions(ask: Command, thorns: Graph) -> None:
    a, b = _record(thorns, "14"), _record(thorns, "15")
    stopped = ask("resolve", "decide", a, b, "SAME", "--reason", "x")
    assert (stopped.code, stopped.out) == (2, "")
    assert "contradiction: two births" in stopped.err
    assert "--token" in stopped.err

    c, d = _record(thorns, "12"), _record(thorns, "13")
    said = ask("resolve", "decide", c, d, "SAME", "--reason", "x")
    assert said.code == 0
    assert "would be one entity" in said.err
    assert ask("resolve", "retract", said.out.partition(":")[0], "--reason", "x").code == 0
    assert ask("resolve", "decide", c, d, "MAYBE", "--reason", "x").code == 2
    assert ask("resolve", "decide", c, d, "DIFFERENT", "--reason", " ").code == 2


def test_two_are_parted_and_a_word_is_taken_back_as_the_preview_showed_or_not_at_all(
    ask: Command, thorns: Graph
) -> None:
    a, b = _record(thorns, "10"), _record(thorns, "11")
    assert ask("resolve", "preview", a, b, "--apart", "--taking-back", "d_x").code == 2
    assert "are apart then" in ask("resolve", "preview", a, b, "--apart").out
    stale = json.loads(ask("resolve", "preview", a, b, "--apart", "--json").out)
    assert (stale["apart"], {id_ for each in stale["after"] for id_ in each["records"]}) == (True, {a, b})

    perhaps = ask("resolve", "decide", a, b, "POSSIBLY_SAME", "--reason", "x")
    refused = ask("resolve", "decide", a, b, "DIFFERENT", "--reason", "x", "--token", stale["token"])
    assert (refused.code, "ask splitPreview again" in refused.err) == (1, True)
    # Without a token it is what is shown here and now.
    said = ask("resolve", "decide", a, b, "DIFFERENT", "--reason", "x")
    assert (said.code, "are apart then" in said.err) == (0, True)

    word = said.out.partition(":")[0]
    back = json.loads(ask("resolve", "preview", a, b, "--taking-back", word, "--json").out)["token"]
    assert ask("resolve", "retract", perhaps.out.partition(":")[0], "--reason", "x").code == 0
    assert ask("resolve", "retract", word, "--reason", "x", "--token", back).code == 1
    back = json.loads(ask("resolve", "preview", a, b, "--taking-back", word, "--json").out)["token"]
    assert ask("resolve", "retract", word, "--reason", "x", "--token", back).code == 0


def test_a_pair_is_drawn(ask: Command, thorns: Graph, tmp_path: Path) -> None:
    a, b = _record(thorns, "10"), _record(thorns, "11")
    drawing, page = tmp_path / "why.svg", tmp_path / "why.html"

    ran = ask("explain", a, b, "--svg", drawing, "--html", page)
    told = json.loads(ask("explain", a, b, "--json").out)

    assert ran.code == 0
    assert "before anything is compared" in ran.out
    assert "together" in ran.out
    assert "without the" in ran.out
    assert told["prior"] + sum(each["bits"] for each in told["evidence"]) == pytest.approx(told["weight"], abs=0.01)
    assert told["runner_up"].startswith("they agree like ")
    root = ElementTree.fromstring(drawing.read_text("utf-8"))  # noqa: S314 - our own file
    bars = [each for each in root.iter("{http://www.w3.org/2000/svg}rect") if each.get("height") != "100%"]
    assert len(bars) == len(told["evidence"]) + 2
    assert told["sentence"] in page.read_text("utf-8")
    assert "http" not in page.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert ask("explain", a, b, "--svg", tmp_path / "none" / "why.svg").code == 2
