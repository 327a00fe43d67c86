"""Double worlds: two graphs that differ only in what a viewer may not see answer every question with the same bytes."""

from __future__ import annotations

import logging
import os
import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import structlog
from starlette.testclient import TestClient

from analysis.kept_links import keeping, present
from api.app import create_app
from graph.open import Graph
from graph.settings import Settings
from graph.store import Store
from tests.whole.double import Answer, Asker, Known, Maker, ask_all, build, decision_ids, hidden_ids, opened
from tests.whole.double_question import AGAIN, MAKERS, sources, things
from tests.whole.double_refusal import errors
from tests.whole.double_route import routes
from tests.whole.double_selection import asked, served
from tests.whole.double_world import ACORN, ALL, OPEN, SENSITIVE, Arrival, Line, Saying, World, world

pytestmark = pytest.mark.database

# The whole proof, 1,000 worlds, takes hours; every run makes a part of it, from a seed that failures name. So many from
# a number: several runs, each with a database of its own, go beside each other, and one that was ended is taken up.
FIRST = int(os.environ.get("POLEGRAPH_TEST_FIRST_WORLD", "0"))
WORLDS = range(FIRST, FIRST + int(os.environ.get("POLEGRAPH_TEST_WORLDS", "1")))
SEED = int(os.environ.get("POLEGRAPH_TEST_SEED", "1"))
# Whose questions are of networks, whose links may be kept.
OF_LINKS = ("networks", "suggestions", "at_risk")
# Of so many worlds one, the first, is asked everything; the others some, drawn for each.
WHOLE = int(os.environ.get("POLEGRAPH_TEST_WHOLE_WORLD", "50"))
# So many of those who ask again do in the others.
SOME_AGAIN = 8
# So many of the questions about networks are asked of kept links too, in the others.
SOME_KEPT = 4


@pytest.fixture(scope="module")
def shared(store: Store) -> Iterator[Graph]:
    with opened(store.connection) as graph:
        yield graph


@pytest.fixture(scope="module")
def log_file() -> Iterator[Path]:
    """Where the application's audit log is: in memory where there is such a disk, because each answer waits for it."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of a name of its own is made in it
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder) / "audit.db"


@pytest.fixture(autouse=True)
def _forgetful(log_file: Path) -> None:
    """Empty the log: the questions that read all of it would take longer with every world before."""
    if log_file.exists():
        with closing(sqlite3.connect(log_file)) as connection:
            connection.execute("DROP TRIGGER IF EXISTS entry_stays")
            connection.execute("DELETE FROM entry")
            connection.commit()


@pytest.fixture(scope="module")
def client(shared: Graph, log_file: Path) -> Iterator[TestClient]:
    """One application for all worlds: only what it is asked about is built anew. Its log would be longer than all."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    app = create_app(Settings(audit_path=log_file), shared)
    with pytest.MonkeyPatch.context() as patch:
        # Who begins to watch waits for the next look at what there is to tell: a second, twenty-four times a world.
        patch.setattr("api.watch._PACE_S", 0.05)
        with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
            yield client
    structlog.reset_defaults()


def both(
    graph: Graph,
    client: TestClient,
    made: World,
    viewer: str,
    folder: Path,
    makers: Sequence[Maker],
    *,
    whole: bool = True,
) -> tuple[Asker, Asker]:
    """What is told with the hidden part there, and without it."""
    build(graph, made, folder / "with", hidden=True)
    hidden = hidden_ids(graph, made.viewer, made.chance)
    people = made.people(hidden=False) + made.people(hidden=True)[:20]
    seed = made.chance.random()

    def ask() -> Asker:
        known = Known(random.Random(seed), hidden, people, decisions=decision_ids(graph, made), whole=whole)
        found = ask_all(client, viewer, known, makers)
        hold_kept(graph, found, known)
        return found

    with_hidden = ask()
    build(graph, made, folder / "without", hidden=False)
    return with_hidden, ask()


def hold_kept(graph: Graph, found: Asker, known: Known) -> None:
    """Fail where a network is another when its links are kept in memory than when they are read from the database."""
    asked = {(each.query, str(each.variables)): each for each in found.answers if each.maker in OF_LINKS}
    third = -(-len(asked) // 3)
    some = known.chance.sample(list(asked.values()), third if known.whole else min(third, SOME_KEPT))
    again = Asker(found.client, found.viewer)
    # Anew: since they were asked others have changed what they may.
    read = [again.ask(each.query, **each.variables) for each in some]
    with keeping(graph.store, background=False) as keeper:
        keeper.renew()
        for before in read:
            after = again.ask(before.query, **before.variables)
            assert after.body == before.body, difference(after, before)
        assert not asked or present(graph) is not None, "it was of the present all the time"


def hold(made: World, found: Asker, expected: Asker) -> None:
    """Fail at the first answer that is not the same."""
    for one, other in zip(found.answers, expected.answers, strict=False):
        if one != other:
            pytest.fail(f"{made.name}, {made.viewer}: {difference(one, other)}", pytrace=False)
    assert len(found.answers) == len(expected.answers), made.name
    assert not found.betrayed, f"{made.name}: hidden, not absent: {found.betrayed}"
    assert not any(b'"INTERNAL"' in answer.body for answer in found.answers), made.name


def difference(one: Answer, other: Answer) -> str:
    """Where two answers part, and what was asked."""
    place = next((n for n, (a, b) in enumerate(zip(one.body, other.body, strict=False)) if a != b), 0)
    here = slice(max(place - 200, 0), place + 200)
    return f"{one.maker}: {one.query} {dict(one.variables)}\nwith    {one.body[here]!r}\nwithout {other.body[here]!r}"


@pytest.mark.parametrize("number", WORLDS)
def test_what_is_hidden_changes_no_answer(shared: Graph, client: TestClient, tmp_path: Path, number: int) -> None:
    made = world(SEED, number)
    whole = number % WHOLE == 0
    makers = askers(number, whole=whole)
    hold(made, *both(shared, client, made, made.viewer, tmp_path, makers, whole=whole))


def askers(number: int, *, whole: bool) -> list[Maker]:
    """The makers of a world, in their order: all, then all who ask again, or some of them drawn by its number."""
    places = random.Random(f"{SEED} {number}").sample(range(len(AGAIN)), SOME_AGAIN)
    return [*MAKERS, *(AGAIN if whole else (AGAIN[place] for place in sorted(places)))]


def test_who_may_see_it_is_told_other_things(shared: Graph, client: TestClient, tmp_path: Path) -> None:
    """The proof can fail: to the viewer who is cleared, every maker's questions, some drawn, betray the hidden part."""
    found, expected = both(shared, client, world(SEED, 0, hub_links=64), ALL, tmp_path, MAKERS, whole=False)
    for maker in MAKERS:
        one, other = ([a for a in each.answers if a.maker == maker.__name__] for each in (found, expected))
        assert one != other or maker is errors, maker.__name__
    assert found.betrayed
    assert asked(each.query for each in found.answers if each.maker != routes.__name__) >= served()


def test_what_hidden_rows_did_is_told_to_nobody(shared: Graph, client: TestClient, tmp_path: Path) -> None:
    """Where no marking is declared, a column may hold any: its rejects and its source are not for everybody."""
    made = world(SEED, 0, hub_links=1)
    made.declared = ()
    hold(made, *both(shared, client, made, made.viewer, tmp_path, (things, sources)))


def test_a_hidden_word_takes_no_seen_one_away(shared: Graph, client: TestClient, tmp_path: Path) -> None:
    """What an analyst said under a marking that the viewer holds stands, whatever another said under a higher one."""
    a = Line("force", "people", ("v1", "p1", "Anna Nowak", *[""] * 11, OPEN))
    b = Line("force", "people", ("v2", "p2", "Liam Kelly", *[""] * 11, OPEN))
    made = World("two words", SENSITIVE, "", Arrival.AFTER, words_first=True, seen=[a, b])
    made.seen_words = [Saying(a, b, "SAME_AS", SENSITIVE)]
    made.hidden_words = [Saying(a, b, "SAME_AS", ACORN)]
    made.hidden = [Line("force", "people", ("h1", "p3", "Zofia Khan", *[""] * 11, ACORN))]
    found, expected = both(shared, client, made, made.viewer, tmp_path, (things,))
    assert any(b'"sameIdentity":[{' in answer.body for answer in expected.answers)
    hold(made, found, expected)
