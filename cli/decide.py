"""`polegraph resolve review|preview|decide|retract`: an analyst's word on who is whom."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from cli.account import acting, consulting
from cli.console import err, out, say, show_json
from cli.explain import as_json
from cli.session import Json, Markings, PurposeText, opened, viewer_of
from graph.answer import iso
from graph.errors import BadInput
from graph.open import Graph
from graph.settings import load_settings
from loaders import decide as words
from resolution.preview import PreviewView, merge_preview
from resolution.review import review_queue
from resolution.split import SplitView, split_preview
from security.audit import Act

A = Annotated[str, typer.Argument(help="A record's or an entity's id.")]
B = Annotated[str, typer.Argument(help="Another's.")]
Token = Annotated[str | None, typer.Option("--token", help="Of the preview that was looked at.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; whoever reads the decision later is told.")]


def review(
    first: Annotated[int, typer.Option("--first", help="How many, 1 to 500.")] = 20,
    after: Annotated[str | None, typer.Option("--after", help="Go on after this cursor of an earlier page.")] = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Pairs that may be one and wait for somebody's word, those first whose answer is worth most.

    Example: polegraph resolve review --first 10
    """
    with consulting("resolve review", markings, purpose) as asking:
        page = asking.answer(review_queue(asking.graph, asking.viewer, first, after))
    cursor = page.cursors[-1] if page.has_next else None
    if json:
        pairs = [as_json(item.pair) | {"priority": item.priority} for item in page.items]
        show_json({"pairs": pairs, "next": cursor})
        return
    for item in page.items:
        out.print(f"{item.priority:5.2f}  {item.pair.a.id} {item.pair.b.id}  {item.pair.sentence}", markup=False)
    if not page.items:
        say("no pair waits for a word")
    if cursor is not None:
        say(f"more: polegraph resolve review --after {cursor}")


def preview(
    a: A,
    b: B,
    apart: Annotated[bool, typer.Option("--apart", help="Of saying that they are two instead.")] = False,
    taking_back: Annotated[
        str | None, typer.Option("--taking-back", help="Of taking back this decision on them instead.")
    ] = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """What saying that two are one would do: golden values, what contradicts it, new paths; and the token to say so.

    With --apart or --taking-back: who there would be, and the token for DIFFERENT or for retract.

    Example: polegraph resolve preview e_mzxw6ytboi2dqnbqga4q e_nbswy3dpeb3w64tmmqqa
    """
    found: PreviewView | SplitView
    if apart or taking_back is not None:
        if apart and taking_back is not None:
            raise BadInput("--apart and --taking-back: one of them, they are previews of different words")
        found = _parted(a, b, taking_back, markings, purpose)
    else:
        found = _previewed(a, b, markings, purpose)
    if json:
        show_json(_as_json(found) if isinstance(found, PreviewView) else _split_as_json(found))
        return
    _show(found)
    out.print(f"token: {found.token}", markup=False)


def decide(
    a: A,
    b: B,
    verdict: Annotated[str, typer.Argument(help="SAME, DIFFERENT or POSSIBLY_SAME.")],
    reason: Reason,
    token: Token = None,
    marking: Annotated[str | None, typer.Option("--marking", help="Who may know; by default the preview's.")] = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Say who is whom. Without --token, SAME and DIFFERENT show their preview first, and say what that showed.

    Where the preview shows what contradicts SAME, the token has to be given.

    Example: polegraph resolve decide e_mzxw6ytboi2dqnbqga4q e_nbswy3dpeb3w64tmmqqa DIFFERENT --reason "father and son"
    """
    if verdict not in words.Verdict.__members__:
        raise BadInput(f"VERDICT {verdict!r}: one of {', '.join(words.Verdict.__members__)}")
    chosen = words.Verdict[verdict]
    if token is None and chosen is words.Verdict.SAME:
        token = _looked(_previewed(a, b, markings, purpose), "Say that they are one?")
    elif token is None and chosen is words.Verdict.DIFFERENT:
        token = _looked(_parted(a, b, None, markings, purpose), "Say that they are two?")
    settings = load_settings()
    with (
        acting(settings, Act.COMBINATION, "resolve decide", asked=(a, b), purpose=purpose) as act,
        opened(settings) as graph,
    ):
        saying = words.Saying(a, b, chosen, reason, token, marking)
        done = words.decide(graph, viewer_of(graph, markings, purpose), saying)
        act.add(graph, done)
    _tell(graph, done, json=json)


def retract(
    decision: Annotated[str, typer.Argument(help="A decision's id.")],
    reason: Reason,
    token: Token = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Take back a word: the graph is as it was without it, and the word stays to be read.

    With the --token of `polegraph resolve preview --taking-back` it is what that showed, or nothing.

    Example: polegraph resolve retract d_mzxw6ytboi2dqnbqga4q --reason "another man of that name"
    """
    settings = load_settings()
    with (
        acting(settings, Act.ALTERATION, "resolve retract", asked=[decision], purpose=purpose) as act,
        opened(settings) as graph,
    ):
        done = words.retract(graph, viewer_of(graph, markings, purpose), decision, reason, token)
        act.add(graph, done)
    _tell(graph, done, json=json)


def _previewed(a: str, b: str, markings: str | None, purpose: str | None) -> PreviewView:
    with consulting("resolve preview", markings, purpose, [a, b]) as asking:
        return asking.answer(merge_preview(asking.graph, asking.viewer, a, b))


def _parted(a: str, b: str, taking_back: str | None, markings: str | None, purpose: str | None) -> SplitView:
    with consulting("resolve preview", markings, purpose, [a, b]) as asking:
        return asking.answer(split_preview(asking.graph, asking.viewer, a, b, taking_back))


def _looked(found: PreviewView | SplitView, question: str) -> str:
    """The token of a preview that is shown here and now; on a terminal it is asked whether to go on."""
    _show(found, to_error=True)
    if sys.stdin.isatty() and err.is_terminal:
        typer.confirm(question, abort=True, err=True)
    elif isinstance(found, PreviewView) and found.contradictions:
        raise BadInput(
            "--token: the preview shows what contradicts it; look at `polegraph resolve preview`, give its token"
        )
    return found.token


def _show(found: PreviewView | SplitView, *, to_error: bool = False) -> None:
    console = err if to_error else out
    for line in _joined_lines(found) if isinstance(found, PreviewView) else _parted_lines(found):
        console.print(line, markup=False)


def _parted_lines(found: SplitView) -> list[str]:
    now = " and ".join(f"{each.label} ({each.id})" for each in found.before)
    lines = [f"now: {now}"]
    lines += [f"then: {each.label}, {', '.join(record.id for record in each.records)}" for each in found.after]
    apart = "are apart then" if found.apart else "are one all the same: other evidence or words hold them together"
    return [*lines, f"the two {apart}; marking {found.marking}"]


def _joined_lines(found: PreviewView) -> list[str]:
    kind = "would be one entity" if found.joins else "would be tied, and stay entities of their own"
    lines = [f"{' and '.join(f'{each.label} ({each.id})' for each in found.before)} {kind}"]
    lines += [found.together] if found.together else []
    lines += [f"contradiction: {each}" for each in found.contradictions]
    lines += [
        f"{each.property}: {' | '.join(each.before)} becomes {each.after} ({each.rule}, {each.record.id})"
        for each in found.golden_changes
    ]
    lines += [f"new path of {path.length}: {' - '.join(node.label for node in path.nodes)}" for path in found.new_paths]
    if found.truncated is not None:
        lines.append(f"{found.truncated.reason}; {found.truncated.suppressed:,} are left out")
    lines.append(f"{len(found.records):,} records, {found.links_joined:,} links, marking {found.marking}")
    if len(found.before) > 1 and not found.joins and found.of_one_marking:
        lines.append("a lower --marking joins them, if what that shows is reason enough")
    return lines


def _as_json(found: PreviewView) -> dict[str, Any]:
    changes = [
        {"property": each.property, "before": list(each.before), "after": each.after, "rule": each.rule}
        | {"record": each.record.id, "before_records": [record.id for record in each.before_records]}
        for each in found.golden_changes
    ]
    return {
        "token": found.token,
        "before": [{"id": each.id, "label": each.label} for each in found.before],
        "joins": found.joins,
        "golden_changes": changes,
        "contradictions": list(found.contradictions),
        "new_paths": [[{"id": node.id, "label": node.label} for node in path.nodes] for path in found.new_paths],
        "links_joined": found.links_joined,
        "records": [record.id for record in found.records],
        "together": found.together,
        "marking": found.marking,
    }


def _split_as_json(found: SplitView) -> dict[str, Any]:
    return {
        "token": found.token,
        "before": [{"id": each.id, "label": each.label} for each in found.before],
        "after": [{"label": each.label, "records": [record.id for record in each.records]} for each in found.after],
        "apart": found.apart,
        "marking": found.marking,
    }


def _tell(graph: Graph, done: words.DecidedView, *, json: bool) -> None:
    word, entities = done.decision, [{"id": each.id, "label": each.label} for each in done.entities]
    if json:
        told: dict[str, Any] = {
            "id": word.id,
            "a": word.a,
            "b": word.b,
            "verdict": words.Verdict(word.verdict).name,
            "by": word.by,
        }
        told |= {"at": iso(word.at), "reason": word.reason, "marking": graph.catalogue.marking(word.mk).text}
        told |= {"retracted_at": iso(word.retracted_at), "retracted_reason": word.retracted_reason}
        show_json({"decision": told, "entities": entities})
        return
    state = "taken back" if word.retracted_at is not None else words.Verdict(word.verdict).name
    now = " and ".join(f"{each.label} ({each.id})" for each in done.entities)
    out.print(f"{word.id}: {state}; now {now}", markup=False)
