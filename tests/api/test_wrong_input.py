"""Wrong input is refused with a code and a message that names the value; nothing inside is shown."""

from __future__ import annotations

import pytest

from api.log import where_it_failed
from tests.api.town import Asker, Town

pytestmark = pytest.mark.database
ID = "e_" + "a" * 20

WRONG = [
    ('{ search(text: "x", after: "zzz") { pageInfo { endCursor } } }', "BAD_INPUT", "zzz"),
    ('{ search(text: "x", first: 100000) { pageInfo { endCursor } } }', "BAD_INPUT", "100000"),
    ('{ search(text: "x", first: 0) { pageInfo { endCursor } } }', "BAD_INPUT", "first: 0"),
    ('{ search(text: " ") { pageInfo { endCursor } } }', "BAD_INPUT", "text"),
    ('{ search(text: "x", kinds: [MARTIAN]) { pageInfo { endCursor } } }', "BAD_INPUT", "MARTIAN"),
    (f'{{ paths(from: "{ID}", to: "{ID}b", maxHops: 50) {{ paths {{ length }} }} }}', "BAD_INPUT", "maxHops: 50"),
    (f'{{ paths(from: "{ID}", to: "{ID}", maxHops: 0) {{ paths {{ length }} }} }}', "BAD_INPUT", "maxHops: 0"),
    (f'{{ expand(ids: ["{ID}"], limit: 2001) {{ nodes {{ id }} }} }}', "BAD_INPUT", "limit: 2001"),
    (f'{{ expand(ids: ["{ID}"], since: "2024-02-30") {{ nodes {{ id }} }} }}', "BAD_INPUT", "2024-02-30"),
    (f'{{ expand(ids: ["{ID}"], knownAt: "2024-02-03T10:00:00") {{ nodes {{ id }} }} }}', "BAD_INPUT", "zone"),
    (f'{{ expand(ids: ["{ID}"], minGrade: {{source: 7}}) {{ nodes {{ id }} }} }}', "BAD_INPUT", "minGrade.source: 7"),
    ('{ entities(kind: PERSON, where: {property: "shoe", eq: "9"}) { totalCount } }', "BAD_INPUT", "shoe"),
    (f'{{ timeline(ids: ["{ID}"], kinds: [PERSON]) {{ totalCount }} }}', "BAD_INPUT", "Person"),
    (f'{{ whyNot(a: "{ID}", b: "e_x") {{ sentence }} }}', "NOT_FOUND", ID),
    ("{ identify(partial: {}) { weight } }", "BAD_INPUT", "partial"),
    ("{ nothing }", "BAD_INPUT", "nothing"),
    ("{ search", "BAD_INPUT", "Syntax"),
    ("mutation { decide { x } }", "BAD_INPUT", "DecidePayload"),
    ("subscription { metrics { total } }", "BAD_INPUT", "subscription"),
]


@pytest.mark.parametrize(("query", "code", "named"), WRONG)
def test_wrong_input_is_named(ask: Asker, query: str, code: str, named: str) -> None:
    found, message = ask.code(query)
    assert found == code
    assert named in message


def test_long_lists_of_ids_are_too_costly(ask: Asker) -> None:
    code, message = ask.code("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[ID] * 101)
    assert (code, "101" in message) == ("TOO_COSTLY", True)


@pytest.mark.parametrize(
    "text", ["Smith (", 'a" OR 1=1 //', "Robert'); MATCH (n) DETACH DELETE n", "+-&&||!(){}[]^~*?:\\/x"]
)
def test_syntax_in_a_name_is_only_a_name(ask: Asker, town: Town, text: str) -> None:
    assert ask("query($t: String!) { search(text: $t) { edges { cursor } } }", t=text)["search"]["edges"] == []


def test_a_cursor_is_of_one_viewer(ask: Asker, town: Town) -> None:
    query = "query($after: String) { entities(kind: PERSON, first: 1, after: $after) { pageInfo { endCursor } } }"
    cursor = ask(query)["entities"]["pageInfo"]["endCursor"]
    assert ask.code(query, {"X-Viewer-Markings": "OFFICIAL"}, after=cursor)[0] == "BAD_INPUT"


@pytest.mark.parametrize(
    "header",
    [{"X-Purpose": "CURIOSITY"}, {"X-Viewer-Markings": "OFISHAL"}, {"X-Viewer-Markings": "OFFICIAL; operation"}],
)
def test_headers_that_say_nothing_are_refused(ask: Asker, header: dict[str, str]) -> None:
    response = ask.client.post("/graphql", json={"query": "{ sources { records } }"}, headers=header)
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert next(iter(header.values())).partition(";")[0] in error["message"]


def test_deep_wide_and_repeated_documents_are_too_costly(ask: Asker) -> None:
    inner = "sameIdentity { " * 13 + "id" + " }" * 13
    aliases = " ".join(f"a{n}: sources {{ records }}" for n in range(16))
    fragments = "fragment F on Entity { a: id b: id c: id d: id e: id } fragment G on Entity { ...F ...F }"
    for query in (
        f'{{ entity(id: "{ID}") {{ {inner} }} }}',
        f"{{ {aliases} }}",
        "{ sources { records " + "@include(if: true) " * 5 + "} }",
        f'{{ entity(id: "{ID}") {{ ...G ...G }} }} {fragments}',
        "{ " + "sources { records } " * 700 + "}",
    ):
        assert ask.code(query)[0] == "TOO_COSTLY"


def test_a_fragment_inside_itself_is_refused(ask: Asker) -> None:
    query = f'{{ entity(id: "{ID}") {{ ...F }} }} fragment F on Entity {{ sameIdentity {{ ...F }} }}'
    assert ask.code(query)[0] == "BAD_INPUT"


def test_too_many_questions_to_the_database_end_the_operation(small: Asker, town: Town) -> None:
    query = "query($id: ID!) { expand(ids: [$id]) { nodes { links { edges { cursor } } } } }"
    assert small.code(query, id=town.maria)[0] == "TOO_COSTLY"


def test_no_suggestions_are_given(ask: Asker) -> None:
    assert "Did you mean" not in ask.code("{ source { records } }")[1]


def test_what_breaks_inside_is_masked(ask: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("MATCH (secret)")

    monkeypatch.setattr("api.resolve.question.sources_of", broken)
    code, message = ask.code("{ sources { records } }", {"X-Request-Id": "r-1"})
    assert code == "INTERNAL"
    assert "secret" not in message
    assert "r-1" in message


def test_the_log_says_where_it_broke_and_not_what_was_said() -> None:
    said = "".join(("Ma", "ria"))
    try:
        raise RuntimeError(said)
    except RuntimeError as error:
        told = where_it_failed(error)
    assert told["error"] == "RuntimeError"
    assert "test_wrong_input.py" in str(told["stack"])
    assert said not in str(told)
