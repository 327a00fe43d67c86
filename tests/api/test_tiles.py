"""Where pictures of maps may come from: from us, and from the one server that an installation names."""

from __future__ import annotations

import pytest

from api.explorer.page import beginning, policy
from graph.errors import BadInput
from graph.settings import Settings

ADDRESS = "https://tiles.example.police.uk:8443/street/{z}/{x}/{y}.png"


def pictures(settings: Settings) -> str:
    """What the first page's policy says of pictures."""
    (found,) = [part.strip() for part in policy(settings).split(";") if part.strip().startswith("img-src")]
    return found


def test_without_more_nothing_comes_from_elsewhere() -> None:
    assert pictures(Settings()) == "img-src 'self' data: blob:"
    assert beginning(Settings())["tiles"] is None


def test_a_server_of_tiles_is_allowed_for_pictures_alone() -> None:
    settings = Settings(tiles_url=ADDRESS, tiles_credit="made by us")
    assert pictures(settings) == "img-src 'self' data: blob: https://tiles.example.police.uk:8443"
    assert (beginning(settings)["tiles"], beginning(settings)["tilesCredit"]) == (ADDRESS, "made by us")


@pytest.mark.parametrize(
    "address",
    [
        "https://tiles.example/tiles.png",
        "javascript:{z}{x}{y}",
        "https://a.example; script-src */{z}/{x}/{y}",
        "https://* /{z}/{x}/{y}.png",
        "//tiles.example/{z}/{x}/{y}.png",
        "https://user@tiles.example/{z}/{x}/{y}.png",
    ],
)
def test_what_is_no_pattern_of_tiles_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="POLEGRAPH_TILES_URL"):
        policy(Settings(tiles_url=address))
