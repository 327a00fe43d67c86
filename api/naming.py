"""Whom each object of an answer speaks of: noted while it is executed, in the one place that every object goes through.

`SPEAKS` has a line for every object type of the schema. A type without one stops the application from starting, so a
question that is added cannot leave its subjects out of the audit log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema

from api.schema.kind import TYPES
from graph.answer import EntityView, LinkView, RecordView
from resolution.review import ReviewView
from security.audit import Act

# What is selected of an object: field details by the names that the answer has for them.
Selected = Mapping[str, Any]
Speaks = Callable[[Any, Selected], Iterable[Any]]


def _itself(view: Any, _: Selected) -> Iterable[Any]:  # noqa: ANN401 - any view
    return (view,)


def _nothing(_: Any, __: Selected) -> Iterable[Any]:  # noqa: ANN401
    """Says nothing that the object around it or those inside it do not."""
    return ()


def _part(*names: str) -> Speaks:
    """Speaks of these parts, whether or not they are selected."""
    return lambda view, _: [getattr(view, name) for name in names]


def _with(part: str, *many: str) -> Speaks:
    """Speaks of a part, and of all of others: what numbers and sentences beside it were made from."""
    return lambda view, _: (getattr(view, part), *(each for name in many for each in getattr(view, name)))


def _lone(view: Any, selected: Selected) -> Iterable[Any]:  # noqa: ANN401
    """A page speaks by its items; a count of one alone speaks of that one."""
    items = view.page.items
    if len(items) != 1 or _has(selected, "edges"):
        return ()
    (item,) = items
    if type(item) in (EntityView, LinkView, RecordView):
        return (item,)
    return (item.pair.a, item.pair.b) if type(item) is ReviewView else (item.entity,)


def _shown_ids(view: Any, selected: Selected) -> Iterable[Any]:  # noqa: ANN401
    return view.failing_ids if _has(selected, "failingIds") else ()


def _has(selected: Selected, name: str) -> bool:
    return any(details[0].node.name.value == name for details in selected.values())


SPEAKS: dict[str, Speaks] = {
    **{held.__name__: _itself for held in TYPES},
    **dict.fromkeys(("Record", "Link", "Decision", "Dispute", "Workspace"), _itself),
    **dict.fromkeys(
        ("IdentityCandidate", "KeyPlayer", "RelevantActivity", "SearchHit", "WorkspaceThing"), _part("entity")
    ),
    "Associate": _with("entity", "because"),
    "CoOffender": _with("entity", "events"),
    "Change": lambda view, _: (*view.subjects, view.record, view.link, view.decision),
    "Alert": lambda view, _: view.fact.named,
    "Watch": lambda view, _: (*view.subjects, view.area),
    "PatternOfLife": _part("subject"),
    **dict.fromkeys(("FacetValue", "HabitChange", "Usual"), _part("entity")),
    "Repeat": _with("entity", "links"),
    **dict.fromkeys(
        (
            "AssociateConnection",
            "EntityConnection",
            "LinkConnection",
            "RecordConnection",
            "RepeatConnection",
            "ReviewConnection",
            "SearchConnection",
        ),
        _lone,
    ),
    "EmergingNetwork": lambda view, _: (*(each.entity for each in view.community.members), *view.evidence),
    "Indicator": lambda view, _: (*view.entities, *view.evidence),
    "LinkSuggestion": _with("entity", "through"),
    "AtRisk": lambda view, _: (*view.path, *view.markers, *(each.entity for each in view.offenders), *view.evidence),
    "OffenderTie": _part("entity"),
    "Community": lambda view, _: (*(each.entity for each in view.members), *view.bridges),
    "SharedLink": _with("through", "holders"),
    # What the log says of a look is about users; whom they looked at is in what is around it.
    "Access": _nothing,
    "EmergencyAccess": _nothing,
    "Interest": _part("entity"),
    "MisuseIndicator": _with("officer", "entities"),
    "SubjectProfile": _part("subject"),
    "StopCheck": _part("subject", "vehicle"),
    "EventContext": _part("event"),
    "EarlierCall": _with("entity", "callers"),
    "Resident": _with("entity", "markers"),
    "PathResult": lambda view, _: [each for path in view.paths for each in (*path.nodes, *path.links)],
    "NetworkExport": lambda view, _: (
        *view.network.nodes,
        *view.network.links,
        *(id_ for link in view.network.links for id_ in link.records),
    ),
    "Job": lambda view, _: (view.id,),
    "Brief": lambda view, _: (*view.nodes, *view.links, *(id_ for link in view.links for id_ in link.records)),
    "Path": lambda view, _: (*view.nodes, *view.links),
    "PairExplanation": lambda view, _: (view.a, view.b, *view.decisions),
    "ResolutionExplanation": _with("entity", "records", "decisions"),
    "MergeStep": _part("a", "b", "decision"),
    "MergePreview": lambda view, _: (*view.before, *view.records, *(link for p in view.new_paths for link in p.links)),
    "SplitPreview": lambda view, _: (*view.before, *(record for each in view.after for record in each.records)),
    "SplitEntity": lambda view, _: view.records,
    "ReviewItem": lambda view, _: (view.pair.a, view.pair.b),
    "DecidePayload": _with("decision", "entities"),
    "GoldenChange": _with("record", "before_records"),
    "GoldenValue": _part("record"),
    "CallAnalysis": _with("subject", "phones"),
    "CallContact": _part("phone"),
    "CommonContact": lambda view, _: (view.phone, *(each.subject for each in view.of)),
    "ContactOf": _part("subject"),
    "OtherValue": lambda view, _: view.records,
    "Comparable": _part("entity"),
    "DemandForecast": lambda view, _: (view.event, *(each.entity for each in view.comparable)),
    "Warning": _itself,
    "Truncation": _part("entity"),
    "QualityCheck": _shown_ids,
    **dict.fromkeys(
        (
            "Query",
            "AcknowledgePayload",
            "Alarm",
            "AlertConnection",
            "ChangeConnection",
            "Mutation",
            "Subscription",
            "Counterfactual",
            "Network",
            "PageInfo",
            "Evidence",
            "ExportText",
            "Facet",
            "Property",
            "ScorePart",
            "Grade",
            "GeoPoint",
            "KindCount",
            "WorkspaceFilters",
            "RepeatGaps",
        ),
        _nothing,
    ),
    **dict.fromkeys(
        (
            "AccessConnection",
            "AccessEdge",
            "AlertEdge",
            "AssociateEdge",
            "ChangeEdge",
            "EntityEdge",
            "LinkEdge",
            "RecordEdge",
            "RepeatEdge",
            "ReviewEdge",
            "SearchEdge",
        ),
        _nothing,
    ),
    **dict.fromkeys(("Source", "SourceStatus", "Completeness"), _nothing),
    **dict.fromkeys(("DeploymentOption", "HourForecast", "Hotspot", "Metrics", "Tile", "Point", "Group"), _nothing),
}


# What the audit log calls a change; everything else that is asked is a consultation.
CHANGES = {
    "decide": Act.COMBINATION,
    "retract": Act.ALTERATION,
    "dispute": Act.ALTERATION,
    "closeDispute": Act.ALTERATION,
    "breakGlass": Act.ALTERATION,
    "endBreakGlass": Act.ALTERATION,
    # What it delivers is on record as a disclosure each time.
    "deliver": Act.DISCLOSURE,
    # A standing look: nothing of what is known of anybody changes.
    **dict.fromkeys(("watch", "unwatch", "acknowledge", "saveWorkspace", "deleteWorkspace"), Act.CONSULTATION),
    **dict.fromkeys(("startKeyPlayers", "startCommunities", "startEmergingNetworks", "cancelJob"), Act.CONSULTATION),
}
# A question whose answer is made to be taken away.
DISCLOSES = frozenset({"exportNetwork", "brief"})


def check_named(schema: GraphQLSchema) -> None:
    """Nothing; raises TypeError for types of which nothing says whom they speak of, and for changes without an act."""
    nameless = sorted(set(schema.mutation_type.fields if schema.mutation_type else ()) - CHANGES.keys())
    if nameless:
        raise TypeError(f"api.naming.CHANGES does not say which acts these are: {', '.join(nameless)}")
    served = {name for name, held in schema.type_map.items() if isinstance(held, GraphQLObjectType)}
    unknown = sorted(name for name in served - SPEAKS.keys() if not name.startswith("__"))
    if unknown:
        raise TypeError(f"api.naming.SPEAKS does not say whom these speak of: {', '.join(unknown)}")
