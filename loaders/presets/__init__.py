"""Ready mappings for what is published in one form by everybody; knows files and names only.

Each is a YAML file whose first line says what it is for. Where a mapping is named, `preset:NAME` stands for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from graph.errors import BadInput
from loaders.mapping.document import hint_for

PREFIX = "preset:"
_FOLDER = files("loaders") / "presets"


def _found() -> Mapping[str, str]:
    texts = {item.name: item.read_text("utf-8") for item in _FOLDER.iterdir() if item.name.endswith(".yaml")}
    return MappingProxyType(
        {
            name.removesuffix(".yaml"): text.partition("\n")[0].lstrip("# ")
            for name, text in sorted(texts.items(), key=lambda item: item[0].removesuffix(".yaml"))
        }
    )


# What each ready mapping is for, by name.
PRESETS = _found()


def preset_text(name: str) -> str:
    """The text of a ready mapping; raises BadInput with the nearest name where there is none so called."""
    plain = name.removeprefix(PREFIX)
    if plain not in PRESETS:
        raise BadInput(f"no ready mapping is called {plain!r}{hint_for(plain, PRESETS)}")
    return (_FOLDER / f"{plain}.yaml").read_text("utf-8")
