"""How many different names hold a phone, email, vehicle or address: what many hold says little of two who share it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.open import Graph
from resolution.feature import Features
from resolution.key import shared_keys
from resolution.model import Model
from security.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Holders:
    """The names that hold each key, by key and marking number, and the model by which that counts."""

    model: Model
    names: Mapping[tuple[int, int], frozenset[int]]
    _counted: dict[frozenset[int], dict[int, int]] = field(default_factory=dict)

    def inside(self, *mks: int) -> dict[int, int]:
        """How many different names hold each key inside these compartments together."""
        asked = frozenset(mks)
        if asked not in self._counted:
            together: defaultdict[int, set[int]] = defaultdict(set)
            for (key, mk), names in self.names.items():
                if mk in asked:
                    together[key] |= names
            self._counted[asked] = {key: len(names) for key, names in together.items()}
        return self._counted[asked]


def holders(graph: Graph, viewer: Viewer, of: Iterable[Features], mks: Collection[int], model: Model) -> Holders:
    """The holders of everything that these share, inside compartments that the viewer may see.

    The numbers are those of resolving all records at once, as far as they matter: beyond what makes a value generic
    they go no further.
    """
    keys = {key for features in of for key in shared_keys(features)}
    if not keys or not mks:
        return Holders(model, {})
    most = 1 + max(one.generic or 0 for one in model.fields.values())
    rows = graph.store.read(viewer, "resolve/holders", keys=sorted(keys), mks=sorted(mks), most=most)
    return Holders(model, {(row["key"], row["mk"]): frozenset(row["names"]) for row in rows})
