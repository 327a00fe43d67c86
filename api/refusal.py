"""That a request was refused: on record, with what is known by then of whoever sent it and of what they asked."""

from __future__ import annotations

from dataclasses import replace

from api.http import Refused
from api.viewer import Refusing, Sender
from graph.audit import put_on_record
from graph.errors import BadInput, PolegraphError
from security.audit import Act, AuditLog, Entry


def refused_as(entry: Entry, error: PolegraphError | Refused) -> Entry:
    """What goes on record where that which an entry is about is not done."""
    code = BadInput.code if isinstance(error, Refused) else error.code
    return replace(entry, act=Act.REFUSAL, outcome=(code,))


def refusing(log: AuditLog, entry: Entry) -> Refusing:
    """What puts on record that a request was refused at the door; raises Unlogged.

    `entry`: what it is about. Of somebody unknown nothing that they wrote is kept: it may be anything.
    """

    def put(sender: Sender, error: PolegraphError) -> None:
        told = replace(entry, user=sender.user, role=sender.role, purpose=sender.purpose)
        put_on_record(log, refused_as(told if sender.known else replace(told, asked=(), details={}), error))

    return put
