"""The viewer: who looks, why, and which markings they may see. Every read takes one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from security.marking import Grants


class PurposeCode(StrEnum):
    """Why somebody looks; the code of the `X-Purpose` header."""

    INVESTIGATION = "INVESTIGATION"
    INTELLIGENCE = "INTELLIGENCE"
    SAFEGUARDING = "SAFEGUARDING"
    STOP_CHECK = "STOP_CHECK"
    CUSTODY = "CUSTODY"
    CONTROL_ROOM = "CONTROL_ROOM"
    PLANNING = "PLANNING"
    STANDARDS = "STANDARDS"
    TRAINING = "TRAINING"
    TEST = "TEST"


class Role(StrEnum):
    """What somebody is to the system, as the issuer of their token says."""

    OFFICER = "OFFICER"
    ANALYST = "ANALYST"
    SUPERVISOR = "SUPERVISOR"
    DATA_ENGINEER = "DATA_ENGINEER"
    STANDARDS = "STANDARDS"
    ADMINISTRATOR = "ADMINISTRATOR"


class PurposeError(ValueError):
    """A text that is no purpose; the message lists the codes."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose code and, where given, the reference of the case."""

    code: PurposeCode
    reference: str | None = None


def parse_purpose(text: str) -> Purpose:
    """The purpose that `CODE[; reference]` says; raises PurposeError where there is no such code."""
    code, _, reference = (part.strip() for part in text.partition(";"))
    if code not in PurposeCode.__members__:
        raise PurposeError(f"unknown purpose {code!r}: use one of {', '.join(PurposeCode)}")
    # It is shown on terminals, to whoever reads the audit log.
    if not reference.isprintable():
        raise PurposeError("the reference of the purpose holds characters that cannot be printed")
    return Purpose(PurposeCode(code), reference or None)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: the user's name, their grants, the local numbers of the markings those allow, purpose and role.

    `broken`: the ids of the break-glass by which they see more than they hold.
    """

    user: str
    grants: Grants
    allowed: tuple[int, ...]
    purpose: Purpose | None = None
    role: Role | None = None
    broken: tuple[str, ...] = ()

    def sees(self, mk: int) -> bool:
        """True where something of marking number `mk` may be shown."""
        return mk in self.allowed
