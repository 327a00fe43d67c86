"""Resolvers of deciding who is whom: the preview, the queue, a word and its taking back."""

from __future__ import annotations

from functools import partial

import strawberry

from api.context import Asked
from api.limit import first_of, text_of
from api.resolve.column import REVIEW
from api.resolve.connection import ConnectionView
from api.resolve.sift import sift
from api.schema.choice import Verdict
from api.schema.input import EntityOrder, ListWhere
from loaders import decide as words
from resolution import preview, review, split

# Each pair is compared before it is looked at.
_MOST_COMPARED = 2_000


def merge_preview(info: Asked, a: strawberry.ID, b: strawberry.ID) -> preview.PreviewView:
    """What saying that two are one would do."""
    found = info.context.ask(preview.merge_preview, a, b)
    info.context.cut("newPaths", found.truncated)
    info.context.meet(found.before)
    for path in found.new_paths:
        info.context.meet(path.nodes)
        info.context.meet_links(path.links)
    return found


def split_preview(
    info: Asked, a: strawberry.ID, b: strawberry.ID, taking_back: strawberry.ID | None = None
) -> split.SplitView:
    """What saying that two are not one, or taking back a word on them, would do."""
    found = info.context.ask(split.split_preview, a, b, taking_back)
    info.context.meet(found.before)
    for each in found.after:
        info.context.meet_records(each.records)
    return found


def review_queue(
    info: Asked,
    where: ListWhere | None = None,
    order_by: list[EntityOrder] | None = None,
    first: int | None = 20,
    after: str | None = None,
) -> ConnectionView[review.ReviewView]:
    """Pairs that may be one and pass, those first whose answer is worth most or in that order."""
    pages, count = partial(info.context.ask, review.review_queue), partial(info.context.ask, review.count_reviews)
    given = (where, order_by, first_of(first, 20), after)
    found = sift(info, REVIEW, "", pages, count, given, _MOST_COMPARED)
    info.context.meet_records(record for item in found.page.items for record in (item.pair.a, item.pair.b))
    return ConnectionView(found.page, found.count)


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


def retract(info: Asked, decision: strawberry.ID, reason: str, preview_token: str | None = None) -> words.DecidedView:
    """Take back a word."""
    return _told(info, info.context.change(words.retract, decision, reason, preview_token))


def _told(info: Asked, found: words.DecidedView) -> words.DecidedView:
    info.context.meet(found.entities)
    info.context.records.announce((found.decision.a, found.decision.b))
    return found
