"""Hundreds of tokens that must not let anybody in, made from a few dozen ideas: each name says what is wrong.

Source: RFC 8725 (best current practice for JSON Web Tokens) and the checks of public tools that attack them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from operator import itemgetter
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.signin.attack import part
from tests.signin.attack_value import (
    ALGORITHMS,
    BROUGHT,
    CRITICAL,
    ISSUERS,
    KIDS,
    LOOKALIKES,
    NONES,
    NOW,
    ODD_TIMES,
    SPOILT,
    WRONG_AUDIENCES,
    WRONG_MARKINGS,
    WRONG_NAMES,
    WRONG_ROLES,
)
from tests.signin.provider import Provider

Attack = Callable[[Provider], str]
SPKI, PKCS1 = PublicFormat.SubjectPublicKeyInfo, PublicFormat.PKCS1


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def split(p: Provider, **claims: Any) -> list[str]:
    """Head, claims and signature of a good token."""
    return p.token(**claims).split(".")


def unsigned(p: Provider, head: dict[str, Any], signature: str = "") -> str:
    return f"{part(head)}.{part(p.claims())}.{signature}"


def odd(p: Provider, **claims: Any) -> str:
    """Signed well, with claims that the maker of tokens would refuse to write."""
    algorithm, key = p.keys["one"]
    body = json.dumps({**p.claims(), **claims}).encode()
    return jwt.PyJWS().encode(body, key, algorithm, {"kid": "one"})


def raw(p: Provider, body: bytes) -> str:
    """Signed well, whatever the body is."""
    algorithm, key = p.keys["one"]
    return jwt.PyJWS().encode(body, key, algorithm, {"kid": "one"})


def forms(p: Provider) -> dict[str, bytes]:
    """What a public key looks like, each of which attackers have taken for an HMAC's secret."""
    public = p.keys["one"][1].public_key()
    pem = p.pem("one")
    jwk = p.public("one")
    return {
        "PEM": pem,
        "PEM without its last line end": pem.rstrip(b"\n"),
        "PEM with returns": pem.replace(b"\n", b"\r\n"),
        "PEM in one line": pem.replace(b"\n", b""),
        "the lines inside": b"".join(pem.split(b"\n")[1:-2]),
        "DER": public.public_bytes(Encoding.DER, SPKI),
        "a point": public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        "a compressed point": public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint),
        "JSON": json.dumps(jwk).encode(),
        "compact JSON": json.dumps(jwk, separators=(",", ":"), sort_keys=True).encode(),
        "x": jwk["x"].encode(),
        "its digest": hashlib.sha256(pem).digest(),
        "its id": b"one",
        "nothing": b"",
    }


FORMS = (
    "PEM",
    "PEM without its last line end",
    "PEM with returns",
    "PEM in one line",
    "the lines inside",
    "DER",
    "a point",
    "a compressed point",
    "JSON",
    "compact JSON",
    "x",
    "its digest",
    "its id",
    "nothing",
)


def confused(p: Provider, form: str, algorithm: str) -> str:
    signing = f"{part({'alg': algorithm, 'kid': 'one', 'typ': 'JWT'})}.{part(p.claims())}"
    return f"{signing}.{b64(hmac.digest(forms(p)[form], signing.encode(), 'sha' + algorithm[2:]))}"


def stranger(p: Provider, algorithm: str = "ES256", head: dict[str, Any] | None = None) -> str:
    """Signed well with a key of somebody else, under an id of ours."""
    other = Provider(p.issuer)
    other.add("one", algorithm)
    told = {name: other.public("one") if value == "own" else value for name, value in (head or {}).items()}
    return other.token("one", told)


def rotated(p: Provider) -> str:
    """Good until its key was taken away."""
    p.add("old", "ES256")
    token = p.token("old")
    del p.keys["old"]
    return token


def flipped(p: Provider, place: int, of: int) -> str:
    """One bit of one byte of a part is another."""
    parts = split(p)
    content = bytearray(base64.urlsafe_b64decode(parts[of] + "=" * (-len(parts[of]) % 4)))
    content[place % len(content)] ^= 1 << (place % 8)
    parts[of] = b64(bytes(content))
    return ".".join(parts)


def twice(p: Provider, claim: str, value: object) -> str:
    """One claim twice."""
    return raw(p, json.dumps(p.claims())[:-1].encode() + f', "{claim}": {json.dumps(value)}}}'.encode())


def reheaded(p: Provider, head: dict[str, Any]) -> str:
    """A good token whose head is another, its signature the one there was."""
    return ".".join((part(head), *split(p)[1:]))


def lacking(p: Provider, claim: str) -> str:
    told = p.claims()
    del told[claim]
    return raw(p, json.dumps(told).encode())


def misnamed(p: Provider, change: Callable[[str], Any]) -> str:
    return odd(p, iss=change(p.issuer))


def changed(p: Provider, change: Callable[[str], str]) -> str:
    """A good token that was changed as a text."""
    return change(p.token())


def same(_: Provider, text: str) -> str:
    return text


def algorithms() -> Iterator[tuple[str, Attack]]:
    for name, signature in product(NONES, ("", "AAAA")):
        yield (
            f"alg {name!r}, signature {signature!r}",
            partial(unsigned, head={"alg": name, "kid": "one"}, signature=signature),
        )
    for form, algorithm in product(FORMS, ("HS256", "HS384", "HS512")):
        yield f"{form} as the secret of {algorithm}", partial(confused, form=form, algorithm=algorithm)
    for shown in ALGORITHMS:
        yield (
            f"the signature of ES256 as {shown!r}",
            partial(reheaded, head={"alg": shown, "kid": "one"}),
        )
    for algorithm in ("ES256", "RS256", "PS256", "EdDSA"):
        yield f"{algorithm} of a stranger", partial(stranger, algorithm=algorithm)


def heads() -> Iterator[tuple[str, Attack]]:
    for name, kid in KIDS.items():
        yield f"kid is {name}, an HMAC of nothing", partial(_hmac_of_nothing, kid=kid)
        yield (
            f"kid is {name}, signed by our key",
            partial(reheaded, head={"alg": "ES256", "kid": kid}),
        )
    for name, value in BROUGHT.items():
        head = {"jku": "https://issuer@elsewhere.example/keys"} if value is None else {name: value}
        yield f"a stranger's, who brings {name}", partial(stranger, head=head)
    for crit in CRITICAL:
        yield f"crit {crit!r}", partial(_signed_head, more={"crit": crit, "x": 1})
    yield "b64 false", partial(_signed_head, more={"b64": False, "crit": ["b64"]})


def _hmac_of_nothing(p: Provider, kid: object) -> str:
    signing = f"{part({'alg': 'HS256', 'kid': kid})}.{part(p.claims())}"
    return f"{signing}.{b64(hmac.digest(b'', signing.encode(), 'sha256'))}"


def _signed_head(p: Provider, more: dict[str, Any]) -> str:
    """A head of any content, with the signature that it needs of our own key."""
    algorithm, key = p.keys["one"]
    signing = f"{part({'alg': algorithm, 'kid': 'one', **more})}.{part(p.claims())}"
    made = jwt.get_algorithm_by_name(algorithm)
    return f"{signing}.{b64(made.sign(signing.encode(), key))}"


def claims() -> Iterator[tuple[str, Attack]]:
    for claim, (name, value) in product(("exp", "iat"), ODD_TIMES.items()):
        yield f"{claim} is {name}", partial(odd, **{claim: value})
    for name, value in ODD_TIMES.items():
        if name not in ("minus one", "zero", "minus huge", "true", "a number as text", "half a second"):
            yield f"nbf is {name}", partial(odd, nbf=value)
    for seconds in (31, 60, 3_600, 86_400, 10**6, 10**8):
        yield (
            f"expired {seconds} s ago",
            partial(odd, exp=NOW - seconds, iat=NOW - seconds - 600, nbf=NOW - seconds - 600),
        )
        # Later than all tests are done: until then it must not become true.
        later = NOW + seconds + 7_200
        yield f"good in {seconds + 7_200} s", partial(odd, nbf=later)
        yield f"issued in {seconds + 7_200} s", partial(odd, iat=later, exp=later + 60)
    for days in (1.01, 2, 30, 365, 36_500):
        yield f"good for {days} days", partial(odd, exp=NOW + int(days * 86_400), iat=NOW)
    for claim in ("exp", "iat", "iss", "aud", "sub"):
        yield f"no {claim}", partial(lacking, claim=claim)
        null: dict[str, Any] = {claim: None}
        yield f"{claim} is null", partial(odd, **null)
    for name, value in WRONG_AUDIENCES.items():
        yield f"the audience is {name}", partial(odd, aud=value)
    for name, change in ISSUERS.items():
        yield f"the issuer is {name}", partial(misnamed, change=change)
    for name, value in WRONG_NAMES.items():
        yield f"the name is {name}", partial(odd, sub=value)
    for role in WRONG_ROLES:
        yield f"the role is {role!r}", partial(odd, polegraph_role=role)
    for marking in WRONG_MARKINGS:
        yield f"the markings are {marking!r}", partial(odd, polegraph_markings=marking)


def bodies() -> Iterator[tuple[str, Attack]]:
    for text in (
        "",
        "null",
        "true",
        "1",
        '"x"',
        "[]",
        "[{}]",
        "{}",
        "{",
        "}",
        "{'sub':1}",
        "\0",
        "[" * 3_000,
        '{"sub":',
    ):
        yield f"claims {text[:12]!r}", partial(raw, body=text.encode())
    yield "claims that are no UTF-8", lambda p: raw(p, b"\xff\xfe{}")
    for claim, value in (("exp", 1), ("aud", "payroll"), ("iss", "x"), ("sub", ""), ("iat", 1)):
        # Of two the last counts, as in every reader here: what it says is refused.
        yield f"{claim} twice", partial(twice, claim=claim, value=value)


def signatures() -> Iterator[tuple[str, Attack]]:
    for place in range(16):
        yield f"bit flipped in the signature, {place}", partial(flipped, place=place * 5, of=2)
        yield f"bit flipped in the claims, {place}", partial(flipped, place=place * 7, of=1)
    for length in (1, 2, 3, 10, 40, 80):
        yield f"the signature cut by {length}", partial(changed, change=itemgetter(slice(None, -length)))
    yield "the signature twice", lambda p: p.token() + p.token().rsplit(".", 1)[1]
    yield "a signature of zeros", lambda p: ".".join((*split(p)[:2], b64(bytes(64))))
    yield "a signature of ones", lambda p: ".".join((*split(p)[:2], b64(b"\xff" * 64)))
    yield "the signature of another token", lambda p: ".".join((*split(p, sub="x")[:2], split(p)[2]))
    yield "of a key that was taken away", rotated
    for name, change in SPOILT.items():
        yield name, partial(changed, change=change)


def keys() -> Iterator[tuple[str, Attack]]:
    for text in LOOKALIKES:
        yield f"an API key that is none: {text[:30]}", partial(same, text=text)


MORE: dict[str, Attack] = {
    name: attack for made in (algorithms, heads, claims, bodies, signatures, keys) for name, attack in made()
}
