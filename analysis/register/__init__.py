"""The register of analytics: for each, what it is for, what it reads, who answers for it, and until when.

An entry is a YAML file of what only people can say; what an analytic reads is found in its code and statements, so that
no entry can be wrong about it. After the Algorithmic Transparency Recording Standard v3.0 of the UK government.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from analysis.register.excepted import Denial


class About(StrEnum):
    """What the answer says of people."""

    NOBODY = "NOBODY"
    IDENTITY = "IDENTITY"
    LEADS = "LEADS"
    STAFF = "STAFF"


class Risk(BaseModel):
    """What may go wrong, and what is done about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    risk: str = Field(min_length=20)
    answer: str = Field(min_length=20)


class Analytic(BaseModel):
    """An entry of the register.

    `about` LEADS: it ranks or groups people as leads to look at; IDENTITY: it says which records are one person; STAFF:
    it is of users. `code`: the modules that it begins in, or `module:name` for one definition. `review_by`: from that
    day on `polegraph doctor` fails until its review. `asked_by`: the questions of the API that it answers. `excepted`:
    statements of its own that read parts in events without leaving out victims' (`withheld`) or fruitless searches
    (`nothing`), or are given another list for that, each with why that ties nobody. `numbers`: those that its answers
    hold beside somebody, `Type.field` of the schema, each with what it is of. `uncompared`: why `polegraph analytics
    disparity` does not compare whom it picks, where it does not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    asked_by: tuple[str, ...] = Field(min_length=1)
    about: About
    purpose: str = Field(min_length=40)
    method: str = Field(min_length=40)
    code: tuple[str, ...] = Field(min_length=1)
    decision: str = Field(min_length=40)
    limits: str = Field(min_length=40)
    evaluation: str = Field(min_length=20)
    risks: tuple[Risk, ...] = Field(min_length=1)
    uncompared: str | None = Field(default=None, min_length=20)
    numbers: dict[str, Annotated[str, Field(min_length=10)]] = Field(default_factory=dict)
    excepted: dict[str, Annotated[dict[Denial, Annotated[str, Field(min_length=20)]], Field(min_length=1)]] = Field(
        default_factory=dict
    )
    owner: str = Field(min_length=5)
    review_by: date


def _entries() -> Mapping[str, Analytic]:
    found = {}
    for item in sorted((files("analysis") / "register" / "entries").iterdir(), key=lambda item: item.name):
        analytic = Analytic.model_validate(yaml.safe_load(item.read_text("utf-8")))
        if item.name != f"{analytic.name}.yaml":
            raise ValueError(f"{item.name}: its name is {analytic.name!r}")
        found[analytic.name] = analytic
    return MappingProxyType(found)


REGISTER = _entries()


def overdue(today: date) -> list[Analytic]:
    """The analytics whose day of review has come, by name."""
    return [analytic for analytic in REGISTER.values() if analytic.review_by <= today]
