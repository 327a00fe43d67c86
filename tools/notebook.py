"""Run the code of a notebook in order and keep what it shows, without a kernel: `make notebook`.

Shown are what is printed, the value of a cell's last expression, and the figures of matplotlib, as Jupyter would.
"""

from __future__ import annotations

import ast
import io
import json
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import matplotlib as mpl

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs/notebooks/explore.ipynb"
Output = dict[str, Any]


def run(notebook: dict[str, Any]) -> Iterator[list[Output]]:
    """What each code cell shows; raises what a cell raises, with the cell's source in a note."""
    mpl.use("agg")
    names: dict[str, Any] = {"__name__": "__main__"}
    for count, cell in enumerate((one for one in notebook["cells"] if one["cell_type"] == "code"), 1):
        source = "".join(cell["source"])
        try:
            yield list(_shown(source, names, count))
        except Exception as error:
            error.add_note(f"in cell {count}:\n{source}")
            raise


def _shown(source: str, names: dict[str, Any], count: int) -> Iterator[Output]:
    from matplotlib import pyplot

    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    out, value = io.StringIO(), None
    with redirect_stdout(out):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102 - the project's own notebook
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307 - the same
    if out.getvalue():
        yield {"output_type": "stream", "name": "stdout", "text": _lines(out.getvalue())}
    if value is not None:
        data: dict[str, Any] = {"text/plain": _lines(repr(value))}
        if hasattr(value, "_repr_html_"):
            data["text/html"] = _lines(value._repr_html_())
        yield {"output_type": "execute_result", "execution_count": count, "data": data, "metadata": {}}
    for number in pyplot.get_fignums():
        figure = io.BytesIO()
        # Without the version of the library, so that a picture changes only with what it shows.
        pyplot.figure(number).savefig(figure, format="png", dpi=80, bbox_inches="tight", metadata={"Software": None})
        picture = b64encode(figure.getvalue()).decode()
        yield {"output_type": "display_data", "data": {"image/png": picture}, "metadata": {}}
    pyplot.close("all")


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main() -> None:
    """Run the notebook against the API at POLEGRAPH_URL and write its outputs into it."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    codes = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for count, (cell, outputs) in enumerate(zip(codes, run(notebook), strict=True), 1):
        cell |= {"execution_count": count, "outputs": outputs}
    NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")
    sys.stderr.write(f"{NOTEBOOK.name}: {len(codes)} cells run\n")


if __name__ == "__main__":
    main()
