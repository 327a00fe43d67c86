"""Documents that are asked by their name: a folder of `*.graphql`, reviewed like code, sent once and for all.

A request names one in `documentId`, as `sha256:<digest of its text>` or as the file is called. Where only these are
trusted, every other document is refused. Those of the explorer come with it, as `explorer/<file>`.
Source: the persisted documents of the GraphQL-over-HTTP specification.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from api.document import Documents
from api.http import Asked, Refused, query_of
from graph.errors import BadInput
from graph.settings import Settings

_DIGEST = "sha256:"
EXPLORER = Path(str(files("api.explorer").joinpath("documents")))


@dataclass(frozen=True, slots=True)
class PersistedDocuments:
    """The texts of documents by their names and digests; `only`: nothing else is served."""

    texts: Mapping[str, str]
    only: bool = False

    @staticmethod
    def of(settings: Settings, documents: Documents) -> PersistedDocuments:
        """The documents of an installation; raises BadInput naming the file that would not be answered."""
        folder = settings.documents_dir
        if folder is None:
            if settings.trusted_only:
                raise BadInput("POLEGRAPH_TRUSTED_ONLY: say in POLEGRAPH_DOCUMENTS_DIR which documents are trusted")
            return PersistedDocuments(_texts(EXPLORER, documents, "explorer/"))
        if not any(folder.glob("*.graphql")):
            raise BadInput(f"POLEGRAPH_DOCUMENTS_DIR {folder} holds no document: no *.graphql in it")
        texts = _texts(EXPLORER, documents, "explorer/") | _texts(folder, documents)
        return PersistedDocuments(texts, settings.trusted_only)

    @property
    def digests(self) -> list[str]:
        """What documents are asked by without their names, which say what an installation is for."""
        return sorted(name for name in self.texts if name.startswith(_DIGEST))

    def asked_of(self, content: Mapping[str, Any]) -> Asked:
        """What the content of a request asks; raises Refused (400) naming the part that is wrong."""
        return Asked(self._text(content), content.get("operationName") or None, content.get("variables") or {})

    def _text(self, content: Mapping[str, Any]) -> str:
        name = content.get("documentId")
        if isinstance(name, str):
            if content.get("query") is not None:
                raise Refused(400, "documentId: send either it or `query`")
            if name not in self.texts:
                raise Refused(400, f"documentId: there is no document {name[:100]!r}")
            return self.texts[name]
        query = query_of(content)
        if self.only and _DIGEST + sha256(query.encode("utf-8", "surrogatepass")).hexdigest() not in self.texts:
            raise Refused(400, "query: only documents that this installation knows are served; ask by `documentId`")
        return query


def _texts(folder: Path, documents: Documents, before: str = "") -> dict[str, str]:
    """The documents of a folder by their digests and names, with what stands before those."""
    texts: dict[str, str] = {}
    for file in sorted(folder.glob("*.graphql")):
        text = file.read_text("utf-8")
        prepared = documents.prepared(text)
        if prepared.errors:
            raise BadInput(f"{file.name}: {prepared.errors[0].message}")
        texts[before + file.stem] = texts[_DIGEST + prepared.digest] = text
    return texts
