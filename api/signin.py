"""Who asks: a developer on loopback, or whoever a bearer token of the configured issuer, or an API key, names.

Source: RFC 9068 and RFC 8725 (best current practice for JSON Web Tokens).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import jwt
from jwt.exceptions import ExpiredSignatureError, ImmatureSignatureError, PyJWTError
from starlette.datastructures import Headers

from api.keyring import Keyring
from graph.declared import DeclaredUser, declared_users
from graph.errors import BadInput, Unauthenticated
from graph.settings import Auth, Settings
from security.api_key import PREFIX as KEY_PREFIX
from security.api_key import ApiKeyError, ApiKeys, is_key
from security.marking import EVERYTHING, Grants, MarkingError, parse_grants
from security.viewer import Role

MARKINGS_HEADER = "X-Viewer-Markings"
USER_HEADER = "X-Viewer-User"
# Who is on record where nobody is known.
DEVELOPER = "developer"
UNKNOWN = "unknown"
_LONGEST = 2_000
_LONGEST_TOKEN = 8_192
_LEEWAY_S = 30
# A token that is good for longer than a shift is a key, and keys get lost.
_LONGEST_LIFE_S = 86_400
# What a token may say that it is, where it says so: JWT, as most providers do, or an access token (RFC 9068). What is
# signed with the same keys for another use, such as an answer to a logout, says another type.
_TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
_NEEDED = ("exp", "iat", "iss", "aud", "sub")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks: their name, what they hold, their role (None without authentication: then everything is allowed)."""

    user: str
    grants: Grants
    role: Role | None = None


class SignIn(Protocol):
    """A way to know who asks; `nobody` is whom the audit log names before that."""

    nobody: str

    def identify(self, headers: Headers) -> Identity:
        """Who sent these headers; raises Unauthenticated, or BadInput for a header that cannot be read."""


class Loopback:
    """No authentication: a developer who holds what the header grants, else everything; or a declared user.

    Whoever looks as a declared user has that one's role and markings, and is on record by that name.
    """

    nobody = DEVELOPER

    def __init__(self, users: Iterable[DeclaredUser] = ()) -> None:
        self._users = {user.name: user for user in users}

    def identify(self, headers: Headers) -> Identity:
        """The developer, or the declared user that they look as."""
        text = headers.get(MARKINGS_HEADER)
        name = headers.get(USER_HEADER)
        if name is not None:
            return self._declared(name, text)
        if text is None:
            return Identity(DEVELOPER, EVERYTHING)
        if len(text) > _LONGEST:
            raise BadInput(f"{MARKINGS_HEADER}: {len(text)} characters are more than {_LONGEST}")
        try:
            return Identity(DEVELOPER, parse_grants(text.split(",")))
        except MarkingError as error:
            raise BadInput(f"{MARKINGS_HEADER}: {error}") from None

    def _declared(self, name: str, markings: str | None) -> Identity:
        user = self._users.get(name)
        if user is None:
            raise BadInput(f"{USER_HEADER}: there is no declared user {name[:100]!r}")
        if markings is not None:
            raise BadInput(f"{MARKINGS_HEADER}: what {name} holds is declared; leave it out, or {USER_HEADER}")
        return Identity(user.name, user.grants, user.role)


class Bearer:
    """Tokens of one issuer for one audience; and API keys, for machines."""

    nobody = UNKNOWN

    def __init__(self, settings: Settings) -> None:
        if settings.oidc_issuer is None or settings.oidc_audience is None:
            raise BadInput("POLEGRAPH_AUTH=oidc needs POLEGRAPH_OIDC_ISSUER and POLEGRAPH_OIDC_AUDIENCE")
        self._issuer = settings.oidc_issuer
        self._audience = settings.oidc_audience
        self._markings_claim = settings.oidc_markings_claim
        self._role_claim = settings.oidc_role_claim
        self._keyring = Keyring(settings.oidc_issuer)
        self._keys = ApiKeys(settings.keys_file)

    def identify(self, headers: Headers) -> Identity:
        """Whom the token or key names."""
        for name in (MARKINGS_HEADER, USER_HEADER):
            if name in headers:
                raise BadInput(f"{name}: who a viewer is and what they hold is said by their token alone; leave it out")
        token = _token(headers)
        if token.startswith(KEY_PREFIX):
            return self._machine(token)
        claims = self._claims(token)
        user = claims["sub"]
        if not isinstance(user, str) or not user.strip() or len(user) > _LONGEST or not user.isprintable():
            raise Unauthenticated("the token names nobody")
        # Whoever has a key is a machine: its looks are no person's, and what waits for it goes by the key's rights.
        if is_key(user):
            raise Unauthenticated("the token's user has a name as of an API key (`key ...`): give them another")
        return Identity(user, self._grants(claims), self._role(claims))

    def _machine(self, secret: str) -> Identity:
        """Whose key it is."""
        try:
            key = self._keys.identify(secret, int(time.time()))
        except ApiKeyError as error:
            raise Unauthenticated(str(error)) from None
        except sqlite3.Error as error:
            raise Unauthenticated(f"API keys cannot be read ({type(error).__name__}); sign in with a token") from None
        return Identity(key.user, key.grants, key.role)

    def _claims(self, token: str) -> Mapping[str, Any]:
        try:
            head = jwt.get_unverified_header(token)
        except PyJWTError:
            raise Unauthenticated("the token cannot be read") from None
        kid, algorithm = head.get("kid"), head.get("alg")
        known = self._keyring.key(kid) if isinstance(kid, str) else None
        # Of what the head says only the key's id is believed; the algorithm has to be one of that key's own.
        if known is None or not isinstance(algorithm, str) or algorithm not in known[1] or "crit" in head:
            raise Unauthenticated("the token is not signed with a key of the issuer")
        kind = head.get("typ")
        if kind is not None and not (isinstance(kind, str) and kind.lower() in _TYPES):
            raise Unauthenticated("the token is of another type than an access token")
        try:
            claims: Mapping[str, Any] = jwt.decode(
                token,
                known[0],
                algorithms=[algorithm],
                audience=self._audience,
                issuer=self._issuer,
                leeway=_LEEWAY_S,
                options={"require": list(_NEEDED)},
            )
        except ExpiredSignatureError:
            raise Unauthenticated("the token has expired: sign in again") from None
        except ImmatureSignatureError:
            raise Unauthenticated("the token is not valid yet: check the clocks") from None
        except (PyJWTError, ValueError, TypeError, OverflowError):
            raise Unauthenticated("the token is not of the issuer for this audience") from None
        ends, began = claims["exp"], claims["iat"]
        if not (type(ends) is int and type(began) is int and 0 < ends - began <= _LONGEST_LIFE_S):
            raise Unauthenticated(f"the token is good for longer than {_LONGEST_LIFE_S // 3_600} hours")
        return claims

    def _grants(self, claims: Mapping[str, Any]) -> Grants:
        """What the token's markings grant; without any only the floor."""
        texts = claims.get(self._markings_claim, [])
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise Unauthenticated(f"the token's claim {self._markings_claim} is no list of markings")
        try:
            return parse_grants(texts)
        except MarkingError:
            raise Unauthenticated(f"the token's claim {self._markings_claim} holds what is no marking") from None

    def _role(self, claims: Mapping[str, Any]) -> Role:
        role = claims.get(self._role_claim, Role.OFFICER.value)
        if not isinstance(role, str) or role not in Role.__members__:
            raise Unauthenticated(f"the token's claim {self._role_claim} is none of {', '.join(Role)}")
        return Role[role]


def _token(headers: Headers) -> str:
    given = headers.getlist("authorization")
    scheme, _, token = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("sign in: send Authorization: Bearer and a token of the issuer")
    if len(token) > _LONGEST_TOKEN:
        raise Unauthenticated(f"the token has {len(token)} characters, more than {_LONGEST_TOKEN}")
    return token.strip()


def sign_in(settings: Settings) -> SignIn:
    """The way that the settings name; raises BadInput where it is not configured."""
    return Loopback(declared_users(settings)) if settings.auth is Auth.NONE else Bearer(settings)
