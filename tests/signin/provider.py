"""An identity provider on loopback: discovery, keys, tokens; its keys can be changed while it runs."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

AUDIENCE = "polegraph"
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
            return {"issuer": self.names or self.issuer, "jwks_uri": f"{self.issuer}/keys"}
        return {"keys": [*map(self.public, self.keys), *self.more]} if path == "/keys" else None


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that runs while the block does."""
    made = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = None if made.down else made.told(self.path)
            body = json.dumps(told or {}).encode()
            self.send_response(404 if told is None else 200)
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
