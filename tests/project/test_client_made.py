"""What of the client the schema decides is as `make docs` writes it."""

from __future__ import annotations

from tests.project.tree import ROOT
from tools.client_maker.__main__ import made


def test_what_is_made_of_the_schema_is_fresh() -> None:
    files = made()
    kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / "client/documents").glob("*.graphql")}
    assert kept == {name for name in files if name.endswith(".graphql")}
    stale = [name for name, text in files.items() if (ROOT / name).read_text("utf-8") != text]
    assert stale == [], "write it again with `make docs`"
