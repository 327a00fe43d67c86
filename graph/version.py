"""The version that runs."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from pathlib import Path

SOURCE = "0+source"


@lru_cache
def version() -> str:
    """The installed version, or `0+source` where the project runs without having been installed."""
    try:
        return installed("polegraph")
    except PackageNotFoundError:
        return SOURCE


def code_digest(packages: tuple[str, ...], distributions: tuple[str, ...]) -> str:
    """What changes with any file of these packages (not of those in them) and with the versions of distributions."""
    digest = hashlib.sha256()
    for name in packages:
        for folder in map(Path, import_module(name).__path__):
            for file in sorted(path for path in folder.iterdir() if path.is_file()):
                digest.update(f"{name}/{file.name}".encode() + file.read_bytes())
    for name in distributions:
        digest.update(f"{name}=={installed(name)}".encode())
    return digest.hexdigest()
