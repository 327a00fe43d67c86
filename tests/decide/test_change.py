"""What is new on subjects: loaded through the public loader and decided in public, at moments of the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.errors import BadInput, NotFound
from graph.open import Graph
from loaders import decide
from loaders.load import load
from loaders.mapping import load_mappings
from loaders.options import LoadOptions
from resolution.change import ChangeType, ChangeView, Watched, changes_since
from security.marking import parse_grants
from security.viewer import Viewer
from tests.conftest import NOW
from tests.whole.silo import HEADER, JANUARY, write

pytestmark = pytest.mark.database
OPEN, SECRET = "OFFICIAL", "OFFICIAL-SENSITIVE; operation=ACORN"
ROW = "{id},THEFT,2025-05-01,{person},{name},{dob},{phone},1,{marking}\n"


class Desk:
    """A graph with a clock that the test sets, and an analyst in front of it."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self.now = NOW
        self.graph = Graph(graph.store, graph.ids, graph.catalogue, lambda: self.now)
        self._folder = folder
        self._deliveries = 0

    def deliver(self, *rows: dict[str, str], as_of: int = JANUARY, full: bool = False) -> None:
        """Load rows a minute after whatever was before."""
        self.now += 60
        self._deliveries += 1
        given = {"person": "p1", "name": "John Smith", "dob": "1971-01-02", "phone": "", "marking": OPEN}
        text = HEADER + "".join(ROW.format(**{**given, **row}) for row in rows)
        folder = self._folder / str(self._deliveries)
        mapping = write(folder, {"crimes.csv": text, "officers.csv": "collar,surname\n1,Iqbal\n"})
        load(self.graph, load_mappings([mapping], []), LoadOptions(folder, NOW, as_of, full=full))
        self.graph.catalogue.refresh()

    def viewer(self, *grants: str) -> Viewer:
        return self.graph.catalogue.viewer("analyst", parse_grants(grants or [OPEN]), None, None)

    def person(self, key: str = "p1", marking: str = OPEN) -> str:
        return "e_" + self.graph.ids.record("crimes", "Person", key, marking)[2:]

    def ask(self, *ids: str, since: int | None = NOW, after: str | None = None, first: int = 50) -> Any:
        self.now += 1
        return changes_since(self.graph, self.viewer(), Watched(ids), since, first, after)

    def told(self, *ids: str, since: int | None = NOW) -> list[tuple[int, ChangeType]]:
        return [(change.at - NOW, change.what) for change in self.ask(*ids, since=since).items]


@pytest.fixture
def desk(graph: Graph, tmp_path: Path) -> Desk:
    return Desk(graph, tmp_path)


def of(changes: tuple[ChangeView, ...], what: ChangeType) -> list[ChangeView]:
    return [change for change in changes if change.what is what]


def test_records_and_links_are_new_when_they_are_loaded_whatever_their_dates(desk: Desk) -> None:
    desk.deliver({"id": "c1"})
    person = desk.person()
    assert desk.told(person) == [(60, ChangeType.NEW_LINK), (60, ChangeType.NEW_RECORD)]
    before = desk.now - 1
    desk.deliver({"id": "c2"}, as_of=JANUARY - 400 * 86_400)
    late = desk.ask(person, since=before).items
    assert [change.what for change in late] == [ChangeType.CHANGED_RECORD, ChangeType.NEW_LINK]
    (link,) = of(late, ChangeType.NEW_LINK)
    assert link.link is not None
    assert (link.link.role, [view.id for view in link.subjects]) == ("SUSPECT", [person])
    desk.deliver({"id": "c1"}, {"id": "c2"}, as_of=JANUARY + 86_400)
    assert desk.ask(person, since=desk.now - 30).items == (), "what is only seen again is not new"


def test_what_comes_in_the_running_second_is_told_in_the_next(desk: Desk) -> None:
    desk.deliver({"id": "c1"})
    viewer, watched = desk.viewer(), Watched((desk.person(),))
    assert changes_since(desk.graph, viewer, watched, NOW).items == ()
    desk.now += 1
    assert len(changes_since(desk.graph, viewer, watched, NOW).items) == 2


def test_a_cursor_stays_good(desk: Desk) -> None:
    desk.deliver({"id": "c1"}, {"id": "c2"})
    person = desk.person()
    first = desk.ask(person, first=2)
    rest = desk.ask(person, since=None, after=first.cursors[-1])
    assert (first.has_next, rest.has_next) == (True, False)
    assert len({(c.what, c.id) for c in (*first.items, *rest.items)}) == len((*first.items, *rest.items)) == 3
    assert desk.ask(person, since=None, after=rest.cursors[-1]).items == ()
    desk.deliver({"id": "c3"})
    later = desk.ask(person, since=None, after=rest.cursors[-1]).items
    assert [change.what for change in later] == [ChangeType.CHANGED_RECORD, ChangeType.NEW_LINK]
    with pytest.raises(BadInput, match="after"):
        desk.ask(desk.person("p2"), since=None, after=rest.cursors[-1])


def test_what_a_source_says_no_longer(desk: Desk) -> None:
    desk.deliver({"id": "c1"}, {"id": "c2"}, full=True)
    before = desk.now
    desk.deliver({"id": "c1"}, {"id": "c2", "person": "p2"}, as_of=JANUARY + 86_400, full=True)
    found = desk.ask(desk.person(), since=before).items
    (gone,) = of(found, ChangeType.RETRACTED_LINK)
    assert gone.link is not None
    assert gone.at == before + 60
    (come,) = of(desk.ask(desk.person("p2"), since=before).items, ChangeType.NEW_LINK)
    assert come.link is not None
    assert come.link.target.id == gone.link.target.id


def test_words_and_the_golden_values_that_follow_from_a_new_record(desk: Desk) -> None:
    desk.deliver({"id": "c1"})
    desk.deliver({"id": "c2", "person": "p2", "name": "Jon Smith", "dob": "1971-01-02", "phone": "07700900101"})
    before = desk.now
    analyst = desk.graph.catalogue.viewer("analyst", parse_grants([OPEN]), None, None)
    a, b = desk.person(), desk.person("p2")
    desk.now += 60
    said = decide.decide(desk.graph, analyst, decide.Saying(a, b, decide.Verdict.DIFFERENT, "seen together"))
    word = said.decision
    assert [(c.what, c.id) for c in desk.ask(a, b, since=before).items] == [(ChangeType.DECISION, word.id)]
    desk.now += 60
    decide.retract(desk.graph, analyst, word.id, "they were not")
    found = desk.ask(a, since=before).items
    assert [c.what for c in found] == [ChangeType.DECISION, ChangeType.RETRACTED_DECISION]


def test_a_golden_value_that_a_record_brought(desk: Desk) -> None:
    desk.deliver({"id": "c1", "name": "John Smith", "phone": "07700900101"})
    before = desk.now
    desk.deliver(
        {"id": "c2", "person": "p2", "name": "John Alan Smith", "phone": "07700900101"}, as_of=JANUARY + 86_400
    )
    found = desk.ask(desk.person(), since=before).items
    golden = {change.property: (change.before, change.now) for change in of(found, ChangeType.GOLDEN_VALUE)}
    assert golden["middleName"] == (None, "Alan")
    assert all(change.record is not None for change in found if change.what is ChangeType.GOLDEN_VALUE)


def test_what_is_hidden_is_not_new(desk: Desk) -> None:
    desk.deliver({"id": "c1"}, {"id": "c2", "person": "p9", "marking": SECRET})
    person, hidden = desk.person(), desk.person("p9", SECRET)
    seen = desk.told(person)
    desk.deliver({"id": "c3", "marking": SECRET})
    assert desk.told(person) == seen
    with pytest.raises(NotFound):
        desk.ask(hidden)


def test_what_is_asked_wrongly(desk: Desk) -> None:
    desk.deliver({"id": "c1"})
    viewer, person = desk.viewer(), desk.person()
    for watched, since in ((Watched(), 1), (Watched((person,), person), 1), (Watched((person,)), None)):
        with pytest.raises(BadInput):
            changes_since(desk.graph, viewer, watched, since)
    with pytest.raises(BadInput, match="Person"):
        changes_since(desk.graph, viewer, Watched(area=person), 1)
    with pytest.raises(NotFound):
        changes_since(desk.graph, viewer, Watched(area="e_aaaaaaaaaaaaaaaaaaaa"), 1)
