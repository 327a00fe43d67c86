"""`polegraph explain`: why two records are, or are not, one, as a waterfall of bits."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from cli import waterfall
from cli.account import consulting
from cli.console import out, say, show_json
from cli.session import Json, Markings, PurposeText, writable
from graph.answer import iso
from graph.open import Graph
from resolution.chain import told
from resolution.course import StepView, between
from resolution.pair import PairView
from resolution.why import why_not, why_resolved
from security.viewer import Viewer


def explain(
    a: Annotated[str, typer.Argument(help="A record's or an entity's id.")],
    b: Annotated[str, typer.Argument(help="Another's.")],
    svg: Annotated[Path | None, typer.Option("--svg", help="Write the waterfall as a drawing.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write it as a page, with what is said of it.")] = None,
    markings: Markings = None,
    purpose: PurposeText = None,
    json: Json = False,
) -> None:
    """Why two records are, or are not, one: the bits of each field, what else they could be, and what it hangs on.

    Example: polegraph explain r_mzxw6ytboi2dqnbqga4q r_nbswy3dpeb3w64tmmqqa --svg why.svg
    """
    files = [(writable(file, option), draw) for file, option, draw in _drawn(svg, html) if file is not None]
    with consulting("explain", markings, purpose, [a, b]) as asking:
        found = why_not(asking.graph, asking.viewer, a, b)
        steps = _course(asking.graph, asking.viewer, found)
        asking.answer((found, steps))
    for file, draw in files:
        file.write_text(draw(found), "utf-8")
        say(f"written: {file}")
    if json:
        show_json(as_json(found) | {"path": [step.sentence for step in steps]})
    else:
        show(found)
        for step in steps:
            out.print(f"joined by: {step.sentence}", markup=False)


def _drawn(svg: Path | None, html: Path | None) -> Any:  # noqa: ANN401 - files with what draws them
    return ((svg, "--svg", waterfall.svg), (html, "--html", waterfall.html))


def _course(graph: Graph, viewer: Viewer, found: PairView) -> list[StepView]:
    """How two records of one entity came together, where not by themselves."""
    one = found.a.entity
    if one is None or one != found.b.entity or found.verdict == "SAME":
        return []
    return between(why_resolved(graph, viewer, one).path, found.a.id, found.b.id)


def show(found: PairView) -> None:
    """The pair for a terminal."""
    first, *others = waterfall.sentences(found)
    out.print(first, markup=False)
    out.print(waterfall.table(found))
    for each in others:
        out.print(each, markup=False)
    for word in found.decisions:
        back = f", taken back by {word.retracted_by}: {word.retracted_reason}" if word.retracted_at else ""
        out.print(f"an analyst's word: {told([word])}: {word.reason}{back}", markup=False)


def as_json(found: PairView) -> dict[str, Any]:
    """The pair as data."""
    decisions = [
        {"id": word.id, "verdict": word.verdict, "by": word.by, "at": iso(word.at), "reason": word.reason}
        | {"retracted_at": iso(word.retracted_at)}
        for word in found.decisions
    ]
    return {
        "a": found.a.id,
        "b": found.b.id,
        "weight": found.weight,
        "probability": found.probability,
        "verdict": str(found.verdict),
        "sentence": found.sentence,
        "prior": found.prior,
        "runner_up": found.runner_up,
        "together": found.together,
        "rival": None if found.rival is None else found.rival.sentence,
        "evidence": [asdict(each) for each in found.evidence],
        "counterfactuals": [
            {"without": each.without, "bits": each.bits, "verdict": str(each.verdict), "sentence": each.sentence}
            for each in found.counterfactuals
        ],
        "decisions": decisions,
    }
