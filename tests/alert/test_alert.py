"""What fires a watch, when, for whom, and that nothing of it is lost or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from alert.alert import AlertView, acknowledge, alerts, position
from alert.watch import Wanted, WatchPattern, own_watch, unwatch, watch, watches
from graph.errors import BadInput, NotFound, TooCostly
from graph.open import Graph
from loaders import decide
from resolution.change import Watched
from resolution.preview import merge_preview
from tests.alert.beat import SECRET, Beat

pytestmark = pytest.mark.database
ANYTHING, PATH, TOGETHER, VULNERABLE = WatchPattern
DAY = 86_400


@pytest.fixture
def beat(graph: Graph, tmp_path: Path) -> Beat:
    return Beat(graph, tmp_path)


def test_anything_new_fires_from_the_watch_on_and_has_one_id(beat: Beat) -> None:
    ann = beat.person("ann", "Ann Able")
    made = beat.watch(ann, patterns=(ANYTHING,))
    assert beat.told() == [], "what was there before is not new"
    at = beat.part("ann", "c1")
    (fired,) = beat.page().items
    assert (fired.fact.at, fired.fact.what, fired.watch.id) == (at, "NEW_LINK", made.id)
    assert fired.fact.sentence == "Ann Able: Ann Able INVOLVED_IN (INVOLVED_PARTY) THEFT is new."
    assert [each.id for each in beat.page().items] == [fired.id]
    assert beat.graph.ids.watch_of(fired.id) == made.id


def test_what_comes_in_the_second_in_which_a_watch_began_is_told(beat: Beat) -> None:
    ann, bob = beat.person("ann", "Ann Able"), beat.person("bob", "Bob Best")
    beat.watch(ann, bob, patterns=(ANYTHING, TOGETHER))
    began = beat.now
    for who in ("ann", "bob"):
        beat.now = began - 60
        assert beat.part(who, "c1") == began, "at the very second"
    saying = decide.Saying(ann, bob, decide.Verdict.DIFFERENT, "twins", None)
    word = decide.decide(beat.graph, beat.viewer(), saying).decision
    assert beat.told() == [], "nothing can come any more before what is told"
    assert beat.told() == [(began + 1, what) for what in ("DECISION", "NEW_LINK", "NEW_LINK", "TOGETHER")]
    assert word.at == began + 1
    # Another second, and time is what it was.
    assert beat.part("ann", "c2") == beat.told()[-1][0]
    decide.retract(beat.graph, beat.viewer(), word.id, "no twins")
    assert beat.told()[-1] == (beat.now - 1, "RETRACTED_DECISION")


def test_two_who_are_watched_are_together_in_place_and_time(beat: Beat) -> None:
    ann, car = beat.person("ann", "Ann Able"), beat.car("car", "AB12CDE")
    beat.watch(ann, car, patterns=(TOGETHER,))
    beat.part("ann", "c1", "2026-09-01T10:00:00Z", 0)
    beat.part("car", "c2", "2026-09-01T12:00:00Z", 100)
    beat.part("car", "c3", "2026-09-01T10:30:00Z", 600)
    assert beat.told() == [], "too late, or too far"
    at = beat.part("car", "c4", "2026-09-01T10:59:00Z", 490)
    (fired,) = beat.page().items
    assert (fired.fact.at, {view.id for view in fired.fact.subjects}) == (at, {ann, car})
    assert fired.fact.sentence.endswith("were 490 m and 59 min apart: THEFT and THEFT.")
    at = beat.part("car", "c1")
    assert [each.fact.at for each in beat.page().items][-1] == at, "the same event"
    beat.part("car", "c5", "2026-09-01", 0)
    assert len(beat.page().items) == 2, "a day is no moment"


def test_what_was_there_first_is_together_only_when_the_second_came(beat: Beat) -> None:
    ann, bob = beat.person("ann", "Ann Able"), beat.person("bob", "Bob Best")
    beat.part("ann", "c1")
    watching = beat.watch(ann, bob, patterns=(TOGETHER,), metres=50, minutes=5)
    late = beat.part("bob", "c2", "2026-09-01T10:04:00Z", 40)
    assert beat.told() == [(late, "TOGETHER")]
    assert late > watching.since


def test_a_new_way_fires_when_its_last_hop_comes(beat: Beat) -> None:
    ann, bob = beat.person("ann", "Ann Able"), beat.person("bob", "Bob Best")
    beat.person("mid", "Mid Dell")
    beat.watch(ann, bob, patterns=(PATH,), max_hops=2)
    beat.send("ties", a="ann", b="mid")
    assert beat.told() == []
    at = beat.send("ties", a="mid", b="bob")
    (fired,) = beat.page().items
    assert (fired.fact.at, fired.fact.path is not None) == (at, True)
    assert "newly joined in 2 hops through Mid Dell" in fired.fact.sentence


def test_somebody_vulnerable_newly_linked_to_an_offender(beat: Beat) -> None:
    ann = beat.person("ann", "Ann Able")
    beat.person("bob", "Bob Best")
    beat.watch(ann, patterns=(VULNERABLE,))
    beat.part("bob", "c1", role="SUSPECT")
    beat.send("ties", a="ann", b="bob")
    assert beat.told() == [], "nobody is marked"
    at = beat.send("markers", who="ann", type="VULNERABLE_ADULT")
    assert beat.told() == [(at, "VULNERABLE")]
    beat.part("ann", "c1", role="WITNESS")
    assert beat.told() == [(at, "VULNERABLE")], "two are told once"


def test_a_stop_that_found_nothing_and_a_victim_s_part_link_nobody_to_an_offender(beat: Beat) -> None:
    ann = beat.person("ann", "Ann Able")
    beat.send("markers", who="ann", type="VULNERABLE_ADULT")
    for name in ("bob", "cat", "dan"):
        beat.person(name, f"{name.title()} Best")
    beat.watch(ann, patterns=(VULNERABLE,))
    for name in ("bob", "cat"):
        beat.part(name, f"crime of {name}", role="SUSPECT")
    for who in ("ann", "bob"):
        beat.send("stops", who=who, event="s1", found="No items found", role="SUBJECT")
    assert beat.told() == [], "searched together for nothing"
    for who, role in (("cat", "VICTIM"), ("ann", "WITNESS")):
        beat.part(who, "crime of another", role=role)
    assert beat.told() == [], "the suspect of another crime was harmed here"
    beat.part("ann", "by dan", role="WITNESS")
    beat.send("stops", who="dan", event="s2", found="nil", role="SUSPECT")
    beat.part("dan", "by dan", role="SUBJECT")
    assert beat.told() == [], "suspected of nothing but what was not found"
    at = beat.part("ann", "crime of cat", role="VICTIM")
    assert beat.told() == [(at, "VULNERABLE")], "harmed by the suspect: it is they who are to be protected"
    for who in ("ann", "bob"):
        beat.send("stops", who=who, event="s3", found="a knife", role="SUBJECT")
    assert [what for _, what in beat.told()] == ["VULNERABLE"] * 2


def test_what_a_watcher_may_not_see_never_fires(beat: Beat) -> None:
    ann, bob = beat.person("ann", "Ann Able"), beat.person("bob", "Bob Best")
    hidden = beat.person("mid", "Mid Dell", SECRET)
    cleared = beat.viewer(SECRET, user="pc-2")
    for viewer in (beat.viewer(), cleared):
        beat.watch(ann, bob, patterns=tuple(WatchPattern), viewer=viewer)
    beat.part("ann", "c1")
    beat.part("bob", "c2", marking=SECRET)
    beat.send("ties", SECRET, a="ann", b="bob")
    beat.send("markers", SECRET, who="ann", type="VULNERABLE_ADULT")
    beat.part("bob", "c3", "2026-09-03T10:00:00Z", role="SUSPECT")
    assert {what for _, what in beat.told()} == {"NEW_LINK"}
    assert {"NEW_LINK", "TOGETHER", "PATH", "VULNERABLE"} <= {what for _, what in beat.told(cleared)}
    with pytest.raises(NotFound):
        beat.watch(hidden, patterns=(ANYTHING,))
    mine = beat.watch(hidden, patterns=(ANYTHING,), viewer=cleared)
    assert mine.marking == SECRET
    lost = beat.viewer(user="pc-2")
    assert mine.id not in {each.id for each in watches(beat.graph, lost)}, "a right that is gone takes the watch along"
    with pytest.raises(NotFound):
        alerts(beat.graph, lost, mine.id)


def test_pages_and_cursors_lose_nothing_of_several_watches(beat: Beat) -> None:
    ann, bob = beat.person("ann", "Ann Able"), beat.person("bob", "Bob Best")
    for ids in ((ann,), (bob,), (ann, bob)):
        beat.watch(*ids, patterns=(ANYTHING, TOGETHER) if len(ids) > 1 else (ANYTHING,))
    for number in range(4):
        beat.part("ann", f"c{number}")
        beat.part("bob", f"c{number}")
    whole = beat.page(first=100)
    assert len(whole.items) == len({each.id for each in whole.items}) > 20
    assert [each.fact.at for each in whole.items] == sorted(each.fact.at for each in whole.items)
    after: str | None = None
    paged: list[AlertView] = []
    while True:
        page = beat.page(first=3, after=after)
        paged += page.items
        after = page.cursors[-1] if page.cursors else after
        if not page.has_next:
            break
    assert [each.id for each in paged] == [each.id for each in whole.items]
    assert beat.page(after=after).items == ()
    at = beat.part("ann", "c9")
    assert {each.fact.at for each in beat.page(after=after).items} == {at}


def test_what_was_acknowledged_is_told_apart(beat: Beat) -> None:
    ann = beat.person("ann", "Ann Able")
    made = beat.watch(ann, patterns=(ANYTHING,))
    for number in range(3):
        beat.part("ann", f"c{number}")
    first, *rest = beat.page().items
    assert acknowledge(beat.graph, beat.viewer(), [first.id]) == [first.id]
    assert [each.id for each in beat.page(acknowledged=False, first=1).items] == [rest[0].id]
    (seen,) = beat.page(acknowledged=True).items
    assert (seen.id, seen.acknowledged_at) == (first.id, beat.now - 2)
    for other, ids in ((beat.viewer(user="pc-2"), [first.id]), (beat.viewer(), [first.id[:-1] + "a"])):
        with pytest.raises(NotFound):
            acknowledge(beat.graph, other, ids)
    unwatch(beat.graph, beat.viewer(), made.id)
    assert beat.page().items == ()
    with pytest.raises(NotFound):
        acknowledge(beat.graph, beat.viewer(), [first.id])


def test_a_watch_ends_and_is_its_owners_alone(beat: Beat) -> None:
    ann = beat.person("ann", "Ann Able")
    made = beat.watch(ann, patterns=(ANYTHING,), until=beat.now + 90)
    assert beat.watch(ann, patterns=(ANYTHING,), until=made.until).id == made.id, "the same once more"
    at = beat.part("ann", "c1")
    beat.part("ann", "c2")
    assert beat.told() == [(at, "NEW_LINK")]
    assert beat.watch(ann, patterns=(ANYTHING,)).id != made.id
    other = beat.viewer(user="pc-2")
    assert watches(beat.graph, other) == []
    for ask in (own_watch, unwatch):
        with pytest.raises(NotFound):
            ask(beat.graph, other, made.id)


def test_a_subject_that_became_another_is_watched_on(beat: Beat) -> None:
    ann, anne = beat.person("ann", "Ann Able"), beat.person("anne", "Anne Abel")
    viewer = beat.viewer()
    for id_ in (ann, anne):
        beat.watch(id_, patterns=(ANYTHING,))

    token = merge_preview(beat.graph, viewer, ann, anne).token
    decide.decide(beat.graph, viewer, decide.Saying(ann, anne, decide.Verdict.SAME, "one", token))
    at = beat.part("anne", "c1")
    assert [told for told in beat.told() if told[0] == at] == [(at, "NEW_LINK")] * 2


def test_what_is_wanted_wrongly(beat: Beat) -> None:
    ann = beat.person("ann", "Ann Able")

    def want(error: type[Exception], watched: Watched, **more: object) -> None:
        with pytest.raises(error):
            watch(beat.graph, beat.viewer(), Wanted("mine", watched, **more))  # type: ignore[arg-type]

    want(BadInput, Watched())
    want(BadInput, Watched(()))
    want(BadInput, Watched((ann,), ann))
    want(BadInput, Watched(area=ann))
    want(NotFound, Watched(("e_" + "a" * 20,)))
    want(BadInput, Watched((ann,)), patterns=())
    for pattern in (TOGETHER, PATH):
        want(BadInput, Watched((ann,)), patterns=(pattern,))
    for wrong in ({"metres": -1}, {"minutes": 10**9}, {"max_hops": 5}, {"until": beat.now}, {"since": beat.now + 1}):
        want(BadInput, Watched((ann,)), **wrong)
    names = "Olga Peter Quentin Rosa Saul Tess Uri Vera Walt Xenia Yuri".split()
    many = tuple(beat.person(name, f"{name} {name[::-1]}son") for name in names)
    want(TooCostly, Watched(many), patterns=(PATH,))
    assert watches(beat.graph, beat.viewer()) == []


@pytest.mark.parametrize("chunk", [1, 500])
def test_many_watches_asked_together_have_what_each_has_alone(
    beat: Beat, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    """Also where there is more than is asked for together, and each has a beginning of its own."""
    monkeypatch.setattr("alert.alert._CHUNK", chunk)
    people = {key: beat.person(key, f"{key.title()} Able{key}") for key in ("ann", "bob", "cat", "dov")}
    beat.send("ties", a="ann", b="bob")
    every = tuple(WatchPattern)
    watched = [beat.watch(people["ann"], people["bob"], patterns=every, since=beat.now - 500)]
    beat.part("ann", "c1")
    watched.append(beat.watch(people["bob"], people["cat"], people["ann"], patterns=every))
    for who, event in (("bob", "c1"), ("cat", "c2"), ("cat", "c1"), ("ann", "c2")):
        beat.part(who, event, role="SUSPECT")
    beat.send("people", id="ann2", name="Ann Ableann", dob="1941-01-02")
    watched.append(beat.watch(people["cat"], people["dov"], patterns=(WatchPattern.ANYTHING, WatchPattern.TOGETHER)))
    beat.send("markers", who="cat", type="VULNERABLE_ADULT")
    beat.part("dov", "c9", metres=100)
    beat.send("ties", a="dov", b="cat")
    beat.now += 1
    found, _ = alerts(beat.graph, beat.viewer(), first=500)
    alone = [alert for each in watched for alert in alerts(beat.graph, beat.viewer(), each.id, first=500)[0].items]
    assert sorted(found.items, key=position) == sorted(alone, key=position)
    assert {each.fact.pattern for each in alone} == set(every)
    assert {each.watch.id for each in alone} == {each.id for each in watched}
