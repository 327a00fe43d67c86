"""Whether the database answers, felt several times a second, so that nobody waits for one that does not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from neo4j.exceptions import DriverError, Neo4jError

from graph.driver import Patience, open_driver
from graph.managed.instance import Connection

_EVERY_S = 0.2


class Pulse:
    """A thread that asks the database for a sign of life; `lost` is called in it when there is none any more.

    The driver waits for an answer for as long as the server keeps the connection open, minutes where its process is
    stopped or the network swallows what is sent. A question may take long as well, so that it is not its time that
    tells: a database is silent that leaves a reset of an idle connection unanswered for `patience.connection_s`, and
    answers nothing else meanwhile.
    """

    def __init__(self, connection: Connection, patience: Patience, lost: Callable[[], None]) -> None:
        self._driver = open_driver(connection, patience, connections=1)
        self._lost = lost
        self._heard = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._feel, name="pulse", daemon=True)
        self.silent = False
        self._thread.start()

    def heard(self) -> None:
        """Note that the database has answered something."""
        self._heard = time.monotonic()

    def end(self) -> None:
        """Stop feeling."""
        self._ended.set()
        self._thread.join()
        with suppress(DriverError, Neo4jError):
            self._driver.close()

    def _feel(self) -> None:
        while not self._ended.wait(_EVERY_S):
            began = time.monotonic()
            # On a machine with too much to do this thread may be late itself: an answer to anybody counts as well.
            alive = self._answers() or self._heard > began
            if not alive and not self.silent:
                self.silent = True
                self._lost()
            self.silent = not alive

    def _answers(self) -> bool:
        try:
            self._driver.get_server_info()
        except Neo4jError:
            # It refuses, and says so.
            return True
        except (DriverError, OSError):
            return False
        return True
