"""The questions that are drawn for one of many double worlds: few, and nothing of what there is to ask goes unasked."""

from __future__ import annotations

import random
from itertools import product

from tests.whole.double_drawing import Question, drawn, marks, shape

PEOPLE = [f"e_{letter * 20}" for letter in "abcdefgh"]
HIDDEN = "e_" + "z" * 20
WAYS = ("", ", first: 1", ", windowDays: 3000, through: []", ", kinds: [CALL], at: {latitude: 1, metres: 2}")


def sort(id_: str) -> str:
    return "hidden" if id_ == HIDDEN else "Person"


def asked_of_each() -> list[Question]:
    """A question in several ways about each of many, with the id in it and beside it."""
    about = product((*PEOPLE, HIDDEN), WAYS)
    return [
        *(Question(f"query($id: ID!) {{ lives(id: $id{way}) {{ at }} }}", {"id": id_}) for id_, way in about),
        *(Question(f'{{ players(scope: {{ids: ["{id_}"]}}) {{ score }} }}', {}) for id_ in PEOPLE),
        *(Question("query($of: Of!) { who(of: $of) { id } }", {"of": {"name": text}}) for text in ("Jo Li", "0771 22")),
    ]


def test_few_are_drawn_that_have_everything_in_their_order() -> None:
    questions = asked_of_each()
    all_ = frozenset().union(*(marks(each, sort) for each in questions))
    assert {"id: hidden", "id: Person", "lives first: 1", "metres: 2", "of.name: a a", "of.name: 9 9"} <= all_
    for number in range(50):
        some = drawn(questions, random.Random(number), sort)
        assert frozenset().union(*(marks(each, sort) for each in some)) == all_
        assert some == [each for each in questions if each in some]
        assert len(some) < len(questions) / 2


def test_other_worlds_draw_others_and_the_same_chance_the_same() -> None:
    questions = asked_of_each()
    draws = [drawn(questions, random.Random(number), sort) for number in (1, 1, *range(40))]
    assert draws[0] == draws[1]
    assert [each for each in questions if not any(each in some for some in draws)] == []


def test_ids_are_no_marks_of_their_own() -> None:
    one, other = (Question(f'{{ node(id: "{id_}") {{ id }} }}', {}) for id_ in PEOPLE[:2])
    assert marks(one, sort) == marks(other, sort)
    assert marks(Question("{ nodes { id } }", {"ids": PEOPLE}), sort) >= {"ids: 3 of them", "ids: Person"}
    assert [shape(text) for text in ("Anna O'Neill", "TE51 ABC", "07700900")] == ["a a'a", "a9 a", "9"]
