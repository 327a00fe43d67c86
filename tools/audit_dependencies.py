"""Ask whether a fault is known of what is locked; never takes silence for a no.

Exit 0: every package was looked up and nothing is known; 1: something is; 3: not all could be looked up, because the
service that knows (PyPI's, or OSV with `--service osv`) was not to be reached. With `--away-is-said` that exits 0 too,
and each lock is said to be NOT AUDITED. `pip-audit` and `npm audit` do the work; of the managed server's jars OSV alone
is asked, whichever service knows of the rest.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests

from graph.managed.artifact import server_lock

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
JARS = "graph/managed/jars.lock"
WELL, KNOWN, NOT_AUDITED = 0, 1, 3
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_LONG_S = 300
# Source: https://google.github.io/osv.dev/post-v1-querybatch/; up to a thousand questions at once.
_OSV = "https://api.osv.dev/v1/querybatch"


def main() -> int:
    """Audit each lock and say of each what was found."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--service", choices=("pypi", "osv"), default="pypi")
    asked.add_argument("--away-is-said", action="store_true")
    given = asked.parse_args()
    codes = [python(lock, given.service) for lock in LOCKS] + [jars(), modules()]
    if KNOWN in codes:
        return KNOWN
    return WELL if given.away_is_said else max(codes)


def python(lock: str, service: str) -> int:
    """What is known of a lock of Python packages."""
    said = _run([sys.executable, "-m", "pip_audit", "-s", service, "-f", "json", "--progress-spinner", "off",
                 "--disable-pip", "--require-hashes", "-r", lock], ROOT)  # fmt: skip
    return judged(lock, len(_PIN.findall((ROOT / lock).read_text())), said)


def judged(lock: str, pinned: int, said: str) -> int:
    """What pip-audit's answer says of a lock with so many pins; by itself it calls well what it did not find out."""
    found = _json(said).get("dependencies", [])
    looked_up = [each for each in found if "vulns" in each and "skip_reason" not in each]
    bad = [each for each in looked_up if each["vulns"]]
    for each in bad:
        print(f"{lock}: {each['name']} {each['version']}: {', '.join(one['id'] for one in each['vulns'])}")  # noqa: T201
    if bad:
        return KNOWN
    if not looked_up or len(looked_up) < len(found):
        return _not_audited(lock, f"{len(looked_up)} of {pinned} packages were looked up")
    print(f"{lock}: {len(looked_up)} packages looked up, nothing known")  # noqa: T201
    return WELL


def jars() -> int:
    """What is known of the managed server's jars."""
    locked = sorted({(f"{jar.group}:{jar.name}", jar.version) for jar in server_lock().artifacts})
    asked: list[Any] = [
        {"package": {"ecosystem": "Maven", "name": name}, "version": version} for name, version in locked
    ]
    try:
        said = requests.post(_OSV, json={"queries": asked}, timeout=_LONG_S).text
    except requests.RequestException:
        said = ""
    return judged_jars(locked, said)


def judged_jars(locked: Sequence[tuple[str, str]], said: str) -> int:
    """What OSV's answer says of these jars, one result each in the order of asking."""
    results = _json(said).get("results")
    if not isinstance(results, list) or len(results) != len(locked):
        return _not_audited(JARS, f"OSV did not answer for {len(locked)} jars")
    bad = [(jar, result["vulns"]) for jar, result in zip(locked, results, strict=True) if result.get("vulns")]
    for (name, version), known in bad:
        print(f"{JARS}: {name} {version}: {', '.join(one['id'] for one in known)}")  # noqa: T201
    if bad:
        return KNOWN
    print(f"{JARS}: {len(locked)} jars looked up, nothing known")  # noqa: T201
    return WELL


def modules() -> int:
    """What is known of the explorer's modules."""
    lock = "web/package-lock.json"
    if shutil.which("npm") is None:
        return _not_audited(lock, "there is no npm")
    told = _json(_run(["npm", "audit", "--package-lock-only", "--json"], ROOT / "web")).get("metadata")
    if told is None:
        return _not_audited(lock, "the registry tells no faults")
    total = told["vulnerabilities"]["total"]
    print(f"{lock}: {told['dependencies']['total']} modules looked up, {total} faults known")  # noqa: T201
    return KNOWN if total else WELL


def _run(command: list[str], folder: Path) -> str:
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_LONG_S, check=False).stdout
    except subprocess.TimeoutExpired:
        return ""


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _not_audited(lock: str, why: str) -> int:
    print(f"{lock}: NOT AUDITED: {why}; run this where the service can be reached")  # noqa: T201
    return NOT_AUDITED


if __name__ == "__main__":
    sys.exit(main())
