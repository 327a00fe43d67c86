"""Whether a log is as it was written: its chain held together, and to what checkpoints vouch for."""

from __future__ import annotations

from dataclasses import dataclass

from security.audit.book import AuditError, AwayError
from security.audit.chain import GENESIS, Link, Problem, breaks
from security.audit.log import AuditLog
from security.audit.seal import SealError

# Further ones follow from the first as a rule; whoever repairs begins there.
_TOLD = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries there are, the last hash, the number that the newest checkpoint vouches for, what is wrong."""

    entries: int
    head: str
    checkpoints: int
    sealed: int
    problems: tuple[str, ...]


def verify(log: AuditLog, head: tuple[int, bytes] | None = None) -> Verdict:
    """Hold the whole log to its chain and its checkpoints, and to a number and hash noted elsewhere.

    Raises AuditError where there is no log, or no key to its checkpoints.
    """
    problems, sealed, count = _checkpoints(log)
    if head is not None:
        sealed[head[0]] = head[1]
    end = Link(0, b"", GENESIS)
    try:
        for met in breaks(log.book.rows(), sealed):
            if isinstance(met, Link):
                end = met
            elif len(problems) < _TOLD:
                problems.append(met.text)
    except AwayError:
        raise
    except AuditError as error:
        if not sealed and not log.book.exists():
            raise
        problems.append(str(error))
    newest = max(sealed, default=0)
    if newest > end.seq:
        problems.append(Problem(end.seq, f"the log ends at entry {end.seq}, and entry {newest} was vouched for").text)
    return Verdict(end.seq, end.hash.hex(), count, newest, tuple(problems))


def _checkpoints(log: AuditLog) -> tuple[list[str], dict[int, bytes], int]:
    """What is wrong with checkpoints, what they vouch for by number, and how many there are."""
    problems: list[str] = []
    sealed: dict[int, bytes] = {}
    count = 0
    try:
        for found in log.seal.checkpoints():
            count += 1
            if isinstance(found, str):
                problems.append(found)
            elif sealed.setdefault(*found) != found[1]:
                problems.append(f"two checkpoints vouch for different entries {found[0]}")
    except SealError as error:
        raise AuditError(str(error)) from None
    return problems, sealed, count
