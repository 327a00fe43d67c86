"""A client of the API for Python: typed answers, errors by their code, pages, watching, networks for networkx.

It knows the API by `api/schema.graphql` alone and imports nothing of the server. `client/made` and `client/documents`
are written by `make docs`. See docs/client.md.
"""

from client.answer import Connection as Connection
from client.answer import CutWarning as CutWarning
from client.answer import NotAsked as NotAsked
from client.answer import Rows as Rows
from client.answer import Thing as Thing
from client.answer import Told as Told
from client.connection import Client as Client
from client.document import DOCUMENTS as DOCUMENTS
from client.error import ApiError as ApiError
from client.error import BadInput as BadInput
from client.error import ClientError as ClientError
from client.error import Conflict as Conflict
from client.error import Forbidden as Forbidden
from client.error import Internal as Internal
from client.error import NotFound as NotFound
from client.error import PurposeRequired as PurposeRequired
from client.error import RateLimited as RateLimited
from client.error import TimedOut as TimedOut
from client.error import TooCostly as TooCostly
from client.error import TryLater as TryLater
from client.error import Unauthenticated as Unauthenticated
from client.error import Unavailable as Unavailable
from client.error import Unreachable as Unreachable
from client.network import frames as frames
from client.network import graph_of as graph_of
