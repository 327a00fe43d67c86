"""What each question, change and route takes to be allowed: the one table of who may ask what, by field.

A field or route without a line stops the application from starting, so that none is served that nobody thought about.
What a role may do is `api.viewer.ALLOWED`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fastapi.routing import iter_route_contexts
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from starlette.routing import BaseRoute

from api.viewer import Deed

# Served to whoever comes, signed in or not: says nothing of what is stored.
ANYBODY: frozenset[Deed] = frozenset()
_READ = frozenset({Deed.READ})
_DECIDE = frozenset({Deed.DECIDE})
_WATCH = frozenset({Deed.WATCH_LOADS})
# A file leaves: whoever may not read may not take it away either.
_EXPORT = frozenset({Deed.READ, Deed.EXPORT})
_BREAK = frozenset({Deed.BREAK_GLASS})
_OVERSEE = frozenset({Deed.OVERSEE})
_REVIEW = frozenset({Deed.REVIEW_ACCESS})

RULES: Mapping[str, frozenset[Deed]] = {
    "Query.node": _READ,
    "Query.nodes": _READ,
    "Query.entity": _READ,
    "Query.entities": _READ,
    "Query.search": _READ,
    "Query.identify": _READ,
    "Query.stopCheck": _READ,
    "Query.subjectProfile": _READ,
    "Query.subjectProfiles": _READ,
    "Query.expand": _READ,
    "Query.exportNetwork": _EXPORT,
    "Query.brief": _EXPORT,
    "Query.paths": _READ,
    "Query.connect": _READ,
    "Query.timeline": _READ,
    "Query.eventContext": _READ,
    "Query.coOffenders": _READ,
    "Query.sharedLinks": _READ,
    "Query.usage": _READ,
    "Query.callAnalysis": _READ,
    "Query.commonContacts": _READ,
    "Query.whyResolved": _READ,
    "Query.whyNot": _READ,
    "Query.mergePreview": _READ,
    "Query.splitPreview": _READ,
    "Query.reviewQueue": _READ,
    "Query.keyPlayers": _READ,
    "Query.communities": _READ,
    "Query.linkSuggestions": _READ,
    "Query.vulnerableInNetwork": _READ,
    "Query.emergingNetworks": _READ,
    "Query.indicators": _READ,
    "Query.repeats": _READ,
    "Query.changesSince": _READ,
    # Standing questions are their owner's alone, and ask nothing that the owner may not ask.
    "Query.watches": _READ,
    "Query.alerts": _READ,
    # So are workspaces: a drawing of what its owner was shown.
    "Query.workspaces": _READ,
    "Query.workspace": _READ,
    # So are jobs, which answer nothing that the owner may not ask.
    "Query.jobs": _READ,
    "Query.job": _READ,
    "Query.patternOfLife": _READ,
    "Query.metrics": _READ,
    "Query.hotspots": _READ,
    "Query.demandForecast": _READ,
    "Query.accessHistory": _REVIEW,
    "Query.misuseIndicators": _REVIEW,
    "Query.deconfliction": frozenset({Deed.READ, Deed.DECONFLICT}),
    "Query.emergencyAccess": _OVERSEE,
    "Query.sources": _READ,
    "Mutation.decide": _DECIDE,
    "Mutation.retract": _DECIDE,
    "Mutation.dispute": _DECIDE,
    "Mutation.closeDispute": _DECIDE,
    "Mutation.breakGlass": _BREAK,
    "Mutation.endBreakGlass": _BREAK,
    "Mutation.watch": _READ,
    "Mutation.unwatch": _READ,
    "Mutation.deliver": _EXPORT,
    "Mutation.acknowledge": _READ,
    "Mutation.saveWorkspace": _READ,
    "Mutation.deleteWorkspace": _READ,
    "Mutation.startKeyPlayers": _READ,
    "Mutation.startCommunities": _READ,
    "Mutation.startEmergingNetworks": _READ,
    "Mutation.cancelJob": _READ,
    "Subscription.metrics": _READ,
    "Subscription.alerts": _READ,
    "Subscription.job": _READ,
    # The fields of a document decide; of one that cannot be executed it is told what is wrong to whoever may read.
    "POST /graphql": _READ,
    "GET /graphql": _READ,
    "POST /stop-check": _READ,
    "GET /profiles/{id}": _READ,
    "POST /vehicle-checks": _READ,
    "GET /exports/{format_}": _EXPORT,
    "POST /intake/{source}": frozenset({Deed.SEND}),
    "GET /loads": _WATCH,
    "GET /loads/{id_}": _WATCH,
    "GET /openapi.json": ANYBODY,
    "GET /healthz": ANYBODY,
    "GET /readyz": ANYBODY,
    "GET /version": ANYBODY,
    "GET /metrics": ANYBODY,
    "GET /": ANYBODY,
    "GET /explorer": ANYBODY,
    "GET /worker.js": ANYBODY,
    "GET /manifest.webmanifest": ANYBODY,
    # Whoever comes back from the identity provider: it is asked who that is before anything is answered.
    "GET /sign-in": ANYBODY,
    "POST /sign-in": ANYBODY,
    "POST /shown": _READ,
    "/assets": ANYBODY,
    "/static": ANYBODY,
}


def deeds_of(document: DocumentNode, operation: OperationDefinitionNode) -> frozenset[Deed]:
    """What a valid operation takes: all that its root fields take, those of fragments and of `@skip` included."""
    fragments = {part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)}
    root = operation.operation.value.capitalize()
    names = _names(operation.selection_set, fragments)
    # What is asked of the schema itself (`__typename`) has no line of its own.
    return frozenset().union(*(RULES.get(f"{root}.{name}", RULES["POST /graphql"]) for name in names))


def _names(selected: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> Iterable[str]:
    for node in selected.selections:
        if isinstance(node, FieldNode):
            yield node.name.value
        elif isinstance(node, FragmentSpreadNode):
            yield from _names(fragments[node.name.value].selection_set, fragments)
        elif isinstance(node, InlineFragmentNode):
            yield from _names(node.selection_set, fragments)


def operations(schema: GraphQLSchema) -> list[str]:
    """Every question, change and subscription of a schema, as the table names them."""
    roots = (schema.query_type, schema.mutation_type, schema.subscription_type)
    return [f"{root.name}.{field}" for root in roots if root is not None for field in root.fields]


def routes(served: Sequence[BaseRoute]) -> list[str]:
    """Every route by its method and path, and every folder by its path, as the table names them."""
    contexts = list(iter_route_contexts(served))
    # Whoever may GET may ask for the head of that.
    return [
        f"{method} {each.path}".strip() for each in contexts for method in sorted((each.methods or {""}) - {"HEAD"})
    ]


def check_ruled(schema: GraphQLSchema, served: Sequence[BaseRoute]) -> None:
    """Nothing; raises TypeError for what is served without a rule, and for a rule of what is not served."""
    there = {*operations(schema), *routes(served)}
    for names, said in ((there - RULES.keys(), "does not say who may ask"), (RULES.keys() - there, "has rules for")):
        if names:
            raise TypeError(f"api.rule.RULES {said}: {', '.join(sorted(names))}")
