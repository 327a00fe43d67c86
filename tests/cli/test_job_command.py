"""Long questions asked in the terminal: answered, told how far they are, interrupted, listed; one's own alone."""

from __future__ import annotations

import json
import re
import threading
from typing import Any

import pytest

from analysis.course import Course
from api import jobs as of_jobs
from cli import job as of_command
from graph.job import JobState
from graph.open import Graph
from tests.cli.conftest import Command

pytestmark = pytest.mark.database


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Ctrl-C as soon as a job is being worked at, which then gets no further until it is not wanted."""
    begun = threading.Event()

    def waits(graph: Graph, viewer: Any, wanted: Any, course: Course) -> str:
        begun.set()
        while True:
            course.at("reading the network", 0.25)

    def pause(seconds: float) -> None:
        if begun.wait(seconds):
            raise KeyboardInterrupt

    monkeypatch.setattr(of_jobs, "answer", waits)
    monkeypatch.setattr(of_command, "sleep", pause)
    return begun


def test_a_question_is_answered_as_a_job_and_found_again(ask: Command) -> None:
    ran = ask("jobs", "key-players", "--kind", "PHONE", "--method", "DEGREE", "--json")
    assert ran.code == 0, ran.err
    players = json.loads(ran.out)
    assert {each["label"] for each in players} == {"John Smith", "Anna Nowak"}
    assert "waiting for its turn" in ran.err

    groups = json.loads(ask("jobs", "communities", "--kind", "PHONE", "--json").out)
    assert [each["size"] for each in groups] == [2]
    assert json.loads(ask("jobs", "emerging-networks", "--json").out) == []

    listed = json.loads(ask("jobs", "list", "--json").out)
    assert {each["question"] for each in listed} == {"keyPlayers", "communities", "emergingNetworks"}
    assert {each["state"] for each in listed} == {JobState.DONE.value}
    (of_players,) = [each["id"] for each in listed if each["question"] == "keyPlayers"]
    assert json.loads(ask("jobs", "show", of_players, "--json").out) == players
    assert all(each["id"] in ask("jobs", "show", of_players).out for each in players)
    assert of_players in ask("jobs", "list").out


def test_ctrl_c_ends_a_job(ask: Command, interrupted: threading.Event) -> None:
    ran = ask("jobs", "communities")
    assert interrupted.is_set()
    assert (ran.code, ran.out) == (130, "")
    # Begun in one second with those of other tests, it is not always the first of the list.
    (id_,) = re.findall(r"^(j_\w+): cancelled$", ran.err, re.MULTILINE)
    states = {each["id"]: each["state"] for each in json.loads(ask("jobs", "list", "--json").out)}
    assert states[id_] == "CANCELLED"
    assert ask("jobs", "cancel", id_).out == f"{id_}: CANCELLED\n"
    shown = ask("jobs", "show", id_)
    assert (shown.code, shown.out, "CANCELLED" in shown.err) == (1, "", True)


def test_what_cannot_be_asked_is_said(ask: Command) -> None:
    for given in (
        ("communities", "--kind", "PERSON"),
        ("communities", "--hops", "9"),
        ("key-players", "--first", "0"),
        ("emerging-networks", "--window-days", "0"),
    ):
        assert ask("jobs", *given).code == 2, given
    failed = ask("jobs", "communities", "--area", "e_aaaaaaaaaaaaaaaaaaaa")
    assert (failed.code, "nothing by the id" in failed.err) == (1, True)
    assert ask("jobs", "show", "j_aaaaaaaaaaaaaaaaaaaa").code == 1
