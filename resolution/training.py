"""Training on an installation's own records: those of the floor marking, a fixed sample, whatever came first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.errors import BadInput
from graph.open import Graph
from resolution.assign import Word, as_words
from resolution.estimate import Document
from resolution.fetch import fetch
from resolution.guard import Objection, objections
from resolution.model import Ints, shipped_document
from resolution.published import standing_document, versioned
from resolution.table import Table
from resolution.train import Trained, sample, train
from security.marking import FLOOR

SAMPLE = 200_000
_FEWEST = 1_000


@dataclass(frozen=True, slots=True)
class Ground:
    """What a model is trained on and held against: records of the floor marking, and analysts' words about them.

    `people`: a number for each record, the same for those that are one person by now.
    """

    table: Table
    words: list[Word]
    people: Ints


def ground(graph: Graph, most: int = SAMPLE) -> Ground:
    """Return so many records at most; raises BadInput where there are too few to learn from."""
    graph.catalogue.refresh()
    floor = {mk for mk, marking in graph.catalogue.markings.items() if marking == FLOOR}
    held = [record for record in fetch(graph, "Person") if record.live and record.mk in floor]
    chosen = [held[place] for place in sample([record.id for record in held], most)]
    if len(chosen) < _FEWEST:
        raise BadInput(f"training takes {_FEWEST:,} records of the marking {FLOOR.text}; there are {len(chosen):,}")
    n = len(chosen)
    ids, given = [record.id for record in chosen], [record.properties for record in chosen]
    table = Table.build(ids, np.zeros(n, np.int32), np.zeros(n, np.int64), given)
    # Who is not resolved yet is somebody by themselves.
    people = np.unique([record.entity or record.id for record in chosen], return_inverse=True)[1].astype(np.int64)
    known = {record.id for record in chosen}
    words = [
        word
        for word in as_words(graph.store.internal("resolve/decisions"))
        if not word.kept and word.mk in floor and word.a in known and word.b in known
    ]
    return Ground(table, words, people)


def trained(on: Ground, kin: float = 0.0) -> Trained:
    """Return the model that fits these records, from the shipped one, with the version that its contents make.

    `kin`: as `Model.kin`, which no record tells.
    """
    found = train(on.table, shipped_document(), "", people=on.people)
    if kin:
        found.document["thresholds"]["kin"] = kin
    found.document.update(versioned(found.document))
    return found


def against(graph: Graph, on: Ground, document: Document) -> list[Objection]:
    """Return what speaks against letting a model stand in this installation."""
    standing = standing_document(graph)
    return objections(document, standing, on.table, on.words, first=graph.catalogue.model is None)
