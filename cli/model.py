"""`polegraph resolve train` and `resolve model`: the model by which persons are judged."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from cli.account import acting
from cli.console import out, say, show_json
from cli.progress import stages
from cli.session import Json, account_name, existing, opened, writable
from graph.errors import BadInput, Conflict
from graph.marking_numbers import StoredMarkings
from graph.open import Graph
from graph.settings import load_settings
from loaders.settle import settle
from resolution.estimate import Document
from resolution.guard import GUARDS, Objection, weights
from resolution.model import parse_model
from resolution.published import publish, standing_document, versioned
from resolution.splink import from_splink, to_splink
from resolution.train import Trained
from resolution.training import SAMPLE, Ground, against, ground, trained
from security.audit import Act

app = typer.Typer(help="The model by which persons are judged.\n\nExample: polegraph resolve model show")
Accept = Annotated[list[str] | None, typer.Option("--accept", help=f"Let it stand all the same: {', '.join(GUARDS)}.")]
Sample = Annotated[int, typer.Option("--sample", min=1_000, help="Records to look at, at most.")]


class Format(StrEnum):
    """How a model is written."""

    POLEGRAPH = "polegraph"
    SPLINK = "splink"


def train_command(
    kind: Annotated[
        str, typer.Option("--kind", help="Person; other kinds are told by what identifies them.")
    ] = "Person",
    sample: Sample = SAMPLE,
    out_file: Annotated[Path | None, typer.Option("--out", help="Write the model here and let nothing change.")] = None,
    accept: Accept = None,
    kin: Annotated[
        float, typer.Option("--kin", min=0.0, help="Bits to be sure that it is no relative where births do not tell.")
    ] = 0.0,
) -> None:
    """Train the model on what is loaded, without a truth, and resolve all persons again by it.

    Only records without a marking are looked at. A model that a guard speaks against is not let stand.

    Example: polegraph resolve train --out model.json
    """
    if kind != "Person":
        raise BadInput(f"--kind {kind!r}: only Person has a model to train")
    accepted, file = _accepted(accept), writable(out_file, "--out file") if out_file is not None else None
    settings = load_settings()
    # All records are looked at; people are combined anew only where the model is to stand.
    act = Act.COMBINATION if file is None else Act.CONSULTATION
    with acting(settings, act, "resolve train", whole=True), opened(settings, prepare=True) as graph:
        on = ground(graph, sample)
        found = trained(on, kin)
        _tell(found)
        if file is None:
            _let_stand(graph, on, found.document, accepted)
        else:
            file.write_bytes(orjson.dumps(found.document, option=orjson.OPT_INDENT_2))
            for objection in against(graph, on, found.document):
                say(_told(objection))
            say(f"written to {file}; let it stand with: polegraph resolve model import {file}")


@app.command("show")
def show(json: Json = False) -> None:
    """Show the model that stands: its classes, thresholds, rules, and the bits of each level.

    Example: polegraph resolve model show
    """
    with opened() as graph:
        document = standing_document(graph)
    if json:
        show_json(document)
        return
    model = parse_model(document)
    out.print(f"{model.version}: join {model.join:g}, review {model.review:g}, keep {model.keep:g} bits")
    out.print(f"classes: {', '.join(model.matches)}; against {', '.join(model.others)}")
    out.print(f"rules: {', '.join(sorted(model.rules)) or 'none'}")
    for (field, level), bits in weights(document).items():
        out.print(f"{field.replace('_', ' ')}: {level} {bits:+.1f}")


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    form: Annotated[
        Format, typer.Option("--format", help="Splink's settings have two classes only.")
    ] = Format.POLEGRAPH,
) -> None:
    """Write the model that stands to a file.

    Example: polegraph resolve model export model.json
    """
    file = writable(file, "the file")
    with opened() as graph:
        document = standing_document(graph)
    written = to_splink(document) if form is Format.SPLINK else document
    file.write_bytes(orjson.dumps(written, option=orjson.OPT_INDENT_2))


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="A model as exported or trained, or Splink's settings.")],
    sample: Sample = SAMPLE,
    accept: Accept = None,
) -> None:
    """Let a model of a file stand, if no guard speaks against it, and resolve all persons again by it.

    Example: polegraph resolve model import model.json
    """
    accepted, document = _accepted(accept), _read(existing(file, "the file"))
    settings = load_settings()
    with (
        acting(settings, Act.COMBINATION, "resolve model import", whole=True),
        opened(settings, prepare=True) as graph,
    ):
        try:
            if "comparisons" in document:
                document = from_splink(document, standing_document(graph))
            parse_model(versioned(document))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadInput(f"{file} is no model: {error}") from None
        _let_stand(graph, ground(graph, sample), versioned(document), accepted)


def _read(file: Path) -> dict[str, Any]:
    try:
        document = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{file} is no JSON: {error}") from None
    if not isinstance(document, dict):
        raise BadInput(f"{file} holds no JSON object")
    return document


def _accepted(given: list[str] | None) -> frozenset[str]:
    if unknown := sorted({*(given or ())} - {*GUARDS}):
        raise BadInput(f"--accept {unknown[0]!r}: one of {', '.join(GUARDS)}")
    return frozenset(given or ())


def _tell(found: Trained) -> None:
    say(f"{found.records:,} records, {found.compared:,} pairs in {found.patterns:,} patterns")
    say("pairs: " + ", ".join(f"{one} {count:,.0f}" for one, count in found.pairs.items()))
    say(f"joins from {found.model.join:g} bits; rules that do not fit: {', '.join(found.dropped) or 'none'}")


def _told(objection: Objection) -> str:
    return f"{objection.guard}: {objection.reason}{'' if objection.refuses else '; told, not refused'}"


def _let_stand(graph: Graph, on: Ground, document: Document, accepted: frozenset[str]) -> None:
    found = against(graph, on, document)
    for each in found:
        if not each.refuses:
            say(_told(each))
    refused = [each for each in found if each.refuses and each.guard not in accepted]
    if refused:
        reasons = "; ".join(f"{each.guard}: {each.reason}" for each in refused)
        flags = " ".join(f"--accept {name}" for name in dict.fromkeys(each.guard for each in refused))
        raise Conflict(f"the model is not let stand: {reasons}. If that is as it should be: {flags}")
    version = publish(graph, document, account_name())
    say(f"{version} stands")
    with stages() as progress:
        for report in settle(graph, StoredMarkings(graph.store), kinds=None, rebuild=False, progress=progress):
            say(f"{report.kind}: {report.records:,} records, {report.entities:,} entities, {report.written:,} written")
