"""One entry of the audit log, and its canonical form.

Source: the Data Protection Act 2018, section 62: collection, alteration, consultation, disclosure, combination and
erasure are logged; of a consultation and a disclosure why, when, and as far as possible by whom and to whom.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import orjson

from security.viewer import Purpose


class Act(StrEnum):
    """What was done; a refusal is whatever was asked for and not done."""

    CONSULTATION = "CONSULTATION"
    COLLECTION = "COLLECTION"
    ALTERATION = "ALTERATION"
    COMBINATION = "COMBINATION"
    DISCLOSURE = "DISCLOSURE"
    ERASURE = "ERASURE"
    REFUSAL = "REFUSAL"


# An entry whose act has begun; another of the same request says how it ended.
BEGUN = "BEGUN"
OK = "OK"


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody did.

    `operation`: the questions of a GraphQL operation, or a command. `document`: SHA-256 of the operation's text, so
    that what was asked can be held to it; values that were sent are not kept, but for the ids that were `asked` for.
    `ids`: of the entities and records that the answer speaks of; `whole`: all there are, as a backup does. `marking`:
    the join of the markings of what the answer names. `outcome`: OK, BEGUN, or the codes of errors.
    """

    act: Act
    user: str
    operation: str
    request: str
    component: str
    role: str | None = None
    purpose: Purpose | None = None
    document: str | None = None
    asked: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    whole: bool = False
    truncated: bool = False
    marking: str | None = None
    outcome: tuple[str, ...] = (OK,)
    recipients: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    def canonical(self, at: float) -> bytes:
        """The entry made at that time (epoch seconds): JSON of UTF-8, keys sorted, no spaces, nothing empty in it."""
        purpose = self.purpose
        told: dict[str, Any] = {
            "act": self.act.value,
            "at": moment(at),
            "user": self.user,
            "role": self.role,
            "purpose": None if purpose is None else purpose.code.value,
            "reference": None if purpose is None else purpose.reference,
            "component": self.component,
            "operation": self.operation,
            "document": self.document,
            "asked": self.asked,
            "ids": self.ids,
            "whole": self.whole,
            "truncated": self.truncated,
            "marking": self.marking,
            "request": self.request,
            "outcome": self.outcome,
            "recipients": self.recipients,
            "details": self.details,
        }
        kept = {name: value for name, value in told.items() if value}
        try:
            return orjson.dumps(kept, option=orjson.OPT_SORT_KEYS)
        except TypeError:
            # The name of a file need not be Unicode: what is not becomes `?`.
            text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            return text.encode("utf-8", "replace")


def moment(at: float) -> str:
    """A time as entries say it: UTC, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
