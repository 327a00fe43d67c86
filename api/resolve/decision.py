"""Resolvers of deciding who is whom: the preview, the queue, a word and its taking back."""

from __future__ import annotations

import strawberry

from api.context import Asked
from api.limit import first_of, text_of
from api.resolve.connection import ConnectionView
from api.schema.choice import Verdict
from loaders import decide as words
from resolution import preview, review


def merge_preview(info: Asked, a: strawberry.ID, b: strawberry.ID) -> preview.PreviewView:
    """What saying that two are one would do."""
    found = info.context.ask(preview.merge_preview, a, b)
    info.context.cut("newPaths", found.truncated)
    info.context.meet(found.before)
    for path in found.new_paths:
        info.context.meet(path.nodes)
        info.context.meet_links(path.links)
    return found


def review_queue(info: Asked, first: int | None = 20, after: str | None = None) -> ConnectionView[review.ReviewView]:
    """Pairs that may be one, those first whose answer is worth most."""
    page = info.context.ask(review.review_queue, first_of(first, 20), after)
    info.context.meet_records(record for item in page.items for record in (item.pair.a, item.pair.b))
    return ConnectionView(page, lambda: info.context.ask(review.count_reviews))


def decide(
    info: Asked,
    a: strawberry.ID,
    b: strawberry.ID,
    verdict: Verdict,
    reason: str,
    preview_token: str | None = None,
    marking: str | None = None,
) -> words.DecidedView:
    """Write down a word on two records or entities."""
    if marking is not None:
        text_of("marking", marking)
    said = words.Saying(a, b, words.Verdict[verdict.name], reason, preview_token, marking)
    return _told(info, info.context.change(words.decide, said))


def retract(info: Asked, decision: strawberry.ID, reason: str) -> words.DecidedView:
    """Take back a word."""
    return _told(info, info.context.change(words.retract, decision, reason))


def _told(info: Asked, found: words.DecidedView) -> words.DecidedView:
    info.context.meet(found.entities)
    info.context.records.announce((found.decision.a, found.decision.b))
    return found
