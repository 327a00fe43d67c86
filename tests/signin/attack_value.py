"""What attackers write where a token has an algorithm, a key's id, a time, an audience, a name, a role, markings."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any

from tests.signin.provider import AUDIENCE

NOW = int(time.time())
NONES = ("none", "None", "NONE", "nOnE", "noNe", " none", "none ", "none\0", "", "null", "ｎｏｎｅ", "NonE\u200b")
KIDS: dict[str, Any] = {
    "a path": "../../../../etc/passwd",
    "an encoded path": "..%2f..%2fdev%2fnull",
    "a file": "file:///dev/null",
    "a query": "one'; DROP TABLE api_key; --",
    "a union": "x' UNION SELECT 'secret",
    "a command": "one|sleep 5",
    "an address": "https://elsewhere.example/keys",
    "a zero byte": "one\0",
    "a zero byte before": "\0one",
    "a space after": "one ",
    "another case": "ONE",
    "another script": "оne",
    "a line end": "one\n",
    "empty": "",
    "null": None,
    "true": True,
    "a number": 1,
    "a float": 1e308,
    "a list": ["one"],
    "a map": {"kid": "one"},
    "very long": "one" * 1_300,
    "a lone surrogate": "\ud800",
    "a template": "{{one}}",
    "a Cypher string": "one' OR 1=1 //",
    "a thumbprint": base64.urlsafe_b64encode(bytes(32)).decode(),
    "the name of a method": "__class__",
}
# Texts, numbers and shapes that are no time.
ODD_TIMES: dict[str, Any] = {
    "text": "soon",
    "a number as text": str(NOW + 600),
    "a date": "2030-01-01T00:00:00Z",
    "a list": [NOW + 600],
    "a map": {"s": NOW + 600},
    "true": True,
    "half a second": NOW + 600.5,
    "minus one": -1,
    "zero": 0,
    "infinite": float("inf"),
    "no number": float("nan"),
    "huge": 10**30,
    "minus huge": -(10**30),
    "empty": "",
    "hexadecimal": "0x7fffffff",
}
WRONG_AUDIENCES: dict[str, Any] = {
    "another": "payroll",
    "another case": "POLEGRAPH",
    "a space before": " polegraph",
    "a space after": "polegraph ",
    "a part": "pole",
    "more": "polegraph-admin",
    "an address": "https://polegraph.example",
    "a zero byte": "polegraph\0",
    "empty": "",
    "an empty list": [],
    "a list of others": ["a", "b"],
    "a list in a list": [[AUDIENCE]],
    "a list with a number": [AUDIENCE, 7],
    "a map": {AUDIENCE: True},
    "a number": 7,
    "true": True,
    "a star": "*",
    "a list joined": f"{AUDIENCE},payroll",
    "a list with null": [None],
    "letters of it": list(AUDIENCE),
    "another script": "pоlegraph",
}
WRONG_NAMES: dict[str, Any] = {
    "empty": "",
    "spaces": "   ",
    "a tab": "\t",
    "a number": 77,
    "a list": ["pc-77"],
    "a map": {"sub": "pc-77"},
    "true": True,
    "a line end": "pc\n77",
    "a return": "pc\r77",
    "a zero byte": "pc\x0077",
    "a bell": "\a",
    "right to left": "pc\u202e77",
    "no width": "pc\u200b77",
    "a surrogate": "\udfff",
    "long": "p" * 2_001,
    "an escape": "\x1b]0;x\a",
}
WRONG_ROLES = (
    "",
    "officer",
    "Officer",
    "ADMIN",
    "ROOT",
    "OFFICER ",
    "*",
    ["OFFICER"],
    {"r": "OFFICER"},
    1,
    True,
    "ANALYST,ADMINISTRATOR",
)
WRONG_MARKINGS: tuple[Any, ...] = (
    "OFFICIAL",
    {"m": "OFFICIAL"},
    3,
    True,
    [3],
    [None],
    [["OFFICIAL"]],
    ["*"],
    ["EVERYTHING"],
    ["OFICIAL"],
    ["OFFICIAL; operation"],
    ["TOP SECRET' OR '1'='1"],
)
# Texts that look like an API key.
LOOKALIKES: tuple[str, ...] = (
    "pgk_",
    "pgk__",
    "pgk_a",
    "pgk_" + "0" * 12,
    f"pgk_{'0' * 12}_",
    f"pgk_{'0' * 12}_{'A' * 43}",
    f"pgk_{'0' * 12}_{'A' * 42}",
    f"pgk_{'0' * 12}_{'A' * 44}",
    f"pgk_{'0' * 12}_{'=' * 43}",
    f"pgk_{'g' * 12}_{'A' * 43}",
    f"PGK_{'0' * 12}_{'A' * 43}",
    f"pgk_%_{'A' * 43}",
    f"pgk_' OR 1=1 --_{'A' * 43}",
    f"pgk_{'0' * 12}_' OR '1'='1",
    f"pgk_*_{'A' * 43}",
    f"pgk_../../x_{'A' * 43}",
    f"pgk_{'0' * 4000}_{'A' * 43}",
    "pgk_" + "_" * 60,
    f"pgk-{'0' * 12}-{'A' * 43}",
    f"pgk_{'0' * 12}_null",
)
# What becomes of a good token as a text.
SPOILT: dict[str, Callable[[str], str]] = {
    "two parts": lambda t: ".".join(t.split(".")[:2]),
    "one part": lambda t: t.split(".")[0],
    "four parts": lambda t: t + ".",
    "parts turned round": lambda t: ".".join(reversed(t.split("."))),
    "dots alone": lambda _: "..",
    "a dot": lambda _: ".",
    "an empty head": lambda t: t[t.index(".") :],
    "no claims": lambda t: t.split(".")[0] + ".." + t.split(".")[2],
    "five parts": lambda t: t + ".a.b",
    "a comma": lambda t: t.replace(".", ",", 1),
    "spaces": lambda t: t.replace(".", ". ", 1),
    "a token before": lambda t: t + " " + t,
    "in quotes": lambda t: f'"{t}"',
    "in brackets": lambda t: f"[{t}]",
    "encoded": lambda t: t.replace(".", "%2E"),
    "turned to capitals": str.upper,
    "too long": lambda t: t + "A" * 9_000,
    "as JSON": lambda t: json.dumps(dict(zip(("protected", "payload", "signature"), t.split("."), strict=True))),
    "a stranger's word": lambda _: "opensesame",
    "another scheme inside": lambda t: "Basic " + t,
}
# What becomes of the issuer's name.
ISSUERS: dict[str, Callable[[str], Any]] = {
    "with a slash": lambda i: i + "/",
    "with a path": lambda i: i + "/realm",
    "in capitals": str.upper,
    "over https": lambda i: i.replace("http:", "https:"),
    "by name": lambda i: i.replace("127.0.0.1", "localhost"),
    "with a user": lambda i: i.replace("//", "//x@"),
    "a list": lambda i: [i],
    "a map": lambda i: {"iss": i},
    "a part": lambda i: i[:-1],
    "longer": lambda i: i + "0",
    "with a space": lambda i: i + " ",
    "empty": lambda _: "",
    "a number": lambda _: 7,
    "with a zero byte": lambda i: i + "\0",
    "another": lambda _: "https://elsewhere.example",
}
# Algorithms under which a signature of ES256 is shown.
ALGORITHMS: tuple[Any, ...] = (
    "RS256",
    "PS256",
    "ES384",
    "ES512",
    "ES256K",
    "EdDSA",
    "HS256",
    "es256",
    "ES256 ",
    "A128KW",
    7,
    None,
    ["ES256"],
    {},
)
# Keys that a token brings along.
BROUGHT: dict[str, Any] = {
    "jwk": "own",
    "jku": "http://127.0.0.1:1/keys",
    "x5u": "http://127.0.0.1:1/cert",
    "x5c": ["AAAA"],
    "x5t": "AAAA",
    "x5t#S256": "AAAA",
    "jku with a user": None,
    "cty": "JWT",
}
# What a token says must be understood.
CRITICAL: tuple[Any, ...] = (["b64"], ["exp"], ["x"], [], "exp", None, [1], {})
