"""The suites of others, before a served city: graphql-http's audits, schemathesis on GraphQL and REST.

They are not installed with polegraph: `pip install schemathesis` into an environment of its own, whose command
`--schemathesis` names, and `npm install graphql-http graphql` in the folder that `--node-folder` names. What
schemathesis calls a server error of GraphQL is any error of an answer; here only faults inside are: what /metrics tells
as 500 or INTERNAL.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2

from bench.installation import city, take_city
from bench.serving import HEADERS, serving

_CHECKS = {
    "/graphql": "response_schema_conformance,status_code_conformance,content_type_conformance",
    "/openapi.json": "all",
}
_AUDITS = Path(__file__).with_name("graphql_http.mjs")
_FAULT = re.compile(r'^\S+\{.*("INTERNAL"|status="500").*\} (?!0\.0$)\S+$', re.MULTILINE)


def main() -> None:
    """Run each suite, print what it says, and end with 1 where one found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    take_city(parser, people=1_000)
    parser.add_argument("--port", type=int, default=8142)
    parser.add_argument("--examples", type=int, default=10, help="of each operation")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--schemathesis", type=Path, help="its command")
    parser.add_argument("--node-folder", type=Path, help="where graphql-http is installed")
    given = parser.parse_args()
    with city(given.people, given.data) as settings, serving(settings, given.port), TemporaryDirectory() as folder:
        address = f"http://127.0.0.1:{given.port}"
        commands = []
        if given.node_folder is not None:
            commands.append(["node", str(_AUDITS), f"{address}/graphql", str(given.node_folder.resolve())])
        if given.schemathesis is not None:
            asked = ["--max-examples", str(given.examples), "--seed", str(given.seed)]
            asked += ["--request-timeout", "35", "--max-response-time", "35"]
            asked += ["-H", f"X-Purpose: {HEADERS['X-Purpose']}"]
            commands += [
                [str(given.schemathesis.absolute()), "run", f"{address}{path}", *asked, "--checks", checks]
                for path, checks in _CHECKS.items()
            ]
        failed = [command for command in commands if subprocess.run(command, check=False, cwd=folder).returncode]
        faults = _FAULT.findall(httpx2.get(f"{address}/metrics").text)
    print(f"suites that failed: {len(failed)} of {len(commands)}; faults inside, as /metrics tells them: {len(faults)}")
    sys.exit(bool(failed or faults))


if __name__ == "__main__":
    main()
