"""Which network a question is about: whose, how far, tied by what, when, and how well attested."""

from __future__ import annotations

from dataclasses import dataclass

from graph.answer import LinkFilter
from graph.errors import BadInput, NotFound, TooCostly
from graph.model import EVENTS, KINDS
from graph.open import Graph
from graph.read.entity import entity, groups
from graph.read.link import filter_params
from graph.read.walk import check_hops
from security.viewer import Viewer

PARTIES = ("Person", "Organisation")
# How a person or organisation is tied to a thing that others may be tied to as well.
HOLDING = ("USES", "HOLDS", "LIVES_AT", "KEEPS", "DRIVES", "INVOLVED_IN")
SHAREABLE = ("Phone", "Email", "Account", "Document", "Address", "Place", "Vehicle", *EVENTS)
MOST_STARTS = 100
# Of a list that is answered, so many are read by a person.
MOST = 100


@dataclass(frozen=True, slots=True)
class Scope:
    """Start from `ids`, `hops` ties far; or everybody in `area`; both: of the first who are in the second.

    Neither: everybody whom the viewer may see. `types`: the link types that tie, None all; `kinds`: what is shared ties
    too. `since` and `until`: epoch seconds, undated links pass; `grade` as in `LinkFilter`;
    `known_at` (epoch): what was known then, under today's identity.
    """

    ids: tuple[str, ...] | None = None
    hops: int = 2
    area: str | None = None
    types: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    grade: tuple[int, int] | None = None
    known_at: int | None = None

    def check(self) -> None:
        """Nothing; raises BadInput for what names no network, TooCostly for too many starts."""
        check_hops("scope.hops", self.hops)
        filter_params(LinkFilter(types=self.types))
        for kind in self.kinds:
            if kind not in SHAREABLE:
                known = ", ".join(KINDS[each].enum for each in SHAREABLE)
                raise BadInput(f"scope.kinds: {kind!r} is nothing that people share; it is one of {known}")
        if self.ids is not None and not self.ids:
            raise BadInput("scope.ids: no id; name one, or leave `ids` out for everybody or everybody in an area")
        if len(self.ids or ()) > MOST_STARTS:
            raise TooCostly(f"scope.ids: {len(self.ids or ())} are more than {MOST_STARTS}; start from fewer")
        if self.since is not None and self.until is not None and self.since > self.until:
            raise BadInput("scope.since: it is after `until`")

    @property
    def associations(self) -> bool:
        """Whether ASSOCIATED_WITH ties."""
        return self.types is None or "ASSOCIATED_WITH" in self.types

    @property
    def holding(self) -> list[str]:
        """The link types by which something is held that may be shared."""
        return [type_ for type_ in HOLDING if self.types is None or type_ in self.types]

    @property
    def calls(self) -> bool:
        """Whether calls between phones tie their users."""
        return "Call" in self.kinds and {"USES", "INVOLVED_IN"} <= {*self.holding}


def group_of(graph: Graph, viewer: Viewer, id_: str, question: str) -> list[str]:
    """The ids of a person or organisation and of its other selves, sorted.

    Raises NotFound for what is hidden or absent, and BadInput for another kind, which the question is not asked of.
    """
    subject = entity(graph, viewer, id_)
    if subject is None:
        raise NotFound(f"id: nothing by the id {id_!r}")
    if subject.kind not in PARTIES:
        raise BadInput(f"id: {id_!r} is a {subject.kind}; {question} is asked of a person or organisation")
    return sorted({view.id for view in groups(graph, viewer, [subject.id]).get(subject.id, (subject,))})
