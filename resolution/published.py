"""The model that stands: the published one, which every process of an installation sees, else the shipped one.

It is kept in the graph, for what is stored there was scored by it. A version is a digest of its document, so a process
reads each document once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson

from graph.errors import NotFound
from graph.open import Graph
from graph.store import Transaction
from resolution.estimate import Document
from resolution.model import Model, default_model, parse_model, shipped_document

_DIGITS = 12
_known: dict[str, Document] = {}
_models: dict[str, Model] = {}

Run = Callable[..., list[dict[str, Any]]]


def standing_model(graph: Graph) -> Model:
    """The model by which a read judges, as of a second ago at most."""
    return model_of(graph.store.internal, graph.catalogue.model)


def standing_document(graph: Graph) -> Document:
    """The document of the model that stands, read anew."""
    graph.catalogue.refresh()
    return _document(graph.store.internal, graph.catalogue.model)


def model_of(run: Run, version: str | None) -> Model:
    """The model of a version; `run`: how its document is read where this process has not seen it yet."""
    if version is None:
        return default_model()
    if version not in _models:
        _models[version] = parse_model(_document(run, version))
    return _models[version]


def of_kind(versions: Iterable[str], kind: str) -> str | None:
    """The version among these that is a model of a kind: its name begins every version of it."""
    return next((version for version in versions if version.startswith(f"{kind.lower()}-")), None)


def _document(run: Run, version: str | None) -> Document:
    if version is None or version == default_model().version:
        return shipped_document()
    if version not in _known:
        rows = run("resolve/model", version=version)
        if not rows:
            raise NotFound(f"the model {version!r} is not in the graph; publish it again with `resolve model import`")
        _known[version] = orjson.loads(rows[0]["document"])
    return _known[version]


def publish(graph: Graph, document: Mapping[str, Any], by: str) -> str:
    """Let a model stand, and all persons be resolved again by it when next something is; returns its version.

    Raises ValueError where the document is no model.
    """
    version = versioned(document)["version"]
    parse_model(dict(document))
    # In its own order: that of the classes and levels is part of the model.
    text = orjson.dumps(versioned(document)).decode()

    def work(transaction: Transaction) -> None:
        transaction.run("load/lock")
        given = {"version": version, "document": text, "shipped": default_model().version}
        transaction.run("resolve/publish_model", **given, by=by, at=graph.clock())

    graph.store.write(work)
    graph.catalogue.refresh()
    return str(version)


def versioned(document: Mapping[str, Any]) -> Document:
    """The document with the version that its contents make."""
    bare = {name: value for name, value in document.items() if name != "version"}
    digest = hashlib.sha256(orjson.dumps(bare)).hexdigest()
    return {**bare, "version": f"person-{digest[:_DIGITS]}"}
