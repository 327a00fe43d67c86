"""For how long things are kept: groups, and which events fall into which; `POLEGRAPH_RETENTION_FILE` states others.

Source: College of Policing, APP Information management, retention, review and disposal (MoPI groups 1 to 4); the Police
Information and Records Management Code 2023. Group 1: certain public protection matters, until the subject is 100,
reviewed every ten years; 2: other sexual, violent or serious matters, reviewed after ten clear years; 3: all other
offences, six clear years; 4: what is left. Which offence falls into which group is the force's to say: the types here
are those of police.uk and of the demo world.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from graph.errors import BadInput
from graph.model import KINDS

Group = int
LAST: Group = 4


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[tuple[str, ...], BeforeValidator(_listed)]
_STRICT = ConfigDict(extra="forbid", frozen=True)


class Term(BaseModel):
    """How long a group is kept.

    `clear_years`: since its subject last came to notice; `automatic`: what is due then goes without anybody's word;
    `until_age`: of the subject in years, before which it never goes.
    """

    model_config = _STRICT

    clear_years: int = Field(ge=1, le=100)
    automatic: bool
    until_age: int | None = Field(None, ge=1, le=150)


class Rule(BaseModel):
    """Events of these kinds and types (upper and lower case are one; empty: all) fall into a group."""

    model_config = _STRICT

    kind: Texts = ()
    type: Texts = ()
    group: Group

    @model_validator(mode="after")
    def _of_the_model(self) -> Rule:
        for kind in self.kind:
            if kind not in KINDS or not KINDS[kind].event:
                raise ValueError(f"{kind!r} is no kind of event")
        return self

    def fits(self, kind: str, type_: str | None) -> bool:
        """Whether it is about such events."""
        folded = (type_ or "").casefold()
        return (not self.kind or kind in self.kind) and (
            not self.type or any(each.casefold() == folded for each in self.type)
        )


class Policy(BaseModel):
    """Groups by number, and the rules of which the first that fits an event says its group; the last group else.

    `notice`: the roles in which a person comes to notice; a role that is not said is one. `withdrawn_years`: how long
    what its source took back is kept as history.
    """

    model_config = _STRICT

    groups: Mapping[Group, Term]
    rules: tuple[Rule, ...]
    notice: Texts
    withdrawn_years: int = Field(ge=1, le=100)

    @model_validator(mode="after")
    def _whole(self) -> Policy:
        if set(self.groups) != set(range(1, LAST + 1)):
            raise ValueError(f"groups: 1 to {LAST} are needed, each once")
        unknown = sorted({rule.group for rule in self.rules} - set(self.groups))
        if unknown:
            raise ValueError(f"rules: there is no group {unknown[0]}")
        return self

    def group(self, kind: str, type_: str | None, given: int | None) -> Group:
        """The group of an event; what its source has given stands above the rules."""
        if given is not None and given in self.groups:
            return given
        return next((rule.group for rule in self.rules if rule.fits(kind, type_)), LAST)


DEFAULTS: Mapping[str, Any] = {
    "groups": {
        1: {"clear_years": 10, "automatic": False, "until_age": 100},
        2: {"clear_years": 10, "automatic": False},
        3: {"clear_years": 6, "automatic": True},
        4: {"clear_years": 6, "automatic": True},
    },
    "rules": [
        {"kind": "Safeguarding", "group": 1},
        {"kind": "Crime", "type": ["MURDER", "HOMICIDE", "RAPE", "TERRORISM"], "group": 1},
        {
            "kind": "Crime",
            "type": [
                "VIOLENCE",
                "ASSAULT",
                "SEXUAL",
                "ROBBERY",
                "Violence and sexual offences",
                "Possession of weapons",
                "Robbery",
            ],
            "group": 2,
        },
        {"kind": ["Crime", "Arrest", "Custody"], "group": 3},
    ],
    "notice": ["SUSPECT", "OFFENDER", "ARRESTED", "DETAINED", "SUBJECT"],
    "withdrawn_years": 6,
}


def load_policy(file: Path | None) -> Policy:
    """The policy that a file states, that of this version for what it leaves out; raises BadInput where it is wrong."""
    if file is None:
        return Policy.model_validate(DEFAULTS)
    try:
        said = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{file}: it cannot be read as YAML ({type(error).__name__})") from None
    if not isinstance(said, dict):
        raise BadInput(f"{file}: groups, rules, notice or withdrawn_years are needed, such as `withdrawn_years: 6`")
    try:
        return Policy.model_validate({**DEFAULTS, **said})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{file}: {place}: {first['msg']}") from None
