"""The jars that make up the server, as `jars.lock` lists them: coordinates, hash and size, no address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from graph.errors import ServerError

SERVER = "org.neo4j:neo4j"
_LINE = re.compile(
    r"(?P<group>[\w.-]+):(?P<name>[\w.-]+):(?P<version>[\w.-]+)(?::(?P<classifier>[\w.-]+))?"
    r" sha256:(?P<sha256>[0-9a-f]{64}) (?P<size>[1-9]\d*)"
)


@dataclass(frozen=True, slots=True)
class Artifact:
    """One jar: Maven coordinates, SHA-256 in lower-case hex, size in bytes."""

    group: str
    name: str
    version: str
    classifier: str | None
    sha256: str
    size: int

    @property
    def coordinates(self) -> str:
        """`group:name:version[:classifier]`."""
        return ":".join(part for part in (self.group, self.name, self.version, self.classifier) if part)

    @property
    def file_name(self) -> str:
        """`name-version[-classifier].jar`, unique within one lock."""
        return "-".join(part for part in (self.name, self.version, self.classifier) if part) + ".jar"

    @property
    def repository_path(self) -> str:
        """Where a Maven repository keeps it, relative to the repository's address."""
        return f"{self.group.replace('.', '/')}/{self.name}/{self.version}/{self.file_name}"

    @property
    def line(self) -> str:
        """The artifact as a line of the lock."""
        return f"{self.coordinates} sha256:{self.sha256} {self.size}"


@dataclass(frozen=True, slots=True)
class JarLock:
    """All jars of one server version; `digest` (hex) changes with any of them."""

    artifacts: tuple[Artifact, ...]
    digest: str

    @property
    def size(self) -> int:
        """Bytes of all jars together."""
        return sum(artifact.size for artifact in self.artifacts)

    @property
    def version(self) -> str:
        """The Neo4j version; ServerError when the lock has no server in it."""
        for artifact in self.artifacts:
            if f"{artifact.group}:{artifact.name}" == SERVER:
                return artifact.version
        raise ServerError(f"jars.lock names no {SERVER}: make it again with `python -m graph.managed.lock VERSION`")


def parse_lock(text: str) -> JarLock:
    """The jars of a lock's text; blank lines and `#` comments are skipped.

    A malformed line, two jars of one file name, or no jar at all raises ServerError naming the line.
    """
    artifacts: dict[str, Artifact] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        artifact = _parse_line(line.strip(), number)
        if artifact.file_name in artifacts:
            raise ServerError(f"jars.lock line {number}: {artifact.file_name} is listed twice")
        artifacts[artifact.file_name] = artifact
    if not artifacts:
        raise ServerError("jars.lock lists no jar: reinstall polegraph")
    ordered = tuple(artifacts[name] for name in sorted(artifacts))
    return JarLock(ordered, sha256("\n".join(a.line for a in ordered).encode()).hexdigest())


def _parse_line(line: str, number: int) -> Artifact:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ServerError(
            f"jars.lock line {number} is not `group:name:version[:classifier] sha256:HEX SIZE`: {line[:80]!r}"
        )
    return Artifact(
        match["group"], match["name"], match["version"], match["classifier"], match["sha256"], int(match["size"])
    )


def server_lock() -> JarLock:
    """The committed lock of the server that polegraph runs."""
    return parse_lock(files("graph.managed").joinpath("jars.lock").read_text(encoding="utf-8"))


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in lower-case hex."""
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
