"""Where alerts may be delivered: addresses that the installation declares, each with its secret and what it may carry.

`POLEGRAPH_WEBHOOKS_FILE` names a YAML file. Nobody who watches names an address: they choose one of these.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from graph.errors import BadInput
from graph.host import is_loopback
from graph.settings import secret_in
from security.marking import Grants, MarkingError, parse_grants

_KEYS = ("url", "secret_file", "markings", "tells", "private", "ca_file")
_TELLS = ("ids", "sentences")
# Source: Standard Webhooks, section "Signature scheme": a symmetric secret has 24 to 64 bytes, in base64 behind this.
_PREFIX = "whsec_"
_BYTES = range(24, 65)


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address. `grants`: the most that it may carry; `telling`: names and sentences too; `private`: may be inside.

    Messages are signed with each of the `secrets`, of which there are two while they are changed.
    """

    name: str
    url: str
    grants: Grants
    telling: bool
    private: bool
    ca_file: Path | None
    secrets: tuple[bytes, ...] = field(repr=False)

    @property
    def host(self) -> str:
        """Whom it reaches."""
        return urlsplit(self.url).hostname or ""


def load_webhooks(file: Path | None) -> Mapping[str, Webhook]:
    """The webhooks that a file declares, by name; raises BadInput where it is wrong."""
    if file is None:
        return {}
    try:
        said = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{file}: it cannot be read as YAML ({type(error).__name__})") from None
    declared = said.get("webhooks") if isinstance(said, dict) and set(said) == {"webhooks"} else None
    if not isinstance(declared, dict) or not declared:
        raise BadInput(f"{file}: `webhooks:` and below it a name, its `url` and its `secret_file` are needed")
    return {str(name): _webhook(f"{file}: {name}", str(name), told) for name, told in declared.items()}


def _webhook(where: str, name: str, told: Any) -> Webhook:  # noqa: ANN401 - whatever the file holds
    if not isinstance(told, dict) or not {"url", "secret_file"} <= set(told) <= set(_KEYS):
        raise BadInput(f"{where}: it needs `url` and `secret_file`, and may have {', '.join(_KEYS[2:])}")
    private, tells = told.get("private", False), told.get("tells", "ids")
    if not isinstance(private, bool):
        raise BadInput(f"{where}: private: {private!r} is neither true nor false")
    if tells not in _TELLS:
        raise BadInput(f"{where}: tells: {tells!r} is neither of {', '.join(_TELLS)}")
    markings = told.get("markings", [])
    try:
        grants = parse_grants([markings] if isinstance(markings, str) else [str(each) for each in markings])
    except (MarkingError, TypeError) as error:
        raise BadInput(f"{where}: markings: {error}") from None
    ca_file = told.get("ca_file")
    secrets = _secrets(where, Path(str(told["secret_file"])))
    url = _url(where, str(told["url"]), private=private)
    return Webhook(
        name, url, grants, tells == "sentences", private, None if ca_file is None else Path(str(ca_file)), secrets
    )


def _url(where: str, url: str, *, private: bool) -> str:
    """The address; https, or http on loopback where what is inside may be reached."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if host is None or parts.username is not None or parts.fragment:
        raise BadInput(f"{where}: url: {url!r} is no address of a host alone")
    if parts.scheme != "https" and not (parts.scheme == "http" and private and is_loopback(host)):
        raise BadInput(f"{where}: url: {url!r} is no https address (http only on loopback, with `private: true`)")
    return url


def _secrets(where: str, file: Path) -> tuple[bytes, ...]:
    """The secrets of a file, one on each line; never told in an error."""
    found = []
    for line in secret_in(f"{where}: secret_file", file).split():
        try:
            secret = b64decode(line.removeprefix(_PREFIX), validate=True)
        except ValueError:
            secret = b""
        if len(secret) not in _BYTES:
            raise BadInput(f"{where}: secret_file: a line is not {_PREFIX} and base64 of 24 to 64 bytes")
        found.append(secret)
    if not 1 <= len(found) <= 2:
        raise BadInput(f"{where}: secret_file: one secret is needed, two while it is changed")
    return tuple(found)
