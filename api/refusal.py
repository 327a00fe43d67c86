"""Who comes in with a request, and that one was refused: on record, with what is known by then of who sent it."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import Headers

from api.http import Refused
from api.rule import RULES
from api.viewer import Door, Refusing, Sender
from graph.audit import put_on_record
from graph.errors import BadInput, PolegraphError
from security.audit import Act, AuditLog, Entry
from security.viewer import Viewer


def refused_as(entry: Entry, error: PolegraphError | Refused) -> Entry:
    """What goes on record where that which an entry is about is not done."""
    code = BadInput.code if isinstance(error, Refused) else error.code
    return replace(entry, act=Act.REFUSAL, outcome=(code,))


def refusing(log: AuditLog, entry: Entry) -> Refusing:
    """What puts on record that a request was refused at the door; raises Unlogged.

    `entry`: what it is about. Of somebody unknown nothing that they wrote is kept: it may be anything; where they were
    too many for each to be on record, how many are not.
    """

    def put(sender: Sender, error: PolegraphError) -> None:
        told = replace(entry, user=sender.user, role=sender.role, purpose=sender.purpose)
        if not sender.known:
            told = replace(told, asked=(), details={"before": sender.before} if sender.before else {})
        put_on_record(log, refused_as(told, error))

    return put


def entered(door: Door, log: AuditLog, headers: Headers, rule: str, entry: Entry) -> tuple[Viewer, Entry]:
    """Who may do what an entry is about, and the entry as theirs; a refusal is on record before it is raised."""
    viewer = door.enter(headers, RULES[rule], refusing(log, entry))
    return viewer, replace(entry, user=viewer.user, role=viewer.role, purpose=viewer.purpose)
