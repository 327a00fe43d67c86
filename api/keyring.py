"""The public keys of an identity provider: fetched when needed, kept for an hour, fetched anew for a key not yet known.

Source: OpenID Connect Discovery 1.0, section 4; RFC 7517 (JSON Web Key).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import orjson
import requests
from jwt import PyJWK
from jwt.exceptions import PyJWTError

from graph.errors import BadInput, Unreachable
from graph.host import is_loopback

# How long keys are taken without asking; and, where the provider does not answer, how long at most.
_FRESH_S = 3_600.0
_STALE_S = 86_400.0
# An unknown key asks the provider, not everybody who makes one up.
_PAUSE_S = 10.0
_TIMEOUT_S = 5.0
_MOST_BYTES = 1_000_000
_LEAST_RSA_BITS = 2_048
# What a key of a kind can verify. Nothing symmetric: a public key must never be taken for a secret.
_OF_RSA = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
_OF_CURVE = {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512", "Ed25519": "EdDSA"}


def check_url(name: str, url: str) -> str:
    """The address itself; BadInput where it is not https, or http on loopback."""
    parts = urlsplit(url)
    if parts.hostname is None or not (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname))
    ):
        raise BadInput(f"{name} {url!r} is no https address")
    return url


class Keyring:
    """The keys of one issuer by their ids, each with the algorithms that it can verify."""

    def __init__(self, issuer: str) -> None:
        self._issuer = check_url("POLEGRAPH_OIDC_ISSUER", issuer)
        self._keys: dict[str, tuple[Any, frozenset[str]]] = {}
        self._read_at = self._asked_at = float("-inf")
        self._lock = threading.Lock()

    def key(self, kid: str) -> tuple[Any, frozenset[str]] | None:
        """The key of that id and its algorithms; None where the issuer has none such. Raises Unreachable."""
        with self._lock:
            now = time.monotonic()
            due = now - self._read_at > _FRESH_S or kid not in self._keys
            if due and now - self._asked_at > _PAUSE_S:
                self._asked_at = now
                self._read(now)
            if now - self._read_at > _STALE_S:
                raise Unreachable("the identity provider does not answer: nobody can sign in until it does")
            return self._keys.get(kid)

    def _read(self, now: float) -> None:
        """Fetch the keys; where that fails those that there are stay until they are too old."""
        try:
            told = configuration(self._issuer)
            listed = fetched(check_url("jwks_uri", str(told.get("jwks_uri"))))["keys"]
            self._keys = dict(found for each in listed if (found := _usable(each)) is not None)
        except (requests.RequestException, BadInput, ValueError, KeyError, TypeError):
            return
        self._read_at = now


def configuration(issuer: str) -> Mapping[str, Any]:
    """What an issuer tells of itself (OpenID Connect Discovery 1.0); raises as `fetched` does."""
    told = fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise ValueError(issuer)
    return told


def fetched(url: str) -> Mapping[str, Any]:
    """The JSON object that a GET of the provider answers; raises RequestException, ValueError or TypeError."""
    with requests.get(url, timeout=_TIMEOUT_S, allow_redirects=False, stream=True) as response:
        return _object(response)


def posted(url: str, form: Mapping[str, str]) -> Mapping[str, Any]:
    """The JSON object that a form sent to the provider is answered with; raises as `fetched` does."""
    with requests.post(url, data=form, timeout=_TIMEOUT_S, allow_redirects=False, stream=True) as response:
        return _object(response)


def _object(response: requests.Response) -> Mapping[str, Any]:
    response.raise_for_status()
    content = response.raw.read(_MOST_BYTES + 1, decode_content=True)
    if response.status_code != HTTPStatus.OK or len(content) > _MOST_BYTES:
        raise ValueError(response.url)
    told = orjson.loads(content)
    if not isinstance(told, dict):
        raise TypeError(response.url)
    return told


def _usable(told: Mapping[str, Any]) -> tuple[str, tuple[Any, frozenset[str]]] | None:
    """Id, key and algorithms of one that verifies signatures; None for any other."""
    kid, kind = told.get("kid"), told.get("kty")
    if not isinstance(kid, str) or told.get("use", "sig") != "sig" or "d" in told:
        return None
    curve = _OF_CURVE.get(str(told.get("crv")))
    able = _OF_RSA if kind == "RSA" else frozenset({curve} if curve and kind in ("EC", "OKP") else ())
    if "alg" in told:
        able &= {str(told["alg"])}
    if not able:
        return None
    try:
        key = PyJWK(dict(told), algorithm=min(able)).key
    except PyJWTError:
        return None
    return None if kind == "RSA" and key.key_size < _LEAST_RSA_BITS else (kid, (key, able))
