"""Files of secrets: made once, whole or not at all, readable by their owner alone."""

from __future__ import annotations

import os
from pathlib import Path


def put_secret(path: Path, secret: bytes) -> bool:
    """Whether the secret was put into that file, readable by its owner alone; False where one is there already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        # Whole or not at all: half a key would make other ids for ever.
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(part)
    except FileExistsError:
        return False
    finally:
        part.unlink(missing_ok=True)
    return True
