"""The manifest of a backup: what made it, what it holds, each member's checksum; and whether it can be read here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from graph import schema
from graph.errors import SchemaMismatch
from graph.version import SOURCE, version

# The number of the archive's own form: one more with every change that an older version could not read.
FORMAT = 1


class ManifestError(ValueError):
    """A manifest is not as it was written."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member as it lies in the archive: bytes, checksum, and for JSON lines how many."""

    bytes: int
    sha256: str
    lines: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself.

    `seq`: the batch after which the graph was so; `counts`: of what was kept, by name; `waiting`: records that were
    left unresolved, which a restore resolves.
    """

    format: int
    version: str
    schema: tuple[str, ...]
    fingerprint: str
    seq: int
    at: int
    counts: Mapping[str, int]
    waiting: int
    members: Mapping[str, Member]

    def sealed(self) -> bytes:
        """Its text, with a checksum of its own."""
        fields = asdict(self)
        return orjson.dumps({**fields, "seal": _seal(fields)}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @property
    def seal(self) -> str:
        """The checksum of all of it, which names this backup."""
        return _seal(asdict(self))

    @classmethod
    def unsealed(cls, text: bytes) -> Manifest:
        """The manifest of a text; ManifestError where it is not as it was written.

        Raises SchemaMismatch for the manifest of a later form, whose fields are not known here.
        """
        try:
            fields = orjson.loads(text)
            seal = fields.pop("seal")
            _refuse_later_form(fields)
            if _seal(fields) != seal:
                raise ManifestError("its checksum is another one")
            members = {name: Member(**given) for name, given in fields.pop("members").items()}
            return cls(**{**fields, "schema": tuple(fields["schema"])}, members=members)
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise ManifestError(f"{type(error).__name__}") from None

    def refuse_newer(self) -> None:
        """Raise SchemaMismatch where a newer version made the backup."""
        late = schema.unknown(self.schema)
        # A checkout has no number to compare; its schema still has.
        numbered = SOURCE not in (self.version, version())
        if late or (numbered and _release(self.version) > _release(version())):
            told = f", whose schema has {', '.join(late)}" if late else ""
            raise SchemaMismatch(
                f"the backup is of polegraph {self.version}{told}; this is {version()}: "
                f"restore it with {self.version} or later"
            )


def _refuse_later_form(fields: Mapping[str, Any]) -> None:
    if fields["format"] > FORMAT:
        raise SchemaMismatch(
            f"the backup has form {fields['format']} and is of polegraph {fields.get('version')}; this is "
            f"{version()}, which reads forms up to {FORMAT}: restore it with {fields.get('version')} or later"
        )


def _release(text: str) -> tuple[int, ...]:
    """The numbers that order versions (`1.2.3+local` as `1.2.3`)."""
    return tuple(int(part) for part in text.partition("+")[0].split(".") if part.isdigit())


def _seal(fields: Mapping[str, Any]) -> str:
    return hashlib.sha256(orjson.dumps(fields, option=orjson.OPT_SORT_KEYS)).hexdigest()
