"""Scores: symmetric, the same in bulk and alone, and sensible for the pairs that matter."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from resolution.candidate import candidates
from resolution.explain import explain
from resolution.feature import features
from resolution.key import address_key, contact_key, folded
from resolution.model import default_model
from resolution.score import RULES, judge, score
from resolution.table import Table
from tests.resolution.town import made

_MODEL = default_model()
_HOME = {"address": ["10 Mill Lane"], "postcode": ["ZX1 1AB"]}
_PERSON = {"given_name": "Stephen", "surname": "Larkfield", "date_of_birth": "1984-05-12"}


def judged(one: dict[str, Any], other: dict[str, Any]) -> tuple[float, str]:
    """The bits of two records of one marking, and the rule that forbids to join them."""
    table = Table.build(["r_a", "r_b"], np.zeros(2, np.int32), np.zeros(2, np.int64), [one, other])
    found = judge(table, np.array([0]), np.array([1]), _MODEL)
    return float(found.bits[0]), RULES[int(found.veto[0])]


def joined(one: dict[str, Any], other: dict[str, Any]) -> bool:
    bits, rule = judged(one, other)
    return bits >= _MODEL.join and not rule


def test_a_score_is_symmetric() -> None:
    table = made(400).table()
    left, right = candidates(table)

    there, back = judge(table, left, right, _MODEL), judge(table, right, left, _MODEL)

    assert len(left) > 1_000
    assert (there.bits == back.bits).all()
    assert (there.veto == back.veto).all()


def test_a_score_in_bulk_is_the_score_alone_to_the_bit() -> None:
    town = made(200)
    table = town.table()
    left, right = candidates(table)
    bits = score(table, left, right, _MODEL)

    for place in range(0, len(left), 7):
        a, b = int(left[place]), int(right[place])
        one, other = features(town.properties[a]), features(town.properties[b])
        contacts = {contact_key(n, v) for f in (one, other) for n, of in (("phone", f.phones),) for v in of}
        homes = {address_key(v) for f in (one, other) for v in f.addresses}
        counts = {
            k: int(table.holders(family, np.array([k]), left[[place]], right[[place]])[0])
            for family, found in (("contact", contacts), ("address", homes))
            for k in found
        }
        assert explain(one, other, _MODEL, counts).bits == bits[place]


def test_a_score_does_not_depend_on_other_compartments() -> None:
    town = made(300)
    table, open_ = town.table(), town.only(0)
    left, right = candidates(open_.table())
    place = {record: at for at, record in enumerate(town.ids)}
    at = np.array([place[record] for record in open_.ids])

    assert (score(table, at[left], at[right], _MODEL) == score(open_.table(), left, right, _MODEL)).all()


def test_the_evidence_sums_to_the_score() -> None:
    found = explain(features(_PERSON | _HOME), features(_PERSON | {"phone": ["07700900123"]}), _MODEL)

    assert found.bits == pytest.approx(_MODEL.prior + sum(each.bits for each in found.evidence), abs=0.01)
    assert found.bits == judged(_PERSON | _HOME, _PERSON | {"phone": ["07700900123"]})[0]


@pytest.mark.parametrize(
    "other",
    [
        {"given_name": "Steven"},
        {"given_name": "Steve"},
        {"surname": "Larkfeild"},
        {"date_of_birth": "1984-12-05"},
        {"date_of_birth": "1985-05-12"},
        {"given_name": "Larkfield", "surname": "Stephen"},
        {"given_name": "S"},
        {"surname": "Quillan", "maiden_name": "Larkfield"},
        {"alias": ["Tony Bell"], "given_name": "Stephen"},
    ],
)
def test_usual_mistakes_and_changes_are_forgiven_at_home(other: dict[str, Any]) -> None:
    assert joined(_PERSON | _HOME, _PERSON | _HOME | other)


def test_an_alias_in_one_silo_is_the_name_in_another() -> None:
    born = {"date_of_birth": "1984-05-12", "phone": ["07700900123"]}

    assert joined(
        _PERSON | born | {"alias": ["Tony Merriweather"]}, {"given_name": "Tony", "surname": "Merriweather"} | born
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Mohammed", "Chaudhry"), ("Muhammad", "Choudhury")),
        (("Łukasz", "Wiśniewski"), ("Lukasz", "Wisniewski")),
        (("Yusuf", "Qureshi"), ("Yousuf", "Quraishi")),
        (("Sergei", "Popov"), ("Sergey", "Popov")),
    ],
)
def test_transliterations_of_one_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    first, second = (dict(zip(("given_name", "surname"), name, strict=True)) for name in (one, other))
    known = {"date_of_birth": "1991-03-25", "postcode": ["ZX1 1AB"]}

    assert joined(first | known, second | known)


def test_twins_are_two() -> None:
    one, other = _PERSON | _HOME, _PERSON | _HOME | {"given_name": "Andrew"}
    found = explain(features(one), features(other), _MODEL)

    assert judged(one, other) == (_MODEL.twins, "")
    assert (found.bits, found.rule) == (_MODEL.twins, "twins")
    assert found.bits == pytest.approx(_MODEL.prior + sum(each.bits for each in found.evidence), abs=0.01)


def test_twins_at_two_homes_are_two() -> None:
    other = _PERSON | {"given_name": "Andrew", "address": ["4 Ferry Road"]}

    assert judged(_PERSON | {"address": ["10 Mill Lane"]}, other)[0] == _MODEL.twins


def test_the_surname_of_a_family_is_no_given_name_where_one_name_was_swapped() -> None:
    swapped = _PERSON | {"given_name": "Larkfield", "surname": "Dorothy"}
    found = explain(features(_PERSON | _HOME), features(swapped | _HOME), _MODEL)
    straight = explain(features(_PERSON | _HOME), features(_PERSON | _HOME | {"given_name": "Dorothy"}), _MODEL)

    assert found.bits < _MODEL.join
    assert straight.rule == "twins"
    assert found.bits == pytest.approx(_MODEL.prior + sum(each.bits for each in found.evidence), abs=0.01)


def test_father_and_son_of_one_name_are_two() -> None:
    bits, rule = judged(_PERSON | _HOME, _PERSON | _HOME | {"date_of_birth": "2007-11-30"})

    assert rule == "two births"
    assert bits < _MODEL.join


def test_flatmates_are_two() -> None:
    flat = _HOME | {"phone": ["07700900123"]}

    assert not joined(
        _PERSON | flat, {"given_name": "Piotr", "surname": "Kowalski", "date_of_birth": "1985-07-02"} | flat
    )
    assert (
        judged(
            {"given_name": "Stephen", "surname": "Larkfield"} | flat,
            {"given_name": "Piotr", "surname": "Kowalski"} | flat,
        )[0]
        < -5
    )


def test_a_common_name_alone_is_nobody_and_a_rare_one_is_little() -> None:
    common = judged({"given_name": "John", "surname": "Smith"}, {"given_name": "John", "surname": "Smith"})[0]
    rare = judged({"given_name": "Saffron", "surname": "Quillan"}, {"given_name": "Saffron", "surname": "Quillan"})[0]

    assert common < -2
    assert common < rare < _MODEL.join


def test_a_shared_surname_counts_by_its_rarity_among_strangers_only() -> None:
    def worth(surname: str, more: dict[str, Any]) -> float:
        one = {"given_name": "Emma", "surname": surname} | more
        return judged(one, one)[0]

    apart = worth("Larkfield", {}) - worth("Smith", {})
    at_home = worth("Larkfield", _HOME) - worth("Smith", _HOME)
    assert apart > at_home + 1


def test_a_shared_identifier_outweighs_and_a_conflict_forbids() -> None:
    pnc = {"pnc_id": ["2001/0123456X"]}

    assert joined(_PERSON | pnc, {"given_name": "Stephen", "surname": "Quillan"} | pnc)
    assert (
        judged(_PERSON | _HOME | pnc, _PERSON | _HOME | {"pnc_id": ["1999/0765432B"]})[1] == "conflicting identifiers"
    )


def test_generic_values_say_nothing() -> None:
    named = [{"given_name": "Ann", "surname": "Holloway"}, {"given_name": "Ann", "surname": "Holloway"}]
    listed = {"phone": ["07000000000"]}

    assert judged(named[0] | listed, named[1] | listed) == judged(*named)


def test_a_phone_of_three_hundred_names_joins_nobody() -> None:
    town = made(900, restricted=0)
    seen: dict[int, int] = {}
    for place, who in enumerate(town.truth):
        seen.setdefault(who, place)
    crowd = [
        {
            "given_name": town.properties[p]["given_name"],
            "surname": town.properties[p]["surname"],
            "phone": ["07700900999"],
        }
        for p in seen.values()
    ]
    n = len(crowd)
    table = Table.build([f"r_{i}" for i in range(n)], np.zeros(n, np.int32), np.zeros(n, np.int64), crowd)
    left, right = (part.astype(np.int64) for part in np.triu_indices(n, 1))
    bits = score(table, left, right, _MODEL)

    assert n >= 300
    assert int(table.holders("contact", np.array([folded(crowd[0]).keys["k_contact1"]]), left[:1], right[:1])[0]) > 200
    assert (bits < _MODEL.join).all()


def test_scores_of_true_pairs_are_as_sure_as_they_are_right() -> None:
    town = made(1_500, restricted=0)
    table = town.table()
    left, right = candidates(table)
    found, truth = judge(table, left, right, _MODEL), np.array(town.truth)
    at_join = (found.bits >= _MODEL.join) & (found.veto == 0)

    assert (truth[left] == truth[right])[at_join].mean() >= 0.97
    assert (1 / (1 + 2.0 ** -found.bits[at_join])).mean() >= 0.97


def test_a_pair_that_knows_no_births_waits_where_a_relative_would_fit_it_as_well() -> None:
    careful = replace(_MODEL, kin=8.0)
    undated: dict[str, Any] = _PERSON | _HOME | {"date_of_birth": None}

    def found(other: dict[str, Any]) -> tuple[float, float, str]:
        one, two = features(undated), features(other)
        table = Table.build(["r_a", "r_b"], np.zeros(2, np.int32), np.zeros(2, np.int64), [undated, other])
        bits = float(judge(table, np.array([0]), np.array([1]), careful).bits[0])
        told = explain(one, two, careful)
        assert told.bits == bits
        assert bits == pytest.approx(careful.prior + sum(each.bits for each in told.evidence), abs=0.01)
        return explain(one, two, _MODEL).bits, bits, told.sentence

    at_ease, bits, sentence = found(_PERSON | _HOME)
    assert at_ease >= _MODEL.join > bits >= _MODEL.review
    assert "possibly one person" in sentence
    assert "two of a family fit too" in sentence
    # What is one person's alone tells, and so do births.
    numbered = {"pnc_id": ["2004/1234567X"]}
    undated |= numbered
    at_ease, bits, _ = found(_PERSON | _HOME | numbered)
    assert at_ease == bits >= _MODEL.join
    undated = _PERSON | _HOME
    at_ease, bits, _ = found(_PERSON | _HOME)
    assert at_ease == bits >= _MODEL.join
