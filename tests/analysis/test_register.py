"""Nothing ranks, groups or forecasts that is not on the register, and none of it reads what is denied."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from analysis.register import REGISTER, About, Analytic
from analysis.register.excepted import SHARED, Denial
from analysis.register.use import breaches, denied, read_in, use_of
from api.rule import RULES
from cli.doctor import check_analytics
from cli.picked import AROUND, AT_LARGE
from graph.model import LINKS
from graph.read.denied import WITHHELD_ROLES
from graph.statements import Mode, parse, statements
from tests.project.tree import ROOT

# Questions that list, count or look up what is recorded, in an order that is nobody's judgement.
PLAIN = set(
    """
    node nodes entity entities search expand exportNetwork paths connect timeline
    sharedLinks usage callAnalysis commonContacts changesSince metrics sources watches
    workspaces workspace brief jobs job
    emergencyAccess
    """.split()
)
# What serves all analytics, or watches them.
SERVING = {
    f"analysis.{name}"
    for name in "disparity live tile span recount kept_events event_link column happened cell_map figure job".split()
}

# Read for all into memory; what a viewer sees of it is a mask (tests/analysis/test_link_graph.py, double worlds).
MASKED = {f"network/{name}" for name in ("links_between", "links_of", "size", "things_between", "things_of")}
# Of the viewer's own watches, and of how far loads are.
OWN = {f"alert/{name}" for name in ("acknowledge", "acknowledged", "begin", "drop_watch", "put_watch", "unsettled")}


def test_every_question_is_on_the_register_or_plain() -> None:
    """Of a question that is added it is said whether it is an analytic."""
    asked = {field for analytic in REGISTER.values() for field in analytic.asked_by}
    served = {field for field in RULES if field.startswith("Query.")}
    assert asked | {f"Query.{name}" for name in PLAIN} == served
    assert not asked & {f"Query.{name}" for name in PLAIN}


def test_every_module_of_the_room_is_some_analytics() -> None:
    reached = {module for analytic in REGISTER.values() for module in use_of(analytic).modules}
    there = {f"analysis.{path.stem}" for path in (ROOT / "analysis").glob("*.py") if path.stem != "__init__"}
    assert there - reached == SERVING


@pytest.mark.parametrize("name", REGISTER)
def test_nothing_denied_is_read(name: str) -> None:
    assert denied(REGISTER[name]) == []
    used = use_of(REGISTER[name])
    assert used.modules
    assert used.statements or name == "resolution"


def test_what_is_marked_is_read_as_the_viewer_may_see_it() -> None:
    """Whoever tells which records are one does so in each marking for itself; all others ask as a viewer."""
    asked = {
        name
        for analytic in REGISTER.values()
        if analytic.about is not About.IDENTITY
        for name in use_of(analytic).statements
        if statements()[name].mode is not Mode.READ
    }
    assert asked == MASKED | OWN


def test_the_check_can_fail() -> None:
    """The one module that does read them, watched as if it ranked people; and one that tells who is who."""
    watching = REGISTER["key-players"].model_copy(update={"code": ("analysis.disparity",)})
    assert any("network/characteristics.cypher reads gender (sex)" in each for each in denied(watching))
    ranking = REGISTER["resolution"].model_copy(update={"about": About.LEADS})
    assert any("resolution.feature names date_of_birth (age)" in each for each in denied(ranking))


def test_a_made_up_analytic_breaches_each_part_of_the_list() -> None:
    """It reads what is protected in three ways, and by what everybody reads with parts of victims and more."""
    made_up = REGISTER["key-players"].model_copy(update={"code": ("tests.analysis.made_up",)})
    assert set(denied(made_up)) >= {
        f"key-players: {said}"
        for said in (
            "cypher/network/characteristics.cypher reads ethnicity_observed (race)",
            "tests.analysis.made_up names gender (sex)",
            "tests.analysis.made_up names place_of_birth (race)",
            "cypher/event/involvements.cypher reads parts in events without $withheld: victims' and witnesses' too",
            "cypher/event/involvements.cypher reads parts in events without $nothing: searches that found nothing too",
            "network/shared is given another $withheld than the list",
            "tests.analysis.made_up is given another $nothing than the list",
        )
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("MATCH (p)-[r:INVOLVED_IN]->(e) WHERE r.mk IN $allowed", ["$withheld", "$nothing"]),
        ("MATCH (p)-[r:!WAS]->(e) WHERE r.mk IN $allowed", ["$withheld", "$nothing"]),
        ("MATCH (p)-[r:!WAS]->(e) WHERE r.mk IN $allowed AND NOT r.role IN $withheld", ["$nothing"]),
        ("MATCH (p)-[r:INVOLVED_IN]->(e) WHERE r.mk IN $allowed AND e.found =~ $nothing", ["$withheld"]),
        ("MATCH (p)-[r]->(e) WHERE r.mk IN $allowed", ["$withheld", "$nothing"]),
        ("MATCH (e:StopSearch) WHERE e.mk IN $allowed", ["$nothing"]),
        ("MATCH (p:Person)-[r:LIVES_AT]->(e) WHERE r.mk IN $allowed", []),
        ("MATCH (e) WHERE EXISTS { (e)-[r:!WAS]-() WHERE r.mk IN $allowed }", []),
    ],
)
def test_a_statement_leaves_out_what_ties_nobody(text: str, said: list[str]) -> None:
    params = ", ".join(f"{name}: list" for name in ("allowed", "withheld", "nothing") if f"${name}" in text)
    head = f"// Made up.\n// params: {params}\n// returns: id: string\n// mode: read\n"
    found = list(breaches(parse("made/up", f"{head}{text}\nRETURN e.id AS id")).values())
    assert len(found) == len(said)
    assert all(word in each for word, each in zip(said, found, strict=True))


@pytest.mark.parametrize("text", ["RETURN p.gender AS x", "RETURN p {.id, .gender} AS x", "RETURN p['gender'] AS x"])
def test_a_property_is_read_however_it_is_written(text: str) -> None:
    assert "gender" in read_in(text)


def test_what_was_known_at_a_moment_is_watched_too() -> None:
    """The statements that are asked by the name of another with a word behind it, and by it alone."""
    for name in ("communities", "key-players"):
        asked = set(use_of(REGISTER[name]).statements)
        whole = {f"network/{each}" for each in ("associations", "beside", "called", "in_area", "shared")}
        assert {*whole, *(f"{each}_known" for each in whole)} <= asked
    assert not any(each.endswith("_known") for each in use_of(REGISTER["repeats"]).statements)


def test_an_exception_that_nothing_needs_is_told() -> None:
    idle = REGISTER["communities"].model_copy(update={"excepted": {"network/shared": {Denial.NOTHING: "left over"}}})
    assert denied(idle) == ["communities: network/shared is excepted from $nothing and need not be"]
    assert set(SHARED) <= {name for analytic in REGISTER.values() for name in use_of(analytic).statements}
    assert all(set(breaches(statements()[name])) == set(reasons) for name, reasons in SHARED.items())


def test_an_exception_is_from_one_of_the_two() -> None:
    """What is excepted from the one is not thereby from the other."""
    entry = REGISTER["indicators"]
    for what, said in (
        (Denial.WITHHELD, "indicators: indicator/named is given another $withheld than the list"),
        (
            Denial.NOTHING,
            "indicators: cypher/indicator/named.cypher reads parts in events without $nothing: "
            "searches that found nothing too",
        ),
    ):
        left = {each: reason for each, reason in entry.excepted["indicator/named"].items() if each is not what}
        assert denied(entry.model_copy(update={"excepted": {**entry.excepted, "indicator/named": left}})) == [said]


@pytest.mark.parametrize("name", REGISTER)
def test_whom_an_analytic_picks_is_compared_or_it_says_why_not(name: str) -> None:
    assert (name in {*AT_LARGE, *AROUND}) is (REGISTER[name].uncompared is None)
    # Whom a watch is about its owner chose.
    if REGISTER[name].about is About.LEADS and name != "alerts":
        assert REGISTER[name].uncompared is None


def test_a_day_of_review_that_has_come_is_a_failure() -> None:
    """Which `polegraph doctor` tells an installation."""
    first = min(analytic.review_by for analytic in REGISTER.values())
    assert check_analytics(first - timedelta(1)).ok
    late = check_analytics(first)
    assert not late.ok
    assert f"key-players since {REGISTER['key-players'].review_by}" in check_analytics(date(2100, 1, 1)).message
    assert "sets review_by" in late.advice


def test_withheld_roles_are_roles() -> None:
    assert set(WITHHELD_ROLES) <= set(LINKS["INVOLVED_IN"].roles)


@pytest.mark.parametrize(
    "change", [{"purpose": "short"}, {"owner": ""}, {"risks": ()}, {"review_by": "soon"}, {"x": 1}]
)
def test_an_entry_says_all_of_it(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Analytic.model_validate(REGISTER["communities"].model_dump() | change)
