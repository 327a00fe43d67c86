"""An identity provider on loopback: discovery, keys, tokens, codes; its keys can be changed while it runs."""

from __future__ import annotations

import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

AUDIENCE = "polegraph"
CLIENT = "explorer"
MAKERS: dict[str, Any] = {"RS256": RSAAlgorithm, "PS256": RSAAlgorithm, "ES256": ECAlgorithm, "EdDSA": OKPAlgorithm}


def new_key(algorithm: str) -> Any:
    """A private key for an algorithm."""
    if algorithm == "EdDSA":
        return ed25519.Ed25519PrivateKey.generate()
    if algorithm == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65_537, 2_048)


@dataclass
class Provider:
    """The provider: its address, its private keys by id with their algorithms, what else stands among its keys."""

    issuer: str = ""
    keys: dict[str, tuple[str, Any]] = field(default_factory=dict)
    more: list[dict[str, Any]] = field(default_factory=list)
    names: str | None = None
    down: bool = False
    asked: int = 0
    # Codes that were given out: whom each is for, as changed claims, its challenge and where it was sent.
    codes: dict[str, tuple[dict[str, Any], str, str]] = field(default_factory=dict)
    # Whoever signs in next, as changed claims; None: they refuse to.
    next: dict[str, Any] | None = field(default_factory=dict)

    def add(self, kid: str, algorithm: str) -> None:
        self.keys[kid] = (algorithm, new_key(algorithm))

    def public(self, kid: str) -> dict[str, Any]:
        """A key as it is published."""
        algorithm, key = self.keys[kid]
        told: dict[str, Any] = json.loads(MAKERS[algorithm].to_jwk(key.public_key()))
        return told | {"kid": kid, "use": "sig", "alg": algorithm}

    def pem(self, kid: str) -> bytes:
        """A public key as text, which attackers take for a secret."""
        found: bytes = self.keys[kid][1].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return found

    def claims(self, **changed: Any) -> dict[str, Any]:
        """The claims of an analyst; None takes one away."""
        now = int(time.time())
        told = {
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": "pc-77",
            "iat": now,
            "nbf": now,
            "exp": now + 600,
            "polegraph_role": "ANALYST",
            "polegraph_markings": ["OFFICIAL-SENSITIVE"],
        }
        return {name: value for name, value in {**told, **changed}.items() if value is not None}

    def token(self, kid: str = "one", head: dict[str, Any] | None = None, **changed: Any) -> str:
        """A signed token."""
        algorithm, key = self.keys[kid]
        return jwt.encode(self.claims(**changed), key, algorithm, {"kid": kid, **(head or {})})

    def told(self, path: str) -> dict[str, Any] | None:
        self.asked += 1
        if path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "authorise", "token_endpoint": "token", "end_session_endpoint": "leave"}
            told = {name: f"{self.issuer}/{place}" for name, place in places.items()}
            return {"issuer": self.names or self.issuer, "jwks_uri": f"{self.issuer}/keys", **told}
        return {"keys": [*map(self.public, self.keys), *self.more]} if path == "/keys" else None

    def code(self, verifier: str, back: str) -> str:
        """A code for whoever signs in next."""
        challenge = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")
        return self._code(challenge, back)

    def _code(self, challenge: str, back: str) -> str:
        made = secrets.token_urlsafe(16)
        self.codes[made] = (self.next or {}, challenge, back)
        return made

    def redirected(self, query: str) -> str:
        """Where a browser that came to sign in is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        wanted = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        assert wanted.items() <= asked.items(), asked
        back, state = asked["redirect_uri"], asked["state"]
        answer = (
            {"error": "access_denied"} if self.next is None else {"code": self._code(asked["code_challenge"], back)}
        )
        return f"{back}?{urlencode({**answer, 'state': state, 'iss': self.issuer})}"

    def exchanged(self, form: str) -> dict[str, Any] | None:
        """The answer to a code, which is good once, for whoever knows the verifier; None where it is refused."""
        given = {name: values[0] for name, values in parse_qs(form).items()}
        changed, challenge, back = self.codes.pop(given.get("code", ""), ({}, "", ""))
        known = urlsafe_b64encode(sha256(given.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if known != challenge or given.get("redirect_uri") != back or given.get("client_id") != CLIENT:
            return None
        return {"access_token": self.token(**changed), "token_type": "Bearer", "expires_in": 600}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that runs while the block does."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            if place.path in ("/authorise", "/leave"):
                left = parse_qs(place.query).get("post_logout_redirect_uri", [""])[0]
                self.send_response(302)
                self.send_header("Location", made.redirected(place.query) if place.path == "/authorise" else left)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._answer(None if made.down else made.told(self.path), 404)

        def do_POST(self) -> None:
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(None if made.down else made.exchanged(form), 503 if made.down else 400)

        def _answer(self, told: dict[str, Any] | None, refused: int) -> None:
            body = json.dumps(told or {}).encode()
            self.send_response(refused if told is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: the tests' output is theirs."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
