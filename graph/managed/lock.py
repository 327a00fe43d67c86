"""A developer's tool that makes `jars.lock` anew: `python -m graph.managed.lock 5.26.30`.

Needs Maven (`mvn`) on the PATH; nobody who only uses polegraph does. It resolves the server with its runtime
dependencies once, in an empty project, and writes coordinates, SHA-256 and size of each jar. Review the difference,
run `tests/managed`, and commit it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.managed.artifact import SERVER, Artifact, file_sha256, parse_lock

_POM = """<project><modelVersion>4.0.0</modelVersion>
<groupId>lock</groupId><artifactId>lock</artifactId><version>1</version><packaging>pom</packaging>
<dependencies><dependency><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version>
</dependency></dependencies></project>
"""


def resolve(version: str) -> list[Artifact]:
    """The server of this version and its runtime dependencies, sorted by coordinates; Maven's failure is raised."""
    group, name = SERVER.split(":")
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "pom.xml").write_text(_POM.format(group=group, name=name, version=version), encoding="utf-8")
        subprocess.run(
            [
                *("mvn", "--batch-mode", "--quiet", "dependency:copy-dependencies", "-DincludeScope=runtime"),
                *("-Dmdep.useRepositoryLayout=true", f"-DoutputDirectory={root / 'jars'}"),
            ],
            cwd=root,
            check=True,
        )
        found = [_describe(jar, root / "jars") for jar in (root / "jars").rglob("*.jar")]
    return sorted(found, key=lambda artifact: artifact.coordinates)


def _describe(jar: Path, root: Path) -> Artifact:
    *group, name, version, file_name = jar.relative_to(root).parts
    classifier = file_name.removeprefix(f"{name}-{version}").removesuffix(".jar").lstrip("-") or None
    return Artifact(".".join(group), name, version, classifier, file_sha256(jar), jar.stat().st_size)


def main(arguments: list[str]) -> int:
    """The exit code: 0 when the lock was written, 2 without exactly one version."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m graph.managed.lock VERSION\n")
        return 2
    text = "".join(f"{artifact.line}\n" for artifact in resolve(arguments[0]))
    lock = parse_lock(text)
    Path(__file__).with_name("jars.lock").write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(lock.artifacts)} jars, {lock.size / 1e6:.0f} MB, Neo4j {lock.version}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
