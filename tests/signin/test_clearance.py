"""Every operation about a hidden subject by several clearances, of which one is enough: the matrix's other side."""

from __future__ import annotations

import pytest

from api.rule import RULES
from api.viewer import ALLOWED
from security.viewer import Role
from tests.read.world import SENSITIVE
from tests.signin.test_matrix import ABOUT, ABSENT, OPERATIONS, City, city

pytestmark = pytest.mark.database
__all__ = ["city"]
# Whose they are decides who sees them, and no marking.
OF_ONES_OWN = {"nothing", "watch", "alert", "workspace", "job"}
# What somebody holds, and whether that shows what is marked ACORN: a rank without the clause, a clause without the
# rank, another clause, what is above, and both, put together of two.
CLEARANCES = (
    ((SENSITIVE,), False),
    (("SECRET",), False),
    (("OFFICIAL; operation=ACORN",), False),
    (("OFFICIAL-SENSITIVE; operation=BIRCH",), False),
    ((SENSITIVE, "OFFICIAL; operation=ACORN"), True),
)


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if ABOUT[each][1] not in OF_ONES_OWN])
def test_an_operation_by_a_clearance(city: City, operation: str) -> None:
    """Of a subject marked ACORN: not by its rank alone, nor by its clause alone, but by both of them."""
    role = next(role for role in Role if RULES[operation] <= ALLOWED[role])
    sort = ABOUT[operation][1]
    absent = ABSENT.get(sort, ("r_" if sort == "suspect" else "e_") + "a" * 20)
    for held, sees in CLEARANCES:
        # What a change uses up is another for each who may.
        hidden = (city.subjects[sort] if sort in city.subjects else city.fresh(sort))[1]
        told = []
        for subject in (hidden, absent):
            response = city.ask(operation, city.headers(role, *held), subject)
            assert "INTERNAL" not in response.text
            told.append(response.text.replace(subject, "-"))
        assert (told[0] != told[1]) is sees, (held, told)
