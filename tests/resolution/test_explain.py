"""The explanation of a pair, and that the documented one is what comes out."""

from pathlib import Path

import numpy as np
import pytest

from resolution.explain import Explanations, explain
from resolution.feature import features
from resolution.folded import compared
from resolution.model import PERSON, default_model

_PAGE = Path(__file__).parents[2] / "docs" / "resolution.md"
_CUSTODY = {
    "given_name": "Mohammed", "surname": "Chaudhry", "date_of_birth": "1991-03-12", "gender": "Male",
    "postcode": ["ZX4 1AB"], "address": ["12 Mill Lane"], "phone": ["07700 900123"],
}  # fmt: skip
_INCIDENT = {
    "given_name": "Muhammad", "surname": "Choudhury", "date_of_birth": "1991-12-03", "gender": "Male",
    "postcode": ["ZX4 1AB"], "phone": ["07700 900123"],
}  # fmt: skip


def test_the_documented_pair_is_what_comes_out() -> None:
    model = default_model()
    found = explain(features(_CUSTODY), features(_INCIDENT), model)
    lines = [f"| before anything is compared | | {model.prior:+.1f} |"]
    lines += [
        f"| {one.field.replace('_', ' ')}: {one.left} / {one.right} | {one.level} | {one.bits:+.1f} |"
        for one in found.evidence
    ]
    lines.append(f"| together | probability {found.probability:.4f} | {found.bits:+.1f} |")

    assert "\n".join(lines) in _PAGE.read_text("utf-8")


def test_what_is_not_known_is_no_evidence() -> None:
    found = explain(features({"given_name": "Ann"}), features({"surname": "Lee"}), default_model())

    assert found.evidence == ()
    assert found.bits == pytest.approx(default_model().prior, abs=1 / 1024)


def test_the_sentence_says_the_verdict_and_why() -> None:
    model = default_model()
    one = features(_CUSTODY)

    assert explain(one, one, model).sentence.startswith("one person at ")
    younger = features(_CUSTODY | {"date_of_birth": "2014-08-20"})
    assert "kept apart by the rule of two births" in explain(one, younger, model).sentence
    assert "birth speaks against it" in explain(one, younger, model).sentence


def test_another_order_of_names_is_said() -> None:
    swapped = features(_CUSTODY | {"given_name": "Chaudhry", "surname": "Mohammed"})
    found = explain(features(_CUSTODY), swapped, default_model())

    assert [one.level for one in found.evidence if one.field == "name_order"] == ["swapped"]


def test_many_are_explained_as_each_alone() -> None:
    model, reading = default_model(), features(_CUSTODY)
    known = [
        features(given)
        for given in (
            _INCIDENT,
            {"given_name": "Chaudhry", "surname": "Mohammed"},
            _CUSTODY | {"date_of_birth": "2014-08-20"},
            {"gender": "Female"},
            {},
        )
    ]
    table, count = compared(PERSON, [reading, *known]), len(known)
    told = Explanations(table, np.zeros(count, np.int64), np.arange(1, count + 1), model).each([3, 0, 2, 4, 1])
    alone = [explain(reading, known[place], model) for place in (3, 0, 2, 4, 1)]

    assert [(one.bits, one.probability, one.evidence, one.rule, one.sentence) for one in told] == [
        (one.bits, one.probability, one.evidence, one.rule, one.sentence) for one in alone
    ]
    assert [one.weighed.judged() for one in told] == [(one.bits, one.rule) for one in told]
    assert [one.rule for one in told] == ["", "", "two births", "", ""]
