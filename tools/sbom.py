"""Print the bill of materials of all that is locked: Python packages, the database's jars, the explorer's modules.

CycloneDX 1.6 as JSON, the same for the same locks: it has no time and no serial number. `sbom.cdx.json` is what this
printed; a test holds it to the locks and to CycloneDX's own schema.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graph.managed.artifact import server_lock

ROOT = Path(__file__).parent.parent
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def bill() -> str:
    """The bill as text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found = [*_python("requirements.txt", "required"), *_jars(), *_modules()]
    for lock in ("requirements-dev.txt", "requirements-bench.txt"):
        known = {each["bom-ref"] for each in found}
        found += [each for each in _python(lock, "excluded") if each["bom-ref"] not in known]
    root = {
        "type": "application",
        "bom-ref": project["name"],
        "name": project["name"],
        "version": project["version"],
        "licenses": [{"license": {"id": project["license"]}}],
    }
    made = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": sorted(found, key=lambda each: each["bom-ref"]),
    }
    return json.dumps(made, indent=1, sort_keys=True) + "\n"


def _component(name: str, version: str, purl: str, scope: str, lock: str, *hashes: tuple[str, str]) -> dict[str, Any]:
    """`scope`: required where it runs, excluded where only development needs it."""
    made: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    made |= {"scope": scope, "properties": [{"name": "polegraph:lock", "value": lock}]}
    return made | ({"hashes": [{"alg": alg, "content": content} for alg, content in hashes]} if hashes else {})


def _python(lock: str, scope: str) -> Iterator[dict[str, Any]]:
    # A package has a hash for each of its files: those stand in the lock.
    for name, version in _PIN.findall((ROOT / lock).read_text()):
        yield _component(name, version, f"pkg:pypi/{name.lower().replace('_', '-')}@{version}", scope, lock)


def _jars() -> Iterator[dict[str, Any]]:
    for jar in server_lock().artifacts:
        purl = f"pkg:maven/{jar.group}/{jar.name}@{jar.version}"
        purl += f"?classifier={jar.classifier}" if jar.classifier else ""
        made = _component(jar.name, jar.version, purl, "required", "graph/managed/jars.lock", ("SHA-256", jar.sha256))
        yield made | {"group": jar.group}


def _modules() -> Iterator[dict[str, Any]]:
    """What the explorer is built of, once for each version."""
    lock = "web/package-lock.json"
    seen = set()
    for path, module in json.loads((ROOT / lock).read_text())["packages"].items():
        name, version = path.rpartition("node_modules/")[2], module.get("version")
        purl = f"pkg:npm/{quote(name)}@{version}"
        if not name or version is None or purl in seen:
            continue
        seen.add(purl)
        algorithm, _, digest = module.get("integrity", "").partition("-")
        hashes = [("SHA-512", base64.b64decode(digest).hex())] if algorithm == "sha512" else []
        yield _component(name, version, purl, "excluded" if module.get("dev") else "required", lock, *hashes)


if __name__ == "__main__":
    sys.stdout.write(bill())
