"""The audit log: who did what, when and why, one durable entry before an answer leaves; chained, outside the graph.

Knows strings and files; nothing of graphs, records or the web. Whoever answers says which ids the answer names.
"""

from security.audit.chain import GENESIS, Link, Problem
from security.audit.entry import Act, Entry
from security.audit.log import AuditError, AuditLog
from security.audit.seal import Seal
from security.audit.verify import Verdict, verify

__all__ = ["GENESIS", "Act", "AuditError", "AuditLog", "Entry", "Link", "Problem", "Seal", "Verdict", "verify"]
