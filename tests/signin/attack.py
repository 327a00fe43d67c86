"""Tokens that must not let anybody in, by what is wrong with them."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt

from tests.signin.provider import AUDIENCE, Provider


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _none(p: Provider) -> str:
    return f"{part({'alg': 'none', 'kid': 'one'})}.{part(p.claims())}."


def _head(p: Provider, **head: Any) -> str:
    """A good token whose head says something else, its signature the one there was."""
    _, claims, signature = p.token().split(".")
    return f"{part({'alg': 'ES256', 'typ': 'JWT', 'kid': 'one', **head})}.{claims}.{signature}"


def _confused(p: Provider) -> str:
    """The public key taken for the secret of an HMAC."""
    signing = f"{part({'alg': 'HS256', 'kid': 'one'})}.{part(p.claims())}"
    mac = hmac.digest(p.pem("one"), signing.encode(), "sha256")
    return f"{signing}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _stranger(p: Provider, **head: Any) -> str:
    """Signed well, with a key of somebody else."""
    other = Provider(p.issuer)
    other.add("one", "ES256")
    return other.token("one", head)


def _own_key(p: Provider) -> str:
    other = Provider(p.issuer)
    other.add("one", "ES256")
    return other.token(
        "one", {"jwk": other.public("one"), "jku": "http://127.0.0.1:1/keys", "x5u": "http://127.0.0.1:1"}
    )


def _swapped(p: Provider) -> str:
    head, _, signature = p.token().split(".")
    return f"{head}.{part(p.claims(sub='chief'))}.{signature}"


NOW = int(time.time())
ATTACKS: dict[str, Callable[[Provider], str]] = {
    "no algorithm": _none,
    "no algorithm, in capitals": lambda p: f"{part({'alg': 'NONE', 'kid': 'one'})}.{part(p.claims())}.",
    "no algorithm, a signature": lambda p: _none(p) + p.token().split(".")[2],
    "no signature": lambda p: p.token().rsplit(".", 1)[0] + ".",
    "the public key as a secret": _confused,
    "an empty secret": lambda p: jwt.encode(p.claims(), "0" * 32, "HS256", {"kid": "one"}),
    "another algorithm of the family": lambda p: _head(p, alg="ES384"),
    "another algorithm": lambda p: _head(p, alg="RS256"),
    "an algorithm that is no text": lambda p: _head(p, alg=["ES256"]),
    "a key of somebody else": _stranger,
    "a key that it brings along": _own_key,
    "other claims": _swapped,
    "no key id": lambda p: _head(p, kid=None),
    "an unknown key id": lambda p: _head(p, kid="two"),
    "a key id that is a path": lambda p: _head(p, kid="../../../../dev/null"),
    "a key id that is an address": lambda p: _head(p, kid="http://127.0.0.1:1/keys"),
    "a key id that is a query": lambda p: _head(p, kid="one' OR '1'='1"),
    "a key id that is a list": lambda p: _head(p, kid=["one"]),
    "a key id that is long": lambda p: _head(p, kid="k" * 4_000),
    "what must be understood and is not": lambda p: p.token(head={"crit": ["b64"], "b64": False}),
    "another type": lambda p: p.token(head={"typ": "logout+jwt"}),
    "a type that begins so": lambda p: p.token(head={"typ": "JWT+x"}),
    "a type that is no text": lambda p: _head(p, typ=["JWT"]),
    "expired": lambda p: p.token(exp=NOW - 60, iat=NOW - 600, nbf=NOW - 600),
    "not valid yet": lambda p: p.token(nbf=NOW + 3_000),
    "issued in the future": lambda p: p.token(iat=NOW + 3_000, exp=NOW + 4_000),
    "valid for a year": lambda p: p.token(exp=NOW + 31_536_000),
    "no expiry": lambda p: p.token(exp=None),
    "an expiry that is no number": lambda p: p.token(exp="soon"),
    "an expiry as text": lambda p: p.token(exp=str(NOW + 600)),
    "a signature that is cut": lambda p: p.token()[:-4],
    "no time of issue": lambda p: p.token(iat=None),
    "another audience": lambda p: p.token(aud="payroll"),
    "no audience": lambda p: p.token(aud=None),
    "an audience in a list of others": lambda p: p.token(aud=["payroll", "canteen"]),
    "an audience that begins so": lambda p: p.token(aud=AUDIENCE + "-test"),
    "another issuer": lambda p: p.token(iss="https://elsewhere.example"),
    "an issuer that begins so": lambda p: p.token(iss=p.issuer + "0"),
    "no issuer": lambda p: p.token(iss=None),
    "nobody": lambda p: p.token(sub=None),
    "an empty name": lambda p: p.token(sub=" "),
    "a name that moves the cursor": lambda p: p.token(sub="pc\x1b[2J77"),
    "a name that is no text": lambda p: p.token(sub="pc\ud80077"),
    "the name of a key": lambda p: p.token(sub="key 0123456789ab feed"),
    "a long name": lambda p: p.token(sub="x" * 3_000),
    "an unknown role": lambda p: p.token(polegraph_role="CHIEF"),
    "a role that is a list": lambda p: p.token(polegraph_role=["ADMINISTRATOR"]),
    "markings as text": lambda p: p.token(polegraph_markings="OFFICIAL"),
    "no marking": lambda p: p.token(polegraph_markings=["OFICIAL"]),
    "markings that are numbers": lambda p: p.token(polegraph_markings=[3]),
    "two parts": lambda p: ".".join(p.token().split(".")[:2]),
    "four parts": lambda p: p.token() + ".x",
    "five parts": lambda p: "a.b.c.d.e",
    "noise": lambda p: "x" * 100,
    "too long": lambda p: "x" * 9_000,
    "a list of claims": lambda p: f"{p.token().split('.')[0]}.{part([1])}.{p.token().split('.')[2]}",
    "another alphabet": lambda p: p.token().replace(".", ".+/", 1),
}
