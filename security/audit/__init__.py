"""The audit log: who did what, when and why, one durable entry before an answer leaves; chained, outside the graph.

Knows strings, and files or a server that keeps them; nothing of graphs, records or the web. Whoever answers says which
ids the answer names.
"""

from security.audit.book import AuditError, Book
from security.audit.chain import GENESIS, Link, Problem
from security.audit.entry import Act, Entry
from security.audit.file_book import FileBook
from security.audit.index import Index
from security.audit.log import AuditLog
from security.audit.seal import Seal
from security.audit.server_book import ServerBook
from security.audit.verify import Verdict, verify

__all__ = [
    "GENESIS",
    "Act",
    "AuditError",
    "AuditLog",
    "Book",
    "Entry",
    "FileBook",
    "Index",
    "Link",
    "Problem",
    "Seal",
    "ServerBook",
    "Verdict",
    "verify",
]
