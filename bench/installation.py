"""An installation of a benchmark's own, which is thrown away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.open import managed
from graph.settings import Settings


@contextmanager
def thrown_away() -> Iterator[tuple[Settings, Path]]:
    """Settings of an installation with its own server, and a folder for files beside it; both are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="polegraph-bench-"))
    settings = Settings(data_dir=folder / "data", markings_file=None)
    try:
        yield settings, folder
    finally:
        managed(settings).stop()
        shutil.rmtree(folder, ignore_errors=True)
