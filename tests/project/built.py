"""What the explorer's pages are built from: one digest of all of it, written down beside them by `make web`.

It needs no Node: a machine without it can tell whether the committed pages are those of the sources. The types
of the documents are left out, because nothing of them is left in what is built.
"""

from __future__ import annotations

from hashlib import sha256

from tests.project.tree import ROOT, name_of, tracked

TYPES = "web/src/api.d.ts"
RECORDED = ROOT / "api/explorer/pages/sources.sha256"


def digest() -> str:
    """The digest of the names and contents of everything in `web` that is built."""
    total = sha256()
    for path in tracked():
        name = name_of(path)
        if name.startswith("web/") and name != TYPES:
            total.update(f"{name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest() + "\n"


if __name__ == "__main__":
    RECORDED.write_text(digest(), "utf-8")
