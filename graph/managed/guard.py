"""What must hold before and after a start: the store's version, room on the disk, a password that is accepted."""

from __future__ import annotations

import shutil

from graph.errors import ServerError
from graph.managed.layout import Layout, Record

MIN_FREE_BYTES = 200 << 20


def check_version(last: Record | None, version: str, layout: Layout) -> None:
    """ServerError when the store was last run by a newer Neo4j, or by another major release."""
    if last is None or not layout.has_system_database:
        return
    theirs, ours = (tuple(int(part) for part in text.split(".")[:2]) for text in (last.version, version))
    if theirs[0] != ours[0] or theirs > ours:
        raise ServerError(
            f"{layout.store} was written by Neo4j {last.version}, this polegraph runs {version}: use the polegraph "
            "that wrote it, or choose another folder with POLEGRAPH_DATA_DIR and load again"
        )


def check_room(layout: Layout) -> None:
    """Nothing; ServerError when the disk of the store is nearly full."""
    free = shutil.disk_usage(layout.store).free
    if free < MIN_FREE_BYTES:
        raise ServerError(
            f"no room in {layout.store}: the server needs {MIN_FREE_BYTES:,} bytes free, there are {free:,}; "
            "free some space and start again"
        )


def log_in(uri: str, auth: tuple[str, str], layout: Layout) -> None:
    """Nothing; ServerError when the new server refuses the password it was given."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import AuthError

    with GraphDatabase.driver(uri, auth=auth) as driver:
        try:
            driver.verify_connectivity()
        except AuthError:
            raise ServerError(
                f"the new server refuses the password of {layout.password}: remove {layout.store} and start again"
            ) from None
